/**
 * Properties of the cipher: writing and reading are inverse for any text and any JSON, the URL-encoding
 * is .NET's for any text, and no input whatever makes the decoder throw anything but its own error.
 */

import assert from 'node:assert/strict';
import { createCipheriv } from 'node:crypto';
import test from 'node:test';
import fc from 'fast-check';
import { DataError, decodeData, ecpayKeys, encodeData, urlEncode } from './ecpay-envelope.ts';
import { type JsonValue, readJson, writeJson } from './exact-json.ts';

const RUNS = process.env.KAILI_TEST_LONG === '1' ? 50_000 : 500;
const HASH_KEY = 'ejCk326UnaZWKisg';
const HASH_IV = 'q9jcZX8Ib9LM8wYk';
const KEYS = ecpayKeys(HASH_KEY, HASH_IV);

/** Whole code points, astral ones among them, no lone surrogate. */
const anyText = fc.string({ unit: 'binary' });

function encrypt(plain: Uint8Array): string {
  const cipher = createCipheriv('aes-128-cbc', HASH_KEY, HASH_IV);
  return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
}

/** Any outcome but a `DataError` or text fails the property. */
function decodesOrSaysWhy(data: string): void {
  try {
    assert.equal(typeof decodeData(data, KEYS), 'string');
  } catch (error) {
    assert.ok(error instanceof DataError, String(error));
  }
}

test('any text comes back as it was', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      // A byte order mark at the very start is dropped by the reader.
      const bare = text.replace(/^\ufeff/, '');
      assert.equal(decodeData(encodeData(text, KEYS), KEYS), bare);
    }),
    { numRuns: RUNS },
  );
});

test('any JSON comes back as it was, lone surrogates included', () => {
  const strings = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\ud83d', 'a\udc00b'));
  const json = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      strings,
      fc.constantFrom(null, true, false),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.array(tie('value')),
      fc.dictionary(strings, tie('value')),
    ),
  })).value;
  fc.assert(
    fc.property(json, (value) => {
      const text = JSON.stringify(value);
      assert.deepEqual(JSON.parse(decodeData(encodeData(text, KEYS), KEYS)), JSON.parse(text));
      const own = writeJson(JSON.parse(text) as JsonValue);
      assert.deepEqual(JSON.parse(own), JSON.parse(text));
      assert.equal(writeJson(readJson(own)), own);
    }),
    { numRuns: RUNS },
  );
});

test('the URL-encoding is encodeURIComponent with the differences of .NET', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const expected = encodeURIComponent(text)
        .replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase())
        .replaceAll('%20', '+')
        .replaceAll("'", '%27')
        .replaceAll('~', '%7e');
      assert.equal(urlEncode(text), expected);
    }),
    { numRuns: RUNS },
  );
});

test('every client style of one text decodes to it', () => {
  const styles: readonly ((text: string) => string)[] = [
    encodeURIComponent,
    (text) => encodeURIComponent(text).replaceAll('%20', '+'),
    (text) => encodeURIComponent(text).replace(/[!'()*~]/g, hexOf),
    (text) => encodeURIComponent(text).replaceAll('%2F', '/'),
    (text) => [...Buffer.from(text)].map((byte) => hexOf(String.fromCharCode(byte))).join(''),
  ];
  fc.assert(
    fc.property(anyText, fc.constantFrom(...styles), (text, style) => {
      const bare = text.replace(/^\ufeff/, '');
      assert.equal(
        decodeData(encrypt(Buffer.from(style(bare))), KEYS),
        bare.replace(/^\ufeff/, ''),
      );
    }),
    { numRuns: RUNS },
  );
});

function hexOf(character: string): string {
  return `%${character.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`;
}

test('hostile input is text or a DataError, nothing else', () => {
  const bytes = fc.uint8Array({ maxLength: 200 });
  const base64 = fc.base64String({ maxLength: 200 });
  const garbled = fc.tuple(anyText, fc.nat(), fc.nat(127)).map(([text, at, unit]) => {
    const data = encodeData(text, KEYS);
    const place = at % data.length;
    return data.slice(0, place) + String.fromCharCode(unit) + data.slice(place + 1);
  });
  const truncatedPercents = fc
    .array(fc.constantFrom('%', '%e', '%e4', '%E4%b8', 'a', '+', '中', '%%', '%u4e2d'))
    .map((parts) => encrypt(Buffer.from(parts.join(''))));
  fc.assert(
    fc.property(
      fc.oneof(anyText, base64, bytes.map(encrypt), garbled, truncatedPercents),
      decodesOrSaysWhy,
    ),
    { numRuns: RUNS * 4 },
  );
});
