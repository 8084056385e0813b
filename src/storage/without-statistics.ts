/**
 * Expressions that leave a planner one good way only. PostgreSQL knows nothing of a table until it was analysed,
 * about a minute after the first rows, and takes the rows of one seller for very few until then: it would
 * read them all again and again instead of the one that is wanted.
 */
import { sql } from 'kysely';
import type { Ubn } from '../domain/ubn.ts';

/**
 * The seller of a row that was found, for joining what belongs to it. Being an expression it does not let the
 * planner carry the query's own seller over to the joined table, so that only the whole key leads there.
 */
export function sellerOf(alias: string) {
  return sql<Ubn>`${sql.ref(`${alias}.seller`)} || ''`;
}

/** A text column as an expression, which no index is over: one document's rows are not found by day. */
export function unindexed<Value extends string>(column: string) {
  return sql<Value>`${sql.ref(column)} || ''`;
}
