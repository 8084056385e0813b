/**
 * SQLite through `node:sqlite`, the only user of it. One connection writes, one reads: a reader sees
 * what was committed when its statement began, never a half batch. A commit returns after the WAL is
 * on disk (`synchronous=FULL`). Transactions of this process queue; another process waits.
 */
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { SqliteAdapter, SqliteQueryCompiler } from 'kysely';
import { CommitFailure, TransactionConflict } from '../../ledger/ports.ts';
import {
  type Answer,
  type Engine,
  type EngineTraits,
  type Session,
  type Statement,
  StatementFailure,
} from '../engine.ts';
import type { SqlValue } from '../table.ts';
import { SQLITE_WORDS } from './words.ts';

/** How long a statement waits for another process that holds the file. */
export const BUSY_TIMEOUT_MS = 5_000;
/** Statements kept prepared on a connection; lists with rare filters push each other out. */
export const STATEMENTS_KEPT_MAX = 200;
/**
 * Of a new file. An invoice's content is about 2 KiB: twice SQLite's default page makes the file a
 * quarter smaller and a commit of 64 invoices a third shorter.
 */
export const PAGE_BYTES = 8_192;
/** Pages after which the WAL is written back into the file (16 MiB). */
export const CHECKPOINT_PAGES = 2_000;
/**
 * Page cache of a connection. Each thread has one that writes and one that reads; what is read again soon is
 * a few pages of each index, and the system caches the file besides.
 */
export const CACHE_KIB = { writing: 4_096, reading: 2_048 } as const;

/** Result code of SQLite for a file that another connection holds. */
const SQLITE_BUSY = 5;

export const SQLITE_TRAITS: EngineTraits = {
  name: 'sqlite',
  // A refused row fails the transaction anyway. With "or fail" SQLite need not be able to undo the statement alone,
  // for which it would copy each page that the statement changes.
  sets: { kind: 'one-by-one', insert: 'insert or fail' },
  locksRows: false,
  words: SQLITE_WORDS,
  migrationLock: '',
  listTables: "select name from sqlite_schema where type = 'table'",
};

/** Opens the file, making it where it is absent. */
export function openSqlite(path: string): Engine {
  // Each connection would get a database of its own.
  if (path === '' || path === ':memory:') throw new Error('SQLite needs a file on disk');
  const writer = new Connection(path, { isReadOnly: false });
  const reader = new Connection(path, { isReadOnly: true });
  return new SqliteEngine(writer, reader);
}

class SqliteEngine implements Engine {
  readonly traits = SQLITE_TRAITS;
  readonly #writer: Connection;
  readonly #reader: Connection;
  /** Settles when the last queued transaction has. */
  #tail: Promise<unknown> = Promise.resolve();

  constructor(writer: Connection, reader: Connection) {
    this.#writer = writer;
    this.#reader = reader;
  }

  createQueryCompiler(): SqliteQueryCompiler {
    return new SqliteQueryCompiler();
  }

  createAdapter(): SqliteAdapter {
    return new SqliteAdapter();
  }

  async run(statement: Statement, sets: readonly (readonly SqlValue[])[]): Promise<Answer> {
    return this.#reader.run(statement, sets);
  }

  transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const turn = this.#tail.then(() => this.#transact(work));
    this.#tail = turn.catch(() => undefined);
    return turn;
  }

  async #transact<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const writer = this.#writer;
    begin(writer);
    let result: T;
    try {
      result = await work({ run: async (statement, sets) => writer.run(statement, sets) });
    } catch (error) {
      const rollBackFailure = rollBack(writer);
      if (rollBackFailure === null) throw error;
      throw new CommitFailure('SQLite could not roll back', { cause: rollBackFailure });
    }
    try {
      writer.execute('commit');
    } catch (error) {
      // What did not reach the disk must not keep the file locked. If even this fails, the failed
      // commit is still the news, and the process that hears it stops.
      rollBack(writer);
      throw new CommitFailure('SQLite could not commit', { cause: error });
    }
    return result;
  }

  async close(): Promise<void> {
    await this.#tail;
    this.#reader.close();
    this.#writer.close();
  }
}

/** IMMEDIATE takes the write lock at once, so that no statement later finds the file changed. */
function begin(writer: Connection): void {
  try {
    writer.execute('begin immediate');
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) {
      throw new TransactionConflict('another process holds the file', { cause: error });
    }
    throw error;
  }
}

/** Null when nothing of the transaction is left. A full disk may have ended it already. */
function rollBack(writer: Connection): unknown {
  try {
    if (writer.isInTransaction) writer.execute('rollback');
    return null;
  } catch (error) {
    return error;
  }
}

interface KeptStatement {
  readonly prepared: StatementSync;
  /** A statement with columns answers rows; one without changes them. */
  readonly isQuery: boolean;
}

/** A connection and the statements prepared on it. */
class Connection {
  readonly #database: DatabaseSync;
  /** By text; insertion order is order of last use. */
  readonly #statements = new Map<string, KeptStatement>();

  constructor(path: string, options: { isReadOnly: boolean }) {
    this.#database = new DatabaseSync(path, {
      timeout: BUSY_TIMEOUT_MS,
      readOnly: options.isReadOnly,
      enableForeignKeyConstraints: true,
      enableDoubleQuotedStringLiterals: false,
    });
    if (!options.isReadOnly) {
      this.#database.exec(`pragma page_size = ${PAGE_BYTES}`);
      this.#database.exec('pragma journal_mode = wal');
      this.#database.exec('pragma synchronous = full');
      this.#database.exec(`pragma wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    }
    const kibibytes = options.isReadOnly ? CACHE_KIB.reading : CACHE_KIB.writing;
    this.#database.exec(`pragma cache_size = -${kibibytes}`);
    this.#database.exec('pragma temp_store = memory');
  }

  run(statement: Statement, sets: readonly (readonly SqlValue[])[]): Answer {
    try {
      const { prepared, isQuery } = this.#prepare(statement.sql);
      return isQuery ? readAll(prepared, sets) : changeAll(prepared, sets);
    } catch (error) {
      throw new StatementFailure(statement, error);
    }
  }

  execute(sql: string): void {
    this.#prepare(sql).prepared.run();
  }

  get isInTransaction(): boolean {
    return this.#database.isTransaction;
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #prepare(sql: string): KeptStatement {
    const kept = this.#statements.get(sql);
    if (kept !== undefined) {
      this.#statements.delete(sql);
      this.#statements.set(sql, kept);
      return kept;
    }
    const prepared = this.#database.prepare(sql);
    const made = { prepared, isQuery: prepared.columns().length > 0 };
    this.#statements.set(sql, made);
    for (const oldest of this.#statements.keys()) {
      if (this.#statements.size <= STATEMENTS_KEPT_MAX) break;
      this.#statements.delete(oldest);
    }
    return made;
  }
}

function readAll(prepared: StatementSync, sets: readonly (readonly SqlValue[])[]): Answer {
  const rows: Answer['rows'][number][] = [];
  for (const values of sets) {
    for (const row of prepared.all(...values)) rows.push(row);
  }
  return { rows, changes: 0 };
}

function changeAll(prepared: StatementSync, sets: readonly (readonly SqlValue[])[]): Answer {
  const changesEach = sets.map((values) => Number(prepared.run(...values).changes));
  return { rows: [], changes: changesEach.reduce((sum, changes) => sum + changes, 0), changesEach };
}
