/** Claims about what the platform's answers mean: which messages, confirmed or refused, with which text. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { SELLER_A, SELLER_B } from '../../../test/support/demo.ts';
import { accountsOf, temporaryFolder } from '../../../test/support/mof-house.ts';
import { taipeiDateTime } from '../../domain/taipei.ts';
import { EnvelopeFinder, parseEnvelope } from './envelope.ts';
import { diskFiles } from './file-system.ts';
import { parseProcessResult } from './process-result.ts';
import { readXml } from './read-xml.ts';
import { parseSummaryResult } from './summary-result.ts';
import { processVerdicts, summaryVerdicts, type Verdict } from './verdicts.ts';

const ID = '4.1-F0401-20261121-100000123-550e8400-e29b-41d4-a716-446655440000';
const ANSWERED_AT = taipeiDateTime(Date.parse('2026-11-21T10:05:00+08:00'));
const ACCOUNTS = accountsOf([SELLER_A, SELLER_B]);

function routing(from: string = SELLER_A.ubn, to = '0000000000'): string {
  return `<RoutingInfo><From><PartyId>${from}</PartyId></From><FromVAC><RoutingId>R</RoutingId></FromVAC>
    <To><PartyId>${to}</PartyId></To><ToVAC><RoutingId>R</RoutingId></ToVAC></RoutingInfo>`;
}

function resultXml(infos: string, from?: string, message = 'F0401', to?: string): string {
  return `<?xml version="1.0"?><ProcessResult xmlns="urn:GEINV:ProcessResult:4.0">${routing(from, to)}
    <MessageInfo><Id>${ID}</Id><Size>1</Size><MessageType>${message}</MessageType>
    <Service>S</Service><Action>A</Action></MessageInfo><Result>${infos}</Result></ProcessResult>`;
}

function info(code: string, ...rest: readonly string[]): string {
  const [number, date, description] = rest;
  const part = (name: string, value?: string) => (value ? `<${name}>${value}</${name}>` : '');
  const named = part('Parameter0', number) + part('Parameter1', date);
  return `<Info><Code>${code}</Code>${part('Description', description)}${named}</Info>`;
}

function invoice(number: string, seller: string = SELLER_A.ubn): string {
  return `<Invoice xmlns="urn:GEINV:eInvoiceMessage:F0401:4.1"><Main><InvoiceNumber>${number}</InvoiceNumber>
    <InvoiceDate>20261121</InvoiceDate><Seller><Identifier>${seller}</Identifier></Seller></Main></Invoice>`;
}

function envelopes(t: TestContext, ...members: readonly string[]): EnvelopeFinder {
  const { path, remove } = temporaryFolder();
  t.after(remove);
  const folder = join(path, 'Pack', 'BAK', '20261121', '10');
  mkdirSync(folder, { recursive: true });
  if (members.length > 0) {
    const xml = `<InvoiceEnvelope><InvoicePack messageType="F0401">${members.join('')}</InvoicePack></InvoiceEnvelope>`;
    writeFileSync(join(folder, `from_to_${ID}_${members.length}`), xml);
  }
  return new EnvelopeFinder(diskFiles, [join(path, 'Pack', 'BAK'), join(path, 'SendFile', 'BAK')]);
}

async function ofProcess(finder: EnvelopeFinder, xml: string) {
  const reading = readXml(new TextEncoder().encode(xml));
  assert(reading.ok);
  const result = parseProcessResult(reading.name, reading.root);
  assert(result !== null);
  return processVerdicts(result, ANSWERED_AT, ACCOUNTS, finder);
}

function show({ sellers, message, number, dates, to, code }: Verdict): string {
  return [sellers.join('|'), message, number, dates.join('|'), to, code].join(' ');
}

test('00000 confirms every member of the envelope, each for its own seller', async (t) => {
  const finder = envelopes(t, invoice('KA10000001'), invoice('KA10000002', SELLER_B.ubn));
  const { verdicts, isUnresolved } = await ofProcess(finder, resultXml(info('00000')));
  assert.deepEqual(verdicts.map(show), [
    '12345675 F0401 KA10000001 2026-11-21 confirmed 00000',
    '22222229 F0401 KA10000002 2026-11-21 confirmed 00000',
  ]);
  assert.equal(isUnresolved, false);
});

test('00000 without the envelope says nothing yet', async (t) => {
  const { verdicts, isUnresolved } = await ofProcess(envelopes(t), resultXml(info('00000')));
  assert.deepEqual(verdicts, []);
  assert.equal(isUnresolved, true);
});

test('partly successful refuses those named and confirms the others', async (t) => {
  const finder = envelopes(t, invoice('KA10000001'), invoice('KA10000002'), invoice('KA10000003'));
  const infos = [
    info('E0504'),
    info('E0103', 'KA10000002', '20261121', 'No. 2 sum'),
    info('E0106', '', '', 'No. 3 quantity'),
  ];
  const { verdicts } = await ofProcess(finder, resultXml(infos.join('')));
  assert.deepEqual(verdicts.map(show), [
    '12345675 F0401 KA10000002 2026-11-21 refused E0103',
    '12345675 F0401 KA10000003 2026-11-21 refused E0106',
    '12345675 F0401 KA10000001 2026-11-21 confirmed 00000',
  ]);
  assert.match(verdicts[0]?.text ?? '', /^明細金額合計與總計不符；.*；平台訊息：No. 2 sum$/);
});

test('failures alone say nothing about the rest of the envelope', async (t) => {
  const finder = envelopes(t, invoice('KA10000001'), invoice('KA10000002'));
  const { verdicts } = await ofProcess(
    finder,
    resultXml(info('E0201', 'KA10000002', '2026-11-21')),
  );
  assert.deepEqual(verdicts.map(show), ['12345675 F0401 KA10000002 2026-11-21 refused E0201']);
});

test('a failure of the envelope refuses all its members', async (t) => {
  const finder = envelopes(t, invoice('KA10000001'), invoice('KA10000002'));
  const { verdicts } = await ofProcess(finder, resultXml(info('E0301', '', '', 'signature')));
  assert.deepEqual(
    verdicts.map(({ to, code }) => `${to} ${code}`),
    ['refused E0301', 'refused E0301'],
  );
});

test('an unknown code is kept with what the platform said', async (t) => {
  const { verdicts } = await ofProcess(
    envelopes(t),
    resultXml(info('E7777', 'KA10000001', '2026/11/21', '不明  原因')),
  );
  assert.match(verdicts[0]?.text ?? '', /E7777 未列於.*平台訊息：不明 原因$/);
  assert.deepEqual(verdicts[0]?.dates, ['2026-11-21']);
});

test('the receiver names the seller where the sender is unknown; strangers name nobody', async (t) => {
  const one = info('E0201', 'KA10000001', '20261121');
  const viaCentre = await ofProcess(
    envelopes(t),
    resultXml(one, '00000000', 'F0401', SELLER_B.ubn),
  );
  assert.deepEqual(viaCentre.verdicts[0]?.sellers, [SELLER_B.ubn]);
  const strangers = await ofProcess(envelopes(t), resultXml(one, '04595257'));
  assert.deepEqual(strangers.verdicts[0]?.sellers, []);
});

test('results of other messages are none of the filings', async (t) => {
  const { verdicts } = await ofProcess(envelopes(t), resultXml(info('00000'), undefined, 'E0402'));
  assert.deepEqual(verdicts, []);
});

test('an envelope id that is no id finds no file', async (t) => {
  const finder = envelopes(t, invoice('KA10000001'));
  for (const id of ['', '.', '../../..', 'F0401', ID.replace('4.1', '4/1')]) {
    assert.equal(await finder.members(id, 'F0401'), null, id);
  }
  assert.equal((await finder.members(ID, 'F0401'))?.length, 1);
});

test('members of every message are named by number and day of their own act', () => {
  const cases = {
    F0501:
      '<CancelInvoice><CancelInvoiceNumber>N</CancelInvoiceNumber><InvoiceDate>20261101</InvoiceDate><SellerId>S</SellerId><CancelDate>20261121</CancelDate></CancelInvoice>',
    F0701:
      '<VoidInvoice><VoidInvoiceNumber>N</VoidInvoiceNumber><InvoiceDate>20261101</InvoiceDate><SellerId>S</SellerId><VoidDate>20261121</VoidDate></VoidInvoice>',
    G0401:
      '<Allowance><Main><AllowanceNumber>N</AllowanceNumber><AllowanceDate>20261121</AllowanceDate><Seller><Identifier>S</Identifier></Seller></Main></Allowance>',
    G0501:
      '<CancelAllowance><CancelAllowanceNumber>N</CancelAllowanceNumber><AllowanceDate>20261101</AllowanceDate><SellerId>S</SellerId><CancelDate>20261121</CancelDate></CancelAllowance>',
  };
  for (const [message, member] of Object.entries(cases)) {
    const xml = `<InvoiceEnvelope><InvoicePack>${member}</InvoicePack></InvoiceEnvelope>`;
    const members = parseEnvelope(new TextEncoder().encode(xml), message);
    assert.deepEqual(members, [{ seller: 'S', number: 'N', date: '20261121' }], message);
  }
});

function summary(details: string): readonly string[] {
  const xml = `<SummaryResult xmlns="urn:GEINV:SummaryResult:3.0">${routing()}<DetailList>${details}</DetailList></SummaryResult>`;
  const reading = readXml(new TextEncoder().encode(xml));
  assert(reading.ok);
  const parsed = parseSummaryResult(reading.name, reading.root);
  assert(parsed !== null);
  return summaryVerdicts(parsed, ANSWERED_AT, ACCOUNTS).map(
    (verdict) => `${show(verdict)} ${verdict.answeredAt}`,
  );
}

function detail(good: string, failed: string, element = 'ResultType'): string {
  return `<Message><Info><Id>${ID}</Id><MessageType>F0401</MessageType></Info>
    <${element}><Total><Count>9</Count></Total><Good>${good}</Good><Failed>${failed}</Failed></${element}></Message>`;
}

function refer(number: string, date: string, element = 'Invoice'): string {
  return `<${element}><ReferenceNumber>${number}</ReferenceNumber><InvoiceDate>${date}</InvoiceDate></${element}>`;
}

test('a daily summary is read in the form that is sent and in the form of the schema', () => {
  const sent = detail(
    `<ResultDetailType><Count>2</Count><Invoices>${refer('KA10000001', '20261121')}${refer('KA10000002', '20261121')}</Invoices></ResultDetailType>`,
    '<ResultDetailType><Count>0</Count></ResultDetailType>',
  );
  const schema = detail(
    `<Count>2</Count><Invoices>${refer('KA10000001', '2026-11-21', 'Invocie')}</Invoices><Invoices>${refer('KA10000002', '2026-11-21', 'Invocie')}</Invoices>`,
    '<Count>0</Count>',
    'Result',
  );
  const expected = ['KA10000001', 'KA10000002'].map(
    (number) => `12345675 F0401 ${number} 2026-11-21 confirmed 00000 2026-11-21 10:00:00`,
  );
  assert.deepEqual(summary(sent), expected);
  assert.deepEqual(summary(schema), expected);
});

test('what failed and was good later that day is good', () => {
  const failed = `<Count>2</Count><Invoices>${refer('KA10000001', '20261121')}${refer('KA10000002', '20261121')}</Invoices>`;
  const good = `<Count>1</Count><Invoices>${refer('KA10000001', '20261121')}</Invoices>`;
  const verdicts = summary(detail('', failed) + detail(good, ''));
  assert.deepEqual(
    verdicts.map((verdict) => verdict.split(' ').slice(2, 6).join(' ')),
    ['KA10000002 2026-11-21 refused SUMMARY_FAILED', 'KA10000001 2026-11-21 confirmed 00000'],
  );
});
