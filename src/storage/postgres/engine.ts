/**
 * PostgreSQL through `pg`. A commit returns after the server's WAL is on disk
 * (`synchronous_commit=on`). Statements of a transaction are pipelined: sent in order without waiting,
 * so that a batch costs a few round trips. Writers meet only on rows they lock.
 */

import { PostgresAdapter, PostgresQueryCompiler } from 'kysely';
import pg, { type PoolClient } from 'pg';
import { CommitFailure, TransactionConflict } from '../../ledger/ports.ts';
import {
  type Answer,
  type Engine,
  type EngineTraits,
  type Session,
  type Statement,
  StatementFailure,
} from '../engine.ts';
import type { RawRow, SqlValue } from '../table.ts';
import { arrayLiteral } from './array-literal.ts';

export const CONNECTIONS_MAX = 10;
/** A statement that runs longer is ended by the server. */
export const STATEMENT_TIMEOUT_MS = 30_000;
/** Waiting longer for a row that another transaction holds counts as a lost conflict. */
export const LOCK_TIMEOUT_MS = 10_000;
/** A transaction left open, as by a process that hangs, is ended by the server. */
export const IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000;
export const CONNECT_TIMEOUT_MS = 10_000;

/** Any number that no other program is likely to use for an advisory lock on the same database. */
const MIGRATION_LOCK_KEY = 0x4b61_696c;

export const POSTGRES_TRAITS: EngineTraits = {
  name: 'postgres',
  sets: { kind: 'arrays', arrayOf: arrayLiteral },
  locksRows: true,
  words: {
    text: 'text collate "C"',
    integer: 'bigint',
    keyed: '',
    heap: '',
    memberOf: (column, member) => `(${column}::json ->> '${member}')`,
    describe: () => [],
  },
  migrationLock: `select pg_advisory_xact_lock(${MIGRATION_LOCK_KEY})`,
  listTables: 'select tablename as name from pg_tables where schemaname = current_schema()',
};

/** What every connection is told once; the role's or database's own defaults do not count. */
const SESSION_SETTINGS = [
  'set synchronous_commit = on',
  `set statement_timeout = ${STATEMENT_TIMEOUT_MS}`,
  `set lock_timeout = ${LOCK_TIMEOUT_MS}`,
  `set idle_in_transaction_session_timeout = ${IDLE_IN_TRANSACTION_TIMEOUT_MS}`,
  "set default_transaction_isolation = 'read committed'",
  'set jit = off',
  // A plan made while tables were small is kept when they have grown.
  'set enable_seqscan = off',
].join('; ');

/**
 * In a transaction every statement finds rows by key, and its plan must not depend on statistics: a
 * table that grew since it was last analysed would else be read whole. One round trip with `begin`.
 *
 * A plan is made once and kept. One made while a table was empty may use any index as well as the right one, and
 * would go on so until the server's first analysis: see `isTimeToPlan`.
 */
const BEGIN = [
  'begin',
  'set local enable_hashjoin = off',
  'set local enable_mergejoin = off',
  'set local plan_cache_mode = force_generic_plan',
].join('; ');

/** Plans are made anew when a connection has begun so many transactions, and each time it has so many times as many. */
const PLANS_KEPT_FACTOR = 4;

/** Whether the tables may have grown enough since the plans were made: seldom, and ever more seldom. */
function isTimeToPlan(transactions: number): boolean {
  let count = PLANS_KEPT_FACTOR;
  while (count < transactions) count *= PLANS_KEPT_FACTOR;
  return count === transactions;
}

/** serialization_failure, deadlock_detected, lock_not_available (PostgreSQL, Appendix A). */
const CONFLICT_CODES: ReadonlySet<string> = new Set(['40001', '40P01', '55P03']);

/** int8 in `pg_type`; `pg` answers it as text unless told otherwise. */
const OID_INT8 = 20;

/** Transactions that a connection has begun. */
const begun = new WeakMap<pg.ClientBase, number>();
/** Connections known to be lost. */
const broken = new WeakSet<pg.ClientBase>();

export interface PostgresOptions {
  readonly url: string;
  readonly connectionsMax?: number;
}

