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
