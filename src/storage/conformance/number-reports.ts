/** Claims about reports of numbers and the filings that are made of them. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { FilingRow, NumberReportRow } from '../../ledger/rows.ts';
import { type MakeData, storeForGroup } from './opened.ts';
import {
  filingOf,
  keyAt,
  PERIOD,
  PERIOD_TWO_YEARS_ON,
  sellerAt,
  sellerSettings,
  timeAt,
} from './rows.ts';

const SELLER = sellerAt(0);
const OTHER = sellerAt(1);

function reportOf(numbers: string, version: number): NumberReportRow {
  const content = JSON.stringify({ numbers, version, ranges: [{ first: 0, last: 49 }] });
  return {
    ...{ seller: SELLER, period: PERIOD, message: 'E0402', numbers, version, content },
    hash: 'b'.repeat(64),
    reportedAt: timeAt(version),
  };
}

function numberFiling(numbers: string, sequence: number): FilingRow {
  return {
    ...filingOf(keyAt(SELLER, 1), sequence),
    ...{ message: 'E0402', invoiceNumber: '', numbers },
  };
}

export function claimsAboutNumberReports(makeData: MakeData): void {
  describe('number reports', () => {
    const group = storeForGroup(makeData);
    const reports = [reportOf('AB/07', 1), reportOf('AB/07', 2), reportOf('CD/08', 1)];
    const filings = [numberFiling('AB/07', 1), numberFiling('CD/08', 2)];
    before(async () => {
      await group.store.directory.saveSellers([SELLER, OTHER].map(sellerSettings));
      await group.store.transaction(async (transaction) => {
        await transaction.insertNumberReports(reports.toReversed());
        await transaction.insertFilings([...filings, filingOf(keyAt(SELLER, 1), 3)]);
      });
    });

    test('reports of a period come whole, by track and version, and no other period’s', async () => {
      const { reads } = group.store;
      assert.deepEqual(await reads.listNumberReports(SELLER, PERIOD), reports);
      assert.deepEqual(await reads.listNumberReports(SELLER), reports);
      assert.deepEqual(await reads.listNumberReports(SELLER, PERIOD_TWO_YEARS_ON), []);
      assert.deepEqual(await reads.listNumberReports(OTHER), []);
      await group.store.transaction(async (transaction) => {
        assert.deepEqual(await transaction.findNumberReports(SELLER, PERIOD), reports);
        assert.deepEqual(await transaction.findNumberFilings(SELLER, PERIOD), filings);
      });
    });

    test('the same version of a report is never written twice', async () => {
      const again = group.store.transaction((transaction) =>
        transaction.insertNumberReports([reportOf('CD/08', 1)]),
      );
      await assert.rejects(again);
    });

    test('a filing about numbers is found by track and type, whatever the day', async () => {
      const [filing] = filings;
      assert(filing !== undefined);
      const { keyDate } = filingOf(keyAt(SELLER, 1), 1);
      const key = { seller: SELLER, message: 'E0402', number: 'AB/07', keyDate } as const;
      const { reads } = group.store;
      assert.deepEqual(await reads.findFilingsByResult([key]), [filing]);
      const others = [
        { ...key, number: 'AB/08' },
        { ...key, message: 'E0401' as const },
        { ...key, seller: OTHER },
        { ...key, number: '' },
      ];
      assert.deepEqual(await reads.findFilingsByResult(others), []);
    });

    test('a filing goes on with a later version of its report', async () => {
      const next = { ...numberFiling('CD/08', 2), version: 2, attempts: 1 };
      await group.store.transaction((transaction) => transaction.saveFilings([next]));
      const { items } = await group.store.reads.listFilings({ message: 'E0402' }, 0, 10);
      assert.deepEqual(items, [filings[0], next]);
    });
  });
}
