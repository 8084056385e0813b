/** Claims about reads: records put together rightly, every filter, every page. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { InvoiceFilter } from '../../ledger/ports.ts';
import type { FilingRow, InvoiceRow } from '../../ledger/rows.ts';
import { claimsAboutFilings } from './filings.ts';
import { type MakeData, storeForGroup } from './opened.ts';
import {
  allowanceOf,
  amount,
  bookAt,
  day,
  entryAt,
  filingOf,
  invoiceAt,
  invoicesOf,
  keyAt,
  PERIOD,
  PERIOD_TWO_YEARS_ON,
  pick,
  referenceOf,
  segmentAt,
  sellerAt,
  sellerSettings,
  timeAt,
  versionOf,
  writeInvoices,
} from './rows.ts';

const SELLERS = Array.from({ length: 10 }, (_, index) => sellerAt(index));

export function claimsAboutReads(makeData: MakeData): void {
  describe('reads of documents', () => {
    const group = storeForGroup(makeData);
    before(() => group.store.directory.saveSellers(SELLERS.map(sellerSettings)));
    const seller = (index: number) => SELLERS[index] ?? sellerAt(index);

    test('an invoice is found by number, by its day and by its reference', async () => {
      const row = invoiceAt(keyAt(seller(0), 1), 1);
      await group.store.transaction((transaction) => writeInvoices(transaction, [row]));
      const { reads } = group.store;
      const byNumber = { by: 'number', seller: row.seller, number: row.number } as const;
      const record = await reads.findInvoice(byNumber);
      assert.deepEqual(record, {
        row,
        content: JSON.parse(versionOf(row).content),
        allowed: 0,
        issueFiling: filingOf(row, 1),
        voidFiling: null,
      });
      const onDay = { ...byNumber, issuedOn: day('2026-11-21') };
      assert.deepEqual(await reads.findInvoice(onDay), record);
      assert.equal(await reads.findInvoice({ ...onDay, issuedOn: day('2026-11-22') }), null);
      const key = referenceOf(pick(row), 'ORDER-1');
      assert.deepEqual(await reads.findInvoice({ by: 'reference', key }), record);
      assert.equal(await reads.findInvoice({ by: 'reference', key: { ...key, key: 'X' } }), null);
      assert.equal(await reads.findInvoice({ ...byNumber, seller: seller(1) }), null);
    });

    test('a record shows the current version, what is allowed, and both filings', async () => {
      const key = keyAt(seller(1), 1);
      const row: InvoiceRow = { ...invoiceAt(key, 1), version: 2, state: 'voided' };
      const filings: FilingRow[] = [
        filingOf(key, 1),
        { ...filingOf(key, 2), message: 'F0701' },
        { ...filingOf(key, 3), version: 2 },
        { ...filingOf(key, 4), version: 2, message: 'F0501' },
        { ...filingOf(key, 5), message: 'G0401', allowanceNumber: 'A1' },
      ];
      const allowances = (
        ['live', 'awaiting-consent', 'voided', 'expired', 'withdrawn'] as const
      ).map((state, index) => ({
        ...allowanceOf(key, `A${index + 1}`, index + 1),
        state,
        total: amount(10 ** index),
      }));
      await group.store.transaction(async (transaction) => {
        await transaction.insertInvoices([row]);
        await transaction.insertVersions([versionOf(key, 1), versionOf(key, 2)]);
        await transaction.insertFilings(filings);
        await transaction.insertAllowances(allowances);
      });
      const record = await group.store.reads.findInvoice({ by: 'number', ...key });
      assert.equal(record?.content.version, 2);
      assert.equal(record?.allowed, 11);
      assert.equal(record?.issueFiling.sequence, 3);
      assert.equal(record?.voidFiling?.sequence, 4);
      const [allowance] = await group.store.reads.findAllowances({
        by: 'allowance',
        seller: key.seller,
        number: 'A1',
      });
      assert.equal(allowance?.allowFiling?.sequence, 5);
      assert.equal(allowance?.voidFiling, null);
      assert.deepEqual(allowance?.content, { number: 'A1' });
    });

    test('allowances are found by invoice, by its day and by their own day', async () => {
      const old = invoiceAt(keyAt(seller(2), 1), 1);
      const recent = { ...invoiceAt(keyAt(seller(2), 1, PERIOD_TWO_YEARS_ON), 2) };
      await group.store.transaction(async (transaction) => {
        await transaction.insertInvoices([
          { ...old, issuedAt: timeAt(1) },
          { ...recent, issuedAt: timeAt(2) },
        ]);
        await transaction.insertAllowances([
          allowanceOf(recent, 'R2', 5),
          allowanceOf(recent, 'R1', 4),
          allowanceOf(old, 'O1', 3),
        ]);
      });
      const { seller: ubn, number } = old;
      const numbers = async (lookup: Parameters<typeof group.store.reads.findAllowances>[0]) =>
        (await group.store.reads.findAllowances(lookup)).map((record) => record.row.number);
      const byInvoice = { by: 'invoice', seller: ubn, number } as const;
      assert.deepEqual(await numbers(byInvoice), ['R1', 'R2']);
      assert.deepEqual(await numbers({ ...byInvoice, issuedOn: day('2026-11-21') }), ['R1', 'R2']);
      assert.deepEqual(await numbers({ ...byInvoice, issuedOn: day('2026-11-22') }), []);
      const byDay = { by: 'allowance-date', seller: ubn, number } as const;
      assert.deepEqual(await numbers({ ...byDay, allowedOn: day('2026-11-21') }), [
        'O1',
        'R1',
        'R2',
      ]);
      assert.deepEqual(await numbers({ ...byDay, allowedOn: day('2026-11-20') }), []);
      assert.deepEqual(await numbers({ by: 'allowance', seller: seller(3), number: 'R1' }), []);
    });

    test('invoices and allowances are found by sets of keys', async () => {
      const rows = [1, 2, 3].map((position) => invoiceAt(keyAt(seller(4), position), position));
      const later = invoiceAt(keyAt(seller(4), 1, PERIOD_TWO_YEARS_ON), 4);
      const allowances = rows.map((row, index) => allowanceOf(row, `S${index}`, 10 + index));
      await group.store.transaction(async (transaction) => {
        await transaction.insertInvoices([...rows, later]);
        await transaction.insertAllowances(allowances);
      });
      const { reads } = group.store;
      const keys = [rows[2], later].map((row) => pick(row ?? later));
      const found = await reads.findInvoiceRows([...keys, keyAt(seller(4), 9)]);
      assert.deepEqual(
        found.toSorted((left, right) => left.sequence - right.sequence),
        [rows[2], later],
      );
      const numbers = ['S2', 'S0', 'S9'].map((number) => ({ seller: seller(4), number }));
      const foundAllowances = await reads.findAllowanceRows(numbers);
      assert.deepEqual(
        foundAllowances.toSorted((left, right) => left.sequence - right.sequence),
        [allowances[0], allowances[2]],
      );
      assert.deepEqual(await reads.findInvoiceRows([]), []);
      assert.deepEqual(await reads.findAllowanceRows([]), []);
    });

    test('versions, entries, books and segments are read as written', async () => {
      const keys = [keyAt(seller(3), 1), keyAt(seller(3), 2)];
      await group.store.transaction(async (transaction) => {
        await transaction.insertVersions(
          keys.flatMap((key) => [versionOf(key), versionOf(key, 2)]),
        );
        await transaction.insertEntries([3, 1, 2].map((sequence) => entryAt(seller(3), sequence)));
        await transaction.insertBooks([bookAt(seller(3), 50), bookAt(seller(3), 0)]);
        await transaction.insertSegments([segmentAt(seller(3), 50), segmentAt(seller(3), 0)]);
      });
      const { reads } = group.store;
      const wanted = keys.map((key) => ({ ...key, version: 2 }));
      const versions = await reads.findVersions(wanted);
      assert.deepEqual(
        versions.toSorted((left, right) => (left.number < right.number ? -1 : 1)),
        keys.map((key) => versionOf(key, 2)),
      );
      assert.deepEqual(await reads.findVersions([]), []);
      assert.deepEqual(await reads.listEntries(seller(3), 1, 1), [entryAt(seller(3), 2)]);
      assert.deepEqual(await reads.listEntries(seller(3), 3, 10), []);
      const books = [bookAt(seller(3), 0), bookAt(seller(3), 50)];
      assert.deepEqual(await reads.listBooks(seller(3)), books);
      assert.deepEqual(await reads.listBooks(seller(3), PERIOD), books);
      assert.deepEqual(await reads.listBooks(seller(3), PERIOD_TWO_YEARS_ON), []);
      const segments = [segmentAt(seller(3), 0), segmentAt(seller(3), 50)];
      assert.deepEqual(await reads.listSegments(seller(3), PERIOD), segments);
    });
  });

  claimsAboutLists(makeData);
  claimsAboutFilings(makeData);
}

function claimsAboutLists(makeData: MakeData): void {
  describe('lists of invoices', () => {
    const group = storeForGroup(makeData);
    const ours = sellerAt(0);
    const rows = invoicesOf(ours, 40).map((row, index) => varied(row, index));
    before(async () => {
      await group.store.directory.saveSellers([ours, sellerAt(1)].map(sellerSettings));
      await group.store.transaction(async (transaction) => {
        await writeInvoices(transaction, rows);
        await writeInvoices(transaction, invoicesOf(sellerAt(1), 3));
        const confirmed = rows.filter((_, index) => index % 5 === 0);
        await transaction.saveFilings(
          confirmed.map((row) => ({ ...filingOf(row, row.sequence), state: 'confirmed' })),
        );
      });
    });
    const newestFirst = rows.toSorted(
      (left, right) =>
        (left.issuedAt < right.issuedAt ? 1 : left.issuedAt > right.issuedAt ? -1 : 0) ||
        right.sequence - left.sequence,
    );

    const filters: Record<string, [Partial<InvoiceFilter>, (row: InvoiceRow) => boolean]> = {
      nothing: [{}, () => true],
      'time of issue, its end left out': [
        { issuedFrom: timeAt(3), issuedBefore: timeAt(7) },
        (row) => row.issuedAt >= timeAt(3) && row.issuedAt < timeAt(7),
      ],
      'channel partner': [{ channelPartner: 'P1' }, (row) => row.channelPartner === 'P1'],
      voided: [{ isVoided: true }, (row) => row.state === 'voided'],
      'not voided': [{ isVoided: false }, (row) => row.state === 'issued'],
      printed: [{ isPrinted: true }, (row) => row.isPrinted],
      'not printed': [{ isPrinted: false }, (row) => !row.isPrinted],
      confirmed: [{ filingStates: ['confirmed'] }, (row) => (row.sequence - 1) % 5 === 0],
      'any of two states': [{ filingStates: ['confirmed', 'ready'] }, () => true],
      'no state at all': [{ filingStates: [] }, () => false],
      business: [{ hasBuyerUbn: true }, (row) => row.buyerUbn !== null],
      consumer: [{ hasBuyerUbn: false }, (row) => row.buyerUbn === null],
      'tax type': [{ taxType: '2' }, (row) => row.taxType === '2'],
      channel: [{ channel: 'pos' }, (row) => row.channel === 'pos'],
      'exact name': [{ buyerName: '李四' }, (row) => row.buyerName === '李四'],
      'part of a name': [{ buyerName: '李' }, () => false],
      phone: [{ buyerPhone: '0987654321' }, (row) => row.buyerPhone === '0987654321'],
      'all at once': [
        { isPrinted: true, taxType: '1', hasBuyerUbn: false, filingStates: ['ready'] },
        (row) =>
          row.isPrinted &&
          row.taxType === '1' &&
          row.buyerUbn === null &&
          (row.sequence - 1) % 5 > 0,
      ],
    };
    for (const [name, [filter, matches]] of Object.entries(filters)) {
      test(`a list by ${name} holds what matches, newest first`, async () => {
        const expected = newestFirst.filter(matches);
        const page = await group.store.reads.listInvoices({ seller: ours, ...filter }, 0, 1_000);
        assert.equal(page.total, expected.length);
        assert.deepEqual(
          page.items.map((record) => record.row),
          expected,
        );
      });
    }

    test('pages join without gap or overlap and all state the same total', async () => {
      const joined: InvoiceRow[] = [];
      for (let offset = 0; offset < 49; offset += 7) {
        const page = await group.store.reads.listInvoices({ seller: ours }, offset, 7);
        assert.equal(page.total, rows.length);
        joined.push(...page.items.map((record) => record.row));
      }
      assert.deepEqual(joined, newestFirst);
    });

    test('a page past the end is empty and still states the total', async () => {
      const page = await group.store.reads.listInvoices({ seller: ours }, 5_000, 10);
      assert.deepEqual(page, { total: rows.length, items: [] });
      const none = await group.store.reads.listInvoices({ seller: sellerAt(5) }, 0, 10);
      assert.deepEqual(none, { total: 0, items: [] });
    });
  });
}

/** Spreads what filters ask for over the rows; four share a second, so that ties occur. */
function varied(row: InvoiceRow, index: number): InvoiceRow {
  return {
    ...row,
    issuedAt: timeAt(Math.floor(index / 4)),
    channelPartner: index % 3 === 0 ? 'P1' : '',
    state: index % 4 === 0 ? 'voided' : 'issued',
    isPrinted: index % 2 === 0,
    buyerUbn: index % 6 === 0 ? sellerAt(3) : null,
    taxType: index % 7 === 0 ? '2' : '1',
    channel: index % 8 === 0 ? 'pos' : 'api',
    buyerName: index % 9 === 0 ? '李四' : '王小明',
    buyerPhone: index % 10 === 0 ? '0987654321' : '',
  };
}
