/** Claims about arrays in text form, against a reader made from PostgreSQL's description of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { SqlValue } from '../table.ts';
import { arrayLiteral } from './array-literal.ts';

/** Elements of a literal: within quotes a backslash stands before whatever is meant as it is. */
function readLiteral(literal: string): readonly (string | null)[] {
  assert(literal.startsWith('{') && literal.endsWith('}'));
  const elements: (string | null)[] = [];
  for (const [found] of literal.slice(1, -1).matchAll(/"(?:[^"\\]|\\.)*"|[^,"]+/gs)) {
    if (found.startsWith('"')) elements.push(found.slice(1, -1).replace(/\\(.)/gs, '$1'));
    else elements.push(found === 'NULL' ? null : found);
  }
  return elements;
}

const TEXT = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('"', '\\', '{', '}', ',', ' ', '\n', '\t', '\u0001', '中', '😀'),
  }),
  fc.string({ unit: fc.constantFrom('"', '\\', '\ud83d', '\u2028', '\u007f', 'n', 'u') }),
  fc.json(),
);

test('every text comes out of the literal as it went in', () => {
  const values = fc.array(fc.oneof(TEXT, fc.integer(), fc.constant(null)));
  fc.assert(
    fc.property(values, (drawn: readonly SqlValue[]) => {
      const expected = drawn.map((value) => (value === null ? null : String(value)));
      assert.deepEqual(readLiteral(arrayLiteral(drawn)), expected);
    }),
    { numRuns: 2_000 },
  );
});
