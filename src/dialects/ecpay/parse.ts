/**
 * Reads a request's members by its wire table, as tolerantly as ECPay's real clients need: names in any
 * case, numbers as text and text as numbers, null, "", false and a missing member all "not given",
 * blanks around a text cut, dates as `yyyy-MM-dd` without their time, decimals exact. Every member that
 * is missing or of the wrong form gives its own fault; a bad member is left out of what was read, and
 * nothing is ever invented for it.
 */
import {
  DATE_PATTERN,
  DATE_TIME_PATTERN,
  INVOICE_NUMBER_PATTERN,
} from '#wire/ecpay-b2c/envelope.ts';
import {
  ExactNumber,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  numberText,
} from '#wire/exact-json.ts';
import type {
  CodeField,
  DecimalField,
  Field,
  IntegerField,
  RowsField,
  TextField,
  Wire,
  WireTable,
} from '#wire/field.ts';
import { pickValues } from '#wire/members.ts';
import { parseDecimal } from '../../domain/decimal.ts';
import type { FaultCode } from '../../domain/fault.ts';
import { isWritable } from '../../domain/text.ts';
import { readDate, readTime } from './dates.ts';
import { lengthOf, type WireFault, wireFault } from './wire-fault.ts';

/** What was read: the good members, and a fault for each bad one. */
export interface Reading<T extends WireTable> {
  readonly members: Partial<Wire<T>>;
  readonly faults: readonly WireFault[];
  /** Paths of the members that gave a fault. */
  readonly bad: ReadonlySet<string>;
}

/** Faults that one request is told of; a body of a thousand bad lines needs no more. */
export const FAULTS_MAX = 100;

/**
 * Members that are never refused: MerchantID is compared with the envelope's, a ChannelPartner other than
 * 1 is ignored (ECPay B2C API, Issue), and nothing here reads CreateUser (ECPay's .NET SDK).
 */
export const UNJUDGED: ReadonlySet<string> = new Set([
  'MerchantID',
  'ChannelPartner',
  'CreateUser',
]);

/** Longest text that is looked at as a number: the forms below are not linear in its length. */
const NUMBER_CHARACTERS_MAX = 64;

const NO_BAD: ReadonlySet<string> = new Set();

/** Reads the members of a request. */
export function readMembers<T extends WireTable>(table: T, object: JsonObject): Reading<T> {
  const reader = new Reader();
  const members = reader.table(table, object, '');
  const { faults } = reader;
  const bad = faults.length === 0 ? NO_BAD : new Set(faults.map((fault) => fault.path));
  // The reader filled the members by the table that their type derives from.
  return { members: members as Partial<Wire<T>>, faults, bad };
}

/** Whether everything that the table requires was read: then the members are the whole message. */
export function isWhole<T extends WireTable>(
  reading: Reading<T>,
): reading is Reading<T> & { readonly members: Wire<T> } {
  return reading.faults.length === 0;
}

/** Text of a scalar that may be a member of any kind; undefined for objects, arrays and `true`. */
export function scalarText(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' || value instanceof ExactNumber) return numberText(value);
  return undefined;
}

/** Whether a member counts as not given (observed: null, "", false beside a missing one). */
export function isAbsent(value: JsonValue | undefined): value is undefined | null | '' | false {
  return value === undefined || value === null || value === '' || value === false;
}

type Entries = readonly (readonly [string, Field])[];
const entriesByTable = new WeakMap<WireTable, Entries>();

function entriesOf(table: WireTable): Entries {
  const kept = entriesByTable.get(table);
  if (kept !== undefined) return kept;
  const made = Object.entries(table);
  entriesByTable.set(table, made);
  return made;
}

type ReadValue = string | number | readonly object[] | undefined;

/** One reading in progress. */
class Reader {
  readonly faults: WireFault[] = [];

  table(table: WireTable, object: JsonObject, path: string): Record<string, ReadValue> {
    const given = pickValues(table, object);
    const read: Record<string, ReadValue> = {};
    const entries = entriesOf(table);
    for (let place = 0; place < entries.length; place += 1) {
      const value = given[place];
      const entry = entries[place];
      if (entry === undefined) break;
      const [name, field] = entry;
      if (isAbsent(value) || (typeof value === 'string' && value.trim() === '')) {
        if (field.need === 'required') this.#missing(`${path}${name}`);
        continue;
      }
      const found = this.#member(field, value, path, name);
      if (found !== undefined) read[name] = found;
    }
    return read;
  }

