/**
 * e首發票 over real HTTP: slips of paths, what is not this API's, limits, and the typed client's whole round
 * against a running sandbox. ECPay's dialect sees what was issued here.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createEcpayClient } from '../../packages/client/src/ecpay/client.ts';
import { createSystemleadClient } from '../../packages/client/src/systemlead/client.ts';
import { type Served, startServed } from '../support/served.ts';
import { openApiConsumer } from '../support/systemlead-bodies.ts';
import { A, sha256 } from '../support/systemlead-house.ts';

let served: Served;
before(async () => {
  served = await startServed({ KAILI_SYSTEMLEAD: '{"mount":"/einv"}' });
});
after(() => served.stop());

const post = (path: string, body: string, type = 'application/json') =>
  served.call(path, { method: 'POST', body, headers: { 'content-type': type } });

function signed(data: object): string {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = sha256(timestamp + A.salt);
  return JSON.stringify({
    CompanyID: A.companyId,
    Timestamp: timestamp,
    Signature: signature,
    Data: data,
  });
}

test('paths in any case, under any mount, with slashes to spare, reach the action', async () => {
  for (const path of [
    '/terpapi/Inquire/GetInvoicesStatus',
    '/TERPAPI/inquire/getinvoicesstatus',
    '/api/Inquire/GetInvoicesStatus',
    '/terpapi//Inquire/GetInvoicesStatus/',
    '//Inquire/GetInvoicesStatus',
    '/Inquire/GetInvoicesStatus?x=1',
    '/einv/Inquire/GetInvoicesStatus',
  ]) {
    for (const type of ['application/json; charset=utf-8', 'text/plain', 'text/json', 'x']) {
      const { status, text } = await post(path, signed({ InvoiceID: 'ZZ00000000' }), type);
      assert.equal(status, 200, `${path} ${type}: ${text}`);
      assert.equal(JSON.parse(text).Message, '查無發票');
    }
  }
});

test('what is not this API’s is not claimed', async () => {
  assert.equal((await served.call('/api/v1/openapi.json')).status, 200);
  assert.equal((await served.call('/healthz')).status, 200);
  const unknown = await post('/terpapi/Append/Nothing', '{}');
  assert.equal(unknown.status, 404);
  assert.match(unknown.text, /^\{"Message":"[^"]+"\}$/);
  const got = await served.call('/Append/Invoices');
  assert.equal(got.status, 405);
  assert.match(got.text, /^\{"Message":"[^"]+"\}$/);
  const large = await post('/Append/Invoices', ' '.repeat(10 * 1024 * 1024 + 1));
  assert.equal(large.status, 413);
  assert.match(large.text, /^\{"Message":"[^"]+"\}$/);
});

test('the typed client goes the whole round', async () => {
  const client = createSystemleadClient({
    baseUrl: `${served.url}/terpapi`,
    companyId: A.companyId,
    salt: A.salt,
  });
  const { InvoiceID: _, InvoiceDateTime: __, ...payload } = openApiConsumer('');
  const order = {
    ...payload,
    RelateNumber: 'E2E-1',
    InvoiceFor: 'C',
    TaxType: '1',
    TotalAmount: 2000,
    Details: [
      {
        DetailID: '001',
        ProductName: '商品B',
        ItemTaxType: '1',
        Quantity: 1,
        UnitPrice: '2000',
        SubTotal: 2000,
      },
    ],
  } as const;
  const issued = await client.appendOrder(order);
  assert(issued.kind === 'ok', JSON.stringify(issued));
  const number = issued.data.InvoiceID ?? '';
  assert.match(number, /^[A-Z]{2}\d{8}$/);
  const again = await client.appendOrders.batch([{ ...order, Note: 'again' }]);
  assert.deepEqual(
    again.map((result) => (result.kind === 'refused' ? [result.code, result.message] : result)),
    [['E-INV-020', '訂單編號重複']],
  );
  const status = await client.getInvoicesStatus({ InvoiceID: number });
  assert(status.kind === 'ok');
  assert.match(String(status.data.ProcessStatus), /^I[129]$/);
  const books = await client.getInvoiceIdList({
    CompanyID: A.companyId,
    StageYear: String(new Date().getFullYear()),
  });
  assert(books.kind === 'ok' && (books.data.IDList?.length ?? 0) > 0);
  const cancelled = await client.cancelInvoices.batch([
    {
      SellerID: A.companyId,
      InvoiceNumber: number,
      CancelDate: new Date().toISOString(),
      CancelReason: '訂單取消',
    },
  ]);
  assert.deepEqual(
    cancelled.map(({ kind }) => kind),
    ['ok'],
  );
});

test('a wrong salt is refused by name, under any mount', async () => {
  const wrong = createSystemleadClient({
    baseUrl: served.url,
    companyId: A.companyId,
    salt: 'WRONG',
  });
  const refused = await wrong.getInvoicesStatus({ InvoiceID: 'ZZ00000000' });
  assert(refused.kind === 'refused');
  assert.deepEqual([refused.code, refused.message], ['E-INV-900', '簽章驗證錯誤']);
});

/** Clients of both providers' APIs for seller A. */
function bothClients() {
  const options = { companyId: A.companyId, salt: A.salt };
  const einv = createSystemleadClient({ baseUrl: served.url, ...options });
  const keys = { hashKey: 'ejCk326UnaZWKisg', hashIv: 'q9jcZX8Ib9LM8wYk' };
  const ecpay = createEcpayClient({ baseUrl: served.url, merchantId: '2000132', ...keys });
  return { einv, ecpay };
}

