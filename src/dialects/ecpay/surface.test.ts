/**
 * The whole B2C surface over real HTTP against a sandbox: names that do not exist, platforms, the limit of
 * calls, and what no other test reaches through the server: a machine's day and a printed page.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { order, PRINTED } from '../../../test/support/ecpay-b2c-case.ts';
import {
  call,
  MERCHANT_A,
  MERCHANT_B,
  type Members,
  type Merchant,
} from '../../../test/support/ecpay-bytes.ts';
import {
  type EcpayHouse,
  openEcpayHouse,
  PLATFORM,
  POS_MERCHANT,
} from '../../../test/support/ecpay-house.ts';
import { type Served, startServed } from '../../../test/support/served.ts';
import { B2C_ACTIONS } from './faults.ts';

/** Names of an SDK's list, of O'Pay, and of guides, that ECPay does not have (404 or 500 on its stage). */
const NOT_THERE = [
  'GetAllowanceByCollegiate',
  'GetOfflineInvoiceWordSettingWithAutoSplit',
  'GetInvoiceNotifySetting',
  'InvoiceNotifySetting',
  'GetRemainNotifySetting',
  'RemainNotifySetting',
  'QueryBlankInvoiceList',
  'BlankInvAutoUploadSetting',
  'DownLoadBlankInvList',
  'CheckUnifiedBussinesNo',
  'AllowanceOnline',
  'VoidWithIssue',
  'issue',
  'Issue/',
  '',
] as const;

describe('over HTTP', () => {
  let served: Served;
  before(async () => {
    served = await startServed();
  });
  after(() => served.stop());

  const asked = async (action: string, data: Members, merchant: Merchant = MERCHANT_A) => {
    const { data: answer } = await call(served.url, action, data, { merchant });
    assert(answer !== null, `${action} was refused in the envelope`);
    return answer;
  };

  for (const name of NOT_THERE) {
    test(`/B2CInvoice/${name} is a page with status 404`, async () => {
      const { status, text } = await served.call(`/B2CInvoice/${name}`, {
        method: 'POST',
        body: '{}',
      });
      assert.equal(status, 404);
      assert.match(text, /^<!DOCTYPE html>/);
    });
  }

  test('every action is there, by POST alone', async () => {
    for (const action of B2C_ACTIONS) {
      const path = `/B2CInvoice/${action}`;
      assert.equal((await served.call(path, { method: 'POST', body: '{}' })).status, 500, action);
      assert.equal((await served.call(path)).status, 404, action);
    }
  });

  test('a print link shows the certificate', async () => {
    const issued = await asked('Issue', order({ ...PRINTED, RelateNumber: 'SURFACE-PRINT' }));
    const { InvoiceNo, InvoiceDate } = issued;
    const { InvoiceHtml: link } = await asked('InvoicePrint', { InvoiceNo, InvoiceDate });
    assert(typeof link === 'string' && link.startsWith(`${served.url}/`));
    const page = await fetch(link);
    assert.equal(page.status, 200);
    assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
    assert((await page.text()).includes(String(InvoiceNo).slice(2)));
  });

  test('a machine’s day: numbers fetched, invoice and void uploaded, found by the shop', async () => {
    const now = await timeOf(served);
    const track = {
      InvoiceYear: now.rocYear,
      InvoiceTerm: now.term,
      InvoiceStatus: 1,
      MachineID: 'POS1',
    };
    const numbers = await asked('GetOfflineInvoiceWordSettingNumber', track, POS_MERCHANT);
    assert.equal(numbers.RtnCode, 1, JSON.stringify(numbers));
    assert(Array.isArray(numbers.InvoiceInfo) && numbers.InvoiceInfo.length === 5_000);
    const { InvoiceNo, RandomNumber } = numbers.InvoiceInfo[0];
    const upload = order({
      ...{ MachineID: 'POS1', InvoiceNo, RandomNumber, InvoiceDate: now.text },
      RelateNumber: 'SURFACE-POS',
    });
    const issued = await asked('OfflineIssue', upload, POS_MERCHANT);
    assert.equal(issued.RtnCode, 1, JSON.stringify(issued));
    const voided = { InvoiceNo, InvoiceDate: now.text, Reason: '測試', CancelDate: now.text };
    assert.equal((await asked('OfflineInvalid', voided, POS_MERCHANT)).RtnCode, 1);
    const found = await asked('GetIssue', { InvoiceNo, InvoiceDate: now.text });
    assert.deepEqual(
      [found.RtnCode, found.IIS_Invalid_Status, found.IIS_Random_Number],
      [1, '1', RandomNumber],
    );
  });

  test('a track that a client adds and enables is cut out of the sandbox’s book', async () => {
    const now = await timeOf(served);
    const year = { InvoiceYear: now.rocYear };
    const { InvoiceInfo: books } = await asked('GetGovInvoiceWordSetting', year);
    assert(Array.isArray(books));
    const book = books.find(
      ({ InvoiceTerm, InvType }) => InvoiceTerm === now.term && InvType === '07',
    );
    const last = Number(book.InvoiceEnd);
    const range = { InvoiceStart: String(last - 99), InvoiceEnd: String(last - 50) };
    const { InvoiceTerm, InvType, InvoiceHeader } = book;
    const added = await asked('AddInvoiceWordSetting', {
      ...{ ...year, ...range, InvoiceTerm, InvType, InvoiceHeader },
      ...{ InvoiceCategory: '1', ProductServiceId: 'surface' },
    });
    assert.equal(added.RtnCode, 1, JSON.stringify(added));
    const wanted = order({ ProductServiceID: 'surface', RelateNumber: 'SURFACE-TRACK' });
    assert.equal((await asked('Issue', wanted)).RtnCode, 5070350);
    const enabled = { TrackID: added.TrackID, InvoiceStatus: 2 };
    assert.equal((await asked('UpdateInvoiceWordStatus', enabled)).RtnCode, 1);
    const issued = await asked('Issue', wanted);
    assert.equal(issued.InvoiceNo, `${InvoiceHeader}${range.InvoiceStart}`);
  });
});

