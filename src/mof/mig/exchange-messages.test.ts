/**
 * The exchange and number messages, the downloads and the results: each golden of `examples/mig/` is what
 * Kaili writes, reads back whole, and is valid by the Ministry's schemas where they are present. And the
 * rules beyond the schemas, each broken once.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SELLER_A } from '../../../test/support/demo.ts';
import { assertGolden } from '../../../test/support/golden.ts';
import { COMPANY } from '../../../test/support/mig-cases.ts';
import { ALLOTTED, DOWNLOAD_CASES, E0501_FILE } from '../../../test/support/mig-download-cases.ts';
import {
  EXCHANGE_CASES,
  EXCHANGED,
  EXCHANGED_ALLOWANCE,
} from '../../../test/support/mig-exchange-cases.ts';
import { checkAllAgainstSchema, SCHEMA_PATH } from '../../../test/support/mig-schema.ts';
import { requireReference } from '../../../test/support/reference.ts';
import { type A0101Value, a0101Of } from './a0101.ts';
import { b0101Of } from './b0101.ts';
import { E0401, type E0401Value } from './e0401.ts';
import { E0402, type E0402Value } from './e0402.ts';
import { E0501 } from './e0501.ts';
import { readEnvelope } from './invoice-envelope.ts';
import { A0101_RULES, B0101_RULES, E0401_RULES, E0402_RULES } from './message-rules.ts';
import { readChecked } from './read-message.ts';
import { wholeAmounts } from './rules/money.ts';
import type { Rule } from './rules/rule.ts';
import { readSummary } from './summary-result.ts';
import { writeMessage } from './write-message.ts';

const FOLDER = 'examples/mig';

/** What is not in the value is not in the file either. */
function withoutAbsent(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

for (const [name, { table, value, composed }] of Object.entries(EXCHANGE_CASES)) {
  test(`${name} is written as in its golden, and reads back as it was`, () => {
    assert(composed.ok, JSON.stringify(composed));
    assertGolden(`${FOLDER}/${name}.xml`, composed.xml);
    const read = readChecked(table, composed.xml);
    assert(read.ok, JSON.stringify(read));
    assert.deepEqual(read.value, withoutAbsent(value));
    assert.equal(writeMessage(table, read.value), composed.xml);
  });
}

for (const [name, { table, value }] of Object.entries(DOWNLOAD_CASES)) {
  test(`${name} reads back as it was written`, () => {
    const xml = writeMessage(table, value);
    assertGolden(`${FOLDER}/${name}.xml`, xml);
    const read = readChecked(table, xml);
    assert(read.ok, JSON.stringify(read));
    assert.deepEqual(read.value, value);
  });
}

test('an E0501 is read out of its envelope, and nothing else is', () => {
  assertGolden(`${FOLDER}/e0501-envelope.xml`, E0501_FILE);
  const read = readEnvelope(E0501, E0501_FILE);
  assert(read.ok, JSON.stringify(read));
  assert.equal(read.envelope.to, SELLER_A.ubn);
  assert.deepEqual(read.envelope.messages, ALLOTTED);

  const wrong: readonly (readonly [string, string])[] = [
    ['another message', E0501_FILE.replace('messageType="E0501"', 'messageType="F0401"')],
    ['a count that is not kept', E0501_FILE.replace('count="2"', 'count="3"')],
    ['a range that is none', E0501_FILE.replace('10000249', '1000249')],
    ['another root', E0501_FILE.replaceAll('InvoiceEnvelope', 'Envelope')],
    ['a document type', E0501_FILE.replace('?>', '?><!DOCTYPE x>')],
    ['another namespace inside', E0501_FILE.replaceAll('urn:GEINV:E0501:4.0', 'urn:GEINV:E0501')],
  ];
  for (const [what, xml] of wrong) assert(!readEnvelope(E0501, xml).ok, what);
});

test('a summary is read in both of its shapes', () => {
  for (const name of ['summary-result', 'summary-result-by-schema']) {
    const { table, value } = DOWNLOAD_CASES[name] ?? assert.fail(name);
    const read = readSummary(writeMessage(table, value));
    assert(read.ok, JSON.stringify(read));
    const [message] = read.messages;
    assert.equal(message?.message, 'F0401');
    assert.equal(message.total.count, 3);
    assert.deepEqual(message.good.references, [
      { number: 'KA10000001', date: '20261121' },
      { number: 'KA10000003', date: '20261121' },
    ]);
    assert.deepEqual(message.failed.references, [{ number: 'KA10000002', date: '20261121' }]);
  }
});

test("every golden is valid by the Ministry's schema", async (t) => {
  if (requireReference(t, ...SCHEMA_PATH) === null) return;
  const files = [
    ...Object.entries(EXCHANGE_CASES).map(([name, { table, value }]) => {
      return [name, writeMessage(table, value)] as const;
    }),
    ...Object.entries(DOWNLOAD_CASES)
      .filter(([, { hasSchema }]) => hasSchema)
      .map(([name, { table, value }]) => [name, writeMessage(table, value)] as const),
    ['e0501-envelope', E0501_FILE] as const,
  ];
  const errors = await checkAllAgainstSchema(files.map(([, xml]) => xml));
  files.forEach(([name], index) => {
    assert.deepEqual(errors[index], [], name);
  });
});

function broken<Value>(rules: readonly Rule<Value>[], value: Value): readonly string[] {
  return [...new Set(rules.flatMap((rule) => rule.find(value).map(() => rule.id)))];
}

const INVOICE = a0101Of(EXCHANGED, SELLER_A);

function invoiceWith(
  main: Partial<A0101Value['Main']>,
  amount: Partial<A0101Value['Amount']> = {},
): A0101Value {
  return {
    ...INVOICE,
    Main: { ...INVOICE.Main, ...main },
    Amount: { ...INVOICE.Amount, ...amount },
  };
}

test('each rule of an exchanged invoice finds its breach and no other', () => {
  const [first, second] = INVOICE.Details.ProductItem;
  assert(first !== undefined && second !== undefined);
  const items = (changed: typeof first): A0101Value => ({
    ...INVOICE,
    Details: { ProductItem: [changed, second] },
  });
  const consumer = { Identifier: '0000000000', Name: '消費者' };
  const zero = { TaxType: '2', TaxRate: '0', TaxAmount: '0', TotalAmount: '1500' };
  const cases: readonly (readonly [string, A0101Value])[] = [
    ['GATEWAY-01', invoiceWith({ Seller: { ...INVOICE.Main.Seller, Address: ' ' } })],
    ['GATEWAY-02', invoiceWith({ Seller: { ...INVOICE.Main.Seller, Identifier: '1234567A' } })],
    ['KAILI-12', invoiceWith({ Buyer: consumer })],
    ['GATEWAY-08', items({ ...first, TaxType: '9' })],
    ['GATEWAY-11', invoiceWith({}, { TaxType: '9', TaxAmount: '0', TotalAmount: '1500' })],
    ['GATEWAY-09', invoiceWith({ CustomsClearanceMark: '1' }, zero)],
    ['E0228', invoiceWith({ ZeroTaxRateReason: '71' }, zero)],
    ['E0112', invoiceWith({ CustomsClearanceMark: '1' })],
    ['E0103', items({ ...first, Amount: '1001' })],
    ['E0106', items({ ...first, Quantity: '0' })],
    ['E0220', items({ ...first, SequenceNumber: second.SequenceNumber })],
    ['KAILI-01', invoiceWith({}, { TotalAmount: '1576' })],
    ['KAILI-13', invoiceWith({}, { TaxAmount: '78', TotalAmount: '1578' })],
    ['KAILI-05', invoiceWith({}, { TaxRate: '0.15' })],
  ];
  assert.deepEqual(broken(A0101_RULES, INVOICE), []);
  for (const [id, value] of cases) assert.deepEqual(broken(A0101_RULES, value), [id], id);
  const nothing = invoiceWith({}, { SalesAmount: '0', TaxAmount: '0', TotalAmount: '0' });
  assert(broken(A0101_RULES, nothing).includes('E0105'));
  const close = invoiceWith({}, { TaxAmount: '77', TotalAmount: '1577' });
  assert.deepEqual(broken(A0101_RULES, close), [], "two dollars off is the client's own rounding");
});

test('an exchanged allowance is one of whole lines between businesses', () => {
  const value = b0101Of(EXCHANGED_ALLOWANCE, COMPANY, SELLER_A);
  assert.deepEqual(broken(B0101_RULES, value), []);
  const consumer = { Identifier: '0000000000', Name: '消費者' };
  const other = { ...value, Main: { ...value.Main, Buyer: consumer } };
  assert.deepEqual(broken(B0101_RULES, other), ['KAILI-12']);
  assert.deepEqual(wholeAmounts(['10.4', '19.6'], 30), ['10', '20']);
  assert.deepEqual(wholeAmounts(['0.5', '0.5', '0.5'], 2), ['1', '0', '1']);
  assert.deepEqual(wholeAmounts(['33.4', '33.3', '33.3'], 100), ['33', '34', '33']);
  assert.deepEqual(wholeAmounts(['100', '-0.5', '-0.5'], 99), ['100', '0', '-1']);
});

test('number messages with ranges out of order are refused before they are files', () => {
  const branch = EXCHANGE_CASES.e0401?.value;
  const blank = EXCHANGE_CASES.e0402?.value;
  assert(branch !== undefined && blank !== undefined);
  const branches = readChecked(E0401, writeMessage(E0401, branch));
  const blanks = readChecked(E0402, writeMessage(E0402, blank));
  assert(branches.ok && blanks.ok);
  const parts = (...items: E0401Value['Details']['BranchTrackItem']): E0401Value => ({
    ...branches.value,
    Details: { BranchTrackItem: items },
  });
  const part = (first: string, last: string, InvoiceBooklet = '1') => ({
    ...{ InvoiceBeginNo: first, InvoiceEndNo: last, InvoiceBooklet },
  });
  const one = part('00001000', '00001049');
  assert.deepEqual(broken(E0401_RULES, parts(one)), []);
  assert.deepEqual(broken(E0401_RULES, parts(one, one)), ['E0609']);
  assert.deepEqual(broken(E0401_RULES, parts(part('00002000', '00002049'))), ['E0603']);
  assert.deepEqual(broken(E0401_RULES, parts(part('00001000', '00001099'))), ['E0608']);
  const free = (...items: E0402Value['Details']['BranchTrackBlankItem']): E0402Value => ({
    ...blanks.value,
    Details: { BranchTrackBlankItem: items },
  });
  const range = (first: string, last: string) => ({ InvoiceBeginNo: first, InvoiceEndNo: last });
  assert.deepEqual(broken(E0402_RULES, blanks.value), []);
  const wide = range('00000000', '00009999');
  const found = broken(E0402_RULES, free(range('00000005', '00000006'), wide));
  assert.deepEqual(found, ['E0609'], 'a later range holds an earlier one');
  assert.deepEqual(broken(E0402_RULES, free(range('00000007', '00000006'))), ['E0609']);
  const foreign = { ...blanks.value, Main: { ...blanks.value.Main, BranchBan: '' } };
  assert.deepEqual(broken(E0402_RULES, foreign), ['KAILI-14']);
});
