/** PostgreSQL keeps every claim of a store, with its own about connections and the server's settings. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openTestDatabase } from '../../../test/support/postgres.ts';
import { CommitFailure } from '../../ledger/ports.ts';
import { askOfOneDocument, explaining } from '../conformance/one-document.ts';
import type { FreshData } from '../conformance/opened.ts';
import {
  allowanceOf,
  consentAt,
  invoicesOf,
  noticeAt,
  pendingAt,
  pick,
  sellerAt,
  sellerSettings,
  writeInvoices,
} from '../conformance/rows.ts';
import { claimsOfEveryStore } from '../conformance.ts';
import type { Engine, Session } from '../engine.ts';
import { migrate } from '../migrate.ts';
import { openEngine } from '../open.ts';
import { createStore } from '../store.ts';

async function makeData(): Promise<FreshData> {
  const { url, drop } = await openTestDatabase();
  return { options: { engine: 'postgres', url }, remove: drop };
}

/** Invoices that a seller has, one time after the other: the planner guesses by the size of its tables. */
const INVOICES = [30, 200, 400, 1_000, 2_000, 4_000];
const GROWING = [
  ...['invoice', 'version', 'reference', 'filing', 'allowance', 'allowance_part'],
  ...['notice', 'pending_issue', 'consent'],
];
/** Runs the statement and says what it met. */
const EXPLAIN = 'explain (analyze, costs off, timing off, summary off)';
/**
 * Before the first analysis the planner takes a seller's rows for next to none and may read them all, but never
 * all of them again for each; afterwards the whole key leads to the few.
 */
const ROWS_READ_MAX = { aRowBefore: 4, after: 50 };

function ask(session: Session, sql: string) {
  return session.run({ name: '', sql }, [[]]);
}

async function withEngine(
  claim: (engine: Engine, options: FreshData['options']) => Promise<void>,
): Promise<void> {
  const data = await makeData();
  const engine = openEngine(data.options);
  try {
    await claim(engine, data.options);
  } finally {
    await engine.close();
    await data.remove();
  }
}

