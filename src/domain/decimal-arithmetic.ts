/**
 * Exact arithmetic over `Decimal`: sums, products, quotients and the one rounding that money knows
 * here, half away from zero (Kaili's rule, docs/internals/amounts.md).
 *
 * Inside a calculation values are `bigint` counts of 10^-7 ("scaled", see `decimal.ts`); a `Decimal` is
 * made again only at its end, and only where it fits MIG 4.1 decimal(20,7).
 */
import {
  DECIMAL_INTEGER_DIGITS_MAX,
  DECIMAL_SCALE,
  DECIMAL_UNIT,
  type Decimal,
  fromScaled,
  scaled,
} from './decimal.ts';
import { type Twd, twd } from './twd.ts';

/** First scaled magnitude that decimal(20,7) cannot hold. */
const SCALED_LIMIT = 10n ** BigInt(DECIMAL_INTEGER_DIGITS_MAX + DECIMAL_SCALE);

/** The integer nearest to `dividend / divisor`; a tie goes away from zero. */
export function roundedQuotient(dividend: bigint, divisor: bigint): bigint {
  if (divisor === 0n) throw new RangeError('division by zero');
  const isNegative = dividend < 0n !== divisor < 0n;
  const top = dividend < 0n ? -dividend : dividend;
  const bottom = divisor < 0n ? -divisor : divisor;
  const magnitude = (2n * top + bottom) / (2n * bottom);
  return isNegative ? -magnitude : magnitude;
}

/** Whole dollars of a scaled value ("round" of the amount rules). */
export function wholeDollars(value: bigint): bigint {
  return roundedQuotient(value, DECIMAL_UNIT);
}

/** Sum of scaled values. */
export function sumOf(values: readonly bigint[]): bigint {
  let sum = 0n;
  for (const value of values) sum += value;
  return sum;
}

/** The decimal of a scaled value, or undefined where it has more than thirteen integer digits. */
export function decimalOf(value: bigint): Decimal | undefined {
  return value < SCALED_LIMIT && value > -SCALED_LIMIT ? fromScaled(value) : undefined;
}

/** The decimal of a whole number of dollars, which has at most thirteen digits. */
export function decimalOfTwd(amount: Twd): Decimal {
  const decimal = decimalOf(BigInt(amount) * DECIMAL_UNIT);
  if (decimal === undefined) throw new RangeError('a decimal has at most thirteen integer digits');
  return decimal;
}

/** Product of two scaled values, rounded to seven decimals. */
export function multiplyScaled(left: bigint, right: bigint): bigint {
  return roundedQuotient(left * right, DECIMAL_UNIT);
}

/**
 * A scaled value times a fraction, rounded once to seven decimals: `round7(value, 21n, 20n)` is
 * value × 1.05, `round7(value, 20n, 21n)` is value ÷ 1.05.
 */
export function round7(value: bigint, numerator: bigint, denominator: bigint): bigint {
  return roundedQuotient(value * numerator, denominator);
}

/** Product, rounded to seven decimals; undefined where it does not fit. */
export function multiply(left: Decimal, right: Decimal): Decimal | undefined {
  return decimalOf(multiplyScaled(scaled(left), scaled(right)));
}

/** Quotient, rounded to seven decimals; undefined where it does not fit. Throws on a zero divisor. */
export function divide(dividend: Decimal, divisor: Decimal): Decimal | undefined {
  return decimalOf(roundedQuotient(scaled(dividend) * DECIMAL_UNIT, scaled(divisor)));
}

/** Sum of decimals; undefined where it does not fit. */
export function sum(values: readonly Decimal[]): Decimal | undefined {
  return decimalOf(sumOf(values.map(scaled)));
}

/** A decimal in whole dollars, half away from zero: 10.5 is 11, -10.5 is -11. */
export function roundToTwd(value: Decimal): Twd {
  const dollars = twd(wholeDollars(scaled(value)));
  // Thirteen integer digits are far below 2^53.
  if (dollars === undefined) throw new RangeError('a decimal has at most thirteen integer digits');
  return dollars;
}
