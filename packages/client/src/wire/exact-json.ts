/**
 * JSON that loses no digit. An amount on the wire has up to 12 + 7 digits, a double keeps 15: a number
 * that a double holds exactly arrives as a plain `number`, any other as an `ExactNumber` with its
 * digits. `numberText` gives the exact decimal text of either; writing gives the digits back.
 *
 * Promises: every failure is a `JsonError`; nesting is bounded; a repeated name means its last value
 * (as Json.NET and JSON.parse have it); `__proto__` is a member like any other and touches no prototype.
 */

/** Nesting that is still read; Json.NET's default MaxDepth. */
export const JSON_DEPTH_MAX = 64;

/** Digits that a double holds exactly for every decimal (IEEE 754 binary64, DBL_DIG). */
const DOUBLE_DIGITS_MAX = 15;
/** An exponent beyond this is kept as it was written: no amount has it, and it would only cost memory. */
const EXPONENT_MAX = 40;

/** What `readJson` yields and `writeJson` takes. */
export type JsonValue =
  | null
  | boolean
  | string
  | number
  | ExactNumber
  | readonly JsonValue[]
  | JsonObject;

/** A JSON object; look members up with `Object.hasOwn` or `pickMembers`, for any name may be absent. */
export interface JsonObject {
  readonly [name: string]: JsonValue | undefined;
}

/** A JSON number that a double would change. */
export class ExactNumber {
  /** Decimal text, without exponent unless that is beyond any amount. */
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** For logs and the like; `writeJson` writes the digits as a number. */
  toJSON(): string {
    return this.text;
  }
}

/** The text is not JSON, or nested too deeply. */
export class JsonError extends Error {
  override readonly name = 'JsonError';
}

/** Reads JSON text. Throws `JsonError` and nothing else. */
export function readJson(text: string): JsonValue {
  const isExactNeeded = survey(text);
  let value: JsonValue;
  try {
    // JSON.parse gives these types and no others.
    value = JSON.parse(text) as JsonValue;
  } catch (cause) {
    throw new JsonError('no JSON', { cause });
  }
  return isExactNeeded ? readExactly(text) : value;
}

/** Whether this is an object, that is neither null, an array nor an exact number. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof ExactNumber)
  );
}

/** The exact decimal text of a number: `1000`, `-0.0000001`; never with an exponent of JavaScript's. */
export function numberText(value: number | ExactNumber): string {
  if (value instanceof ExactNumber) return value.text;
  const text = String(value);
  return text.includes('e') ? writtenOut(text) : text;
}

/** Writes JSON without blanks; numbers with all their digits, lone surrogates as `\ud…` escapes. */
export function writeJson(value: JsonValue): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' || value instanceof ExactNumber) return writeNumber(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[${value.map(writeJson).join(',')}]`;
  const members: string[] = [];
  for (const [name, member] of Object.entries(value)) {
    if (member !== undefined) members.push(`${JSON.stringify(name)}:${writeJson(member)}`);
  }
  return `{${members.join(',')}}`;
}

function writeNumber(value: number | ExactNumber): string {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new JsonError(`${value} cannot be written as JSON`);
  }
  return numberText(value);
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
const UPPER_E = 0x45;
const LOWER_E = 0x65;
const POINT = 0x2e;
const BRACKET = 0x5b;
const BRACKET_END = 0x5d;
const BRACE = 0x7b;
const BRACE_END = 0x7d;

/**
 * One pass over the text outside of its strings: bounds the nesting and tells whether any number needs
 * more than a double. Says nothing of the grammar, which JSON.parse judges.
 */
function survey(text: string): boolean {
  let depth = 0;
  let digits = 0;
  let isExactNeeded = false;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit >= DIGIT_0 && unit <= DIGIT_9) {
      digits += 1;
      if (digits > DOUBLE_DIGITS_MAX) isExactNeeded = true;
      continue;
    }
    if (unit === POINT) continue;
    if (digits > 0 && (unit === LOWER_E || unit === UPPER_E)) isExactNeeded = true;
    digits = 0;
    if (unit === QUOTE) {
      at = stringEnd(text, at);
    } else if (unit === BRACE || unit === BRACKET) {
      depth += 1;
      if (depth > JSON_DEPTH_MAX) throw new JsonError(`nested more than ${JSON_DEPTH_MAX} deep`);
    } else if (unit === BRACE_END || unit === BRACKET_END) {
      depth -= 1;
    }
  }
  return isExactNeeded;
}

