/**
 * The Ministry's self-test for storage messages (MOF self-test form V4.8.1): its 18 cases, each from the issue to the
 * platform's confirmation, its load of a thousand invoices, and the report of unused numbers. What is sent passes
 * the Ministry's schemas, and the day is even with its summary.
 */
import assert from 'node:assert/strict';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { parseDonationCode } from '../../src/domain/donation-code.ts';
import type { InvoiceDraft, IssuedInvoice } from '../../src/domain/invoice.ts';
import { parsePeriod } from '../../src/domain/period.ts';
import { taipeiDateOf, taipeiDateTime } from '../../src/domain/taipei.ts';
import { F0401, f0401Of } from '../../src/mof/mig/f0401.ts';
import { F0701, f0701Of } from '../../src/mof/mig/f0701.ts';
import { writeMessage } from '../../src/mof/mig/write-message.ts';
import { accepted, BUYER_UBN, composed, draft, line, SELLER_A } from '../support/demo.ts';
import { assertMessagesValid, messageFiles } from '../support/message-files.ts';
import { MofHouse } from '../support/mof-house.ts';

const ORIGIN = { seller: SELLER_A.ubn, account: 'ecpay:2000132', ip: '' };
const CONSUMER = draft(105).buyer;
const BUSINESS = { ...CONSUMER, ubn: BUYER_UBN, name: '示範買受股份有限公司' };
const DONATION_CODE = parseDonationCode('8585') ?? assert.fail();

function carrier(kind: InvoiceDraft['carrier']['kind'], id: string): Partial<InvoiceDraft> {
  return { carrier: { kind, visibleId: id, hiddenId: id }, isPrinted: false };
}
const MOBILE = carrier('mobile-barcode', '/ABC1234');
const CERTIFICATE = carrier('citizen-certificate', 'AB12345678901234');
const MEMBER = { isPrinted: false, memberCarrierId: 'M0001' };
const DONATED = { donationCode: DONATION_CODE, isPrinted: false };

async function selfTest(t: TestContext): Promise<MofHouse> {
  const at = await MofHouse.open();
  t.after(() => at.close());
  return at.start();
}

/** Rounds until nothing is on its way, then all of it must be confirmed, once each, and valid. */
async function uploaded(at: MofHouse, ...messages: readonly string[]): Promise<readonly string[]> {
  for (let rounds = 0; rounds < messages.length + 1; rounds += 1) {
    await at.round();
    at.clock.advanceMs(1000);
  }
  assert.deepEqual(
    await at.states(),
    messages.map((message) => `${message} confirmed`),
  );
  const files = messageFiles(at.folder);
  assert.equal(await assertMessagesValid(files), messages.length);
  assert.deepEqual(at.log.errors(), []);
  return files.map(({ xml }) => xml);
}

async function reissue(at: MofHouse, { number }: IssuedInvoice): Promise<void> {
  const command = { ...ORIGIN, number, reason: '內容更正', channelPartner: '' };
  const changed = composed(210);
  accepted((await at.ledger.reissue([{ ...command, composed: changed }]))[0]);
}

interface Issued {
  readonly name: string;
  readonly changes: Partial<InvoiceDraft>;
  readonly shows: readonly RegExp[];
}

const ISSUED: readonly Issued[] = [
  { name: '1-1 B2C', changes: {}, shows: [/<Identifier>0000000000</] },
  { name: '1-2 with a tax ID', changes: { buyer: BUSINESS }, shows: [/<Identifier>04595257</] },
  { name: '2 printed, no carrier', changes: {}, shows: [/<PrintMark>Y</, /^(?!.*CarrierType)/s] },
  { name: '7 mobile barcode', changes: MOBILE, shows: [/<CarrierType>3J0002</] },
  { name: '8 donation', changes: DONATED, shows: [/<NPOBAN>8585</, /<DonateMark>1</] },
  {
    name: '9 mobile barcode and donation',
    changes: { ...MOBILE, ...DONATED },
    shows: [/<CarrierType>3J0002</, /<NPOBAN>8585</],
  },
  {
    name: '10 mobile barcode and tax ID',
    changes: { ...MOBILE, buyer: BUSINESS },
    shows: [/<CarrierType>3J0002</, /<Identifier>04595257</],
  },
  { name: '11 member carrier', changes: MEMBER, shows: [/<CarrierType>EJ0113</] },
  {
    name: '12 member carrier and donation',
    changes: { ...carrier('member', 'A'.repeat(32)), ...DONATED },
    shows: [/<CarrierType>EJ0113</, /<NPOBAN>8585</],
  },
  { name: '13 citizen certificate', changes: CERTIFICATE, shows: [/<CarrierType>CQ0001</] },
  {
    name: '14 citizen certificate and donation',
    changes: { ...CERTIFICATE, ...DONATED },
    shows: [/<CarrierType>CQ0001</, /<NPOBAN>8585</],
  },
  { name: '15 taxable', changes: { taxType: '1' }, shows: [/<TaxType>1</, /<TaxRate>0.05</] },
  {
    name: '16 zero rate',
    changes: { taxType: '2', clearanceMark: '1', zeroTaxRateReason: '71' },
    shows: [/<ZeroTaxSalesAmount>105</, /<CustomsClearanceMark>1</, /<ZeroTaxRateReason>71</],
  },
  { name: '17 exempt', changes: { taxType: '3' }, shows: [/<FreeTaxSalesAmount>105</] },
  {
    name: '18 mixed',
    changes: {
      taxType: '9',
      lines: [
        { ...line(1, '應稅商品', '60'), taxType: '1' },
        { ...line(2, '免稅商品', '45'), taxType: '3' },
      ],
    },
    shows: [/<TaxType>9</, /<FreeTaxSalesAmount>45</],
  },
];

