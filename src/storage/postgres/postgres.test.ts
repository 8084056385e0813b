/** PostgreSQL keeps every claim of a store, with its own about connections and the server's settings. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openTestDatabase } from '../../../test/support/postgres.ts';
import { CommitFailure } from '../../ledger/ports.ts';
import type { FreshData } from '../conformance/opened.ts';
import { claimsOfEveryStore } from '../conformance.ts';
import type { Engine, Session } from '../engine.ts';
import { openEngine } from '../open.ts';

async function makeData(): Promise<FreshData> {
  const { url, drop } = await openTestDatabase();
  return { options: { engine: 'postgres', url }, remove: drop };
}

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
});
