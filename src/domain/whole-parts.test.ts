/** Claims about sums with cents that become whole dollars together. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DECIMAL_UNIT, parseDecimal, scaled } from './decimal.ts';
import { wholeDollars } from './decimal-arithmetic.ts';
import { wholeParts } from './whole-parts.ts';

function sums(...texts: readonly string[]): readonly bigint[] {
  return texts.map((text) => {
    const value = parseDecimal(text);
    assert(value !== undefined);
    return scaled(value);
  });
}
const ROOMY = () => 1_000;

test('the largest rests are raised, the first of equal ones', () => {
  assert.deepEqual(wholeParts(sums('10.4', '19.6'), ROOMY), [10n, 20n]);
  assert.deepEqual(wholeParts(sums('10.5', '10.5'), ROOMY), [11n, 10n]);
  assert.deepEqual(wholeParts(sums('10.5'), ROOMY), [11n]);
  assert.deepEqual(wholeParts(sums('7', '0.2', '3'), ROOMY), [7n, 0n, 3n]);
});

test('a sum without room is raised last', () => {
  assert.deepEqual(
    wholeParts(sums('10.6', '10.5'), (index) => [10, 11][index] ?? 0),
    [10n, 11n],
  );
  assert.deepEqual(
    wholeParts(sums('10.6', '10.5'), () => 10),
    [11n, 10n],
  );
});

test('the parts make the rounded sum, each less than a dollar off', () => {
  const cents = fc.array(fc.bigInt({ min: 0n, max: 50_000_000_000n }), {
    minLength: 1,
    maxLength: 9,
  });
  fc.assert(
    fc.property(
      cents,
      fc.array(fc.integer({ min: 0, max: 6_000 }), { maxLength: 9 }),
      (nets, rooms) => {
        const parts = wholeParts(nets, (index) => rooms[index] ?? 0);
        const total = nets.reduce((all, net) => all + net, 0n);
        assert.equal(
          parts.reduce((all, part) => all + part, 0n),
          wholeDollars(total),
        );
        parts.forEach((part, index) => {
          const off = part * DECIMAL_UNIT - (nets[index] ?? 0n);
          assert(off < DECIMAL_UNIT && -off < DECIMAL_UNIT);
        });
      },
    ),
  );
});
