/**
 * Reads an item's members as tolerantly as the vendor's .NET server: names in any case, numbers as text and
 * text as numbers, null and '' as absent, unknown ones ignored. The first member that cannot be read is the
 * item's refusal; what follows reads as absent.
 */
import {
  ExactNumber,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  numberText,
} from '#wire/exact-json.ts';
import type { Field, WireTable } from '#wire/field.ts';
import { type Members, pickMembers } from '#wire/members.ts';
import { DECIMAL_SCALE, type Decimal, parseDecimal } from '../../domain/decimal.ts';
import { isWritable } from '../../domain/text.ts';
import { type Twd, twd } from '../../domain/twd.ts';
import { malformed, missing, type Refusal } from './refusal.ts';

const YES: readonly string[] = ['Y', 'TRUE', '1'];
const NO: readonly string[] = ['N', 'FALSE', '0'];

/** Longest text that is looked at as a number: reckoning with its digits is not linear in its length. */
const NUMBER_CHARACTERS_MAX = 64;

/** The members of one object that a table describes. */
export class MemberReader<T extends WireTable> {
  readonly #table: T;
  readonly #members: Members<T>;
  #refusal: Refusal | null = null;

  constructor(table: T, object: JsonObject) {
    this.#table = table;
    this.#members = pickMembers(table, object);
  }

  /** The first thing that is wrong with the item; null while nothing is. */
  get refusal(): Refusal | null {
    return this.#refusal;
  }

  refuse(refusal: Refusal): void {
    this.#refusal ??= refusal;
  }

  /** Text of the first name that has one, without surrounding blanks; '' absent. */
  text(...names: readonly (keyof T & string)[]): string {
    const [first] = names;
    for (const name of names) {
      const value = this.#members[name];
      const text = textOf(value);
      if (text === undefined) this.refuse(malformed(first ?? name));
      else if (text !== '') return text;
    }
    return '';
  }

  /** Text that an invoice cannot be without. */
  needed(...names: readonly (keyof T & string)[]): string {
    const text = this.text(...names);
    if (text === '') this.refuse(missing(names[0] ?? ''));
    return text;
  }