test('what is issued through one provider’s API is seen through the other’s', async () => {
  const { einv, ecpay } = bothClients();
  const line = {
    DetailID: '001',
    ProductName: '烏龍茶',
    Quantity: 1,
    UnitPrice: 105,
    SubTotal: 105,
  };
  const ordered = await einv.appendOrders.batch([
    {
      RelateNumber: 'BOTH-1',
      InvoiceFor: 'C',
      BuyerEmail: 'buyer@example.com',
      TaxType: '1',
      SalesAmount: 105,
      TotalAmount: 105,
      Details: [line],
    },
  ]);
  const [here] = ordered;
  assert(here?.kind === 'ok', JSON.stringify(here));
  const InvoiceNo = here.data.InvoiceID ?? '';
  const InvoiceDate = String(here.data.InvoiceDateTime).slice(0, 10);
  const seen = await ecpay.getIssue({ InvoiceNo, InvoiceDate });
  assert(seen.kind === 'ok', JSON.stringify(seen));
  assert.deepEqual([seen.data.IIS_Number, seen.data.IIS_Sales_Amount], [InvoiceNo, 105]);
  const given = await einv.allowanceInvoice({
    AllowanceNumberPrefix: 'BOTH',
    SellerID: A.companyId,
    BuyerID: '0000000000',
    TaxAmount: 1,
    TotalAmount: 20,
    Details: [
      {
        InvoiceNumber: InvoiceNo,
        SequenceNumber: '1',
        Amount: 20,
        Quantity: 1,
        UnitPrice: 20,
        Tax: 1,
      },
    ],
  });
  assert(given.kind === 'ok', JSON.stringify(given));
  const after = await ecpay.getIssue({ InvoiceNo, InvoiceDate });
  assert(after.kind === 'ok');
  assert.equal(after.data.IIS_Remain_Allowance_Amt, 84);
});

test('and the other way round', async () => {
  const { einv, ecpay } = bothClients();
  const issued = await ecpay.issue({
    RelateNumber: 'BOTH-2',
    CustomerEmail: 'buyer@example.com',
    Print: '0',
    Donation: '0',
    CarrierType: '1',
    TaxType: '1',
    InvType: '07',
    SalesAmount: 100,
    Items: [{ ItemName: '烏龍茶', ItemCount: 1, ItemWord: '包', ItemPrice: 100, ItemAmount: 100 }],
  });
  assert(issued.kind === 'ok', JSON.stringify(issued));
  const status = await einv.getInvoicesStatus({ InvoiceID: issued.data.InvoiceNo });
  assert(status.kind === 'ok', JSON.stringify(status));
  assert.match(String(status.data.ProcessStatus), /^I/);
});
