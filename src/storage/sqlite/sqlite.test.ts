/** SQLite keeps every claim of a store, and is set up to survive a power cut. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { FreshData } from '../conformance/opened.ts';
import { claimsOfEveryStore } from '../conformance.ts';
import { openEngine } from '../open.ts';

async function makeData(): Promise<FreshData> {
  const folder = mkdtempSync(join(tmpdir(), 'kaili-sqlite-'));
  return {
    options: { engine: 'sqlite', path: join(folder, 'kaili.db') },
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

describe('sqlite', () => {
  claimsOfEveryStore(makeData);

  test('a commit waits for the disk: WAL with synchronous=FULL', async () => {
    const data = await makeData();
    const engine = openEngine(data.options);
    const ask = (sql: string) =>
      engine.transaction((session) => session.run({ name: '', sql }, [[]]));
    assert.deepEqual({ ...(await ask('pragma journal_mode')).rows[0] }, { journal_mode: 'wal' });
    // 2 is FULL: the WAL is flushed at every commit.
    assert.deepEqual({ ...(await ask('pragma synchronous')).rows[0] }, { synchronous: 2 });
    await engine.close();
    await data.remove();
  });

  test('a path that is no file on disk is refused', () => {
    for (const path of ['', ':memory:']) {
      assert.throws(() => openEngine({ engine: 'sqlite', path }), /a file/);
    }
  });
});
