/** Claims about the write path: every method of a transaction, with sets of any size. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import { TWD_MAX } from '../../domain/twd.ts';
import type { InvoiceRow, SegmentRow } from '../../ledger/rows.ts';
import { type MakeData, storeForGroup } from './opened.ts';
import {
  allowanceOf,
  amount,
  blankAt,
  bookAt,
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

const SET_SIZES = [0, 1, 3, 64, 1_000, 2_500];
const SELLERS = Array.from({ length: 16 }, (_, index) => sellerAt(index));

export function claimsAboutWrites(makeData: MakeData): void {
  describe('writes', () => {
    const group = storeForGroup(makeData);
    before(() => group.store.directory.saveSellers(SELLERS.map(sellerSettings)));
    const seller = (index: number) => SELLERS[index] ?? sellerAt(index);

    for (const [index, size] of SET_SIZES.entries()) {
      test(`a set of ${size} is written whole and found whole`, async () => {
        const rows = invoicesOf(seller(index), size);
        await group.store.transaction((transaction) => writeInvoices(transaction, rows));
        await group.store.transaction(async (transaction) => {
          const keys = rows.map(pick);
          assert.deepEqual(bySequence(await transaction.findInvoices(keys)), rows);
          assert.deepEqual(bySequence(await transaction.findNewestInvoices(keys)), rows);
          const filings = rows.map((row) => filingOf(row, row.sequence));
          assert.deepEqual(await transaction.findFilingsOf(keys), filings);
          assert.deepEqual(bySequence(await transaction.findFilings(filings)), filings);
          assert.equal((await transaction.findCurrentVersions(keys)).length, size);
          const references = rows.map((row) => referenceOf(pick(row), `ORDER-${row.sequence}`));
          assert.equal((await transaction.findReferences(references)).length, size);
        });
      });
    }

    test('an unknown seller is absent from the locked heads', async () => {
      const unknown = sellerAt(99);
      const heads = await group.store.transaction((transaction) =>
        transaction.lockSellers([unknown, seller(7), seller(6)]),
      );
      assert.deepEqual(
        heads.map((head) => [head.seller, head.sequence, head.hash, head.filingSequence]),
        [seller(6), seller(7)].map((ubn) => [ubn, 0, '0'.repeat(64), 0]),
      );
    });

    test('a saved head is what the next transaction locks', async () => {
      const head = {
        seller: seller(6),
        sequence: 9_007_199_254_740_991,
        hash: 'f'.repeat(64),
        filingSequence: 12,
        allowanceNumber: '2026112110000001',
      };
      await group.store.transaction((transaction) => transaction.saveHeads([head]));
      const locked = await group.store.transaction((transaction) =>
        transaction.lockSellers([seller(6)]),
      );
      assert.deepEqual(locked, [head]);
    });

    test('a change that finds no row refuses the transaction', async () => {
      const ghost = { ...invoiceAt(keyAt(seller(7), 1), 1), voidReason: 'ghost' };
      await assert.rejects(
        group.store.transaction((transaction) => transaction.saveInvoices([ghost])),
        /saveInvoices changed 0 of 1 rows/,
      );
    });

    test('a void and a new version are saved with the invoice', async () => {
      const key = keyAt(seller(7), 5);
      const first = invoiceAt(key, 5);
      const changed: InvoiceRow = {
        ...first,
        version: 2,
        state: 'voided',
        buyerName: "O'Neil; drop table invoice",
        buyerUbn: seller(1),
        isPrinted: true,
        total: amount(TWD_MAX),
        voidedAt: timeAt(50),
        voidReason: '買方退貨',
      };
      await group.store.transaction(async (transaction) => {
        await writeInvoices(transaction, [first]);
        await transaction.insertVersions([versionOf(key, 2)]);
        await transaction.saveInvoices([changed]);
        assert.deepEqual(await transaction.findInvoices([key]), [changed]);
        assert.deepEqual(await transaction.findCurrentVersions([key]), [versionOf(key, 2)]);
      });
    });

    test('of a number that recurs, the newest invoice is found', async () => {
      const old = invoiceAt(keyAt(seller(8), 1), 1);
      const recent = { ...old, period: PERIOD_TWO_YEARS_ON, sequence: 2 };
      await group.store.transaction(async (transaction) => {
        await transaction.insertInvoices([recent, old]);
        assert.deepEqual(await transaction.findNewestInvoices([old]), [recent]);
        assert.deepEqual(await transaction.findInvoices([pick(old)]), [old]);
      });
    });

    test('only references held until the void are freed by it', async () => {
      const key = keyAt(seller(8), 3);
      const other = keyAt(seller(8), 4);
      const forEver = referenceOf(key, 'EVER');
      const untilVoid = { ...referenceOf(key, 'VOIDED'), until: 'voided' as const };
      const ofOther = { ...referenceOf(other, 'OTHER'), until: 'voided' as const };
      const all = [forEver, untilVoid, ofOther];
      await group.store.transaction(async (transaction) => {
        await transaction.insertReferences(all);
        await transaction.freeReferences([key]);
        const left = await transaction.findReferences(all);
        assert.deepEqual(left.map((row) => row.key).sort(), ['EVER', 'OTHER']);
      });
    });

    test('allowances of an invoice come oldest first whatever their state', async () => {
      const key = keyAt(seller(9), 1);
      const rows = [3, 1, 2].map((sequence) => allowanceOf(key, `A${9 - sequence}`, sequence));
      const voided = { state: 'voided', voidedAt: timeAt(60), voidReason: '誤開' } as const;
      await group.store.transaction(async (transaction) => {
        await transaction.insertAllowances(rows);
        await transaction.saveAllowances(rows.slice(0, 1).map((row) => ({ ...row, ...voided })));
        const found = await transaction.findAllowancesOf([key]);
        assert.deepEqual(
          found.map((row) => [row.sequence, row.state]),
          [
            [1, 'live'],
            [2, 'live'],
            [3, 'voided'],
          ],
        );
        assert.equal((await transaction.findAllowances([{ ...key, number: 'A7' }])).length, 1);
      });
    });

    test('filings of a document include those of its allowances, by sequence', async () => {
      const key = keyAt(seller(10), 1);
      const base = filingOf(key, 1);
      const rows = [
        { ...base, sequence: 4, message: 'F0501' as const, keyDate: base.keyDate },
        { ...base, sequence: 2, message: 'G0401' as const, allowanceNumber: 'A1' },
        base,
      ];
      await group.store.transaction(async (transaction) => {
        await transaction.insertFilings(rows);
        const found = await transaction.findFilingsOf([key, keyAt(seller(10), 2)]);
        assert.deepEqual(
          found.map((row) => row.sequence),
          [1, 2, 4],
        );
      });
    });

    test('a saved filing keeps its holds, its file and its result', async () => {
      const key = keyAt(seller(10), 9);
      const filing = filingOf(key, 9);
      const changed = {
        ...filing,
        state: 'refused' as const,
        holds: ['would-be-refused', 'seller-address-missing'] as const,
        attempts: 2,
        fileName: 'F0401-1.xml',
        isWritten: true,
        handedAt: timeAt(70),
        sentAt: timeAt(71),
        settledAt: timeAt(72),
        resultCode: 'E0201',
        resultText: '格式錯誤',
      };
      await group.store.transaction(async (transaction) => {
        await transaction.insertFilings([filing]);
        await transaction.saveFilings([changed]);
        assert.deepEqual(await transaction.findFilings([filing]), [changed]);
      });
    });

    test('books are found by period', async () => {
      const rows = [bookAt(seller(11), 50), bookAt(seller(11), 0)];
      await group.store.transaction(async (transaction) => {
        await transaction.insertBooks(rows);
        assert.deepEqual(await transaction.findBooks(seller(11), PERIOD), rows.toReversed());
        assert.deepEqual(await transaction.findBooks(seller(11), PERIOD_TWO_YEARS_ON), []);
      });
    });

    test('blank ranges are declared, listed and taken back', async () => {
      const rows = [20, 0, 10].map((first) => blankAt(seller(14), first));
      const [last, first, middle] = rows;
      assert(last !== undefined && first !== undefined && middle !== undefined);
      await group.store.transaction(async (transaction) => {
        await transaction.insertBlanks(rows);
        assert.deepEqual(await transaction.findBlanks(seller(14), PERIOD), [first, middle, last]);
        await transaction.deleteBlanks([first, last]);
      });
      assert.deepEqual(await group.store.reads.listBlanks(seller(14)), [middle]);
      await assert.rejects(
        group.store.transaction((transaction) => transaction.deleteBlanks([first, middle])),
        /deleteBlanks/,
      );
      assert.deepEqual(await group.store.reads.listBlanks(seller(14), PERIOD), [middle]);
    });

    test('a range of numbers holds both ends, by number, and no other period', async () => {
      const rows = invoicesOf(seller(15), 20);
      const other = { ...invoiceAt(keyAt(seller(15), 5, PERIOD_TWO_YEARS_ON), 90) };
      const { number: from } = keyAt(seller(15), 3);
      const { number: to } = keyAt(seller(15), 7);
      await group.store.transaction(async (transaction) => {
        await transaction.insertInvoices([...rows, other]);
        const found = await transaction.findInvoicesInRange(seller(15), PERIOD, from, to);
        assert.deepEqual(found, rows.slice(2, 7));
      });
    });

    test('open segments come in the order in which their numbers are given', async () => {
      const of = (first: number, changes: Partial<SegmentRow>) => ({
        ...segmentAt(seller(12), first),
        ...changes,
      });
      const open = [of(0, { category: 'any' }), of(100, {}), of(50, {})];
      const closed = [
        of(150, { status: 'paused' }),
        of(200, { allotter: 'merchant' }),
        of(250, { next: 300 }),
        of(300, { code: 'POS1' }),
        of(350, { category: 'b2b' }),
        of(400, { invoiceType: '08' }),
      ];
      const query = {
        seller: seller(12),
        period: PERIOD,
        invoiceType: '07',
        category: 'b2c',
        code: '',
      } as const;
      await group.store.transaction(async (transaction) => {
        await transaction.insertSegments([...open, ...closed]);
        const firsts = async () =>
          (await transaction.findOpenSegments(query)).map((segment) => segment.first);
        assert.deepEqual(await firsts(), [50, 100, 0]);
        const used = of(50, { next: 100, status: 'exhausted', lastIssuedAt: timeAt(5) });
        await transaction.saveSegments([used]);
        assert.deepEqual(await firsts(), [100, 0]);
      });
      const stored = await group.store.reads.listSegments(seller(12));
      assert.deepEqual(
        stored.find((segment) => segment.first === 50),
        of(50, { next: 100, status: 'exhausted', lastIssuedAt: timeAt(5) }),
      );
    });

    test('any text and any exact integer come back as they went', async () => {
      const text = fc.string({ unit: 'binary' }).map(storable);
      let position = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.record({ name: text, total: fc.maxSafeInteger(), isPrinted: fc.boolean() }), {
            maxLength: 8,
          }),
          async (drawn) => {
            const rows = drawn.map(({ name, total, isPrinted }) => {
              position += 1;
              const row = invoiceAt(keyAt(seller(13), position), position);
              return { ...row, buyerName: name, voidReason: name, total: amount(total), isPrinted };
            });
            await group.store.transaction(async (transaction) => {
              await transaction.insertInvoices(rows);
              assert.deepEqual(bySequence(await transaction.findInvoices(rows.map(pick))), rows);
            });
          },
        ),
        { numRuns: 50 },
      );
    });
  });
}

/** Well-formed and without U+0000: PostgreSQL keeps no other text, and no parser lets it through. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '');
}

function bySequence<Row extends { readonly sequence: number }>(rows: readonly Row[]): Row[] {
  return [...rows].sort((left, right) => left.sequence - right.sequence);
}
