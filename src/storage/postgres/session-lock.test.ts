/** Claims about the session lock on a real PostgreSQL. */
import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { openTestDatabase } from '../../../test/support/postgres.ts';
import { createSessionLock } from './session-lock.ts';

const KEY = 7;
const database = await openTestDatabase();
after(() => database.drop());

async function query(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(sql);
  await client.end();
}

suite('session lock', () => {
  test('one holds it at a time, and keeps it when asked again', async () => {
    const one = createSessionLock(database.url, KEY);
    const other = createSessionLock(database.url, KEY);
    assert.equal(await one.acquire(), true);
    assert.equal(await one.acquire(), true);
    assert.equal(await other.acquire(), false);
    assert.deepEqual([one.held(), other.held()], [true, false]);
    await one.release();
    assert.equal(one.held(), false);
    assert.equal(await other.acquire(), true);
    await other.release();
  });

  test('another key is another lock', async () => {
    const one = createSessionLock(database.url, KEY);
    const other = createSessionLock(database.url, KEY + 1);
    assert.deepEqual([await one.acquire(), await other.acquire()], [true, true]);
    await one.release();
    await other.release();
  });

  test('it is lost with the connection, and can be had again', { timeout: 10_000 }, async () => {
    const one = createSessionLock(database.url, KEY);
    const other = createSessionLock(database.url, KEY);
    assert.equal(await one.acquire(), true);
    await query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'kaili lock'",
    );
    // Without being asked: the end of the connection is news enough.
    while (one.held()) await sleep(5);
    assert.equal(await other.acquire(), true);
    assert.equal(await one.acquire(), false);
    await other.release();
    assert.equal(await one.acquire(), true);
    await one.release();
  });

  test('a server that is away is an error, not a lock', async () => {
    const lock = createSessionLock('postgres://nobody@127.0.0.1:1/none', KEY);
    await assert.rejects(lock.acquire());
    assert.equal(lock.held(), false);
    await assert.rejects(lock.acquire());
    await lock.release();
  });
});