/** The sandbox's time, as the actions about tracks want it. */
async function timeOf(served: Served) {
  const { data } = await call(served.url, 'Issue', order({ RelateNumber: crypto.randomUUID() }));
  const text = String(data?.InvoiceDate);
  const rocYear = String(Number(text.slice(0, 4)) - 1911);
  return { text, rocYear, term: Math.ceil(Number(text.slice(5, 7)) / 2) };
}

describe('a limit of calls', () => {
  let served: Served;
  before(async () => {
    served = await startServed({ KAILI_CALLS_PER_MINUTE: '3' });
  });
  after(() => served.stop());

  test('blocks the merchant that calls too fast, and nobody else', async () => {
    const query = { RelateNumber: 'NOBODY' };
    const wrong: Merchant = { ...MERCHANT_A, hashKey: MERCHANT_B.hashKey };
    for (let count = 0; count < 9; count += 1) {
      // Whoever has no keys cannot lock the merchant out.
      assert.equal((await call(served.url, 'GetIssue', query, { merchant: wrong })).status, 500);
    }
    for (let count = 0; count < 3; count += 1) {
      assert.equal((await call(served.url, 'GetIssue', query)).status, 200);
    }
    await assert.rejects(call(served.url, 'GetIssue', query), SyntaxError);
    const page = await rawCall(served, query);
    assert.equal(page.status, 403);
    assert.match(page.text, /^<!DOCTYPE html>/);
    assert.equal((await call(served.url, 'GetIssue', query, { merchant: MERCHANT_B })).status, 200);
  });
});

/** One more call of merchant A whatever the reply is. */
async function rawCall(served: Served, data: Members) {
  const house = await openEcpayHouse();
  try {
    const body = house.body(data, { timestamp: Math.floor(Date.now() / 1000) });
    return await served.call('/B2CInvoice/GetIssue', { method: 'POST', body });
  } finally {
    await house.close();
  }
}

describe('a platform', () => {
  let house: EcpayHouse;
  before(async () => {
    house = await openEcpayHouse();
  });
  after(() => house.close());

  for (const action of B2C_ACTIONS) {
    test(`may not ${action} for a merchant that is not bound to it`, async () => {
      const options = { platform: PLATFORM, merchant: MERCHANT_B };
      const { status, envelope, data } = await house.call(action, {}, options);
      assert.deepEqual([status, envelope.TransCode, data.RtnCode], [200, 1, 8900702]);
      assert.equal(data.RtnMsg, '平台商與特店未綁定');
    });
  }

  test('issues for a bound merchant, which sees the invoice with its own keys', async () => {
    const options = { platform: PLATFORM };
    const issued = await house.call('Issue', order({ RelateNumber: 'BY-PLATFORM' }), options);
    assert.equal(issued.data.RtnCode, 1);
    const query = { RelateNumber: 'by-platform' };
    assert.equal((await house.call('GetIssue', query)).data.IIS_Number, issued.data.InvoiceNo);
    const again = await house.call('Issue', order({ RelateNumber: 'BY-PLATFORM' }));
    assert.equal(again.data.RtnCode, 5070357);
  });

  test('without PlatformID its keys open nothing', async () => {
    const bare = { ...MERCHANT_A, hashKey: PLATFORM.hashKey, hashIv: PLATFORM.hashIv };
    const { status, body } = await house.send('GetIssue', house.body({}, { merchant: bare }));
    assert.equal(status, 500);
    assert.equal(JSON.parse(String(body)).TransCode, 110);
  });

  test('is no merchant itself', async () => {
    const { status, body } = await house.send('GetIssue', house.body({}, { merchant: PLATFORM }));
    assert.equal(status, 500);
    assert.equal(JSON.parse(String(body)).TransCode, 115);
  });
});
