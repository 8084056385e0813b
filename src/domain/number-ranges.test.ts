/** Sets of numbers as ranges, against sets of single numbers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { NumberRange } from './number-book.ts';
import { joinRanges, withoutRanges } from './number-ranges.ts';

const NUMBERS = 40;
const range = fc
  .tuple(fc.nat(NUMBERS), fc.nat(8))
  .map(([first, more]): NumberRange => ({ first, last: first + more }));
const ranges = fc.array(range, { maxLength: 8 });

function numbersOf(some: readonly NumberRange[]): readonly number[] {
  const set = new Set<number>();
  for (const { first, last } of some) for (let at = first; at <= last; at += 1) set.add(at);
  return [...set].sort((left, right) => left - right);
}

function isApart(some: readonly NumberRange[]): boolean {
  return some.every(({ first }, index) => first > (some[index - 1]?.last ?? -2) + 1);
}

test('joined ranges hold the same numbers, in order, and touch nowhere', () => {
  fc.assert(
    fc.property(ranges, (some) => {
      const joined = joinRanges(some);
      assert.deepEqual(numbersOf(joined), numbersOf(some));
      assert(isApart(joined));
    }),
  );
});

test('what is left has every number but those taken', () => {
  fc.assert(
    fc.property(ranges, ranges, (some, others) => {
      const left = withoutRanges(joinRanges(some), joinRanges(others));
      const taken = new Set(numbersOf(others));
      assert.deepEqual(
        numbersOf(left),
        numbersOf(some).filter((number) => !taken.has(number)),
      );
      assert(isApart(left));
    }),
  );
});
