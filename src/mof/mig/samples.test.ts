/** The Ministry's own sample messages, read and written back. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { amountViolations } from '../../../test/support/mig-amounts.ts';
import { requireReference } from '../../../test/support/reference.ts';
import { checkTable } from './check-table.ts';
import { ALL_TABLES } from './message-tables.ts';
import { readMessage } from './read-message.ts';
import { writeMessage } from './write-message.ts';

const SAMPLES_COUNT = 23;
/** Samples whose amounts are filler, and the exchange's A0101, which the auditor does not know. */
const WITHOUT_AMOUNTS = /^(A|B|E)/;
/** These stand in another order than their schemas' text, which xsd:all allows. */
const IN_ANOTHER_ORDER = /^B020[12]/;
/** Written by another hand: other order of attributes. */
const ATTRIBUTES_ELSEWHERE = /^E040[12]/;

/** Without the white space between elements. */
function compact(xml: string): string {
  return xml
    .replace(/^\ufeff/, '')
    .replace(/>\s+</g, '><')
    .trim();
}

test("the Ministry's samples read without a problem and are written back as they were", (t) => {
  const folder = requireReference(t, 'mig-samples');
  if (folder === null) return;
  let count = 0;
  for (const name of readdirSync(folder)) {
    const table = ALL_TABLES.find(({ message }) => name.startsWith(message));
    if (table === undefined) continue;
    const xml: string = readFileSync(join(folder, name), 'utf8');
    const read = readMessage(table, xml);
    const isReordered = IN_ANOTHER_ORDER.test(name);
    const rules = new Set(read.problems.map(({ rule }) => rule));
    assert.deepEqual([...rules], isReordered ? ['MIG-ORDER'] : [], name);
    assert(read.value !== null, name);
    assert.deepEqual(checkTable(table, read.value), [], name);
    const written = writeMessage(table, read.value);
    const again = readMessage(table, written);
    assert.deepEqual(again, { value: read.value, problems: [] }, name);
    if (!isReordered && !ATTRIBUTES_ELSEWHERE.test(name)) {
      assert.equal(compact(written), compact(xml), name);
    }
    if (!WITHOUT_AMOUNTS.test(name)) assert.deepEqual(amountViolations(xml), [], name);
    count += 1;
  }
  assert.equal(count, SAMPLES_COUNT);
});
