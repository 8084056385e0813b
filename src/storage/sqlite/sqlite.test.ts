/** SQLite keeps every claim of a store, and is set up to survive a power cut. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { filingWith, OTHER_MEMBERS } from '../conformance/mixed-sets.ts';
import { askOfOneDocument, explaining } from '../conformance/one-document.ts';
import type { FreshData } from '../conformance/opened.ts';
import { keyAt, referenceOf, sellerAt } from '../conformance/rows.ts';
import { claimsOfEveryStore } from '../conformance.ts';
import { migrate } from '../migrate.ts';
import { openEngine } from '../open.ts';
import { FORMS_MAX, MANY_ROWS } from '../several-rows.ts';
import { createStore } from '../store.ts';

async function makeData(): Promise<FreshData> {
  const folder = mkdtempSync(join(tmpdir(), 'kaili-sqlite-'));
  return {
    options: { engine: 'sqlite', path: join(folder, 'kaili.db') },
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** An engine over new data; both go with the block that has it. */
async function openMigrated() {
  const data = await makeData();
  const engine = openEngine(data.options);
  await migrate(engine);
  return {
    engine,
    async [Symbol.asyncDispose]() {
      await engine.close();
      await data.remove();
    },
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

  test('what is asked of one document never reads all documents of its seller', async () => {
    await using opened = await openMigrated();
    const { engine } = opened;
    const plans: string[] = [];
    const store = createStore(
      explaining(engine, 'explain query plan', (_, lines) => plans.push(...lines)),
    );
    await askOfOneDocument(store);
    assert(plans.length > 20);
    for (const plan of plans) {
      assert.doesNotMatch(plan, /SCAN|\(seller=\?\)|\(seller=\? AND (key_date|state)=\?/);
    }
  });

  test('many references are looked up by their whole key', async () => {
    await using opened = await openMigrated();
    const { engine } = opened;
    const plans: string[] = [];
    const store = createStore(
      explaining(engine, 'explain query plan', (_, lines) => plans.push(lines.at(-1) ?? '')),
    );
    const keys = Array.from({ length: 21 }, (_, index) =>
      referenceOf(keyAt(sellerAt(0), 1), `R${index}`),
    );
    await store.transaction((transaction) => transaction.findReferences(keys));
    const byKey =
      'SEARCH reference USING PRIMARY KEY (seller=? AND account=? AND kind=? AND key=?)';
    assert.deepEqual(plans, [byKey, byKey, byKey]);
  });

  test('sets of any mix of rows are inserted by a few statements', async () => {
    await using opened = await openMigrated();
    const { engine } = opened;
    const names = new Set<string>();
    const store = createStore(explaining(engine, 'explain', (name) => names.add(name)));
    const setsCount = 2 ** 6;
    assert(setsCount > 2 * FORMS_MAX);
    for (let set = 0; set < setsCount; set += 1) {
      // Each set has another choice of columns in which its first row differs from the others.
      const members = OTHER_MEMBERS.filter((_, bit) => (set & (1 << bit)) !== 0);
      const rows = Array.from({ length: MANY_ROWS + 1 }, (_, index) =>
        filingWith(set * (MANY_ROWS + 1) + index, index === 0 ? members : []),
      );
      await store.transaction((transaction) => transaction.insertFilings(rows));
    }
    // One of each form, and one for the row that is left of each set.
    assert(names.size > 2 && names.size <= FORMS_MAX + 1, `${names.size} statements`);
  });

  test('the planner is told the shape of every index', async () => {
    await using opened = await openMigrated();
    const { engine } = opened;
    const sql = `select name from sqlite_schema where type = 'index' and sql is not null
      and name not in (select idx from sqlite_stat1 where idx is not null)`;
    assert.deepEqual((await engine.run({ name: '', sql }, [[]])).rows, []);
  });

  test('a path that is no file on disk is refused', () => {
    for (const path of ['', ':memory:']) {
      assert.throws(() => openEngine({ engine: 'sqlite', path }), /a file/);
    }
  });
});