for (const { name, changes, shows } of ISSUED) {
  test(`case ${name}`, async (t) => {
    const at = await selfTest(t);
    await at.issueOne(changes);
    const [xml = ''] = await uploaded(at, 'F0401');
    for (const pattern of shows) assert.match(xml, pattern);
  });
}

test('case 3 void', async (t) => {
  const at = await selfTest(t);
  await at.voidInvoice(await at.issueOne());
  await uploaded(at, 'F0401', 'F0501');
});

/** Hands a message to Turnkey as it is and answers the platform's code. */
async function answered(at: MofHouse, message: string, xml: string): Promise<string> {
  writeFileSync(join(at.folder, 'UpCast', 'B2SSTORAGE', message, 'SRC', 'by-hand.xml'), xml);
  const results = 'Unpack/BAK/ProcessResult/**/*.ProcessResult';
  const before = new Set(globSync(results, { cwd: at.folder }));
  await at.simulator.tick();
  at.clock.advanceMs(1000);
  await at.simulator.tick();
  const [fresh] = globSync(results, { cwd: at.folder }).filter((path) => !before.has(path));
  assert(fresh !== undefined, 'the platform answered');
  return /<Code>(\w+)</.exec(readFileSync(join(at.folder, fresh), 'utf8'))?.[1] ?? '';
}

test('case 4-1 issue, void, annul, issue again with the same number', async (t) => {
  const at = await selfTest(t);
  const invoice = await at.issueOne();
  const { seller, number } = invoice;
  const record = await at.ledger.reads.findInvoice({ by: 'number', seller, number });
  assert(record !== null);
  const { content } = record;
  await at.voidInvoice(invoice);
  await uploaded(at, 'F0401', 'F0501');
  // The ledger reissues no voided invoice (ECPay B2C, VoidWithReIssue), so its last two messages go by hand.
  const eventAt = taipeiDateTime(at.clock.now());
  const annulment = writeMessage(F0701, f0701Of(content, eventAt, '內容更正'));
  const again = writeMessage(F0401, f0401Of({ ...content, version: 2 }, SELLER_A));
  assert.equal(await answered(at, 'F0401', again), 'E0201', 'not before it is annulled');
  assert.equal(await answered(at, 'F0701', annulment), '00000');
  assert.equal(await answered(at, 'F0401', again), '00000');
});

test('case 4-2 issue, annul, issue again with the same number', async (t) => {
  const at = await selfTest(t);
  await reissue(at, await at.issueOne());
  await uploaded(at, 'F0401', 'F0701', 'F0401');
});

test('case 5 allowance', async (t) => {
  const at = await selfTest(t);
  await at.allow(await at.issueOne(), 50);
  await uploaded(at, 'F0401', 'G0401');
});

test('case 6 void of an allowance', async (t) => {
  const at = await selfTest(t);
  const invoice = await at.issueOne();
  await at.voidAllowance(invoice, await at.allow(invoice, 50));
  await uploaded(at, 'F0401', 'G0401', 'G0501');
});

test('a thousand invoices, the unused numbers, and a day that is even with its summary', async (t) => {
  const at = await selfTest(t);
  const [first] = await at.issue(1000);
  assert(first !== undefined);
  for (let rounds = 0; rounds < 3; rounds += 1) await at.round();
  assert.deepEqual(new Set(await at.states()), new Set(['F0401 confirmed']));
  const day = taipeiDateOf(first.issuedAt);
  at.clock.advanceMs(86_400_000);
  for (let rounds = 0; rounds < 2; rounds += 1) await at.round();
  assert.deepEqual(await at.ledger.reads.countDay(SELLER_A.ubn, day), [
    { message: 'F0401', state: 'confirmed', isSummarized: true, count: 1000 },
  ]);
  at.clock.set('2027-01-05 09:00:00');
  const period = parsePeriod('11512') ?? assert.fail();
  accepted((await at.ledger.closePeriod([{ ...ORIGIN, period, isResent: false }]))[0]);
  for (let rounds = 0; rounds < 2; rounds += 1) await at.round();
  const states = new Set(await at.states());
  assert.deepEqual(states, new Set(['F0401 confirmed', 'E0402 confirmed']));
  assert.equal(await assertMessagesValid(messageFiles(at.folder)), 1001);
});
