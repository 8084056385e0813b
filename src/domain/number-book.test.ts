/**
 * Books and segments: whole booklets, no number twice, nothing outside.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  bookletsOf,
  checkBook,
  checkSegments,
  countOf,
  isWithin,
  type NumberRange,
  POSITION_MAX,
  rangesOverlap,
} from './number-book.ts';

function codes(faults: readonly { readonly code: string }[]): readonly string[] {
  return faults.map(({ code }) => code);
}

test('a book starts at …00 or …50 and ends at …49 or …99', () => {
  const ok: readonly NumberRange[] = [
    { first: 0, last: 49 },
    { first: 12_345_650, last: 12_345_699 },
    { first: 12_345_600, last: 12_345_749 },
    { first: 0, last: POSITION_MAX },
  ];
  for (const book of ok) assert.deepEqual(checkBook(book, []), []);
  const wrong: readonly NumberRange[] = [
    { first: 1, last: 50 },
    { first: 0, last: 50 },
    { first: 0, last: 48 },
    { first: 25, last: 74 },
    { first: 50, last: 49 },
    { first: 100, last: 49 },
    { first: -50, last: 49 },
    { first: 99_999_950, last: 100_000_049 },
    { first: 0.5, last: 49.5 },
    { first: Number.NaN, last: 49 },
  ];
  for (const book of wrong) {
    assert.deepEqual(codes(checkBook(book, [])), ['BOOK_RANGE_INVALID'], JSON.stringify(book));
  }
});

test('a book has a booklet for every fifty numbers', () => {
  const book = { first: 12_345_600, last: 12_345_749 };
  assert.equal(countOf(book), 150);
  assert.equal(bookletsOf(book), 3);
});

test('a book that shares a number with another is refused, a neighbour is not', () => {
  const existing = [{ first: 100, last: 199 }];
  assert.deepEqual(checkBook({ first: 0, last: 99 }, existing), []);
  assert.deepEqual(checkBook({ first: 200, last: 249 }, existing), []);
  for (const book of [
    { first: 100, last: 199 },
    { first: 150, last: 249 },
    { first: 50, last: 149 },
    { first: 0, last: 299 },
  ]) {
    assert.deepEqual(codes(checkBook(book, existing)), ['BOOK_OVERLAP']);
  }
});

test('segments lie within their book and share no number', () => {
  const book = { first: 100, last: 199 };
  const check = (...segments: readonly NumberRange[]) => codes(checkSegments(book, segments));
  assert.deepEqual(check({ first: 100, last: 199 }), []);
  assert.deepEqual(check({ first: 150, last: 199 }, { first: 100, last: 119 }), []);
  assert.deepEqual(check({ first: 99, last: 120 }), ['BOOK_RANGE_INVALID']);
  assert.deepEqual(check({ first: 190, last: 200 }), ['BOOK_RANGE_INVALID']);
  assert.deepEqual(check({ first: 120, last: 110 }), ['BOOK_RANGE_INVALID']);
  assert.deepEqual(check({ first: 100, last: 150 }, { first: 150, last: 199 }), ['BOOK_OVERLAP']);
  // The first reaches over the second into the third.
  const reaching = [
    { first: 100, last: 190 },
    { first: 110, last: 119 },
    { first: 180, last: 199 },
  ];
  assert.deepEqual(codes(checkSegments(book, reaching)), ['BOOK_OVERLAP', 'BOOK_OVERLAP']);
});

test('two ranges overlap exactly where they share a number', () => {
  const range = fc
    .tuple(fc.nat(20), fc.nat(20))
    .map(([first, length]): NumberRange => ({ first, last: first + length }));
  fc.assert(
    fc.property(range, range, (left, right) => {
      let shared = false;
      for (let position = 0; position <= 40; position += 1) {
        if (isWithin(left, position) && isWithin(right, position)) shared = true;
      }
      assert.equal(rangesOverlap(left, right), shared);
      assert.equal(rangesOverlap(right, left), shared);
    }),
  );
});
