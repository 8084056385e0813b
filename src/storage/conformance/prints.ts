/** Claims about prints, printers and sellers' secrets: written whole, one original a version, due in time. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { PrinterRow, PrintRow } from '../../ledger/rows.ts';
import { type MakeData, storeForGroup } from './opened.ts';
import { keyAt, sellerAt, sellerSettings, timeAt } from './rows.ts';

const [ONE, TWO] = [sellerAt(0), sellerAt(1)];

function printAt(seller: typeof ONE, sequence: number, changes: Partial<PrintRow> = {}): PrintRow {
  return {
    ...keyAt(seller, 1),
    sequence,
    version: 1,
    medium: 'thermal',
    isOriginal: false,
    hasDetails: true,
    printer: '00',
    account: 'ecpay:2000132',
    state: 'due',
    attempts: 0,
    createdAt: timeAt(sequence),
    nextAt: timeAt(sequence),
    settledAt: null,
    result: '',
    ...changes,
  };
}

export function claimsAboutPrints(makeData: MakeData): void {
  describe('prints', () => {
    const group = storeForGroup(makeData);
    before(() => group.store.directory.saveSellers([ONE, TWO].map(sellerSettings)));

    test('prints are found by sequence and by invoice, each of its own seller', async () => {
      const rows = [
        printAt(ONE, 1, { isOriginal: true }),
        printAt(ONE, 2),
        printAt(ONE, 3, { ...keyAt(ONE, 2), isOriginal: true }),
        printAt(TWO, 1, { isOriginal: true }),
      ];
      await group.store.transaction(async (transaction) => {
        await transaction.insertPrints(rows);
        assert.deepEqual(await transaction.findPrints([{ seller: TWO, sequence: 1 }]), [rows[3]]);
        const found = await transaction.findPrintsOf([keyAt(ONE, 1)]);
        assert.deepEqual(
          found.toSorted((one, other) => one.sequence - other.sequence),
          rows.slice(0, 2),
        );
      });
      assert.deepEqual(await group.store.reads.findPrint(ONE, 3), rows[2]);
      assert.equal(await group.store.reads.findPrint(TWO, 3), null);
    });

    test('a second original of a version is refused by the store itself; a next version’s is not', async () => {
      const twin = printAt(ONE, 8, { isOriginal: true });
      await assert.rejects(group.store.transaction((each) => each.insertPrints([twin])));
      const next = printAt(ONE, 9, { isOriginal: true, version: 2, nextAt: timeAt(50) });
      await group.store.transaction((each) => each.insertPrints([next]));
    });

    test('due ones come by time, without what is settled', async () => {
      const printed = printAt(ONE, 1, {
        isOriginal: true,
        state: 'printed',
        attempts: 1,
        settledAt: timeAt(5),
        result: 'out',
      });
      const sending = printAt(ONE, 2, { state: 'sending', attempts: 1, nextAt: timeAt(40) });
      await group.store.transaction((each) => each.savePrints([printed, sending]));
      const { reads } = group.store;
      const due = async (at: number) =>
        (await reads.listDuePrints(timeAt(at), 10)).map(({ seller, sequence }) => [
          seller,
          sequence,
        ]);
      assert.deepEqual(await due(9), [
        [TWO, 1],
        [ONE, 3],
      ]);
      assert.deepEqual((await due(40)).at(-1), [ONE, 2]);
      assert.equal((await reads.listDuePrints(timeAt(9), 1)).length, 1);
      assert.deepEqual(await reads.findPrint(ONE, 1), printed);
    });

    test('a list is one seller’s, newest first, by invoice, medium and state', async () => {
      const { reads } = group.store;
      const listed = async (filter: object) =>
        (await reads.listPrints({ seller: ONE, ...filter }, 10)).map(({ sequence }) => sequence);
      assert.deepEqual(await listed({}), [9, 3, 2, 1]);
      assert.deepEqual(await listed({ invoice: keyAt(ONE, 2) }), [3]);
      assert.deepEqual(await listed({ states: ['printed', 'sending'] }), [2, 1]);
      assert.deepEqual(await listed({ states: [] }), []);
      assert.deepEqual(await listed({ medium: 'page' }), []);
    });

    test('printers and secrets are replaced by their keys', async () => {
      const { directory } = group.store;
      const printer: PrinterRow = {
        seller: ONE,
        code: '00',
        host: '192.0.2.10',
        port: 9100,
        roll: 58,
        dpi: 203,
        hasCutter: true,
        answersStatus: false,
      };
      const moved = { ...printer, host: '192.0.2.11', hasCutter: false, answersStatus: true };
      await directory.savePrinters([printer, { ...printer, code: '01' }]);
      await directory.savePrinters([moved]);
      assert.deepEqual(await directory.listPrinters(), [moved, { ...printer, code: '01' }]);
      await directory.saveSellerSecrets([{ seller: ONE, sealedSecrets: 'sealed one' }]);
      await directory.saveSellerSecrets([{ seller: ONE, sealedSecrets: 'sealed again' }]);
      assert.deepEqual(await directory.listSellerSecrets(), [
        { seller: ONE, sealedSecrets: 'sealed again' },
      ]);
    });
  });
}
