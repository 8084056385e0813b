/**
 * One statement over a set of rows: insert, update, look up by key. Written once; an engine without
 * round trips runs the single-row statement for each row and inserts several at a time, a server gets the
 * whole set as one array for each column (`unnest`), so that a batch of any size is one prepared statement
 * and one round trip, and parameters are as few as columns.
 */
import { type Expression, type RawBuilder, sql } from 'kysely';
import type { Answer, Session } from './engine.ts';
import { severalRows } from './several-rows.ts';
import {
  type Built,
  type Kit,
  type Prepared,
  prepare,
  type Slots,
  slotOf,
  slotsOf,
} from './statement.ts';
import { type Column, columnsOf, encode, type SqlValue, type Table } from './table.ts';

/** Rows that one statement takes at most as arrays; a larger set goes in parts. */
export const SET_ROWS_MAX = 1_024;

/** A statement over a set of rows or keys, in the engine's way of taking sets. */
export interface SetStatement<Row> {
  run(session: Session, rows: readonly Row[]): Promise<Answer>;
}

const NOTHING: Answer = { rows: [], changes: 0 };

/** Adds rows whole; an existing key refuses the set. */
export function insertSet<Row extends object>(kit: Kit, source: Table<Row>): SetStatement<Row> {
  const name = `insert_${source.name}`;
  const { sets } = kit.traits;
  const into = sql`into ${sql.table(source.name)} (${identifiers(source.columns)})`;
  if (sets.kind === 'one-by-one') {
    const insert = (values: RawBuilder<unknown>) => sql`${sql.raw(sets.insert)} ${into} ${values}`;
    const one = prepare<Row>(
      kit,
      name,
      insert(sql`values (${sql.join(source.columns.map(slotOf))})`),
    );
    return { run: severalRows(kit, source, one, insert) };
  }
  const values = sql.join(source.columns.map(ofItem));
  return asArrays(kit, name, source, (items) => sql`insert ${into} select ${values} from ${items}`);
}

/** Changes some members of rows found by key. The count of changes tells whether all existed. */
export function updateSet<Row extends object>(
  kit: Kit,
  source: Table<Row>,
  members: readonly (keyof Row & string)[],
): SetStatement<Row> {
  const name = `update_${source.name}`;
  const key = columnsOf(source, source.key);
  const changed = columnsOf(source, members);
  const statement = (slot: (column: Column) => RawBuilder<unknown>, from: RawBuilder<unknown>) => {
    const set = sql.join(changed.map((column) => sql`${sql.id(column.name)} = ${slot(column)}`));
    const where = sql.join(
      key.map((column) => sql`${sql.id(source.name, column.name)} = ${slot(column)}`),
      sql` and `,
    );
    return sql`update ${sql.table(source.name)} set ${set}${from} where ${where}`;
  };
  if (kit.traits.sets.kind === 'one-by-one') {
    return oneByOne(prepare(kit, name, statement(slotOf, sql``)));
  }
  const used: Table<Row> = { ...source, columns: [...key, ...changed] };
  return asArrays(kit, name, used, (items) => statement(ofItem, sql` from ${items}`));
}

/**
 * Finds rows by a set of keys. `select` says what one key finds; over arrays it becomes the
 * lateral side of a join, which a planner turns into an index look-up for each key.
 */
export function lookupSet<Key extends object>(
  kit: Kit,
  name: string,
  keys: Table<Key>,
  select: (key: Slots<Key>) => Expression<unknown> & Built,
): SetStatement<Key> {
  if (kit.traits.sets.kind === 'one-by-one') {
    return oneByOne(prepare(kit, name, select(slotsOf(keys, slotOf))));
  }
  const found = select(slotsOf(keys, ofItem));
  return asArrays(
    kit,
    name,
    keys,
    (items) => sql`select found.* from ${items} cross join lateral ${found} as found`,
  );
}

/**
 * Finds the rows of a table that have the members of a key, for sets of many keys that mostly find nothing: several
 * keys then share a statement where the engine takes sets one by one.
 */
export function lookupRows<Key extends object>(
  kit: Kit,
  name: string,
  keys: Table<Key>,
  source: Table<never>,
): SetStatement<Key> {
  const from = sql.table(source.name);
  const select = (slot: (column: Column) => RawBuilder<unknown>) => {
    const equal = keys.columns.map((column) => sql`${sql.id(column.name)} = ${slot(column)}`);
    return sql`select * from ${from} where ${sql.join(equal, sql` and `)}`;
  };
  if (kit.traits.sets.kind === 'one-by-one') {
    const names = identifiers(keys.columns);
    const join = (values: RawBuilder<unknown>) =>
      sql`with item(${names}) as (${values})
        select ${from}.* from item cross join ${from} using (${names})`;
    return { run: severalRows(kit, keys, prepare(kit, name, select(slotOf)), join) };
  }
  return lookupSet(kit, name, keys, () => sql`(${select(ofItem)})`);
}

