/** Claims about accounts in memory, over a real store. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { Store } from '../ledger/ports.ts';
import { openStore } from '../storage/open.ts';
import { openAccounts, saveAccounts, saveSellers } from './accounts.ts';
import { seededRandom } from './random.ts';
import { demoAccounts, demoSellers, SELLER_A } from './sandbox/demo-sellers.ts';
import { createSecretBox, SecretUnreadable } from './secret-box.ts';

const random = seededRandom('accounts');
const box = createSecretBox(random.bytes(32), random);

async function withStore(work: (store: Store) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kaili-accounts-'));
  const store = await openStore({ engine: 'sqlite', path: join(folder, 'kaili.db') });
  try {
    await work(store);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

suite('accounts', () => {
  test('an account is found with its seller and its secrets opened', () =>
    withStore(async ({ directory }) => {
      await saveSellers(directory, demoSellers);
      await saveAccounts(directory, box, demoAccounts);
      const accounts = await openAccounts(directory, box);
      const account = accounts.find('ecpay', '2000132');
      assert.equal(account?.id, 'ecpay:2000132');
      assert.equal(account?.seller?.ubn, SELLER_A);
      assert.equal(account?.secrets.hashKey, 'ejCk326UnaZWKisg');
      assert.deepEqual(accounts.find('ecpay', '3002607')?.boundAccounts, ['2000132', '2000933']);
      assert.equal(accounts.find('ecpay', '3002607')?.seller, null);
      assert.equal(accounts.find('systemlead', '2000132'), undefined);
      assert.equal(accounts.find('ecpay', '__proto__'), undefined);
    }));

  test('no secret is at rest in clear', () =>
    withStore(async ({ directory }) => {
      await saveSellers(directory, demoSellers);
      await saveAccounts(directory, box, demoAccounts);
      const rows = JSON.stringify(await directory.listAccounts());
      for (const { secrets } of demoAccounts) {
        for (const secret of Object.values(secrets)) assert.ok(!rows.includes(secret));
      }
    }));

  test('a change by another process is taken in, and only then', () =>
    withStore(async ({ directory }) => {
      await saveSellers(directory, demoSellers);
      await saveAccounts(directory, box, demoAccounts);
      const accounts = await openAccounts(directory, box);
      assert.equal(await accounts.reloadIfChanged(), false);
      const [first] = demoAccounts;
      assert.ok(first);
      await saveAccounts(directory, box, [{ ...first, secrets: { hashKey: 'new' } }]);
      assert.equal(accounts.find('ecpay', '2000132')?.secrets.hashKey, 'ejCk326UnaZWKisg');
      assert.equal(await accounts.reloadIfChanged(), true);
      assert.equal(accounts.find('ecpay', '2000132')?.secrets.hashKey, 'new');
    }));

  test('secrets sealed with another key name the account and keep what was loaded', () =>
    withStore(async ({ directory }) => {
      await saveSellers(directory, demoSellers);
      await saveAccounts(directory, box, demoAccounts.slice(0, 1));
      const accounts = await openAccounts(directory, box);
      const other = createSecretBox(random.bytes(32), random);
      await saveAccounts(directory, other, demoAccounts.slice(1, 2));
      await assert.rejects(accounts.reloadIfChanged(), (error) => {
        assert.ok(error instanceof SecretUnreadable);
        assert.match(error.message, /ecpay:2000933/);
        return true;
      });
      assert.equal(accounts.find('ecpay', '2000132')?.secrets.hashKey, 'ejCk326UnaZWKisg');
    }));
});
