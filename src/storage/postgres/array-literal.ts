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
  if (!NEEDS_ESCAPE.test(value)) return `"${value}"`;
  // JSON escapes the same two the same way, natively: the content of an invoice is full of quotes. Only what JSON
  // writes in another way, control characters and halves of surrogate pairs, has to be escaped here.
  if (!HAS_CONTROL.test(value) && value.isWellFormed()) return JSON.stringify(value);
  return `"${value.replace(EVERY_ESCAPE, '\\$&')}"`;
}

const NEEDS_ESCAPE = /["\\]/;
const EVERY_ESCAPE = /["\\]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must be found
const HAS_CONTROL = /[\u0000-\u001f]/;
