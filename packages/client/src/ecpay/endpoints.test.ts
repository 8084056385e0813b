/** Every endpoint that came after the first ten: each method goes to its path, with its members whole. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { decodeData, ecpayKeys } from '../wire/ecpay-envelope.ts';
import { createEcpayClient } from './client.ts';

const OPTIONS = {
  baseUrl: 'http://127.0.0.1:8787',
  merchantId: '2000132',
  hashKey: 'ejCk326UnaZWKisg',
  hashIv: 'q9jcZX8Ib9LM8wYk',
} as const;
const KEYS = ecpayKeys(OPTIONS.hashKey, OPTIONS.hashIv);

const INVOICE = {
  RelateNumber: 'RBVCR20260815issue',
  CustomerEmail: 'test@example.com',
  Print: '0',
  Donation: '0',
  TaxType: '1',
  SalesAmount: 100,
  Items: [{ ItemName: '商品', ItemCount: 2, ItemWord: '式', ItemPrice: 50, ItemAmount: 100 }],
  InvType: '07',
} as const;

interface Seen {
  readonly path: string;
  readonly json: string;
}

/** Keeps what is sent; what comes back does not matter here. */
function recording(seen: Seen[]): typeof globalThis.fetch {
  return async (url, init) => {
    const { Data } = JSON.parse(String(init?.body));
    seen.push({ path: new URL(String(url)).pathname, json: decodeData(Data, KEYS) });
    return new Response('{}', { status: 500 });
  };
}

test('reissue, look-ups, tracks, machines and printing go to their paths', async () => {
  const seen: Seen[] = [];
  const client = createEcpayClient({ ...OPTIONS, fetch: recording(seen) });
  const invoice = { InvoiceNo: 'LA25008600', InvoiceDate: '2026-08-15 10:00:00' };
  const track = { InvoiceYear: '115', InvoiceTerm: 4 };
  const range = { InvoiceHeader: 'LA', InvoiceStart: '25008600', InvoiceEnd: '25008649' };
  const machine = { ...track, InvoiceStatus: 1, MachineID: 'POS1' };
  await client.voidWithReIssue({
    VoidModel: { InvoiceNo: invoice.InvoiceNo, VoidReason: '品名有誤' },
    IssueModel: { ...INVOICE, InvoiceDate: invoice.InvoiceDate },
  });
  await client.checkBarcode({ BarCode: '/ABC1234' });
  await client.checkLoveCode({ LoveCode: '168001' });
  await client.getCompanyNameByTaxId({ UnifiedBusinessNo: '97025978' });
  await client.invoicePrint({ ...invoice, PrintStyle: 3 });
  await client.getGovInvoiceWordSetting({ InvoiceYear: '115' });
  await client.addInvoiceWordSetting({ ...track, ...range, InvType: '07', InvoiceCategory: '1' });
  await client.updateInvoiceWordStatus({ TrackID: 'A1', InvoiceStatus: 2 });
  await client.getInvoiceWordSetting({ ...track, InvoiceCategory: 1 });
  await client.getOfflineMerchantInfo({});
  await client.offlineMerchantPosSetting({ ActionType: 1, MachineID: 'POS1' });
  await client.queryOfflineMerchantPosSetting({});
  await client.getOfflineInvoiceWordSetting(machine);
  await client.getOfflineInvoiceWordSettingNumber(machine);
  await client.offlineIssue({ ...INVOICE, ...invoice, MachineID: 'POS1', RandomNumber: '0042' });
  await client.offlineInvalid({ ...invoice, Reason: '退貨', CancelDate: invoice.InvoiceDate });
  assert.deepEqual(
    seen.map((entry) => entry.path.replace('/B2CInvoice/', '')),
    [
      ...['VoidWithReIssue', 'CheckBarcode', 'CheckLoveCode', 'GetCompanyNameByTaxID'],
      ...['InvoicePrint', 'GetGovInvoiceWordSetting', 'AddInvoiceWordSetting'],
      ...['UpdateInvoiceWordStatus', 'GetInvoiceWordSetting', 'GetOfflineMerchantInfo'],
      ...['OfflineMerchantPosSetting', 'QueryOfflineMerchantPosSetting'],
      ...['GetOfflineInvoiceWordSetting', 'GetOfflineInvoiceWordSettingNumber'],
      ...['OfflineIssue', 'OfflineInvalid'],
    ],
  );
  for (const { json } of seen) assert.equal(JSON.parse(json).MerchantID, '2000132');
  const models = JSON.parse(seen[0]?.json ?? '');
  assert.deepEqual(Object.keys(models), ['MerchantID', 'VoidModel', 'IssueModel']);
  assert.equal(models.IssueModel.InvoiceDate, invoice.InvoiceDate);
});
