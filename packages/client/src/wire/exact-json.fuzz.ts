/** Properties of exact JSON: every decimal survives, and reading never differs from JSON.parse otherwise. */

import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  type ExactNumber,
  JsonError,
  type JsonValue,
  numberText,
  readJson,
  writeJson,
} from './exact-json.ts';

const RUNS = process.env.KAILI_TEST_LONG === '1' ? 50_000 : 500;

/** Decimal text with up to 13 + 8 digits, without superfluous zeros. */
const decimal = fc
  .tuple(fc.boolean(), fc.bigInt(0n, 10n ** 13n), fc.bigInt(0n, 10n ** 8n - 1n))
  .map(([isNegative, whole, fraction]) => {
    const decimals = fraction.toString().padStart(8, '0').replace(/0+$/, '');
    const magnitude = decimals === '' ? `${whole}` : `${whole}.${decimals}`;
    return isNegative && magnitude !== '0' ? `-${magnitude}` : magnitude;
  });

test('every decimal arrives with its digits and leaves with them', () => {
  fc.assert(
    fc.property(fc.array(decimal), (decimals) => {
      const source = `[${decimals.join(',')}]`;
      const value = readJson(source) as readonly (number | ExactNumber)[];
      assert.deepEqual(value.map(numberText), decimals);
      assert.equal(writeJson(value), source);
    }),
    { numRuns: RUNS },
  );
});

test('a double is written so that it is read again as itself', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
      const text = writeJson(number);
      assert.equal(Number(text), number === 0 ? 0 : number);
    }),
    { numRuns: RUNS },
  );
});

test('beside a long number everything is as JSON.parse has it', () => {
  fc.assert(
    fc.property(fc.json({ stringUnit: 'binary' }), (source) => {
      const value = readJson(`[12345678901234567890,${source}]`) as readonly JsonValue[];
      assert.deepEqual(JSON.parse(writeJson(value[1] ?? null)), JSON.parse(source));
    }),
    { numRuns: RUNS },
  );
});

test('arbitrary text is read as JSON.parse reads it, or is a JsonError where it throws', () => {
  const scraps = fc
    .array(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"a"',
        '"__proto__"',
        '1',
        '-',
        '.5',
        '0',
        'e5',
        'true',
        'null',
        ' ',
        '"',
        '\\',
        '12345678901234567890',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(scraps, fc.string({ unit: 'binary' })), (source) => {
      let expected: unknown;
      try {
        expected = JSON.parse(source);
      } catch {
        assert.throws(() => readJson(source), JsonError);
        return;
      }
      // Stringified once, which makes -0 the 0 that an amount is.
      const folded = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
      assert.deepEqual(folded(JSON.parse(writeJson(readJson(source)))), folded(expected));
    }),
    { numRuns: RUNS * 4 },
  );
});
