/** Claims about filings: every filter, what results name, what is counted, what was done about them. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { FilingRow } from '../../ledger/rows.ts';
import { type MakeData, storeForGroup } from './opened.ts';
import { day, filingOf, keyAt, sellerAt, sellerSettings, timeAt } from './rows.ts';

export function claimsAboutFilings(makeData: MakeData): void {
  describe('lists of filings', () => {
    const group = storeForGroup(makeData);
    const [ours, theirs] = [sellerAt(0), sellerAt(1)];
    const states = ['held', 'ready', 'handed', 'sent', 'confirmed', 'refused'] as const;
    const filings: FilingRow[] = [ours, theirs].flatMap((seller) =>
      Array.from({ length: 30 }, (_, index): FilingRow => {
        const filing = filingOf(keyAt(seller, index + 1), index + 1);
        return {
          ...filing,
          message: index % 3 === 0 ? 'G0401' : 'F0401',
          allowanceNumber: index % 3 === 0 ? `A${index}` : '',
          state: states[index % states.length] ?? 'held',
          isWritten: index % 4 === 0,
          dueAt: timeAt(1_000 + index),
        };
      }),
    );
    before(async () => {
      await group.store.directory.saveSellers([ours, theirs].map(sellerSettings));
      await group.store.transaction((transaction) =>
        transaction.insertFilings(filings.toReversed()),
      );
    });

    const filters: Record<
      string,
      [Parameters<typeof group.store.reads.listFilings>[0], (row: FilingRow) => boolean]
    > = {
      nothing: [{}, () => true],
      seller: [{ seller: theirs }, (row) => row.seller === theirs],
      states: [{ states: ['ready', 'held'] }, (row) => ['ready', 'held'].includes(row.state)],
      'confirmed state': [{ states: ['confirmed'] }, (row) => row.state === 'confirmed'],
      'no state at all': [{ states: [] }, () => false],
      message: [{ message: 'G0401' }, (row) => row.message === 'G0401'],
      'written files': [{ isWritten: true }, (row) => row.isWritten],
      'time due, its end included': [
        { dueBefore: timeAt(1_010) },
        (row) => row.dueAt <= timeAt(1_010),
      ],
      'all at once': [
        { seller: ours, states: ['handed'], message: 'F0401', isWritten: false },
        (row) =>
          row.seller === ours &&
          row.state === 'handed' &&
          row.message === 'F0401' &&
          !row.isWritten,
      ],
    };
    for (const [name, [filter, matches]] of Object.entries(filters)) {
      test(`a list by ${name} holds what matches, by seller and sequence`, async () => {
        const page = await group.store.reads.listFilings(filter, 0, 1_000);
        const expected = filings.filter(matches);
        assert.deepEqual(page, { total: expected.length, items: expected });
      });
    }

    test('a page of filings starts where it should; one past the end is empty', async () => {
      const page = await group.store.reads.listFilings({}, 28, 4);
      assert.deepEqual(page, { total: 60, items: filings.slice(28, 32) });
      const past = await group.store.reads.listFilings({}, 60, 4);
      assert.deepEqual(past, { total: 60, items: [] });
    });

    test('the first filings of a state come by sequence, and no more than asked for', async () => {
      const all = filings.filter((row) => row.seller === ours && row.state === 'ready');
      const { firstFilings } = group.store.reads;
      const start = { seller: ours, state: 'ready', past: 0 } as const;
      assert.deepEqual(await firstFilings(start, 3), all.slice(0, 3));
      assert.deepEqual(await firstFilings(start, 100), all);
      const [, , third] = all;
      assert(third !== undefined);
      assert.deepEqual(await firstFilings({ ...start, past: third.sequence }, 2), all.slice(3, 5));
      assert.deepEqual(await firstFilings({ ...start, seller: sellerAt(5) }, 100), []);
    });

    test('a day is counted by message, state and summary; mendings come by filing', async () => {
      const [, second, third] = filings;
      assert(second !== undefined && third !== undefined);
      const marked = { ...second, summarizedOn: day('2026-11-22') };
      const mending = {
        ...({ seller: ours, sequence: 7, filing: 2, fromState: 'sent' } as const),
        ...{ fileName: 'a.xml', reason: '檔案遺失', account: 'api', mendedAt: timeAt(9) },
      };
      const others = [
        { ...mending, sequence: 5 },
        { ...mending, sequence: 6, filing: 3 },
      ];
      await group.store.transaction(async (transaction) => {
        await transaction.saveFilings([marked]);
        await transaction.insertMendings([mending, ...others]);
      });
      const { countDay, listFilings, listMendings } = group.store.reads;
      const counts = await countDay(ours, second.keyDate);
      const sum = counts.reduce((total, { count }) => total + count, 0);
      assert.equal(sum, 30);
      const own = counts.filter(({ isSummarized }) => isSummarized);
      const { message, state } = second;
      assert.deepEqual(own, [{ message, state, isSummarized: true, count: 1 }]);
      assert.deepEqual(await countDay(ours, day('2026-11-20')), []);
      const onDay = { seller: ours, keyDateFrom: second.keyDate, keyDateTo: second.keyDate };
      const summarized = { ...onDay, isSummarized: true, isOfNumbers: false };
      assert.deepEqual(await listFilings(summarized, 0, 9), { total: 1, items: [marked] });
      const open = await listFilings({ ...onDay, isSummarized: false }, 0, 1);
      assert.equal(open.total, 29);
      assert.equal((await listFilings({ ...onDay, isOfNumbers: true }, 0, 1)).total, 0);
      const later = { ...onDay, keyDateFrom: day('2026-11-22'), keyDateTo: day('2026-11-30') };
      assert.equal((await listFilings(later, 0, 1)).total, 0);
      const one = await listFilings({ seller: ours, sequence: 3 }, 0, 9);
      assert.deepEqual(one, { total: 1, items: [third] });
      assert.deepEqual(await listMendings(ours, 2), [others[0], mending]);
      assert.deepEqual(await listMendings(theirs, 2), []);
      await group.store.transaction((transaction) => transaction.saveFilings([second]));
    });

    test('a result finds its filing by message, number and day', async () => {
      const [ofAllowance, ofInvoice] = filings;
      assert(ofAllowance !== undefined && ofInvoice !== undefined);
      const keyOf = (row: FilingRow) => ({
        seller: row.seller,
        message: row.message,
        number: row.allowanceNumber === '' ? row.invoiceNumber : row.allowanceNumber,
        keyDate: row.keyDate,
      });
      const wrong = [
        { ...keyOf(ofInvoice), keyDate: day('2026-11-20') },
        { ...keyOf(ofInvoice), message: 'F0501' as const },
        { ...keyOf(ofAllowance), number: ofAllowance.invoiceNumber },
      ];
      const keys = [keyOf(ofAllowance), keyOf(ofInvoice), ...wrong];
      const found = await group.store.reads.findFilingsByResult(keys);
      assert.deepEqual(
        found.toSorted((left, right) => left.sequence - right.sequence),
        [ofAllowance, ofInvoice],
      );
    });

    test('open filings are counted by seller, message and state', async () => {
      const counts = await group.store.reads.countFilings();
      const expected = new Map<string, number>();
      for (const { seller, message, state } of filings) {
        if (state === 'confirmed') continue;
        const key = `${seller} ${message} ${state}`;
        expected.set(key, (expected.get(key) ?? 0) + 1);
      }
      assert.deepEqual(
        counts.map(({ seller, message, state, count }) => [`${seller} ${message} ${state}`, count]),
        [...expected].toSorted(),
      );
      const some = await group.store.reads.countFilings(['handed', 'ready', 'confirmed']);
      const isSome = ({ state }: (typeof counts)[number]) => ['handed', 'ready'].includes(state);
      assert.deepEqual(some, counts.filter(isSome));
      assert(some.length > 0 && some.length < counts.length);
    });
  });
}