/** Opens a pool of connections; the first statement connects. */
export function openPostgres({ url, connectionsMax }: PostgresOptions): Engine {
  const pool = new pg.Pool({
    connectionString: url,
    max: connectionsMax ?? CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    // The server's own time-outs come first; this one is for a server that does not answer at all.
    query_timeout: STATEMENT_TIMEOUT_MS + CONNECT_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'kaili',
    pipeline: true,
    types: { getTypeParser },
    onConnect: async (client) => {
      // A connection that breaks fails the statement that needs it next; as an event it would end
      // the process.
      client.on('error', () => broken.add(client));
      await client.query(SESSION_SETTINGS);
    },
  });
  // The same for connections at rest, which the pool replaces by itself.
  pool.on('error', () => undefined);
  return new PostgresEngine(pool);
}

class PostgresEngine implements Engine {
  readonly traits = POSTGRES_TRAITS;
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  createQueryCompiler(): PostgresQueryCompiler {
    return new PostgresQueryCompiler();
  }

  createAdapter(): PostgresAdapter {
    return new PostgresAdapter();
  }

  run(statement: Statement, sets: readonly (readonly SqlValue[])[]): Promise<Answer> {
    return runOn(this.#pool, statement, sets);
  }

  async transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    let isUsable = false;
    try {
      await begin(client);
      const result = await work({ run: (statement, sets) => runOn(client, statement, sets) });
      await commit(client);
      isUsable = true;
      return result;
    } catch (error) {
      isUsable = !(error instanceof CommitFailure) && (await rollBack(client));
      throw error;
    } finally {
      client.release(!isUsable);
    }
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}

async function begin(client: PoolClient): Promise<void> {
  const count = (begun.get(client) ?? 0) + 1;
  begun.set(client, count);
  await client.query(isTimeToPlan(count) ? `discard plans; ${BEGIN}` : BEGIN);
}

async function runOn(
  target: pg.Pool | PoolClient,
  { name, sql }: Statement,
  sets: readonly (readonly SqlValue[])[],
): Promise<Answer> {
  try {
    const results = await Promise.all(
      sets.map((values) =>
        target.query<RawRow>({ text: sql, values: [...values], ...(name === '' ? {} : { name }) }),
      ),
    );
    return {
      rows: results.length === 1 && results[0] ? results[0].rows : results.flatMap((r) => r.rows),
      changes: results.reduce((sum, result) => sum + (result.rowCount ?? 0), 0),
    };
  } catch (error) {
    if (isConflict(error)) {
      throw new TransactionConflict('lost against another transaction', { cause: error });
    }
    throw new StatementFailure({ name, sql }, error);
  }
}

/** Commits, or says what is known: rolled back for a conflict, or unknown. */
async function commit(client: PoolClient): Promise<void> {
  // Not sent, so not committed: the server rolled back when it lost us.
  if (broken.has(client)) throw new Error('the connection was lost before the commit');
  let command: string;
  try {
    ({ command } = await client.query('commit'));
  } catch (error) {
    if (isConflict(error)) {
      throw new TransactionConflict('lost against another transaction', { cause: error });
    }
    throw new CommitFailure('PostgreSQL did not confirm the commit', { cause: error });
  }
  // A commit after a statement failed is answered as done, by a rollback.
  if (command !== 'COMMIT') throw new Error('the transaction had failed and was rolled back');
}

/** Whether the connection is clean again and may be used further. */
async function rollBack(client: PoolClient): Promise<boolean> {
  try {
    await client.query('rollback');
    return true;
  } catch {
    // The connection is gone, and with it, on the server, the transaction.
    return false;
  }
}

function isConflict(error: unknown): boolean {
  return error instanceof pg.DatabaseError && CONFLICT_CODES.has(error.code ?? '');
}

type ParserOf = typeof pg.types.getTypeParser;
const getTypeParser: ParserOf = (oid: number, format?: 'text' | 'binary') =>
  oid === OID_INT8 ? parseInteger : pg.types.getTypeParser(oid, format);

/** Every integer that the ledger keeps is exact in a number; another one is not its own. */
function parseInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('an integer is too large to be exact');
  return value;
}