describe('postgres', () => {
  claimsOfEveryStore(makeData);

  test('a commit waits for the disk, whatever the database says', async () => {
    await withEngine(async (engine, options) => {
      const { rows } = await ask(engine, 'select current_database() as name');
      const name = String(rows[0]?.name);
      await ask(engine, `alter database ${name} set synchronous_commit = off`);
      const later = openEngine(options);
      const answer = await later.transaction((session) => ask(session, 'show synchronous_commit'));
      await later.close();
      assert.deepEqual(answer.rows, [{ synchronous_commit: 'on' }]);
    });
  });

  test('the server ends what runs or waits too long', async () => {
    await withEngine(async (engine) => {
      const limits = { statement_timeout: '30s', lock_timeout: '10s' };
      for (const [name, value] of Object.entries(limits)) {
        assert.deepEqual((await ask(engine, `show ${name}`)).rows, [{ [name]: value }]);
      }
      const { rows } = await ask(engine, 'show idle_in_transaction_session_timeout');
      assert.deepEqual(rows, [{ idle_in_transaction_session_timeout: '30s' }]);
    });
  });

  test('a connection lost within the work is a failure, not a failed commit', async () => {
    await withEngine(async (engine) => {
      const work = engine.transaction((session) =>
        ask(session, 'select pg_terminate_backend(pg_backend_pid())'),
      );
      await assert.rejects(work, (error) => !(error instanceof CommitFailure));
      assert.equal((await ask(engine, 'select 1 as one')).rows.length, 1);
    });
  });

  test('a connection lost just before the commit fails the transaction', async () => {
    await withEngine(async (engine) => {
      const work = engine.transaction(async (session) => {
        const { rows } = await ask(session, 'select pg_backend_pid() as pid');
        await ask(engine, `select pg_terminate_backend(${Number(rows[0]?.pid)}, 5000)`);
      });
      await assert.rejects(work, /commit/);
      assert.equal((await ask(engine, 'select 1 as one')).rows.length, 1);
    });
  });

  test('an integer too large to be exact is refused, not rounded', async () => {
    await withEngine(async (engine) => {
      await assert.rejects(ask(engine, 'select 9007199254740993::bigint as big'));
      const { rows } = await ask(engine, 'select 999999999999::bigint as big');
      assert.deepEqual(rows, [{ big: 999_999_999_999 }]);
    });
  });

  test('a look-up by key uses its index on a table that was never analysed', async () => {
    await withEngine(async (engine) => {
      await engine.transaction(async (session) => {
        await ask(
          session,
          'create table big (id bigint primary key) with (autovacuum_enabled = off)',
        );
        await ask(session, 'insert into big select generate_series(1, 20000)');
        const { rows } = await ask(
          session,
          `explain select big.id from unnest('{1,2}'::bigint[]) as item(id)
            join big on big.id = item.id`,
        );
        const plan = rows.map((row) => Object.values(row).join()).join('\n');
        assert.match(plan, /Index Only Scan using big_pkey|Index Scan using big_pkey/);
      });
    });
  });

  test('a plan made while a table was small is made anew when it has grown', async () => {
    await withEngine(async (engine) => {
      await migrate(engine);
      await ask(engine, 'alter table notice set (autovacuum_enabled = off)');
      const seller = sellerAt(0);
      const store = createStore(engine);
      await store.directory.saveSellers([sellerSettings(seller)]);
      const find = { seller, event: 'issued 400' };
      const look = () =>
        store.transaction((transaction) => transaction.findNoticesOfEvents([find]));
      const rows = Array.from({ length: 2_400 }, (_, index) => noticeAt(seller, index + 1));
      // At this size the planner takes another index for as good as the right one.
      await store.transaction((transaction) => transaction.insertNotices(rows.slice(0, 400)));
      assert.equal((await look()).length, 1);
      await store.transaction((transaction) => transaction.insertNotices(rows.slice(400)));
      for (let count = 0; count < 64; count += 1) assert.equal((await look()).length, 1);
      const { rows: plan } = await engine.transaction((session) =>
        ask(session, `${EXPLAIN} execute find_notices_of_events('{${seller}}', '{issued 400}')`),
      );
      const lines = plan.map((row) => String(row['QUERY PLAN']));
      assert(rowsRead(lines) < 10, lines.join('\n'));
    });
  });

  test('what is asked of one document reads few rows, and never a table for each row of another', async () => {
    await withEngine(async (engine) => {
      await migrate(engine);
      for (const name of GROWING) {
        await ask(engine, `alter table ${name} set (autovacuum_enabled = off)`);
      }
      const seller = sellerAt(0);
      const bare = createStore(engine);
      await bare.directory.saveSellers([sellerSettings(seller)]);
      let count = 0;
      for (const next of INVOICES) {
        const rows = invoicesOf(seller, next - count, count + 1);
        count = next;
        await bare.transaction(async (transaction) => {
          await writeInvoices(transaction, rows);
          await transaction.insertAllowances(
            rows.map((row) => allowanceOf(pick(row), `A${row.sequence}`, row.sequence)),
          );
          await transaction.insertNotices(rows.map((row) => noticeAt(seller, row.sequence)));
          await transaction.insertPendingIssues(rows.map((row) => pendingAt(seller, row.sequence)));
          await transaction.insertConsents(rows.map((row) => consentAt(seller, row.sequence)));
        });
        await assertRowsRead(engine, ROWS_READ_MAX.aRowBefore * count);
      }
      await ask(engine, 'analyze');
      await assertRowsRead(engine, ROWS_READ_MAX.after);
    });
  });
});

/** Asserts that no question about one document meets more rows. */
async function assertRowsRead(engine: Engine, most: number): Promise<void> {
  const plans = new Map<string, readonly string[]>();
  await askOfOneDocument(
    createStore(explaining(engine, EXPLAIN, (name, lines) => plans.set(name, lines))),
  );
  assert(plans.size > 20);
  for (const [name, lines] of plans) {
    const found = rowsRead(lines);
    assert(found <= most, `${name} met ${found} rows:\n${lines.join('\n')}`);
  }
}

/** Rows that the plan's steps met, taken and passed over. */
function rowsRead(plan: readonly string[]): number {
  const text = plan.join('\n');
  const taken = /actual rows=([\d.]+) loops=(\d+)/g;
  const passed = /Rows Removed by [\w ]+: (\d+)/g;
  const sum = (pattern: RegExp) =>
    [...text.matchAll(pattern)].reduce(
      (total, [, rows, loops]) => total + Number(rows) * Number(loops ?? 1),
      0,
    );
  return sum(taken) + sum(passed);
}
