/**
 * The client against a real HTTP server on the loopback: what it sends, and what it makes of good
 * replies (recorded on ECPay's stage in 2026-08), refusals, and answers that are none.
 */

import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import test, { type TestContext } from 'node:test';
import { decodeData, ecpayKeys, encodeData } from '../wire/ecpay-envelope.ts';
import { WireValueError } from '../wire/write-message.ts';
import { createEcpayClient, type EcpayClient, type EcpayClientOptions } from './client.ts';
import { EcpayNetworkError } from './result.ts';

const HASH_KEY = 'ejCk326UnaZWKisg';
const HASH_IV = 'q9jcZX8Ib9LM8wYk';
const KEYS = ecpayKeys(HASH_KEY, HASH_IV);
const NOW_MS = 1_786_807_738_999;

interface Seen {
  readonly path: string;
  readonly envelope: Record<string, unknown>;
  readonly json: string;
}

type Reply = (response: ServerResponse, seen: Seen) => void;

interface Shop {
  readonly url: string;
  readonly client: EcpayClient;
  readonly seen: Seen[];
}

/** A server that answers everything by `reply`, and a client that calls it. */
async function open(
  t: TestContext,
  reply: Reply,
  options: Partial<EcpayClientOptions> = {},
): Promise<Shop> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const entry = await read(request);
    seen.push(entry);
    reply(response, entry);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  // A server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const client = createEcpayClient({
    baseUrl: `${url}/`,
    merchantId: '2000132',
    hashKey: HASH_KEY,
    hashIv: HASH_IV,
    clock: () => NOW_MS,
    ...options,
  });
  return { url, client, seen };
}

async function read(request: IncomingMessage): Promise<Seen> {
  assert.equal(request.method, 'POST');
  assert.equal(request.headers['content-type'], 'application/json');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const envelope = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  return { path: request.url ?? '', envelope, json: decodeData(envelope.Data, KEYS) };
}

function envelope(data: unknown, transCode = 1, transMsg = 'Success'): string {
  const header = {
    Timestamp: 1786807739,
    RqID: 'c62778a1-877b-45f6-9a7e-5fbdd27492af',
    Revision: '3.0.0',
  };
  const outer = {
    PlatformID: 0,
    MerchantID: 2000132,
    RpHeader: header,
    TransCode: transCode,
    TransMsg: transMsg,
  };
  return JSON.stringify({ ...outer, Data: data });
}

/** Answers with this JSON text, encrypted. */
function sealed(json: string): Reply {
  return (response) => {
    response.setHeader('content-type', 'application/json; charset=utf-8');
    response.end(envelope(encodeData(json, KEYS)));
  };
}

function plain(body: string, status = 200): Reply {
  return (response) => {
    response.statusCode = status;
    response.end(body);
  };
}

const INVOICE = {
  RelateNumber: 'RBVCR20260815issue',
  CustomerEmail: 'test@example.com',
  Print: '0',
  Donation: '0',
  CarrierType: '1',
  TaxType: '1',
  SalesAmount: 100,
  Items: [
    {
      ItemSeq: 1,
      ItemName: '整合測試商品',
      ItemCount: 2,
      ItemWord: '式',
      ItemPrice: '50.0000001',
      ItemAmount: 1e-7,
    },
  ],
  InvType: '07',
  vat: '1',
} as const;

const ISSUED =
  '{"RtnCode":1,"RtnMsg":"開立發票成功","InvoiceNo":"LA25008597","InvoiceDate":"2026-08-15 23:28:58","RandomNumber":"0049"}';

test('issue sends the envelope and the data of the documents, in order and with every digit', async (t) => {
  const { client, seen } = await open(t, sealed(ISSUED));
  const result = await client.issue(INVOICE);
  assert.deepEqual(result, {
    kind: 'ok',
    data: {
      RtnCode: 1,
      RtnMsg: '開立發票成功',
      InvoiceNo: 'LA25008597',
      InvoiceDate: '2026-08-15 23:28:58',
      RandomNumber: '0049',
    },
  });
  const { path, envelope: sent, json } = seen[0] ?? assert.fail('nothing was sent');
  assert.equal(path, '/B2CInvoice/Issue');
  assert.deepEqual(Object.keys(sent), ['MerchantID', 'RqHeader', 'Data']);
  assert.equal(sent.MerchantID, '2000132');
  assert.deepEqual(sent.RqHeader, { Timestamp: 1786807738, Revision: '3.0.0' });
  assert.equal(
    json,
    '{"MerchantID":"2000132","RelateNumber":"RBVCR20260815issue","CustomerEmail":"test@example.com","Print":"0","Donation":"0","CarrierType":"1","TaxType":"1","SalesAmount":100,"Items":[{"ItemSeq":1,"ItemName":"整合測試商品","ItemCount":2,"ItemWord":"式","ItemPrice":50.0000001,"ItemAmount":0.0000001}],"InvType":"07","vat":"1"}',
  );
});

