/** Claims about the table of codes: it is complete, and every refusal tells a person what to do. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { requireReference } from '../../../test/support/reference.ts';
import {
  GOOD_CODE,
  LOCAL_CODES,
  PARTIAL_CODES,
  PLATFORM_CODES,
  platformCode,
  refusalText,
} from './platform-codes.ts';

test('every refusal has a text and a remedy', () => {
  const silent = [GOOD_CODE, ...PARTIAL_CODES];
  for (const [code, { text, remedy }] of Object.entries(PLATFORM_CODES)) {
    assert.match(code, /^(\d{5}|E\d{4})$/);
    assert.match(text, /^[^\s].*\p{Script=Han}/u, code);
    if (!silent.includes(code)) assert.match(remedy, /\p{Script=Han}/u, code);
  }
  for (const code of Object.values(LOCAL_CODES)) assert(platformCode(code)?.remedy);
});

test("every code of the platform's list is in the table", (t) => {
  const path = requireReference(t, 'mof-turnkey.md');
  if (path === null) return;
  const page = readFileSync(path, 'utf8');
  const list = page.slice(page.indexOf('### 5.1'), page.indexOf('### 5.2'));
  const codes = new Set<string>();
  for (const [, first = '', last = first] of list.matchAll(/\b(E\d{4})(?:–(E\d{4}))?/g)) {
    for (let code = Number(first.slice(1)); code <= Number(last.slice(1)); code += 1) {
      codes.add(`E${String(code).padStart(4, '0')}`);
    }
  }
  assert(codes.size > 120, `only ${codes.size} codes were found on the page`);
  const missing = [...codes].filter((code) => platformCode(code) === null);
  assert.deepEqual(missing, []);
});

test('a refusal text is one bounded line', () => {
  assert.equal(platformCode('toString'), null);
  const text = refusalText('E0201', `dup\n\t ${'x'.repeat(10_000)}`);
  assert.match(text, /^重複上傳；/);
  assert(!text.includes('\n'));
  assert(text.length <= 500);
});
