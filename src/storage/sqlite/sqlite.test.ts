/** SQLite keeps every claim of a store, and is set up to survive a power cut. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { FreshData } from '../conformance/opened.ts';
import { day, keyAt, referenceOf, sellerAt, timeAt } from '../conformance/rows.ts';
import { claimsOfEveryStore } from '../conformance.ts';
import type { Engine, Session } from '../engine.ts';
import { migrate } from '../migrate.ts';
import { openEngine } from '../open.ts';
import { createStore } from '../store.ts';

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

  test('what is asked of one document never reads all documents of its seller', async () => {
    const data = await makeData();
    const engine = openEngine(data.options);
    await migrate(engine);
    const plans: string[] = [];
    const store = createStore(explaining(engine, plans));
    const key = keyAt(sellerAt(0), 1);
    const { seller, number } = key;
    const keyDate = day('2026-11-21');
    await store.reads.findInvoice({ by: 'number', seller, number });
    await store.reads.findInvoice({ by: 'number', seller, number, issuedOn: keyDate });
    await store.reads.findInvoice({ by: 'reference', key: referenceOf(key, 'A') });
    await store.reads.findAllowances({ by: 'invoice', seller, number });
    await store.reads.findAllowances({ by: 'allowance', seller, number: 'A1' });
    await store.reads.findFilingsByResult([
      { seller, message: 'F0401', number, keyDate },
      { seller, message: 'G0401', number: 'A1', keyDate },
    ]);
    await store.reads.findVersions([{ ...key, version: 1 }]);
    await store.reads.findNotice(seller, 1);
    await store.reads.findPendingIssue({ seller, account: 'ecpay:2000132', key: 'T' });
    await store.reads.findConsent(seller, 'A1');
    await store.reads.findConsentOfToken('A1');
    await store.reads.listDueNotices('people', timeAt(1), 10);
    await store.reads.listDuePendingIssues(timeAt(1), 10);
    await store.reads.listExpiredConsents(timeAt(1), 10);
    await store.transaction(async (transaction) => {
      await transaction.findNotices([{ seller, sequence: 1 }]);
      await transaction.findNoticesOfEvents([{ seller, event: 'issued' }]);
      await transaction.findPendingIssues([{ seller, account: 'ecpay:2000132', key: 'T' }]);
      await transaction.findPendingReferences([
        { seller, account: 'ecpay:2000132', referenceKey: 'ORDER' },
      ]);
      await transaction.findConsents([{ seller, number: 'A1' }]);
      await transaction.findInvoices([key]);
      await transaction.findNewestInvoices([key]);
      await transaction.findReferences([referenceOf(key, 'A')]);
      await transaction.freeReferences([key]);
      await transaction.findCurrentVersions([key]);
      await transaction.findAllowancesOf([key]);
      await transaction.findAllowances([{ seller, number: 'A1' }]);
      await transaction.findFilings([{ seller, sequence: 1 }]);
      await transaction.findFilingsOf([key]);
    });
    assert(plans.length > 20);
    for (const plan of plans) {
      assert.doesNotMatch(plan, /SCAN|\(seller=\?\)|\(seller=\? AND (key_date|state)=\?/);
    }
    await engine.close();
    await data.remove();
  });

  test('the planner is told the shape of every index', async () => {
    const data = await makeData();
    const engine = openEngine(data.options);
    await migrate(engine);
    const sql = `select name from sqlite_schema where type = 'index' and sql is not null
      and name not in (select idx from sqlite_stat1 where idx is not null)`;
    assert.deepEqual((await engine.run({ name: '', sql }, [[]])).rows, []);
    await engine.close();
    await data.remove();
  });

  test('a path that is no file on disk is refused', () => {
    for (const path of ['', ':memory:']) {
      assert.throws(() => openEngine({ engine: 'sqlite', path }), /a file/);
    }
  });
});

/** The engine, noting how it would run each statement before it does. */
function explaining(engine: Engine, plans: string[]): Engine {
  const explained = (session: Session): Session => ({
    async run(statement, sets) {
      const explain = { name: '', sql: `explain query plan ${statement.sql}` };
      const { rows } = await session.run(explain, sets.slice(0, 1));
      plans.push(...rows.map((row) => String(row.detail)));
      return session.run(statement, sets);
    },
  });
  return {
    traits: engine.traits,
    createQueryCompiler: () => engine.createQueryCompiler(),
    createAdapter: () => engine.createAdapter(),
    run: explained(engine).run,
    transaction: (work) => engine.transaction((session) => work(explained(session))),
    close: () => engine.close(),
  };
}
