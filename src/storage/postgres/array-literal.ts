/**
 * Arrays as PostgreSQL reads them in text form (PostgreSQL, section 8.15.2 Array Value Input). Every text
 * is quoted, so that none is taken for NULL or for the end of an element.
 */
import type { SqlValue } from '../table.ts';

/** `{1,NULL,"a \"b\""}` */
export function arrayLiteral(values: readonly SqlValue[]): string {
  return `{${values.map(elementOf).join(',')}}`;
}

function elementOf(value: SqlValue): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number') return String(value);
  return `"${NEEDS_ESCAPE.test(value) ? value.replace(EVERY_ESCAPE, '\\$&') : value}"`;
}

const NEEDS_ESCAPE = /["\\]/;
const EVERY_ESCAPE = /["\\]/g;
