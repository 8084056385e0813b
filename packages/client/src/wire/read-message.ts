/**
 * Reads a message by its table, as tolerantly as this wire demands: names in any case, numbers as text
 * and text as numbers, null and a missing member as "not given", unknown members ignored. For the
 * reading of replies; a server, which has to refuse member by member, reads requests itself.
 */

import {
  ExactNumber,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  numberText,
} from './exact-json.ts';
import type { Field, Wire, WireTable } from './field.ts';
import { pickMembers } from './members.ts';
import { WireValueError } from './write-message.ts';

/**
 * The message in an object. Text that is not given is `''` (null where the table allows null), rows
 * that are not given are `[]`; a number that is not given or no number throws `WireValueError`.
 * Decimals come as canonical text.
 */
export function readMessage<T extends WireTable>(table: T, object: JsonObject): Wire<T> {
  // Filled member by member as the table says, which is what the type says.
  return readMembers(table, object, '') as Wire<T>;
}

function readMembers(table: WireTable, object: JsonObject, path: string): Record<string, unknown> {
  const given = pickMembers(table, object);
  const message: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(table)) {
    const value = given[name];
    if (isGiven(value) || field.need === 'required') {
      message[name] = readValue(field, value, `${path}${name}`);
    }
  }
  return message;
}

function isGiven(value: JsonValue | undefined): value is Exclude<JsonValue, null> {
  return value !== undefined && value !== null && value !== false;
}

function readValue(field: Field, value: JsonValue | undefined, path: string): unknown {
  const isAbsent = !isGiven(value);
  if (isAbsent && field.nullable) return null;
  switch (field.kind) {
    case 'text':
    case 'code':
      return isAbsent ? '' : readText(value, path);
    case 'integer':
      return readInteger(value, path);
    case 'decimal':
      return readDecimal(value, path);
    case 'identifier':
      return typeof value === 'number' ? value : readText(value, path);
    case 'object':
      if (!isJsonObject(value)) throw new WireValueError(path, 'an object');
      return readMembers(field.members, value, `${path}.`);
    case 'rows':
      return isAbsent ? [] : readRows(field.row, value, path);
  }
}

function readText(value: JsonValue | undefined, path: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || value instanceof ExactNumber) return numberText(value);
  throw new WireValueError(path, 'text');
}

/** A whole number, as number or text; `100.0` is whole. Undefined for anything else. */
export function wholeNumber(value: JsonValue | undefined): number | undefined {
  const text = decimalText(value);
  if (text === undefined || !/^-?\d+$/.test(text)) return undefined;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : undefined;
}

function readInteger(value: JsonValue | undefined, path: string): number {
  const number = wholeNumber(value);
  if (number === undefined) throw new WireValueError(path, 'a whole number');
  return number;
}

function readDecimal(value: JsonValue | undefined, path: string): string {
  const text = decimalText(value);
  if (text === undefined) throw new WireValueError(path, 'a decimal number');
  return text;
}

/** Canonical text of a JSON number, or of a string that holds one. */
function decimalText(value: JsonValue | undefined): string | undefined {
  const isNumber = typeof value === 'number' || value instanceof ExactNumber;
  const text = isNumber ? numberText(value) : value;
  if (typeof text !== 'string') return undefined;
  const match = /^(-?)0*(\d+)(?:\.(\d*?)0*)?$/.exec(text.trim());
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  const magnitude = fraction === '' ? whole : `${whole}.${fraction}`;
  return magnitude === '0' ? '0' : `${sign}${magnitude}`;
}

function readRows(row: WireTable, value: JsonValue | undefined, path: string): unknown[] {
  if (!Array.isArray(value)) throw new WireValueError(path, 'an array');
  return value.map((entry: JsonValue, index) => {
    if (!isJsonObject(entry)) throw new WireValueError(`${path}[${index}]`, 'an object');
    return readMembers(row, entry, `${path}[${index}].`);
  });
}
