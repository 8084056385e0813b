/**
 * What an engine is: it opens, runs a compiled statement in or out of a transaction, and closes.
 * Everything else, schema and statements, is the same for all; where engines differ the difference
 * has a name in `EngineTraits`. One folder an engine, each with an `engine.ts` that opens it.
 */
import type { DialectAdapter, QueryCompiler } from 'kysely';
import type { RawRow, SqlValue } from './table.ts';

/** A compiled statement. Named ones are prepared once a connection and kept. */
export interface Statement {
  /** Unique for its text; '' for a statement that is not worth keeping. */
  readonly name: string;
  readonly sql: string;
}

export interface Answer {
  readonly rows: readonly RawRow[];
  /** Rows that an insert, update or delete touched. */
  readonly changes: number;
  /** The same for each set, where the engine runs them one by one and the statement answers no rows. */
  readonly changesEach?: readonly number[];
}

export interface Session {
  /** Runs the statement once for each set of values and answers all rows together. */
  run(statement: Statement, sets: readonly (readonly SqlValue[])[]): Promise<Answer>;
}

export interface EngineTraits {
  readonly name: 'sqlite' | 'postgres';
  /**
   * How a statement meets a set of rows. `one-by-one`: the statement runs for each row (no round trip to save);
   * an insert takes several at a time, and begins with the words in `insert`. `arrays`: it runs once, over one
   * array parameter for each column.
   */
  readonly sets:
    | { readonly kind: 'one-by-one'; readonly insert: string }
    | { readonly kind: 'arrays'; arrayOf(values: readonly SqlValue[]): string };
  /** Whether a row can be locked by `select … for update`; if not, one writer locks everything. */
  readonly locksRows: boolean;
  /** Words of this engine in the definition of a table. */
  readonly words: SchemaWords;
  /** Taken inside each migration's transaction so that two starts do not clash; '' not needed. */
  readonly migrationLock: string;
  /** Names of the tables that exist, as one column `name`. */
  readonly listTables: string;
}

export interface SchemaWords {
  /** Text that compares by code point, as JavaScript and SQLite compare it. */
  readonly text: string;
  /** An integer of at least 53 bits. */
  readonly integer: string;
  /** After the closing bracket of a table kept in the order of its key. */
  readonly keyed: string;
  /** After the closing bracket of a table of long rows. */
  readonly heap: string;
  /** The text of a member of a column's JSON object. Both names are constants of a migration. */
  memberOf(column: string, member: string): string;
  /** Statements that tell the planner the shape of indexes; none where it learns it by itself. */
  describe(shapes: readonly IndexShape[]): readonly string[];
}

/** How selective an index is, so that a plan is right from the first row on. */
export interface IndexShape {
  readonly table: string;
  /** Name of the index; `primary` for the table's key. */
  readonly index: string;
  /** Rows of a large table that share the first column, the first two, … */
  readonly rowsPerPrefix: readonly number[];
}

export interface Engine extends Session {
  readonly traits: EngineTraits;
  createQueryCompiler(): QueryCompiler;
  createAdapter(): DialectAdapter;
  /**
   * Runs the work in one transaction. Throws what the work threw after rolling back; throws
   * `TransactionConflict` where the engine says so and `CommitFailure` where the commit failed.
   */
  transaction<T>(work: (session: Session) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** A statement that the engine refused. The message names the statement, never its values. */
export class StatementFailure extends Error {
  override readonly name = 'StatementFailure';
  constructor(statement: Statement, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : 'unknown error';
    super(`${statement.name === '' ? 'a statement' : statement.name} failed: ${reason}`, { cause });
  }
}