test("stage's recorded ciphertext of an Issue reply opens", async (t) => {
  const data =
    '6xafbXXjyQnBuHWKr5nDl3elIhyu1OUPiZsXnreThwQMIYbPFyWZHL9ALxDT9maQm1zzov+o2Suh56+NpeqrtK7A6EwTVdAJGbl/4ATxEScKukTLEjpSflzkNBeN513sqfGsjM8REOlO29AJFOeRnrOo5432DG/4QTh9AKByqLSlhPUF3m8JVtD2PCjzFD+GIb7xK0NFqRMpkflmXMJAZ0HAcXyVf5L+yKaLVlOPxXU9i3+pcssi1OfRGwfnwCT9VAK7OQzLXPPZYGD4JLEIiSautMmwmU3DJbXkjE9UAVWEGHpA7xiH0jSBhzg9d1mu';
  const { client } = await open(t, plain(envelope(data)));
  const result = await client.issue(INVOICE);
  assert.ok(result.kind === 'ok');
  assert.equal(result.data.InvoiceNo, 'LA25008597');
});

test('a platform names itself beside the merchant', async (t) => {
  const { client, seen } = await open(t, sealed(ISSUED), { platformId: '3002607' });
  await client.issue(INVOICE);
  assert.equal(seen[0]?.envelope.PlatformID, '3002607');
  assert.equal(seen[0]?.envelope.MerchantID, '2000132');
});

const FOUND =
  '{"IIS_Mer_ID":2000132,"IIS_Number":"LA25008599","IIS_Relate_Number":"RBVCR20260815b2b","IIS_Customer_ID":"","IIS_Identifier":"53538851","IIS_Customer_Name":"測試股份有限公司","IIS_Customer_Addr":"","IIS_Customer_Phone":"","IIS_Customer_Email":"test@example.com","IIS_Clearance_Mark":"","IIS_Type":"07","IIS_Category":"B2B","IIS_Tax_Type":"1","IIS_Tax_Rate":0.050,"IIS_Tax_Amount":5,"IIS_Sales_Amount":100,"IIS_Check_Number":"P","IIS_Carrier_Type":"1","IIS_Carrier_Num":"55502F40DC8B7C769880B10874ABC9D0","IIS_Love_Code":"0","IIS_IP":"203.0.113.6","IIS_Create_Date":"2026-08-15 23:29:01","IIS_Issue_Status":"1","IIS_Invalid_Status":"0","IIS_Upload_Status":"1","IIS_Upload_Date":"2026-08-15 23:29:01","IIS_Turnkey_Status":"C","IIS_Remain_Allowance_Amt":100,"IIS_Print_Flag":"0","IIS_Award_Flag":"X","IIS_Award_Type":0,"IIS_Random_Number":"0417","InvoiceRemark":"","QRCode_Left":"","QRCode_Right":"**","PosBarCode":"11508LA250085990417","SpecialTaxType":0,"Items":[{"ItemSeq":1,"ItemName":"整合測試商品","ItemCount":2.0,"ItemWord":"式","ItemPrice":50.0,"ItemTaxType":"1","ItemAmount":123456789012.1234567,"ItemRemark":null}],"ChannelPartner":"","ZeroTaxRateReason":"","RtnCode":1,"RtnMsg":"查詢成功"}';

test('getIssue gives whole amounts as numbers and decimals as exact canonical text', async (t) => {
  const { client, seen } = await open(t, sealed(FOUND));
  const result = await client.getIssue({ RelateNumber: 'RBVCR20260815b2b' });
  assert.ok(result.kind === 'ok');
  const { data } = result;
  assert.equal(data.IIS_Mer_ID, 2000132);
  assert.equal(data.IIS_Sales_Amount, 100);
  assert.equal(data.IIS_Tax_Rate, '0.05');
  assert.equal(data.IIS_Award_Type, 0);
  const [item] = data.Items;
  assert.deepEqual(item, {
    ItemSeq: 1,
    ItemName: '整合測試商品',
    ItemCount: '2',
    ItemWord: '式',
    ItemPrice: '50',
    ItemTaxType: '1',
    ItemAmount: '123456789012.1234567',
    ItemRemark: null,
  });
  // The other mode's members are not sent at all: stage answers 2 for them, even empty (2026-09).
  assert.equal(seen[0]?.json, '{"MerchantID":"2000132","RelateNumber":"RBVCR20260815b2b"}');
});

