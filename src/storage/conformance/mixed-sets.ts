/**
 * Claims about sets of rows of which some have the same in some columns: an engine may bind that once, and may take
 * as many rows at a time as it likes.
 */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import type { FilingRow, ReferenceRow } from '../../ledger/rows.ts';
import { StatementFailure } from '../engine.ts';
import { type MakeData, storeForGroup } from './opened.ts';
import { day, filingOf, keyAt, referenceOf, sellerAt, sellerSettings, timeAt } from './rows.ts';

const SELLERS = [sellerAt(0), sellerAt(1)] as const;

/** Members of a new filing that mostly hold what every new one holds, with something else. */
const OTHERS: Partial<FilingRow> = {
  seller: SELLERS[1],
  message: 'F0501',
  version: 2,
  allowanceNumber: 'A1',
  partner: SELLERS[1],
  reason: "買方退貨 '?1'",
  remark: '備註',
  keyDate: day('2026-11-22'),
  state: 'held',
  holds: ['edit-window'],
  releaseAt: timeAt(90),
  attempts: 1,
  fileName: 'F0401-1.xml',
  isWritten: true,
  dueAt: timeAt(81_000),
  handedAt: timeAt(91),
  sentAt: timeAt(92),
  settledAt: timeAt(93),
  resultCode: '0',
  resultText: 'null',
  numbers: '[]',
  summarizedOn: day('2026-11-23'),
};

export const OTHER_MEMBERS: readonly string[] = Object.keys(OTHERS);

/** A filing with those members different. */
export function filingWith(sequence: number, members: readonly string[]): FilingRow {
  const changes = Object.entries(OTHERS).filter(([member]) => members.includes(member));
  return { ...filingOf(keyAt(SELLERS[0], sequence), sequence), ...Object.fromEntries(changes) };
}

export function claimsAboutMixedSets(makeData: MakeData): void {
  describe('mixed sets', () => {
    const group = storeForGroup(makeData);
    before(() => group.store.directory.saveSellers(SELLERS.map(sellerSettings)));
    let sequence = 0;

    test('a set whose rows share any columns and differ in others comes back as it went', async () => {
      // Few kinds of rows, so that many sets have columns in common.
      const kinds = fc.array(fc.subarray([...OTHER_MEMBERS]), { minLength: 1, maxLength: 3 });
      const picks = fc.array(fc.nat(), { maxLength: 60, size: 'max' });
      await fc.assert(
        fc.asyncProperty(kinds, picks, async (drawnKinds, drawnPicks) => {
          const rows = drawnPicks.map((pick) => {
            sequence += 1;
            return filingWith(sequence, drawnKinds[pick % drawnKinds.length] ?? []);
          });
          await group.store.transaction(async (transaction) => {
            await transaction.insertFilings(rows);
            const found = await transaction.findFilings(rows);
            assert.deepEqual(
              found.toSorted((left, right) => left.sequence - right.sequence),
              rows,
            );
          });
        }),
        { numRuns: 100 },
      );
    });

    test('of many references those that exist are found, however much the keys have in common', async () => {
      const texts = Array.from({ length: 50 }, (_, index) => `R${index}`);
      const accounts = ['ecpay:1', 'ecpay:2'];
      const all = accounts.flatMap((account) =>
        texts.map((text) => ({ ...referenceOf(keyAt(SELLERS[0], 1), text), account })),
      );
      const written = all.filter((_, index) => index % 3 === 0);
      await group.store.transaction((transaction) => transaction.insertReferences(written));
      const nowhere = { ...referenceOf(keyAt(SELLERS[1], 1), 'R0'), account: 'ecpay:1' };
      for (const keys of [all, all.slice(0, 50), all.slice(45, 54), [...all, nowhere]]) {
        const found = await group.store.transaction((transaction) =>
          transaction.findReferences(keys),
        );
        assert.deepEqual(inOrder(found), inOrder(written.filter((row) => keys.includes(row))));
      }
    });

    test('one key that exists refuses a large set whole, wherever it stands', async () => {
      for (const place of [0, 7, 16, 39]) {
        const rows = Array.from({ length: 40 }, () => {
          sequence += 1;
          return filingWith(sequence, []);
        });
        const taken = rows.slice(place, place + 1);
        await group.store.transaction((transaction) => transaction.insertFilings(taken));
        await assert.rejects(
          group.store.transaction((transaction) => transaction.insertFilings(rows)),
          (error) => error instanceof StatementFailure && error.message.startsWith('insert_filing'),
        );
        await group.store.transaction(async (transaction) => {
          assert.deepEqual(await transaction.findFilings(rows), taken);
        });
      }
    });
  });
}

function inOrder(rows: readonly ReferenceRow[]): readonly ReferenceRow[] {
  const place = ({ account, key }: ReferenceRow) => `${account}/${key}`;
  return rows.toSorted((left, right) => (place(left) < place(right) ? -1 : 1));
}
