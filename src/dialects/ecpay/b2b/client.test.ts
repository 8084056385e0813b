/** The typed B2B client against the dialect itself: two merchants trade by its methods alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEcpayB2bClient } from '../../../../packages/client/src/ecpay/b2b-client.ts';
import { MERCHANT_A, MERCHANT_B, type Merchant } from '../../../../test/support/ecpay-bytes.ts';
import { type EcpayHouse, openEcpayHouse } from '../../../../test/support/ecpay-house.ts';
import { B2B_ENDPOINTS } from './endpoints.ts';

/** A client whose calls go into the house instead of over a network. */
function clientOf(house: EcpayHouse, merchant: Merchant) {
  return createEcpayB2bClient({
    baseUrl: 'http://127.0.0.1:8787',
    merchantId: merchant.id,
    hashKey: merchant.hashKey,
    hashIv: merchant.hashIv,
    clock: () => house.clock.now(),
    fetch: async (url, init) => {
      const action = String(url).slice(String(url).lastIndexOf('/') + 1);
      const reply = await house.send(`B2B/${action}`, String(init?.body));
      const body = typeof reply.body === 'string' ? reply.body : Buffer.from(reply.body);
      return new Response(body, { status: reply.status });
    },
  });
}

test('every endpoint has its method', async () => {
  const called: string[] = [];
  const client = createEcpayB2bClient({
    baseUrl: 'http://127.0.0.1:8787',
    merchantId: MERCHANT_A.id,
    hashKey: MERCHANT_A.hashKey,
    hashIv: MERCHANT_A.hashIv,
    fetch: async (url) => {
      called.push(new URL(String(url)).pathname);
      return new Response('', { status: 404 });
    },
  });
  // What the input would be is each method's own matter: only where it is sent counts.
  const methods = Object.values(client) as readonly ((input: object) => Promise<unknown>)[];
  for (const method of methods) await method({ VoidModel: {}, IssueModel: {} });
  const paths = B2B_ENDPOINTS.map(({ wire }) => wire.path);
  assert.deepEqual(called.sort(), paths.sort());
});

test('two merchants exchange an invoice and read it on both sides', async () => {
  const segments = [{ code: '', category: 'b2b', count: 50 }] as const;
  const house = await openEcpayHouse({ segments });
  try {
    const seller = clientOf(house, MERCHANT_A);
    const buyer = clientOf(house, MERCHANT_B);
    const added = await seller.maintainPartner({
      Action: 'Add',
      Identifier: '22222229',
      type: '1',
      CompanyName: '範例股份有限公司',
      TradingSlang: '22222229',
      ExchangeMode: '1',
      EmailAddress: 'ap@example.com',
    });
    assert.equal(added.kind, 'ok');
    const issued = await seller.issue({
      RelateNumber: 'CLIENT0001',
      CustomerIdentifier: '22222229',
      InvType: '07',
      TaxType: '1',
      SalesAmount: 100,
      TaxAmount: 5,
      TotalAmount: 105,
      Items: [
        { ItemSeq: 1, ItemName: '螺絲', ItemCount: '3', ItemPrice: '33.33', ItemAmount: '99.99' },
      ],
    });
    assert(issued.kind === 'ok', JSON.stringify(issued));
    const named = { InvoiceNumber: issued.data.InvoiceNumber, InvoiceDate: '2026-11-21' };
    assert.equal((await buyer.issueConfirm(named)).kind, 'ok');
    const sold = await seller.getIssue({ InvoiceCategory: '0', ...named });
    const bought = await buyer.getIssue({ InvoiceCategory: '1', ...named });
    assert(sold.kind === 'ok' && bought.kind === 'ok');
    assert.equal(sold.data.RtnData.items[0]?.ItemAmount, '99.99');
    // The message's line closes the sum; the seller's own view is what was sent.
    assert.equal(bought.data.RtnData.items[0]?.ItemAmount, '100');
    assert.equal(bought.data.RtnData.ExchangeStatus, 1);
    const told = { ...named, NotifyMail: 'ap@example.com', Notified: 'C' } as const;
    assert.equal((await buyer.notify({ ...told, InvoiceTag: '6' })).kind, 'ok');
    const wrong = await seller.notify({ ...told, InvoiceTag: '6' });
    assert(wrong.kind === 'refused' && wrong.code === 8990704);
    const pdf = await seller.downloadPdf({
      InvoiceNo: named.InvoiceNumber,
      InvoiceDate: named.InvoiceDate,
    });
    assert(pdf.kind === 'ok' && pdf.data.length > 1000);
    const none = await buyer.downloadPdf({
      InvoiceCategory: '1',
      InvoiceNo: named.InvoiceNumber,
      InvoiceDate: named.InvoiceDate,
    });
    assert(none.kind === 'refused' && none.code === 0);
  } finally {
    await house.close();
  }
});