/** Runs a change over a set; single-row where the engine takes sets one by one. */
export function changeSet<Key extends object>(
  kit: Kit,
  name: string,
  keys: Table<Key>,
  build: (key: Slots<Key>, items: RawBuilder<unknown> | null) => Built,
): SetStatement<Key> {
  if (kit.traits.sets.kind === 'one-by-one') {
    return oneByOne(prepare(kit, name, build(slotsOf(keys, slotOf), null)));
  }
  return asArrays(kit, name, keys, (items) => build(slotsOf(keys, ofItem), items));
}

/** A change of the rows of a set that are as it wants them; answers which these were. */
export interface SelectiveStatement<Row> {
  run(session: Session, rows: readonly Row[]): Promise<readonly Row[]>;
}

/** Compiles such a change; rows are known by the members of their key. */
export function changeSome<Row extends object>(
  kit: Kit,
  name: string,
  source: Table<Row>,
  build: (row: Slots<Row>, items: RawBuilder<unknown> | null) => RawBuilder<unknown>,
): SelectiveStatement<Row> {
  if (kit.traits.sets.kind === 'one-by-one') {
    const prepared = prepare<Row>(kit, name, build(slotsOf(source, slotOf), null));
    // Without `returning`: for single rows it would double what the change costs.
    return {
      async run(session, rows) {
        if (rows.length === 0) return [];
        const { changesEach } = await session.run(prepared.statement, rows.map(prepared.bind));
        if (changesEach === undefined) throw new Error(`${name} was not answered row by row`);
        return rows.filter((_, index) => changesEach[index] !== 0);
      },
    };
  }
  const key = columnsOf(source, source.key);
  const changed = asArrays(kit, name, source, (items) => {
    const returned = sql.join(key.map(ofItem));
    return sql`${build(slotsOf(source, ofItem), items)} returning ${returned}`;
  });
  return {
    async run(session, rows) {
      const { rows: found } = await changed.run(session, rows);
      const keys = new Set(found.map((raw) => keyText(key.map(({ name }) => raw[name]))));
      return rows.filter((row) => keys.has(keyText(key.map((column) => encode(column, row)))));
    },
  };
}

function keyText(values: readonly unknown[]): string {
  return values.map(String).join('/');
}

function oneByOne<Row extends object>(prepared: Prepared<Row>): SetStatement<Row> {
  return {
    run: async (session, rows) =>
      rows.length === 0 ? NOTHING : session.run(prepared.statement, rows.map(prepared.bind)),
  };
}

/** The set is a table named `item`, of the columns that `source` has. */
function asArrays<Row extends object>(
  kit: Kit,
  name: string,
  source: Table<Row>,
  build: (items: RawBuilder<unknown>) => Built,
): SetStatement<Row> {
  const { sets } = kit.traits;
  if (sets.kind !== 'arrays') throw new Error('this engine takes sets one by one');
  const arrays = sql.join(
    source.columns.map((column) => sql`${slotOf(column)}::${sql.raw(typeInSet(column))}[]`),
  );
  const items = sql`unnest(${arrays}) as item(${identifiers(source.columns)})`;
  const { statement, slots } = prepare<Row>(kit, name, build(items));
  return {
    run: async (session, rows) => {
      if (rows.length === 0) return NOTHING;
      const parts: SqlValue[][] = [];
      for (let start = 0; start < rows.length; start += SET_ROWS_MAX) {
        const part = rows.slice(start, start + SET_ROWS_MAX);
        parts.push(slots.map((column) => sets.arrayOf(part.map((row) => encode(column, row)))));
      }
      return session.run(statement, parts);
    },
  };
}

function typeInSet(column: Column): 'text' | 'bigint' {
  return column.kind === 'text' || column.kind === 'json' ? 'text' : 'bigint';
}

function identifiers(columns: readonly Column[]): RawBuilder<unknown> {
  return sql.join(columns.map((column) => sql.id(column.name)));
}

function ofItem(column: Column): RawBuilder<unknown> {
  return sql.ref(`item.${column.name}`);
}
