/**
 * Statements over several rows, for an engine that takes sets one by one. It has no round trip to save, but a
 * statement costs about as much to begin and to end as a row does to go in, and so does binding a row's values. So
 * some rows go together, and what all rows of a set have in a column is bound once for all of them: most columns of a
 * new row hold what every new row holds, and a batch has one time.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Answer, Session, Statement } from './engine.ts';
import { type Built, type Kit, type Prepared, prepare, slotOf } from './statement.ts';
import { type Column, encode, type SqlValue, type Table } from './table.ts';

/** Rows that go together: many, or else some; what is left goes one by one. */
export const MANY_ROWS = 16;
const SOME_ROWS = 4;
/** Forms made of a statement for exactly what one set shares; the others are for what all sets have in common. */
const OWN_FORMS_MAX = 8;
/** Rows of a set that gets one: what fewer share is often chance. */
const OWN_FORM_ROWS_MIN = 8;
/** Forms kept of a statement: two texts each, of the limited number that a connection keeps prepared. */
export const FORMS_MAX = 12;
/** Columns that fit into an integer, a bit each. */
const COLUMNS_MAX = 30;

/** A statement's texts for sets of rows that have the same in certain columns. */
interface Form {
  /** These columns, a bit each. */
  readonly shared: number;
  /** The other columns. */
  readonly own: readonly Column[];
  readonly many: Statement;
  readonly some: Statement;
}

type Build = (values: RawBuilder<unknown>) => Built;

/**
 * Runs `one` for a single row, and what `build` makes for several. It puts them, `values (…), (…)`, before
 * everything else in the statement that is bound.
 */
export function severalRows<Row extends object>(
  kit: Kit,
  source: Table<Row>,
  one: Prepared<Row>,
  build: Build,
): (session: Session, rows: readonly Row[]) => Promise<Answer> {
  const { columns } = source;
  if (columns.length > COLUMNS_MAX) throw new Error(`${source.name} has too many columns`);
  const formOf = formsOf(kit, one.statement.name, columns, build);
  return async (session, rows) => {
    if (rows.length === 0) return { rows: [], changes: 0 };
    if (rows.length < SOME_ROWS) return session.run(one.statement, rows.map(one.bind));
    const form = formOf(rows);
    const parts: { statement: Statement; sets: readonly (readonly SqlValue[])[] }[] = [];
    let start = 0;
    const take = (rowCount: number, statement: Statement): void => {
      const sets: (readonly SqlValue[])[] = [];
      for (; start + rowCount <= rows.length; start += rowCount) {
        sets.push(bind(rows.slice(start, start + rowCount), columns, form.own));
      }
      if (sets.length > 0) parts.push({ statement, sets });
    };
    take(MANY_ROWS, form.many);
    take(SOME_ROWS, form.some);
    take(1, one.statement);
    // All are sent before one is waited for, so that a later statement sees every row.
    return together(
      await Promise.all(parts.map(({ statement, sets }) => session.run(statement, sets))),
    );
  };
}

/** Finds the form of a statement that binds least for given rows. */
function formsOf(
  kit: Kit,
  name: string,
  columns: readonly Column[],
  build: Build,
): (rows: readonly object[]) => Form {
  const forms = new Map<number, Form>();
  const textFor = (rowCount: number, shared: number): Statement => {
    const values = valuesOf(columns, rowCount, shared);
    return prepare(kit, `${name}_${rowCount}_${shared}`, build(values)).statement;
  };
  const keep = (shared: number): Form => {
    const form = {
      shared,
      own: columns.filter((_, position) => !isAmong(shared, position)),
      many: textFor(MANY_ROWS, shared),
      some: textFor(SOME_ROWS, shared),
    };
    forms.set(shared, form);
    return form;
  };
  return (rows) => {
    const shared = sharedBy(rows, columns);
    const known = forms.get(shared);
    if (known !== undefined) return known;
    const hasOwn = rows.length >= OWN_FORM_ROWS_MIN && forms.size < OWN_FORMS_MAX;
    if (hasOwn) return keep(shared);
    const fitting = nearest([...forms.values()], shared);
    if (fitting !== undefined) return fitting;
    // What this set shares with all that have a form fits most of those to come.
    const common = [...forms.keys()].reduce((all, each) => all & each, shared);
    return keep(forms.size < FORMS_MAX - 1 ? common : 0);
  };
}

function bind(
  rows: readonly object[],
  columns: readonly Column[],
  own: readonly Column[],
): readonly SqlValue[] {
  const values: SqlValue[] = [];
  rows.forEach((row, index) => {
    for (const column of index === 0 ? columns : own) values.push(encode(column, row));
  });
  return values;
}

/** The first row is bound whole; in the others a shared column takes the first row's value. */
function valuesOf(
  columns: readonly Column[],
  rowCount: number,
  shared: number,
): RawBuilder<unknown> {
  const first = sql`(${sql.join(columns.map(slotOf))})`;
  const values = columns.map((column, position) =>
    isAmong(shared, position) ? sql.raw(`?${position + 1}`) : slotOf(column),
  );
  const others = Array.from({ length: rowCount - 1 }, () => sql`(${sql.join(values)})`);
  return sql`values ${sql.join([first, ...others])}`;
}

function isAmong(shared: number, position: number): boolean {
  return (shared & (1 << position)) !== 0;
}

/** The columns in which all rows have the same, a bit each. */
function sharedBy(rows: readonly object[], columns: readonly Column[]): number {
  let shared = 0;
  for (let position = 0; position < columns.length; position += 1) {
    const column = columns[position];
    if (column !== undefined && isShared(column, rows)) shared |= 1 << position;
  }
  return shared;
}

/** Compares members as rows have them: encoding each takes several times as long. */
function isShared(column: Column, rows: readonly object[]): boolean {
  const { member, kind } = column;
  // As in `encode`.
  const members = rows as readonly Readonly<Record<string, unknown>>[];
  const value = members[0]?.[member];
  for (let index = 1; index < members.length; index += 1) {
    const other = members[index]?.[member];
    if (other === value) continue;
    if (kind !== 'json' || JSON.stringify(other) !== JSON.stringify(value)) return false;
  }
  return true;
}

/** Of the forms for rows that share no more than these do, the one that binds least. */
function nearest(forms: readonly Form[], shared: number): Form | undefined {
  return forms
    .filter((form) => (form.shared & ~shared) === 0)
    .sort((left, right) => left.own.length - right.own.length)[0];
}

function together(answers: readonly Answer[]): Answer {
  return {
    rows: answers.flatMap(({ rows }) => rows),
    changes: answers.reduce((sum, { changes }) => sum + changes, 0),
  };
}
