/**
 * Every message of `examples/mig/` is what Kaili writes today, passes its tables, its rules and an
 * independent count of its amounts, and is valid by the Ministry's schemas where they are present.
 */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { assertGolden, repositoryPath } from '../../../test/support/golden.ts';
import { allowanceSumViolations, amountViolations } from '../../../test/support/mig-amounts.ts';
import { MIG_CASES } from '../../../test/support/mig-cases.ts';
import { DOWNLOAD_CASES } from '../../../test/support/mig-download-cases.ts';
import { EXCHANGE_CASES } from '../../../test/support/mig-exchange-cases.ts';
import { checkAllAgainstSchema, SCHEMA_PATH } from '../../../test/support/mig-schema.ts';
import { requireReference } from '../../../test/support/reference.ts';
import { checkTable } from './check-table.ts';
import { composeMessage, type MessageSource } from './compose.ts';
import { MESSAGE_TABLES } from './message-tables.ts';
import { readMessage } from './read-message.ts';
import { writeMessage } from './write-message.ts';

const FOLDER = 'examples/mig';

function xmlOf(name: string, source: MessageSource): string {
  const composed = composeMessage(source);
  assert(composed.ok, `${name}: ${JSON.stringify(composed)}`);
  return composed.xml;
}

const MESSAGES = Object.entries(MIG_CASES).map(([name, source]) => ({
  name,
  source,
  xml: xmlOf(name, source),
}));

for (const { name, source, xml } of MESSAGES) {
  test(`${name} is written as in its golden, and reads back as it was`, () => {
    assertGolden(`${FOLDER}/${name}.xml`, xml);
    const table = MESSAGE_TABLES[source.filing.message];
    const read = readMessage(table, xml);
    assert.deepEqual(read.problems, []);
    assert(read.value !== null);
    assert.deepEqual(checkTable(table, read.value), []);
    assert.equal(writeMessage(table, read.value), xml);
    assert.deepEqual(amountViolations(xml), []);
  });
}

test('examples/mig holds no message that no case makes', () => {
  const files = readdirSync(repositoryPath(FOLDER)).sort();
  const others = [...Object.keys(EXCHANGE_CASES), ...Object.keys(DOWNLOAD_CASES), 'e0501-envelope'];
  const names = [...MESSAGES.map(({ name }) => name), ...others];
  assert.deepEqual(files, names.map((name) => `${name}.xml`).sort());
});

test("every golden is valid by the Ministry's schema", async (t) => {
  if (requireReference(t, ...SCHEMA_PATH) === null) return;
  const errors = await checkAllAgainstSchema(MESSAGES.map(({ xml }) => xml));
  MESSAGES.forEach(({ name }, index) => {
    assert.deepEqual(errors[index], [], name);
  });
});

test('allowances of the cases give back no more than their invoices', () => {
  const files = new Map(MESSAGES.map(({ name, xml }) => [name, xml]));
  const get = (name: string): string => files.get(name) ?? assert.fail(name);
  const pairs: readonly (readonly [string, readonly string[]])[] = [
    ['f0401-company-printed', ['g0401-company-two-lines', 'g0401-company-the-rest']],
    ['f0401-company-mixed-exempt', ['g0401-company-mixed-exempt']],
    ['f0401-company-zero-rate', ['g0401-company-zero-rate']],
    ['f0401-consumer-member-carrier', ['g0401-consumer']],
  ];
  for (const [invoice, allowances] of pairs) {
    assert.deepEqual(allowanceSumViolations(get(invoice), allowances.map(get)), [], invoice);
  }
  const twice = allowanceSumViolations(get('f0401-consumer-member-carrier'), [
    get('g0401-consumer'),
    get('g0401-consumer'),
  ]);
  assert.equal(twice.length, 1, 'two of 48 net exceed the 95 of the invoice');
});
