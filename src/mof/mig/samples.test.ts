/** The Ministry's own sample messages of the five kinds, read and written back. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { amountViolations } from '../../../test/support/mig-amounts.ts';
import { requireReference } from '../../../test/support/reference.ts';
import { checkTable } from './check-table.ts';
import { MESSAGE_TABLES } from './message-tables.ts';
import { readMessage } from './read-message.ts';
import { writeMessage } from './write-message.ts';

/** Sample files of the kinds that Kaili files: 4 F0401, 2 F0501, 1 F0701, 2 G0401, 2 G0501. */
const SAMPLES_COUNT = 11;

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
    const table = Object.values(MESSAGE_TABLES).find(({ message }) => name.startsWith(message));
    if (table === undefined) continue;
    const xml: string = readFileSync(join(folder, name), 'utf8');
    const read = readMessage(table, xml);
    assert.deepEqual(read.problems, [], name);
    assert(read.value !== null, name);
    assert.deepEqual(checkTable(table, read.value), [], name);
    assert.equal(compact(writeMessage(table, read.value)), compact(xml), name);
    assert.deepEqual(amountViolations(xml), [], name);
    count += 1;
  }
  assert.equal(count, SAMPLES_COUNT);
});
