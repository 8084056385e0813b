/** Claims about sellers, accounts, meta facts and `clear`. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AccountRow } from '../../ledger/ports.ts';
import { type MakeData, storeForGroup } from './opened.ts';
import {
  allowanceOf,
  bookAt,
  invoicesOf,
  keyAt,
  segmentAt,
  sellerAt,
  sellerSettings,
  writeInvoices,
} from './rows.ts';

const [FIRST, SECOND] = [sellerAt(0), sellerAt(1)];

const ACCOUNT: AccountRow = {
  dialect: 'ecpay',
  id: '2000132',
  seller: FIRST,
  kind: 'merchant',
  sealedSecrets: 'sealed:"密"',
  boundAccounts: [],
};
const PLATFORM: AccountRow = {
  dialect: 'ecpay',
  id: '3002607',
  seller: null,
  kind: 'platform',
  sealedSecrets: '',
  boundAccounts: ['2000132', '2000933'],
};

export function claimsAboutDirectory(makeData: MakeData): void {
  describe('directory', () => {
    const group = storeForGroup(makeData);

    test('sellers are listed by tax ID; saving again replaces settings and keeps the chain', async () => {
      const { directory } = group.store;
      await directory.saveSellers([]);
      await directory.saveSellers([SECOND, FIRST].map(sellerSettings));
      await group.store.transaction(async (transaction) => {
        const heads = await transaction.lockSellers([FIRST]);
        await transaction.saveHeads(heads.map((head) => ({ ...head, sequence: 7 })));
      });
      const renamed = { ...sellerSettings(FIRST), name: '改名商店' };
      await directory.saveSellers([renamed]);
      assert.deepEqual(await directory.listSellers(), [renamed, sellerSettings(SECOND)]);
      const [head] = await group.store.transaction((transaction) =>
        transaction.lockSellers([FIRST]),
      );
      assert.equal(head?.sequence, 7);
    });

    test('accounts are kept by dialect and id', async () => {
      const { directory } = group.store;
      await directory.saveAccounts([PLATFORM, { ...ACCOUNT, sealedSecrets: 'old' }]);
      await directory.saveAccounts([ACCOUNT]);
      assert.deepEqual(await directory.listAccounts(), [ACCOUNT, PLATFORM]);
    });

    test('a meta fact is null until written, then the last one written', async () => {
      const { directory } = group.store;
      assert.equal(await directory.readMeta('mode'), null);
      await directory.writeMeta('mode', 'sandbox');
      await directory.writeMeta('mode', 'production');
      assert.equal(await directory.readMeta('mode'), 'production');
    });

    test('clear leaves the schema and no row', async () => {
      const { store } = group;
      await store.directory.saveSellers([sellerSettings(FIRST)]);
      await store.transaction(async (transaction) => {
        await writeInvoices(transaction, invoicesOf(FIRST, 3));
        await transaction.insertAllowances([allowanceOf(keyAt(FIRST, 1), 'A1', 9)]);
        await transaction.insertBooks([bookAt(FIRST, 0)]);
        await transaction.insertSegments([segmentAt(FIRST, 0)]);
      });
      await store.clear();
      assert.deepEqual(await store.directory.listSellers(), []);
      assert.deepEqual(await store.directory.listAccounts(), []);
      assert.equal(await store.directory.readMeta('mode'), null);
      assert.equal((await store.reads.listInvoices({ seller: FIRST }, 0, 1)).total, 0);
      assert.equal((await store.reads.listFilings({}, 0, 1)).total, 0);
      assert.deepEqual(await store.reads.listEntries(FIRST, 0, 1), []);
      assert.deepEqual(await store.reads.listBooks(FIRST), []);
      assert.deepEqual(await store.reads.listSegments(FIRST), []);
      const heads = await store.transaction((transaction) => transaction.lockSellers([FIRST]));
      assert.deepEqual(heads, []);
      await store.directory.saveSellers([sellerSettings(FIRST)]);
      await store.transaction((transaction) => writeInvoices(transaction, invoicesOf(FIRST, 3)));
    });
  });
}
