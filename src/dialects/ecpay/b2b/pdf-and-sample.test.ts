/**
 * What goldens cannot show of the B2B API: the PDF of DownloadB2BPdf, the sample body of ECPay's own
 * VoidWithReIssue page, and the form of the address that this page demands.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invoiceNumber, issued, STORED } from '../../../../test/support/ecpay-b2b-case.ts';
import type { Members } from '../../../../test/support/ecpay-bytes.ts';
import { type EcpayHouse, openEcpayHouse, pathOf } from '../../../../test/support/ecpay-house.ts';
import { isReissueAddress } from './re-issue-email.ts';

async function inHouse(run: (house: EcpayHouse, number: string) => Promise<void>): Promise<void> {
  const segments = [{ code: '', category: 'b2b', count: 50 }] as const;
  const house = await openEcpayHouse({ segments });
  try {
    const answers: Members[] = [];
    for (const { action, data } of [STORED, issued()]) {
      const reply = await house.call(
        `B2B/${action}`,
        typeof data === 'function' ? data(answers) : data,
      );
      assert.equal(reply.data.RtnCode, 1, reply.dataText);
      answers.push(reply.data);
    }
    await run(house, String(invoiceNumber(answers)));
  } finally {
    await house.close();
  }
}

test('DownloadB2BPdf answers a PDF to be saved under the invoice’s number', () =>
  inHouse(async (house, number) => {
    const data = { InvoiceNo: number, InvoiceDate: '2026-11-21', PrintStyle: '2' };
    const reply = await house.send('B2B/DownloadB2BPdf', house.body(data));
    assert.equal(reply.status, 200);
    assert.equal(reply.contentType, 'application/pdf');
    assert.equal(reply.attachment, `${number}.pdf`);
    assert(reply.body instanceof Uint8Array);
    assert.equal(Buffer.from(reply.body.subarray(0, 5)).toString(), '%PDF-');
  }));

/** The page's IssueModel, with its amounts as text, ItemTaxType, an empty phone and a strange reference. */
const SAMPLE: Members = {
  RelateNumber: '233e23dhgbdy2dub67287hdweiudwj',
  CustomerTelephoneNumber: '',
  CustomerEmail: 'test@ecpay.com.tw',
  ClearanceMark: '1',
  InvType: '07',
  TaxType: '2',
  ZeroTaxRateReason: '71',
  SalesAmount: '100',
  TaxAmount: '0',
  TotalAmount: '100',
  Items: [sampleItem(1, 1, 50), sampleItem(2, 1, 20), sampleItem(3, 3, 10)],
};

function sampleItem(ItemSeq: number, ItemCount: number, ItemPrice: number): Members {
  const ItemName = `item0${ItemSeq}`;
  const more = { ItemWord: 'piece', ItemTaxType: '1', ItemRemark: `${ItemName}_desc` };
  return { ItemSeq, ItemName, ItemCount, ItemPrice, ItemAmount: ItemCount * ItemPrice, ...more };
}

for (const asText of [false, true]) {
  test(`the sample body of VoidWithReIssue is understood, models as ${asText ? 'texts' : 'objects'}`, () =>
    inHouse(async (house, number) => {
      const first = await house.call('B2B/GetIssue', {
        InvoiceNumber: number,
        InvoiceDate: '2026-11-21',
      });
      const { RandomNumber } = Object(first.data.RtnData);
      const model = (value: Members) => (asText ? JSON.stringify(value) : value);
      const call = (CustomerIdentifier: string) =>
        house.call('B2B/VoidWithReIssue', {
          VoidModel: model({ InvoiceNo: ` ${number}`, VoidReason: 'Test' }),
          IssueModel: model({ ...SAMPLE, InvoiceTime: '2026-11-21 10:20:30', CustomerIdentifier }),
        });
      const without = await call('');
      assert.equal(without.data.RtnCode, 8960031);
      house.clock.set('2026-11-21 11:00:00');
      const { data, dataText } = await call('04595257');
      assert.equal(data.RtnCode, 1, dataText);
      assert.equal(data.InvoiceNo, number);
      assert.equal(data.InvoiceNumber, number);
      assert.match(String(data.RandomNumber), /^\d{4}$/);
      assert.notEqual(data.RandomNumber, RandomNumber);
      const shown = await house.call('B2B/GetIssue', {
        InvoiceNumber: number,
        InvoiceDate: '2026-11-21',
      });
      const after = Object(shown.data.RtnData);
      // Number, reference and time stay; content is the new one.
      assert.equal(after.RelateNumber, 'B2B202611210001');
      assert.equal(after.TotalAmount, 100);
      assert.equal(after.TaxType, '2');
      const { items } = await house.ledger.reads.listFilings({}, 0, 10);
      assert.deepEqual(
        items.map(({ message }) => message),
        ['F0401', 'F0701', 'F0401'],
      );
    }));
}

test('an address of VoidWithReIssue has the form of its page', () => {
  for (const good of ['test@ecpay.com.tw', '"a b"@c.tw', 'a@1.tw', '王@例子.台灣', 'A.b@c.tw.']) {
    assert(isReissueAddress(good), good);
  }
  for (const bad of ['a@b', 'a..b@c.tw', 'a@b.12', 'a@-b.tw', 'a@b.tw;c@d.tw', '@b.tw', 'a@']) {
    assert(!isReissueAddress(bad), bad);
  }
});

test('the aliases that guides print are routes', () =>
  inHouse(async (house) => {
    for (const alias of ['AllowanceInvalid', 'AllowanceInvalidConfirm', 'InvoicePrintPDF']) {
      const reply = await house.call(`B2B/${alias}`, {});
      assert.equal(reply.status, 200, pathOf(`B2B/${alias}`));
    }
  }));
