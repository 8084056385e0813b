/**
 * A table described once from its row interface: column names, how each value is written to SQL and
 * read back. The description is complete by type: a row member without a column does not compile.
 * Values in SQL are texts and integers only, so that both engines keep the same thing.
 */

/** What crosses the border to an engine. */
export type SqlValue = string | number | null;
/** A row as an engine answers it, by column name. */
export type RawRow = Readonly<Record<string, unknown>>;

/** `text` and `integer` as they are; `flag` a boolean as 0 or 1; `json` a list as JSON text. */
export type ColumnKind = 'text' | 'integer' | 'flag' | 'json';

type KindOf<Value> = [Value] extends [boolean]
  ? 'flag'
  : [Value] extends [number | null]
    ? 'integer'
    : [Value] extends [string | null]
      ? 'text'
      : 'json';

/** `issuedAt` -> `issued_at`. */
export type SnakeCase<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? First extends Lowercase<First>
    ? `${First}${SnakeCase<Rest>}`
    : `_${Lowercase<First>}${SnakeCase<Rest>}`
  : Name;

type SqlOf<Value> = [Value] extends [boolean]
  ? 0 | 1
  : [Value] extends [string | number | null]
    ? Value
    : string;

/** The columns of a row interface, as Kysely's `Database` wants them. */
export type ColumnsOf<Row> = {
  readonly [Member in keyof Row & string as SnakeCase<Member>]: SqlOf<Row[Member]>;
};

export interface Column {
  /** Member of the row interface. */
  readonly member: string;
  /** Name in SQL. */
  readonly name: string;
  readonly kind: ColumnKind;
}

export interface Table<Row> {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Members of the primary key, seller first. */
  readonly key: readonly (keyof Row & string)[];
}

/** Describes a table; `kinds` names every member of the row. */
export function table<Row>(
  name: string,
  key: readonly (keyof Row & string)[],
  kinds: { readonly [Member in keyof Row & string]-?: KindOf<Row[Member]> },
): Table<Row> {
  const columns = Object.entries<ColumnKind>(kinds).map(([member, kind]) => ({
    member,
    name: snakeCase(member),
    kind,
  }));
  return { name, columns, key };
}

export function snakeCase(member: string): string {
  return member.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The columns of some members, in the order given. */
export function columnsOf(source: Table<never>, members: readonly string[]): readonly Column[] {
  return members.map((member) => {
    const column = source.columns.find((each) => each.member === member);
    if (column === undefined) throw new Error(`${source.name} has no column for ${member}`);
    return column;
  });
}

/** One member of a row as SQL keeps it. A member that is missing is a programming error. */
export function encode(column: Column, row: object): SqlValue {
  // A row interface has no index signature; the column names a member that the type guarantees.
  const value = (row as Readonly<Record<string, unknown>>)[column.member];
  switch (column.kind) {
    case 'flag':
      return value === true ? 1 : 0;
    case 'json':
      return JSON.stringify(value);
    default:
      if (value === null || typeof value === 'string' || typeof value === 'number') return value;
      throw new TypeError(`${column.member} is no value that SQL keeps`);
  }
}

/** A row read back; `prefix` is what a join put before its column names. */
export function decode<Row>(source: Table<Row>, raw: RawRow, prefix = ''): Row {
  const row: Record<string, unknown> = {};
  for (const column of source.columns) {
    row[column.member] = decodeValue(column, raw[prefix + column.name]);
  }
  // The description is complete by type, and only this module wrote what is read here.
  return row as Row;
}

function decodeValue(column: Column, value: unknown): unknown {
  if (value === undefined) throw new Error(`the answer lacks the column ${column.name}`);
  switch (column.kind) {
    case 'flag':
      return value === 1;
    case 'json':
      return JSON.parse(String(value));
    default:
      return value;
  }
}