test('getIssueList reads the plain Data, and Data that a server encrypted as documented', async (t) => {
  const row =
    '{"IIS_Number":"LA25008599","IIS_Relate_Number":"a","ChannelPartner":"","IIS_Identifier":"0000000000","IIS_Clearance_Mark":"","IIS_Category":"B2C","IIS_Tax_Type":"1","IIS_Tax_Rate":0.05,"IIS_Tax_Amount":0,"IIS_Sales_Amount":100,"IIS_Create_Date":"2026-08-15 23:29:01","IIS_Issue_Status":"1","IIS_Invalid_Status":"0","IIS_Upload_Status":"1","IIS_Upload_Date":"2026-08-15 23:29:01","IIS_Turnkey_Status":"C","IIS_Remain_Allowance_Amt":100,"IIS_Award_Flag":"","IIS_Award_Type":null,"IIS_Print_Flag":"0","IIS_Carrier_Type":"1","IIS_Carrier_Num":"x","IIS_Love_Code":"0"}';
  const data = `{"ShowingPage":1,"RtnMsg":"成功","TotalCount":1,"InvoiceData":[${row}],"RtnCode":1}`;
  const days = { BeginDate: '2026-08-15', EndDate: '2026-08-15', NumPerPage: 200, ShowingPage: 1 };
  for (const reply of [plain(envelope(JSON.parse(data))), sealed(data)]) {
    const { client, seen } = await open(t, reply);
    const result = await client.getIssueList(days);
    assert.ok(result.kind === 'ok');
    assert.equal(result.data.TotalCount, 1);
    assert.equal(result.data.InvoiceData[0]?.IIS_Award_Type, null);
    assert.equal(JSON.parse(seen[0]?.json ?? '').DataType, 1);
  }
});

test('getIssueListCsv asks for CSV and gives its text', async (t) => {
  const csv = '總筆數,顯示的頁數\r\n';
  const data = { ShowingPage: 1, RtnMsg: '成功', TotalCount: 0, InvoiceData: csv, RtnCode: 1 };
  const { client, seen } = await open(t, plain(envelope(data)));
  const result = await client.getIssueListCsv({
    BeginDate: '2026-08-15',
    EndDate: '2026-08-15',
    NumPerPage: 1,
    ShowingPage: 1,
  });
  assert.ok(result.kind === 'ok');
  assert.equal(result.data.InvoiceData, csv);
  assert.equal(JSON.parse(seen[0]?.json ?? '').DataType, 2);
});

test('the other endpoints go to their paths with their members', async (t) => {
  const { client, seen } = await open(t, sealed('{"RtnCode":7,"RtnMsg":"查無資料"}'));
  const invoice = { InvoiceNo: 'LA25008600', InvoiceDate: '2026-08-15' };
  const AllowanceNo = '2026081523293352';
  const line = {
    ItemSeq: 1,
    ItemName: '商品',
    ItemCount: 1,
    ItemWord: '式',
    ItemPrice: 50,
    ItemAmount: 50,
  };
  await client.invalid({ ...invoice, Reason: '退貨' });
  await client.allowance({ ...invoice, AllowanceNotify: 'N', AllowanceAmount: 50, Items: [line] });
  await client.allowanceInvalid({ InvoiceNo: invoice.InvoiceNo, AllowanceNo, Reason: '誤開' });
  await client.getAllowance({ InvoiceNo: invoice.InvoiceNo, AllowanceNo });
  await client.getAllowanceList({ SearchType: '0', AllowanceNo });
  await client.getInvalid({ ...invoice, RelateNumber: 'a' });
  await client.getAllowanceInvalid({ InvoiceNo: invoice.InvoiceNo, AllowanceNo });
  assert.deepEqual(
    seen.map((entry) => `${entry.path} ${Object.keys(JSON.parse(entry.json)).join(' ')}`),
    [
      '/B2CInvoice/Invalid MerchantID InvoiceNo InvoiceDate Reason',
      '/B2CInvoice/Allowance MerchantID InvoiceNo InvoiceDate AllowanceNotify AllowanceAmount Items',
      '/B2CInvoice/AllowanceInvalid MerchantID InvoiceNo AllowanceNo Reason',
      '/B2CInvoice/GetAllowance MerchantID InvoiceNo AllowanceNo',
      '/B2CInvoice/GetAllowanceList MerchantID SearchType AllowanceNo',
      '/B2CInvoice/GetInvalid MerchantID RelateNumber InvoiceNo InvoiceDate',
      '/B2CInvoice/GetAllowanceInvalid MerchantID InvoiceNo AllowanceNo',
    ],
  );
});

test('a RtnCode other than 1 is a refusal with code, text and the reply as it came', async (t) => {
  const json =
    '{"RtnCode":5070357,"RtnMsg":"B2C開立發票 自訂編號重覆，請重新設定","InvoiceNo":"","InvoiceDate":"","RandomNumber":""}';
  const { client } = await open(t, sealed(json));
  assert.deepEqual(await client.issue(INVOICE), {
    kind: 'refused',
    code: 5070357,
    message: 'B2C開立發票 自訂編號重覆，請重新設定',
    reply: JSON.parse(json),
  });
});

