/**
 * Exact decimal numbers with up to seven decimals: unit prices, quantities, line amounts.
 *
 * A `Decimal` is canonical decimal text ('10.5', '-0.0000001', '0'), so that it is written to JSON, to
 * the database and to the Ministry's messages as it stands. Arithmetic goes through `scaled`, an
 * integer count of 10^-7. No float is ever involved (design: "no float touches money").
 */

declare const decimalBrand: unique symbol;
/** Canonical decimal text with at most seven decimals. Made only by this file. */
export type Decimal = string & { readonly [decimalBrand]: true };

/** Decimals that a `Decimal` can hold; MIG 4.1 amounts and prices are decimal(20,7). */
export const DECIMAL_SCALE = 7;
export const DECIMAL_UNIT = 10n ** 7n;
/** Digits before the point; MIG 4.1 decimal(20,7) leaves thirteen. */
export const DECIMAL_INTEGER_DIGITS_MAX = 13;

/** A whole number that is canonical as it stands: nearly every count and price. */
const WHOLE_SHAPE = /^(?:0|-?[1-9]\d{0,12})$/;
const DECIMAL_SHAPE = /^([+-]?)(\d+)(?:\.(\d*))?$/;

/**
 * Reads decimal text such as `10.50`, `-3`, `1000.0`. Returns undefined for anything else, for more
 * than seven significant decimals and for more than thirteen integer digits. Exponents are refused.
 */
export function parseDecimal(text: string): Decimal | undefined {
  // Canonical, so that the brand holds.
  if (WHOLE_SHAPE.test(text)) return text as Decimal;
  const match = DECIMAL_SHAPE.exec(text);
  if (match === null) return undefined;
  const whole = (match[2] ?? '').replace(/^0+(?=\d)/, '');
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  if (whole.length > DECIMAL_INTEGER_DIGITS_MAX || fraction.length > DECIMAL_SCALE)
    return undefined;
  const magnitude = fraction === '' ? whole : `${whole}.${fraction}`;
  const isNegative = match[1] === '-' && magnitude !== '0';
  // Made of its canonical parts.
  return (isNegative ? `-${magnitude}` : magnitude) as Decimal;
}

/** The decimal as an integer count of 10^-7. */
export function scaled(decimal: Decimal): bigint {
  const isNegative = decimal.startsWith('-');
  const magnitude = isNegative ? decimal.slice(1) : decimal;
  const point = magnitude.indexOf('.');
  const whole = point < 0 ? magnitude : magnitude.slice(0, point);
  const fraction = point < 0 ? '' : magnitude.slice(point + 1);
  const value = BigInt(whole + fraction.padEnd(DECIMAL_SCALE, '0'));
  return isNegative ? -value : value;
}

/** The decimal of an integer count of 10^-7. */
export function fromScaled(value: bigint): Decimal {
  const isNegative = value < 0n;
  const digits = (isNegative ? -value : value).toString().padStart(DECIMAL_SCALE + 1, '0');
  const whole = digits.slice(0, -DECIMAL_SCALE);
  const fraction = digits.slice(-DECIMAL_SCALE).replace(/0+$/, '');
  const magnitude = fraction === '' ? whole : `${whole}.${fraction}`;
  // Built from an integer, so canonical by construction.
  return (isNegative ? `-${magnitude}` : magnitude) as Decimal;
}
