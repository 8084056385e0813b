/**
 * Writes a message by its table: the table's members in the table's order, decimals with every digit
 * and never in exponent form, nothing that the table does not name. Lengths and forms are not checked:
 * a request's are the server's to refuse, a reply's the server's to keep.
 */

import { ExactNumber, numberText } from './exact-json.ts';
import type { Field, Wire, WireInput, WireTable } from './field.ts';

/** A value that its member's kind has no form for, such as NaN for an amount. */
export class WireValueError extends TypeError {
  override readonly name = 'WireValueError';
  /** The member, such as `Items[2].ItemPrice`. */
  readonly path: string;

  constructor(path: string, expected: string) {
    super(`${path} is not ${expected}`);
    this.path = path;
  }
}

/** JSON text of a message. Undefined members are left out; a bad value throws `WireValueError`. */
export function writeMessage<T extends WireTable>(
  table: T,
  message: WireInput<T> | Wire<T>,
): string {
  return writeMembers(table, message, '');
}

const DECIMAL_TEXT = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

function writeMembers(table: WireTable, message: object, path: string): string {
  // A message's type follows from its table; here it is read by name, as the table is.
  const values = message as Readonly<Record<string, unknown>>;
  let json = '';
  for (const [name, field] of Object.entries(table)) {
    const value = values[name];
    if (value === undefined) continue;
    const written = value === null ? 'null' : writeValue(field, value, `${path}${name}`);
    json += json === '' ? `"${name}":${written}` : `,"${name}":${written}`;
  }
  return `{${json}}`;
}

function writeValue(field: Field, value: unknown, path: string): string {
  switch (field.kind) {
    case 'text':
    case 'code':
      if (typeof value !== 'string') throw new WireValueError(path, 'text');
      return JSON.stringify(value);
    case 'integer':
      if (!Number.isSafeInteger(value)) throw new WireValueError(path, 'a whole number');
      return String(value);
    case 'decimal':
      return writeDecimal(value, path);
    case 'identifier':
      if (typeof value === 'string') return JSON.stringify(value);
      if (!Number.isSafeInteger(value)) throw new WireValueError(path, 'an id');
      return String(value);
    case 'object':
      if (typeof value !== 'object' || value === null) throw new WireValueError(path, 'an object');
      return writeMembers(field.members, value, `${path}.`);
    case 'rows':
      if (!Array.isArray(value)) throw new WireValueError(path, 'an array');
      return `[${value.map((row: unknown, index) => writeRow(field.row, row, `${path}[${index}]`)).join(',')}]`;
  }
}

function writeRow(table: WireTable, row: unknown, path: string): string {
  if (typeof row !== 'object' || row === null) throw new WireValueError(path, 'an object');
  return writeMembers(table, row, `${path}.`);
}

function writeDecimal(value: unknown, path: string): string {
  const text =
    typeof value === 'number' || value instanceof ExactNumber ? numberText(value) : value;
  if (typeof text === 'string' && DECIMAL_TEXT.test(text)) return text;
  throw new WireValueError(path, 'a decimal number');
}
