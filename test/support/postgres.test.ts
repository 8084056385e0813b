/** A PostgreSQL for tests is separate for each test and leaves nothing behind, however a test ends. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { openTestDatabase } from './postgres.ts';

const REMOVAL_MS_MAX = 10_000;
const POLL_MS = 50;

describe('test databases', () => {
  test('are empty, separate, and gone after drop', async () => {
    const [first, second] = [await openTestDatabase(), await openTestDatabase()];
    const query = async (url: string, text: string) => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      try {
        return (await client.query(text)).rows;
      } finally {
        await client.end();
      }
    };
    await query(first.url, 'create table only_here (id integer)');
    const tables = "select tablename from pg_tables where schemaname = 'public'";
    assert.deepEqual(await query(second.url, tables), []);
    await first.drop();
    await assert.rejects(query(first.url, 'select 1'), /does not exist/);
    await second.drop();
  });
});

describe('test clusters', () => {
  for (const end of ['process.kill(process.pid, "SIGKILL")', 'process.exit(1)', 'await stop()']) {
    test(`leave no file after ${end}`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'kaili-cluster-'));
      // The server may run as another user, who in the end removes its own folder here.
      chmodSync(folder, 0o1777);
      const program = `
        const { startTestCluster } = await import(${JSON.stringify(import.meta.resolve('./postgres.ts'))});
        const { stop } = await startTestCluster({ fsync: false });
        const { readdirSync } = await import('node:fs');
        if (readdirSync(${JSON.stringify(folder)}).length !== 1) throw new Error('not where it should be');
        process.stdout.write('started', async () => { ${end}; });`;
      const running = spawn(process.execPath, ['--input-type=module', '-e', program], {
        env: { ...process.env, TMPDIR: folder },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let said = '';
      running.stdout.on('data', (chunk) => {
        said += String(chunk);
      });
      await once(running, 'exit');
      assert.equal(said, 'started');
      const deadline = performance.now() + REMOVAL_MS_MAX;
      while (readdirSync(folder).length > 0) {
        assert(performance.now() < deadline, 'the cluster is still there');
        await sleep(POLL_MS);
      }
      rmSync(folder, { recursive: true });
    });
  }
});
