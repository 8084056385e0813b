/**
 * SQLite's words in the definition of tables, and what its planner is told about them. Without
 * statistics SQLite takes a seller for a handful of rows and reads all of it where an index on the
 * document would find one; collected ones would make plans depend on when they were collected. So the
 * shape of each index is written into `sqlite_stat1`, as the manual provides for ("ANALYZE", section
 * "Fixed Results of ANALYZE").
 */
import type { IndexShape, SchemaWords } from '../engine.ts';

/** Rows of the large table that shapes speak of. */
const ROWS = 1_000_000;

export const SQLITE_WORDS: SchemaWords = {
  text: 'text',
  integer: 'integer',
  keyed: ' strict, without rowid',
  heap: ' strict',
  memberOf: (column, member) => `json_extract(${column}, '$.${member}')`,
  describe: (shapes) => [
    // The first makes the table of statistics where there is none; the last has them read again.
    'analyze sqlite_schema',
    ...shapes.map(statisticsOf),
    'analyze sqlite_schema',
  ],
};

/** Names are constants of a migration, not input. */
function statisticsOf({ table, index, rowsPerPrefix }: IndexShape): string {
  const statistics = [ROWS, ...rowsPerPrefix].join(' ');
  return `insert into sqlite_stat1 (tbl, idx, stat) values ('${table}', ${nameOf(table, index)}, '${statistics}')`;
}

/** The key of a table in key order goes by the table's name, another one by a name SQLite made. */
function nameOf(table: string, index: string): string {
  if (index !== 'primary') return `'${index}'`;
  return `coalesce(
    (select name from sqlite_schema where name = 'sqlite_autoindex_${table}_1' and rootpage > 0),
    '${table}'
  )`;
}
