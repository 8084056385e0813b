/** Claims about bodies that nobody signed: read in bounded work, answered, and never the end of the process. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ITEMS_MAX } from '#wire/systemlead/endpoint.ts';
import { type Body, readBody } from './body.ts';
import { withoutTrailingCommas } from './trailing-commas.ts';

const MIB = 1_048_576;

function read(text: string): Body {
  return readBody(Buffer.from(text));
}
function statusOf(body: Body): number {
  return body.ok ? 200 : body.status;
}
/** How often the units of a text are looked at. */
function looks(text: string): number {
  let count = 0;
  withoutTrailingCommas(text, (at) => {
    count += 1;
    return text.charCodeAt(at);
  });
  return count;
}

const HOSTILE: Readonly<Record<string, (length: number) => string>> = {
  'a string of escaped quotes that is never closed': (length) => `"${'\\"'.repeat(length / 2)}`,
  'quotes alone': (length) => '"'.repeat(length + 1),
  backslashes: (length) => `"${'\\'.repeat(length + 1)}`,
  'commas and blanks': (length) => `[${', '.repeat(length / 2)}`,
  'commas before brackets': (length) => ',]'.repeat(length / 2),
  blanks: (length) => `,${' '.repeat(length)}`,
};

for (const [name, make] of Object.entries(HOSTILE)) {
  test(`ten MiB of ${name}: 400, every unit looked at once`, () => {
    const text = make(10 * MIB);
    assert.equal(statusOf(read(text)), 400);
    for (const size of [1_000, 2_000]) assert.equal(looks(make(size)), make(size).length);
    assert.equal(looks(text), text.length);
  });
}

test('a Data text of that kind costs no more, and is no object', () => {
  const data = JSON.stringify(`"${'\\"'.repeat(5 * MIB)}`);
  const body = read(`{"CompanyID":"12345675","Data":${data}}`);
  assert.deepEqual(body.ok && body.elements.map((element) => element.data), [null]);
});

test('a number of a million zeros is read to its end', () => {
  const body = read(`{"Data":{"SalesAmount":1.${'0'.repeat(MIB)}1e1}}`);
  assert.equal(statusOf(body), 200);
});

test('trailing commas go, strings that look like them stay', () => {
  const cases = [
    ['{"a":[1,2, ],\n}', '{"a":[1,2 ]\n}'],
    ['["\\\\",]', '["\\\\"]'],
    ['["\\",]",]', '["\\",]"]'],
    ['[",]"]', undefined],
    ['[1,,]', '[1,]'],
  ] as const;
  for (const [text, expected] of cases) assert.equal(withoutTrailingCommas(text), expected, text);
});

test('more items than a request may have are counted, not spread', () => {
  const many = (count: number) => `[${'{},'.repeat(count - 1)}{}]`;
  const data = (count: number) => `{"CompanyID":"12345675","Data":${many(count)}}`;
  for (const body of [
    read(many(ITEMS_MAX + 1)),
    read(data(ITEMS_MAX + 1)),
    read(`[${data(ITEMS_MAX)},{}]`),
    read(`[${data(500_000)}]`),
  ]) {
    assert.equal(statusOf(body), 413);
    assert.match(body.ok ? '' : body.message, /At most 1000 items/);
  }
  for (const body of [read(many(ITEMS_MAX)), read(data(ITEMS_MAX)), read(`[${data(ITEMS_MAX)}]`)]) {
    assert.equal(body.ok && body.elements.length, ITEMS_MAX);
  }
});
