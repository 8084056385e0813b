/** Reading and writing JSON without losing a digit, and the input that would break a reader. */

import assert from 'node:assert/strict';
import test from 'node:test';
import {
  ExactNumber,
  isJsonObject,
  JSON_DEPTH_MAX,
  JsonError,
  type JsonValue,
  numberText,
  readJson,
  writeJson,
} from './exact-json.ts';

function textOf(source: string): string {
  const value = readJson(source);
  assert.ok(typeof value === 'number' || value instanceof ExactNumber);
  return numberText(value);
}

test('nineteen digits arrive and leave unchanged', () => {
  const source = '{"Items":[{"ItemAmount":123456789012.1234567}],"SalesAmount":123456789012}';
  const value = readJson(source);
  assert.equal(writeJson(value), source);
  assert.equal(textOf('123456789012.1234567'), '123456789012.1234567');
  assert.equal(textOf('-9999999999.9999999'), '-9999999999.9999999');
});

test('the double that lies beside a long number is never seen', () => {
  for (const text of [
    '9007199254740993',
    '0.30000000000000004',
    '1234567890.1234567',
    '123456789012345678901234567890',
  ]) {
    assert.equal(textOf(text), text);
  }
});

test('ordinary numbers are plain numbers, with their exact text', () => {
  assert.equal(readJson('100'), 100);
  assert.equal(readJson('999999999999.999'), 999999999999.999);
  assert.equal(textOf('1000.0'), '1000');
  assert.equal(textOf('0.0000001'), '0.0000001');
  assert.equal(textOf('-0.0000012'), '-0.0000012');
  assert.equal(textOf('-0'), '0');
});

test('exponents are written out, as a JavaScript client sends its small prices with one', () => {
  assert.equal(textOf('1e-7'), '0.0000001');
  assert.equal(textOf('1.5E3'), '1500');
  assert.equal(textOf('-12.345e+1'), '-123.45');
  assert.equal(textOf('0.5e1'), '5');
  assert.equal(textOf('123456789012345678e-7'), '12345678901.2345678');
});

test('an exponent beyond any amount stays as written instead of becoming 0, Infinity or a gigabyte', () => {
  for (const text of ['1e400', '1e-400', '1e999999999', '1e-999999999']) {
    assert.equal(textOf(text), text);
  }
});

test('long numbers inside of strings are no numbers', () => {
  const source = '{"AllowanceNo":"2026081523293352","a\\"12345678901234567":"1e5"}';
  assert.deepEqual(readJson(source), JSON.parse(source));
});

test('the exact reader agrees with JSON.parse on everything but the long number', () => {
  const rest =
    ' { "a" : [ 1 , -2.5 , true,false , null , "x\\"y\\\\" , [ ] , { } ] ,\r\n\t"中\\u6587" : "\\ud83d\\ude00" , "" : {"b":{"c":[[]]}} } ';
  const exact = readJson(`{"long":12345678901234567,"rest":${rest}}`);
  assert.ok(isJsonObject(exact));
  assert.deepEqual(exact.long, new ExactNumber('12345678901234567'));
  assert.deepEqual(exact.rest, JSON.parse(rest));
});

test('the last of two equal names counts, on both paths', () => {
  assert.deepEqual(readJson('{"a":1,"a":2}'), { a: 2 });
  assert.deepEqual(readJson('{"a":1,"a":2,"b":12345678901234567890}'), {
    a: 2,
    b: new ExactNumber('12345678901234567890'),
  });
});

test('__proto__ is a member like any other and touches no prototype', () => {
  for (const number of ['1', '12345678901234567890']) {
    const value = readJson(`{"__proto__":{"polluted":${number}},"constructor":1}`);
    assert.ok(isJsonObject(value));
    assert.equal(Object.getPrototypeOf(value), Object.prototype);
    assert.ok(Object.hasOwn(value, '__proto__'));
    assert.equal(value.polluted, undefined);
  }
  assert.equal('polluted' in {}, false);
});

test('nesting is read up to its limit and refused beyond, however deep', () => {
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
  assert.ok(Array.isArray(readJson(nested(JSON_DEPTH_MAX))));
  assert.throws(() => readJson(nested(JSON_DEPTH_MAX + 1)), JsonError);
  assert.throws(() => readJson('[{"a":'.repeat(2_000_000)), JsonError);
  const wide = `[${'[],'.repeat(1000)}12345678901234567890]`;
  assert.equal((readJson(wide) as readonly JsonValue[]).length, 1001);
});

test('what is no JSON is a JsonError', () => {
  for (const text of [
    '',
    ' ',
    '{',
    '"',
    '"\\',
    '{"a"}',
    '{a:1}',
    "{'a':1}",
    '[1,]',
    '01',
    '1.',
    '.5',
    '+1',
    'NaN',
    'Infinity',
    '0x10',
    '1 2',
    '12345678901234567890,',
    '{"a":1234567890123456789',
    '1e',
    '\u0000',
    '{"a":"\n"}',
    'tru',
    '"12345678901234567890',
    '[1e5',
    'undefined',
  ]) {
    assert.throws(() => readJson(text), JsonError, text);
  }
});

test('a string of ten million escaped quotes is read in linear time', () => {
  const source = JSON.stringify({ a: '"\\'.repeat(2_000_000), b: 1 }).replace(
    ':1}',
    ':12345678901234567890}',
  );
  const value = readJson(source);
  assert.ok(isJsonObject(value) && typeof value.a === 'string');
  assert.equal(value.a.length, 4_000_000);
});

test('writing has no exponent, keeps members in order and leaves undefined out', () => {
  assert.equal(
    writeJson({ b: 1e-7, a: new ExactNumber('1.10'), c: undefined, d: ['\ud800', null, false] }),
    '{"b":0.0000001,"a":1.10,"d":["\\ud800",null,false]}',
  );
  assert.equal(writeJson(1e21), '1000000000000000000000');
  assert.throws(() => writeJson([Number.NaN]), JsonError);
  assert.throws(() => writeJson({ a: Number.POSITIVE_INFINITY }), JsonError);
});