/** Position of the quote that ends the string opened at `start`; the text's end where none does. */
function stringEnd(text: string, start: number): number {
  let end = start;
  for (;;) {
    end = text.indexOf('"', end + 1);
    if (end < 0) return text.length;
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return end;
  }
}

/** Reads text that JSON.parse has accepted and `survey` has bounded, so that no grammar is checked. */
function readExactly(text: string): JsonValue {
  let at = 0;

  const skipTo = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? '';
    at += found.length;
    return found;
  };
  const skipBlanks = (): number => {
    skipTo(/[ \t\n\r]*/y);
    return text.charCodeAt(at);
  };
  const readString = (): string => {
    const start = at;
    at = stringEnd(text, start) + 1;
    // Accepted by JSON.parse as part of the whole: a string literal gives a string.
    return JSON.parse(text.slice(start, at)) as string;
  };
  const readObject = (): JsonObject => {
    const object: Record<string, JsonValue> = {};
    at += 1;
    while (skipBlanks() !== BRACE_END) {
      const name = readString();
      skipTo(/[ \t\n\r]*:/y);
      setMember(object, name, readValue());
      skipTo(/[ \t\n\r]*,?/y);
    }
    at += 1;
    return object;
  };
  const readArray = (): readonly JsonValue[] => {
    const array: JsonValue[] = [];
    at += 1;
    while (skipBlanks() !== BRACKET_END) {
      array.push(readValue());
      skipTo(/[ \t\n\r]*,?/y);
    }
    at += 1;
    return array;
  };
  const readValue = (): JsonValue => {
    const unit = skipBlanks();
    if (unit === QUOTE) return readString();
    if (unit === BRACE) return readObject();
    if (unit === BRACKET) return readArray();
    const word = skipTo(/[^ \t\n\r,\]}]+/y);
    if (word === 'true' || word === 'false') return word === 'true';
    return word === 'null' ? null : readNumber(word);
  };
  return readValue();
}

/** Sets an own member whatever its name: plain assignment of `__proto__` would set the prototype. */
function setMember(object: Record<string, JsonValue>, name: string, value: JsonValue): void {
  if (name !== '__proto__') object[name] = value;
  else
    Object.defineProperty(object, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
}

function readNumber(word: string): number | ExactNumber {
  const isExponential = /e/i.test(word);
  if (!isExponential && word.replace(/[-.]/g, '').length <= DOUBLE_DIGITS_MAX) return Number(word);
  return new ExactNumber(isExponential ? writtenOut(word) : word);
}

/** `1.5e-7` as `0.00000015`; unchanged where the exponent is beyond `EXPONENT_MAX`. */
function writtenOut(word: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?e([+-]?\d+)$/i.exec(word);
  if (match === null) return word;
  const [, sign = '', whole = '', fraction = '', exponentText = ''] = match;
  const exponent = Number(exponentText);
  if (Math.abs(exponent) > EXPONENT_MAX) return word;
  const point = whole.length + exponent;
  const digits = (whole + fraction).padEnd(point, '0');
  const left = point > 0 ? digits.slice(0, point).replace(/^0+(?=\d)/, '') : '0';
  const right = point > 0 ? digits.slice(point) : digits.padStart(digits.length - point, '0');
  const decimals = withoutZerosAtEnd(right);
  return decimals === '' ? `${sign}${left}` : `${sign}${left}.${decimals}`;
}

/** In one pass: `/0+$/` would try at every zero of a long number. */
function withoutZerosAtEnd(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits.charCodeAt(end - 1) === DIGIT_0) end -= 1;
  return digits.slice(0, end);
}
