/**
 * Requests of ECPay's official SDK examples, byte for byte as they encrypt them, are understood. The
 * captures lie beside the repository; Kaili's own equivalents are in `examples.test.ts`.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { openEcpayHouse } from '../../../test/support/ecpay-house.ts';
import { requireReference } from '../../../test/support/reference.ts';

interface Capture {
  readonly path: string;
  readonly envelope_without_Data: { readonly RqHeader: Readonly<Record<string, unknown>> };
  readonly data_plaintext: string;
  readonly data_before_aes: string;
}

function read(file: string): Capture {
  return JSON.parse(readFileSync(file, 'utf8'));
}

const ISSUES = ['01-php-sdk-b2c-issue.json', '08-python-sdk-b2c-issue-vat0.json'];

for (const name of ISSUES) {
  test(`${name} is issued, and shown as it was sent`, async (t) => {
    const file = requireReference(t, 'ecpay-requests', name);
    if (file === null) return;
    const capture = read(file);
    const { RqHeader } = capture.envelope_without_Data;
    const house = await openEcpayHouse();
    t.after(() => house.close());
    const { Timestamp: _then, ...header } = RqHeader;
    const reply = await house.call('Issue', capture.data_before_aes, {
      style: (text) => text,
      header,
    });
    assert.equal(reply.data.RtnMsg, '開立發票成功');
    const sent = JSON.parse(capture.data_plaintext);
    const shown = await house.call('GetIssue', { RelateNumber: sent.RelateNumber });
    assert.equal(shown.data.IIS_Number, reply.data.InvoiceNo);
    assert.equal(shown.data.IIS_Sales_Amount, sent.SalesAmount);
    assert.equal(shown.data.IIS_Customer_Phone, sent.CustomerPhone ?? '');
    assert(Array.isArray(shown.data.Items));
    assert.deepEqual(
      shown.data.Items.map(({ ItemName, ItemAmount }) => ({ ItemName, ItemAmount })),
      sent.Items.map(({ ItemName, ItemAmount }: Readonly<Record<string, unknown>>) => ({
        ItemName,
        ItemAmount,
      })),
    );
  });
}

test('10-python-sdk-b2c-getissuelist.json is answered with a plain object', async (t) => {
  const file = requireReference(t, 'ecpay-requests', '10-python-sdk-b2c-getissuelist.json');
  if (file === null) return;
  const house = await openEcpayHouse();
  t.after(() => house.close());
  const style = (text: string) => text;
  const reply = await house.call('GetIssueList', read(file).data_before_aes, { style });
  assert.deepEqual(reply.envelope.Data, {
    ShowingPage: 2,
    RtnMsg: '成功',
    TotalCount: 0,
    InvoiceData: [],
    RtnCode: 1,
  });
});

test('the B2B requests are understood: a partner, an invoice, an allowance on it', async (t) => {
  const captures = [
    '07-php-sdk-b2b-maintainmerchantcustomerdata.json',
    '05-php-sdk-b2b-issue.json',
    '06-php-sdk-b2b-allowance.json',
  ].map((name) => requireReference(t, 'ecpay-requests', name));
  const [partner, issue, allowance] = captures.flatMap((file) => (file === null ? [] : read(file)));
  if (partner === undefined || issue === undefined || allowance === undefined) return;
  const segments = [{ code: '', category: 'b2b', count: 50 }] as const;
  const house = await openEcpayHouse({ segments });
  t.after(() => house.close());
  const send = async ({ path, envelope_without_Data: outer }: Capture, encoded: string) => {
    const { Timestamp: _then, ...header } = outer.RqHeader;
    const action = path.replace('/B2BInvoice/', 'B2B/');
    const reply = await house.call(action, encoded, { style: (text) => text, header });
    const { RqID, Reversion } = Object(reply.envelope.RpHeader);
    assert.deepEqual([RqID, Reversion], [header.RqID, '1.0.0']);
    return reply.data;
  };
  const added = await send(partner, partner.data_before_aes);
  assert.deepEqual(added, { RtnCode: 1, RtnMsg: '新增成功' });
  assert.equal((await send(partner, partner.data_before_aes)).RtnCode, 6160052);
  // The invoice is to another company, which ECPay's stage knew beforehand.
  assert.equal((await send(issue, issue.data_before_aes)).RtnCode, 6000015);
  await send(partner, partner.data_before_aes.replace('53538851', '23165448'));
  const { InvoiceNumber, RtnMsg } = await send(issue, issue.data_before_aes);
  assert.equal(RtnMsg, '發票開立成功');
  assert.equal((await send(allowance, allowance.data_before_aes)).RtnCode, 8980701);
  const named = allowance.data_before_aes
    .replace('MJ20001246', String(InvoiceNumber))
    .replace('2021-07-30', '2026-11-21');
  const { RtnCode, AllowanceNo } = await send(allowance, named);
  assert.equal(RtnCode, 1);
  assert.match(String(AllowanceNo), /^\d{16}$/);
});