  #member(field: Field, value: JsonValue, path: string, name: string): ReadValue {
    if (UNJUDGED.has(name)) return scalarText(value);
    switch (field.kind) {
      case 'text':
        return this.#text(field, value, path + name);
      case 'code':
        return this.#code(field, value, path + name);
      case 'integer':
        return this.#integer(field, value, path + name);
      case 'decimal':
        return this.#decimal(field, value, path + name);
      case 'rows':
        return this.#rows(field, value, path + name);
      case 'identifier':
      case 'object':
        throw new Error(`no request of this dialect has a member of kind ${field.kind}`);
    }
  }

  #text(field: TextField, value: JsonValue, path: string): string | undefined {
    const text = scalarText(value);
    if (text === undefined) return this.#refuse('FIELD_FORMAT', path, 'text', kindOf(value));
    // An invoice number has one length, so any other is a length fault (ECPay 2011002).
    const isFixed = field.pattern === INVOICE_NUMBER_PATTERN;
    if (text.length > field.lengthMax || (isFixed && text.length !== field.lengthMax)) {
      const expected = `${isFixed ? '' : 'at most '}${field.lengthMax} characters`;
      return this.#refuse('FIELD_LENGTH', path, expected, lengthOf(text));
    }
    if (field.pattern !== undefined && !field.pattern.test(text)) {
      return this.#refuse('FIELD_FORMAT', path, String(field.pattern), lengthOf(text));
    }
    if (!isWritable(text)) {
      return this.#refuse('FIELD_FORMAT', path, 'no control characters', lengthOf(text));
    }
    if (field.pattern === DATE_TIME_PATTERN) {
      const time = readTime(text);
      return time ?? this.#refuse('FIELD_FORMAT', path, 'a time of a day', lengthOf(text));
    }
    if (field.pattern !== DATE_PATTERN) return text;
    const date = readDate(text);
    return date ?? this.#refuse('FIELD_FORMAT', path, 'a day of the calendar', lengthOf(text));
  }

  #code(field: CodeField, value: JsonValue, path: string): string | undefined {
    const text = scalarText(value);
    if (text !== undefined && field.values.includes(text)) return text;
    // A stray value may be anything, a phone number too: only a short one is told.
    const got = text === undefined ? kindOf(value) : text.length > 4 ? lengthOf(text) : text;
    return this.#refuse('FIELD_FORMAT', path, `one of ${field.values.join(', ')}`, got);
  }

  #integer(field: IntegerField, value: JsonValue, path: string): number | undefined {
    const text = scalarText(value) ?? '';
    if (text.length > NUMBER_CHARACTERS_MAX) return this.#numberTooLong(path, text);
    const digits = /^[+-]?0*(\d+?)(?:\.0*)?$/.exec(text)?.[1];
    if (digits === undefined) {
      return this.#refuse('FIELD_FORMAT', path, 'a whole number', kindOf(value));
    }
    if (digits.length > field.digitsMax) {
      return this.#refuse(
        'FIELD_LENGTH',
        path,
        `at most ${field.digitsMax} digits`,
        lengthOf(text),
      );
    }
    const number = text.startsWith('-') && digits !== '0' ? -Number(digits) : Number(digits);
    const { min = -Infinity, max = Infinity } = field;
    if (number >= min && number <= max) return number;
    return this.#refuse('FIELD_FORMAT', path, `from ${min} to ${max}`, String(number));
  }

  #decimal(field: DecimalField, value: JsonValue, path: string): string | undefined {
    const text = scalarText(value) ?? '';
    if (text.length > NUMBER_CHARACTERS_MAX) return this.#numberTooLong(path, text);
    const whole = /^[+-]?0*(\d+?)(?:\.\d*)?$/.exec(text)?.[1];
    if (whole === undefined) {
      return this.#refuse('FIELD_FORMAT', path, 'a decimal number', kindOf(value));
    }
    if (whole.length > field.integerDigitsMax) {
      const expected = `at most ${field.integerDigitsMax} digits before the point`;
      return this.#refuse('FIELD_LENGTH', path, expected, lengthOf(text));
    }
    const decimal = parseDecimal(text);
    if (decimal !== undefined) return decimal;
    return this.#refuse('FIELD_FORMAT', path, `at most ${field.decimalsMax} decimals`, text);
  }

  #rows(field: RowsField, value: JsonValue, path: string): readonly object[] | undefined {
    if (!Array.isArray(value)) {
      return this.#refuse('FIELD_FORMAT', path, 'an array of objects', kindOf(value));
    }
    if (value.length < (field.rowsMin ?? 0)) return this.#missing(path);
    const { rowsMax = Infinity } = field;
    if (value.length > rowsMax) {
      return this.#refuse('LINES_TOO_MANY', path, `at most ${rowsMax}`, String(value.length));
    }
    const rows: object[] = [];
    for (let index = 0; index < value.length; index += 1) {
      if (this.faults.length >= FAULTS_MAX) break;
      const row: JsonValue | undefined = value[index];
      if (isJsonObject(row)) rows.push(this.table(field.row, row, `${path}[${index}].`));
      else this.#refuse('FIELD_FORMAT', `${path}[${index}]`, 'an object', kindOf(row));
    }
    return rows;
  }

  #numberTooLong(path: string, text: string): undefined {
    const expected = `at most ${NUMBER_CHARACTERS_MAX} characters`;
    return this.#refuse('FIELD_LENGTH', path, expected, lengthOf(text));
  }

  #missing(path: string): undefined {
    return this.#refuse('FIELD_REQUIRED', path, 'a value', 'nothing');
  }

  #refuse(code: FaultCode, path: string, expected: string, got: string): undefined {
    this.faults.push(wireFault(code, path, expected, got, `send ${path} as documented`));
    return undefined;
  }
}

/** What kind of JSON value came, where the value itself is not told. */
function kindOf(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return 'nothing';
  if (value instanceof ExactNumber) return 'number';
  if (typeof value === 'string') return lengthOf(value);
  return Array.isArray(value) ? 'array' : typeof value;
}
