/** The page of faults says what the table of faults says. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { FAULTS } from '../src/domain/fault.ts';
import { FAULTS_PAGE, faultsPage } from './write-faults.ts';

test('docs/reference/faults.md is what node scripts/write-faults.ts writes', () => {
  assert.equal(readFileSync(FAULTS_PAGE, 'utf8'), faultsPage());
});

test('the page lists every fault once, with its text', () => {
  const page = faultsPage();
  for (const [code, text] of Object.entries(FAULTS)) {
    assert.equal(page.split(`| \`${code}\` | ${text} |`).length, 2, code);
  }
});