  /** Text cut to the table's length: names, addresses and notes (Kaili's rule for texts too long). */
  cut(...names: readonly (keyof T & string)[]): string {
    const [first] = names;
    return first === undefined ? '' : cutTo(this.text(...names), this.#lengthOf(first));
  }

  /** Text that must be whole and of the table's form: identifiers. */
  identifier(...names: readonly (keyof T & string)[]): string {
    return this.#formed(this.text(...names), names[0] ?? '');
  }

  neededIdentifier(...names: readonly (keyof T & string)[]): string {
    return this.#formed(this.needed(...names), names[0] ?? '');
  }

  /** One of the table's values, in any case; '' absent. */
  code(name: keyof T & string): string {
    const text = this.text(name).toUpperCase();
    const field: Field | undefined = this.#table[name];
    const values = field?.kind === 'code' ? field.values : [];
    if (text === '' || values.includes(text)) return text;
    this.refuse(malformed(name));
    return '';
  }

  neededCode(name: keyof T & string): string {
    if (this.needed(name) === '') return '';
    return this.code(name);
  }

  /** A yes or no in any of the forms that clients send; null absent. */
  flag(name: keyof T & string): boolean | null {
    const value = this.#members[name];
    const text = typeof value === 'boolean' ? String(value) : textOf(value);
    const word = text?.toUpperCase();
    if (word === '') return null;
    if (word !== undefined && YES.includes(word)) return true;
    if (word === undefined || !NO.includes(word)) this.refuse(malformed(name));
    return false;
  }

  /** Whole dollars, 0 or more, at most twelve digits; null absent. */
  dollars(name: keyof T & string): Twd | null {
    const text = this.text(name);
    if (text === '') return null;
    const isShort = text.length <= NUMBER_CHARACTERS_MAX;
    const match = isShort ? /^\+?0*(\d{1,12})(?:\.0*)?$/.exec(text) : null;
    const amount = match === null ? undefined : twd(Number(match[1]));
    if (amount === undefined) this.refuse(malformed(name));
    return amount ?? null;
  }

  neededDollars(name: keyof T & string): Twd | null {
    const amount = this.dollars(name);
    if (amount === null) this.refuse(missing(name));
    return amount;
  }

  /** A number with decimals; more than seven, as a client's floats have, are rounded. Null absent. */
  decimal(name: keyof T & string): Decimal | null {
    const text = this.needed(name);
    if (text === '') return null;
    const decimal = text.length > NUMBER_CHARACTERS_MAX ? undefined : parseDecimal(rounded(text));
    if (decimal === undefined) this.refuse(malformed(name));
    return decimal ?? null;
  }

  /** The objects of an array; empty with a refusal where there are none or too many. */
  rows(name: keyof T & string): readonly JsonObject[] {
    const value = this.#members[name];
    const field: Field | undefined = this.#table[name];
    const most = field?.kind === 'rows' ? (field.rowsMax ?? Number.POSITIVE_INFINITY) : 0;
    if (value === undefined || value === null || value === '') this.refuse(missing(name));
    else if (!Array.isArray(value)) this.refuse(malformed(name));
    else if (value.length === 0) this.refuse(missing(name));
    else if (value.length > most || !value.every(isJsonObject)) this.refuse(malformed(name));
    else return value;
    return [];
  }

  /** A member as it was sent, for the echo; undefined where it is absent or no scalar. */
  sent(...names: readonly (keyof T & string)[]): JsonValue | undefined {
    for (const name of names) {
      const value = this.#members[name];
      const isScalar = typeof value === 'string' || typeof value === 'number';
      if (isScalar && value !== '') return value;
      if (value instanceof ExactNumber) return value;
    }
    return undefined;
  }

  /** Four digits; a number has lost its zeros in front (a client sends `6740` as a number). */
  fourDigits(name: keyof T & string): string {
    const value = this.#members[name];
    const text = this.text(name);
    const digits = typeof value === 'number' ? text.padStart(4, '0') : text;
    if (digits !== '' && !/^\d{4}$/.test(digits)) this.refuse(malformed(name));
    return digits;
  }

  #formed(text: string, name: string): string {
    if (text === '') return '';
    const field: Field | undefined = this.#table[name];
    const pattern = field?.kind === 'text' ? field.pattern : undefined;
    const isRight = [...text].length <= this.#lengthOf(name) && (pattern?.test(text) ?? true);
    if (!isRight) this.refuse(malformed(name));
    return isRight ? text : '';
  }

  #lengthOf(name: string): number {
    const field: Field | undefined = this.#table[name];
    return field !== undefined && 'lengthMax' in field ? field.lengthMax : 0;
  }
}

/**
 * A scalar as text; '' absent, undefined for a list, an object, a bare yes and no, and a text with
 * characters that nothing can hold.
 */
function textOf(value: JsonValue | undefined): string | undefined {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return isWritable(value) ? value.trim() : undefined;
  if (typeof value === 'number' || value instanceof ExactNumber) return numberText(value);
  return undefined;
}

/** The text's beginning by characters, not by UTF-16 units. */
export function cutTo(text: string, length: number): string {
  return text.length <= length ? text : [...text].slice(0, length).join('');
}

/** Decimal text with at most seven decimals, half away from zero. */
function rounded(text: string): string {
  const match = /^([+-]?)(\d+)\.(\d+)$/.exec(text);
  const fraction = match?.[3] ?? '';
  if (match === null || fraction.length <= DECIMAL_SCALE) return text;
  const digits = BigInt(`${match[2]}${fraction.slice(0, DECIMAL_SCALE)}`);
  const up = Number(fraction[DECIMAL_SCALE]) >= 5 ? 1n : 0n;
  const all = String(digits + up).padStart(DECIMAL_SCALE + 1, '0');
  return `${match[1]}${all.slice(0, -DECIMAL_SCALE)}.${all.slice(-DECIMAL_SCALE)}`;
}
