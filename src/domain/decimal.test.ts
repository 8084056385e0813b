/**
 * Exact decimals: canonical text, round trips, and the one rounding, against an independent reckoning.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decimal, dollars } from '../../test/support/demo.ts';
import { fromScaled, parseDecimal, scaled } from './decimal.ts';
import {
  decimalOf,
  decimalOfTwd,
  divide,
  multiply,
  round7,
  roundedQuotient,
  roundToTwd,
  sum,
} from './decimal-arithmetic.ts';
import { taxWithin } from './tax.ts';
import { TWD_MAX, twd } from './twd.ts';

const LIMIT = 10n ** 20n;
const scaledArbitrary = fc.bigInt(-LIMIT + 1n, LIMIT - 1n);

test('every decimal reads back as it was written, and is canonical', () => {
  fc.assert(
    fc.property(scaledArbitrary, (value) => {
      const text = fromScaled(value);
      assert.equal(scaled(text), value);
      assert.equal(parseDecimal(text), text);
      assert.match(text, /^-?(0|[1-9]\d*)(\.\d*[1-9])?$/);
      assert.notEqual(text, '-0');
    }),
  );
});

test('other ways to write a number read as the canonical one', () => {
  const same = {
    '10.50': '10.5',
    '+3': '3',
    '007': '7',
    '1.': '1',
    '-0': '0',
    '0.0000000000': '0',
  };
  for (const [text, canonical] of Object.entries(same)) assert.equal(parseDecimal(text), canonical);
});

test('what is no decimal, or is too long, is refused', () => {
  for (const text of ['', '.5', '1e3', '1,000', ' 1', '1\n', '--1', 'NaN', '0x10', '１']) {
    assert.equal(parseDecimal(text), undefined, JSON.stringify(text));
  }
  assert.equal(parseDecimal('0.00000001'), undefined);
  assert.equal(parseDecimal('10000000000000'), undefined);
  assert.equal(parseDecimal('9999999999999.9999999'), '9999999999999.9999999');
});

test('a quotient is rounded half away from zero', () => {
  fc.assert(
    fc.property(fc.bigInt(), fc.bigInt(), (dividend, divisor) => {
      fc.pre(divisor !== 0n);
      const quotient = roundedQuotient(dividend, divisor);
      const size = (value: bigint) => (value < 0n ? -value : value);
      const error = size(dividend - quotient * divisor) * 2n;
      assert.ok(error <= size(divisor));
      // A tie went to the larger magnitude.
      if (error === size(divisor)) assert.ok(size(quotient * divisor) > size(dividend));
    }),
  );
  assert.throws(() => roundedQuotient(1n, 0n), RangeError);
});

test('dollars are rounded half away from zero', () => {
  const cases = {
    '10.5': 11,
    '10.4999999': 10,
    '-10.5': -11,
    '-0.4': 0,
    '0.5': 1,
    '-0.5': -1,
    '3': 3,
  };
  for (const [text, expected] of Object.entries(cases)) {
    assert.ok(Object.is(roundToTwd(decimal(text)), expected), text);
  }
});

test('products and quotients keep seven decimals and refuse what does not fit', () => {
  assert.equal(multiply(decimal('1.0000001'), decimal('1.0000001')), '1.0000002');
  assert.equal(multiply(decimal('-10.5'), decimal('3')), '-31.5');
  assert.equal(multiply(decimal('9999999999999'), decimal('2')), undefined);
  assert.equal(divide(decimal('1000'), decimal('3')), '333.3333333');
  assert.equal(divide(decimal('-2'), decimal('3')), '-0.6666667');
  assert.equal(divide(decimal('9999999999999'), decimal('0.5')), undefined);
  assert.throws(() => divide(decimal('1'), decimal('0')), RangeError);
  assert.equal(sum(['0.1', '0.2', '-0.3'].map(decimal)), '0');
  assert.equal(sum([]), '0');
  assert.equal(fromScaled(round7(scaled(decimal('70')), 20n, 21n)), '66.6666667');
});

test('only what decimal(20,7) holds becomes a decimal', () => {
  assert.equal(decimalOf(LIMIT), undefined);
  assert.equal(decimalOf(-LIMIT), undefined);
  assert.equal(decimalOf(LIMIT - 1n), '9999999999999.9999999');
  assert.equal(decimalOfTwd(dollars(-1050)), '-1050');
  assert.throws(() => decimalOfTwd(dollars(10 ** 13)), RangeError);
});

test('dollars are exact integers and never minus zero', () => {
  assert.ok(Object.is(twd(-0), 0));
  for (const value of [0.5, Number.NaN, 2 ** 53, 2n ** 53n]) assert.equal(twd(value), undefined);
});

test('the tax within an amount is the nearest whole part of 5 in 105', () => {
  const known = { 0: 0, 10: 0, 11: 1, 20: 1, 32: 2, 100: 5, 104: 5, 105: 5, 1000: 48, 3931: 187 };
  for (const [total, tax] of Object.entries(known)) {
    assert.equal(taxWithin(dollars(Number(total))), tax, total);
  }
  fc.assert(
    fc.property(fc.integer({ min: 0, max: TWD_MAX }), (total) => {
      const tax = taxWithin(dollars(total));
      assert.equal(BigInt(tax), roundedQuotient(BigInt(total), 21n));
      // Within half a dollar of 5 % of the net sum.
      assert.ok(Math.abs(20 * tax - (total - tax)) <= 10);
    }),
  );
  assert.throws(() => taxWithin(dollars(-1)), RangeError);
});
