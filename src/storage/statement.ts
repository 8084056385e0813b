/**
 * Statements compiled once and run many times. Kysely writes the SQL for the engine at hand; where a
 * value will go the builder is given a slot, and the compiler's own parameter list then says which
 * member of a row or key belongs at which position. Nothing is compiled per call.
 */
import { type CompiledQuery, DummyDriver, Kysely, type RawBuilder, sql } from 'kysely';
import type { Engine, EngineTraits, Statement } from './engine.ts';
import type { Database } from './schema.ts';
import { type Column, encode, type SqlValue, type Table } from './table.ts';

/** What statements are built with: the builder for one engine, and what is different about it. */
export interface Kit {
  readonly db: Kysely<Database>;
  readonly traits: EngineTraits;
}

/** A builder that compiles for the engine; it never runs anything itself. */
export function kitOf(engine: Engine): Kit {
  const db = new Kysely<Database>({
    dialect: {
      createAdapter: () => engine.createAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: () => {
        throw new Error('the builder has no connection to look through');
      },
      createQueryCompiler: () => engine.createQueryCompiler(),
    },
  });
  return { db, traits: engine.traits };
}

/** A Kysely builder or a piece of SQL. */
export interface Built {
  compile(db: Kysely<Database>): CompiledQuery;
}

/** Stands in a builder where a value will go. */
class Slot {
  readonly column: Column;
  constructor(column: Column) {
    this.column = column;
  }
}

/** The members of a row or key as expressions, typed as the members are. */
export type Slots<Row> = { readonly [Member in keyof Row & string]-?: RawBuilder<Row[Member]> };

/** The expression that a column's value will replace. */
export function slotOf(column: Column): RawBuilder<unknown> {
  return sql`${new Slot(column)}`;
}

/** One expression for each member of the row that `source` describes. */
export function slotsOf<Row>(
  source: Table<Row>,
  slot: (column: Column) => RawBuilder<unknown>,
): Slots<Row> {
  const entries = source.columns.map((column) => [column.member, slot(column)]);
  // `source` names every member of Row by type, so the object has all of them.
  return Object.fromEntries(entries) as Slots<Row>;
}

/** A statement and the way from a row or key to its values. */
export interface Prepared<Row> {
  readonly statement: Statement;
  /** The column whose value goes at each position. */
  readonly slots: readonly Column[];
  bind(row: Row): SqlValue[];
}

/** Compiles a statement in which every value is a slot. */
export function prepare<Row extends object>(kit: Kit, name: string, built: Built): Prepared<Row> {
  const compiled = built.compile(kit.db);
  const columns = compiled.parameters.map((parameter) => {
    if (!(parameter instanceof Slot)) throw new Error(`${name} holds a value that is no slot`);
    return parameter.column;
  });
  return {
    statement: { name, sql: compiled.sql },
    slots: columns,
    bind: (row) => columns.map((column) => encode(column, row)),
  };
}

/** Compiles a statement made for one call, with its values in place. */
export function compileOnce(kit: Kit, built: Built): { statement: Statement; values: SqlValue[] } {
  const compiled = built.compile(kit.db);
  const values = compiled.parameters.map((value) => {
    if (value === null || typeof value === 'string' || typeof value === 'number') return value;
    throw new TypeError('a statement holds a value that SQL does not keep');
  });
  return { statement: { name: '', sql: compiled.sql }, values };
}