test('a refused envelope is a rejection with its TransCode and HTTP status', async (t) => {
  const body = envelope(null, 110, 'The parameter [Data] decrypt fail.');
  const { client } = await open(t, plain(body, 500));
  assert.deepEqual(await client.issue(INVOICE), {
    kind: 'rejected',
    transCode: 110,
    message: 'The parameter [Data] decrypt fail.',
    status: 500,
  });
});

test('answers that are none of ECPay are unreadable, never a throw', async (t) => {
  const bodies: readonly [string, number][] = [
    ['<html>Forbidden</html>', 403],
    ['', 502],
    ['null', 200],
    ['[]', 200],
    ['{"TransCode":"x"}', 200],
    [envelope(null), 200],
    [envelope(''), 200],
    [envelope('AAAA'), 200],
    [envelope(encodeData('[1]', KEYS)), 200],
    [envelope(encodeData('{"RtnMsg":"no code"}', KEYS)), 200],
    [envelope(encodeData('{"RtnCode":1,', KEYS)), 200],
    [
      envelope(encodeData(FOUND.replace('"IIS_Sales_Amount":100', '"IIS_Sales_Amount":"x"'), KEYS)),
      200,
    ],
    ['['.repeat(100_000), 200],
  ];
  for (const [body, status] of bodies) {
    const { client } = await open(t, plain(body, status));
    const result = await client.getIssue({ RelateNumber: 'a' });
    assert.equal(result.kind, 'unreadable', body.slice(0, 80));
    assert.ok(result.kind === 'unreadable' && result.status === status && result.message !== '');
  }
});

test('a redirection is not followed: the envelope goes to nobody else', async (t) => {
  const elsewhere = await open(t, sealed(ISSUED));
  const { client } = await open(t, (response) => {
    response.writeHead(307, { location: `${elsewhere.url}/B2CInvoice/Issue` });
    response.end();
  });
  const result = await client.issue(INVOICE);
  assert.ok(result.kind === 'unreadable' && result.status === 307);
  assert.equal(elsewhere.seen.length, 0);
});

test('no connection is thrown, with its cause', async () => {
  const client = createEcpayClient({
    baseUrl: 'http://127.0.0.1:1',
    merchantId: '1',
    hashKey: HASH_KEY,
    hashIv: HASH_IV,
  });
  await assert.rejects(client.getIssue({ RelateNumber: 'a' }), (error: unknown) => {
    assert.ok(error instanceof EcpayNetworkError);
    assert.equal(error.isTimeout, false);
    assert.ok(error.cause instanceof Error);
    return true;
  });
});

test('silence ends with the time-out, and half an answer too', async (t) => {
  const replies: readonly Reply[] = [() => {}, (response) => response.write('{"TransCode":')];
  for (const reply of replies) {
    const { client } = await open(t, reply, { timeoutMs: 100 });
    await assert.rejects(client.issue(INVOICE), { name: 'EcpayNetworkError', isTimeout: true });
  }
});

test("the caller's own signal ends a call and is no time-out", async (t) => {
  const { client } = await open(t, () => {});
  const abort = new AbortController();
  const call = client.issue(INVOICE, { signal: abort.signal });
  abort.abort(new Error('shop closed'));
  await assert.rejects(call, (error: unknown) => {
    assert.ok(error instanceof EcpayNetworkError);
    assert.equal(error.isTimeout, false);
    assert.equal((error.cause as Error).message, 'shop closed');
    return true;
  });
});

test('a value that has no form on the wire is thrown by its path before anything is sent', async (t) => {
  const { client, seen } = await open(t, sealed(ISSUED));
  const bad = { ...INVOICE, Items: [{ ...INVOICE.Items[0], ItemPrice: '12,50' }] };
  await assert.rejects(client.issue(bad), (error: unknown) => {
    assert.ok(error instanceof WireValueError);
    assert.equal(error.path, 'Items[0].ItemPrice');
    return true;
  });
  await assert.rejects(client.issue({ ...INVOICE, SalesAmount: 100.5 }), WireValueError);
  await assert.rejects(client.issue({ ...INVOICE, SalesAmount: Number.NaN }), WireValueError);
  assert.equal(seen.length, 0);
});

test('a client is not made with keys or an address that cannot work', () => {
  const good = {
    baseUrl: 'http://127.0.0.1:8787',
    merchantId: '2000132',
    hashKey: HASH_KEY,
    hashIv: HASH_IV,
  };
  assert.throws(() => createEcpayClient({ ...good, hashKey: 'short' }), RangeError);
  for (const baseUrl of ['', 'einvoice.ecpay.com.tw', 'ftp://a', 'https://']) {
    assert.throws(() => createEcpayClient({ ...good, baseUrl }), RangeError, baseUrl);
  }
});
