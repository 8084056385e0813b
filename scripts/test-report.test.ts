/** The report names every failure and ends with the closing lines, whatever came before. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestEvent } from 'node:test/reporters';
import { report } from './test-report.ts';

const COUNTS = { tests: 3, suites: 0, passed: 1, cancelled: 0, skipped: 1, todo: 0, topLevel: 3 };

/** Events as the runner gives them, with the members that the report reads. */
async function* events(): AsyncGenerator<TestEvent> {
  const place = { nesting: 0, file: 'src/a.test.ts', line: 7, column: 1 };
  const pass = { ...place, name: 'a number is used once', details: { duration_ms: 3 } };
  const error = new Error('wrapped', { cause: new Error('two invoices of one number') });
  const all = [
    { type: 'test:pass', data: pass },
    { type: 'test:fail', data: { ...pass, name: 'numbers have no gap', details: { error } } },
    { type: 'test:pass', data: { ...pass, name: 'schemas hold', skip: 'needs the schemas' } },
    { type: 'test:summary', data: { counts: COUNTS, file: 'src/a.test.ts', duration_ms: 9 } },
    { type: 'test:summary', data: { counts: COUNTS, file: undefined, duration_ms: 12 } },
  ];
  for (const event of all) yield event as TestEvent;
}

async function text(): Promise<string> {
  let written = '';
  for await (const part of report(events())) written += part;
  return written;
}

test('the report ends with the closing lines of the whole run', async () => {
  const end = (await text()).trimEnd().split('\n').slice(-8).join('\n');
  const rows = ['tests 3', 'suites 0', 'pass 1', 'fail 1', 'cancelled 0', 'skipped 1', 'todo 0'];
  assert.equal(end, [...rows, 'duration_ms 12'].map((row) => `ℹ ${row}`).join('\n'));
});

test('a failure is shown with its place and cause, and a skip with its reason', async () => {
  const written = await text();
  assert.match(written, /✖ numbers have no gap\n {2}src\/a\.test\.ts:7\n {2}Error: two invoices/);
  assert.match(written, /﹣ schemas hold \(3 ms\) # needs the schemas/);
});
