/** Claims about Issue over a real ledger that a single request and reply cannot show. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { issued, line, order } from '../../../../test/support/ecpay-b2c-case.ts';
import { MERCHANT_B, type Members } from '../../../../test/support/ecpay-bytes.ts';
import { type EcpayHouse, openEcpayHouse } from '../../../../test/support/ecpay-house.ts';

async function shown(house: EcpayHouse, relateNumber: string): Promise<Members> {
  const { data } = await house.call('GetIssue', { RelateNumber: relateNumber });
  assert.equal(data.RtnCode, 1);
  return data;
}

test('an order sent eight times at once is issued once', async (t) => {
  const house = await openEcpayHouse();
  t.after(() => house.close());
  const replies = await Promise.all(
    Array.from({ length: 8 }, (_, n) =>
      house.call('Issue', order({ RelateNumber: n % 2 === 0 ? 'Retry-1' : 'rETRY-1' })),
    ),
  );
  const codes = replies.map(({ data }) => data.RtnCode).sort();
  assert.deepEqual(codes, [1, ...Array(7).fill(5070357)]);
  const list = await house.call('GetIssueList', {
    BeginDate: '2026-11-21',
    EndDate: '2026-11-21',
    NumPerPage: 200,
    ShowingPage: 1,
  });
  assert.equal(list.data.TotalCount, 1);
});

test('a RelateNumber stays taken after a void, and is another merchant’s own', async (t) => {
  const house = await openEcpayHouse();
  t.after(() => house.close());
  const { data } = await house.call('Issue', order());
  const reason = { InvoiceNo: data.InvoiceNo, InvoiceDate: data.InvoiceDate, Reason: '作廢' };
  assert.equal((await house.call('Invalid', reason)).data.RtnCode, 1);
  assert.equal((await house.call('Issue', order())).data.RtnCode, 5070357);
  // Seller B has no number book, so that the reference is accepted and only the track is missing.
  const other = await house.call('Issue', order(), { merchant: MERCHANT_B });
  assert.equal(other.data.RtnCode, 5070350);
});

test('another merchant learns nothing of the invoice', async (t) => {
  const house = await openEcpayHouse();
  t.after(() => house.close());
  const { data } = await house.call('Issue', order());
  const day = { InvoiceNo: data.InvoiceNo, InvoiceDate: data.InvoiceDate };
  const merchant = MERCHANT_B;
  const byNumber = await house.call('GetIssue', day, { merchant });
  const byReference = await house.call(
    'GetIssue',
    { RelateNumber: 'SHOP20261121001' },
    { merchant },
  );
  const unknown = await house.call('GetIssue', { RelateNumber: 'NOBODY' }, { merchant });
  assert.deepEqual(byNumber.data, unknown.data);
  assert.deepEqual(byReference.data, unknown.data);
  const voiding = await house.call('Invalid', { ...day, Reason: '作廢' }, { merchant });
  assert.equal(voiding.data.RtnCode, 1600003);
});

test('all 19 digits of a price come back', async (t) => {
  const house = await openEcpayHouse();
  t.after(() => house.close());
  const text = JSON.stringify(
    order({
      SalesAmount: 123456789013,
      Items: [
        line(1, '長', 1, 1, { ItemPrice: 'PRICE', ItemAmount: 'AMOUNT' }),
        line(2, '短', 1, 1, { ItemPrice: 'TINY', ItemAmount: 'REST' }),
      ],
    }),
  )
    .replace('"PRICE"', '1234567890.1234567')
    .replace('"AMOUNT"', '123456789012.1234567')
    .replace('"TINY"', '1e-7')
    .replace('"REST"', '0.8765433');
  assert.equal((await house.call('Issue', text)).data.RtnCode, 1);
  const { dataText } = await house.call('GetIssue', { RelateNumber: 'SHOP20261121001' });
  assert.match(dataText, /"ItemPrice":1234567890\.1234567,/);
  assert.match(dataText, /"ItemAmount":123456789012\.1234567,/);
  assert.match(dataText, /"ItemPrice":0\.0000001,/);
});

test('999 lines are issued, 1000 are too many', async (t) => {
  const house = await openEcpayHouse();
  t.after(() => house.close());
  const lines = Array.from({ length: 1000 }, (_, n) => ({ ...line(n + 1, '茶', 1, 1) }));
  const many = await house.call('Issue', order({ SalesAmount: 1000, Items: lines }));
  assert.deepEqual([many.data.RtnCode, many.data.RtnMsg], [8910711, '商品筆數超過上限']);
  const most = await house.call('Issue', order({ SalesAmount: 999, Items: lines.slice(0, 999) }));
  assert.equal(most.data.RtnCode, 1);
});

test('ProductServiceID is ignored by a seller without tracks by code', async (t) => {
  const house = await openEcpayHouse();
  t.after(() => house.close());
  assert.equal((await house.call('Issue', order({ ProductServiceID: 'P1' }))).data.RtnCode, 1);
});

test('ProductServiceID chooses the track where there are tracks by code', async (t) => {
  const house = await openEcpayHouse({
    segments: [
      { code: '', category: 'b2c', count: 50 },
      { code: 'P1', category: 'b2c', count: 50 },
    ],
  });
  t.after(() => house.close());
  const issue = async (n: number, ProductServiceID?: string) =>
    (await house.call('Issue', order({ RelateNumber: `R${n}`, ProductServiceID }))).data;
  assert.equal((await issue(1)).InvoiceNo, 'KA10000000');
  assert.equal((await issue(2, 'P1')).InvoiceNo, 'KA10000050');
  assert.equal((await issue(3, 'P2')).RtnCode, 5070350);
});

test('members that ECPay ignores are not judged', async (t) => {
  const house = await openEcpayHouse();
  t.after(() => house.close());
  const ignored = {
    LoveCode: '0',
    ClearanceMark: '9',
    ZeroTaxRateReason: '70',
    SpecialTaxType: 99,
    ChannelPartner: 'none',
    TaxAmount: 'x',
    Items: [line(1, '茶', 2, 50, { ItemTaxType: '8' })],
  };
  assert.equal((await house.call('Issue', order(ignored))).data.RtnCode, 1);
  const mixed = await house.call('Issue', order({ ...ignored, TaxType: '9' }));
  assert.equal(mixed.data.RtnCode, 8910272);
});

test('what stage echoed unchanged comes back unchanged', async (t) => {
  const house = await openEcpayHouse();
  t.after(() => house.close());
  const text = `全部!混~合*(字).-_%+&=/:'"測試ABC123 空格`;
  await house.call('Issue', order({ CustomerName: text, InvoiceRemark: text }));
  const { IIS_Customer_Name, InvoiceRemark } = await shown(house, 'SHOP20261121001');
  assert.deepEqual([IIS_Customer_Name, InvoiceRemark], [text, text]);
});

test('the address of the caller is shown, an IPv6 one as 0', async (t) => {
  const house = await openEcpayHouse();
  t.after(() => house.close());
  const addresses = {
    '203.0.113.9': '203.0.113.9',
    '::ffff:203.0.113.9': '203.0.113.9',
    '2001:db8::1': '0',
  };
  for (const [ip, wanted] of Object.entries(addresses)) {
    await house.call('Issue', order({ RelateNumber: ip }), { ip });
    assert.equal((await shown(house, ip)).IIS_IP, wanted);
  }
});

test('a refusal tells the log every fault, and nothing personal', async (t) => {
  const house = await openEcpayHouse();
  t.after(() => house.close());
  const { notes } = await house.call('Issue', {
    ...order({ Print: '1', SalesAmount: 'x' }),
    CustomerEmail: 'secret.person@example.com;other@example.com',
    CustomerPhone: '0911-222-333',
    CustomerName: '王祕密',
    CarrierType: '3',
    CarrierNum: '/secret1',
  });
  const text = JSON.stringify(notes);
  for (const secret of ['secret', '0911', '王祕密']) assert(!text.includes(secret), secret);
  assert.equal(notes.rtnCode, 8910061);
  assert(Array.isArray(notes.faults));
  const amount = notes.faults.find((found) => found.field === 'SalesAmount');
  assert.deepEqual(Object.keys(amount).sort(), [
    'code',
    'expected',
    'field',
    'got',
    'hint',
    'rtnCode',
  ]);
});

test('domain faults are told by their wire names', async (t) => {
  const house = await openEcpayHouse();
  t.after(() => house.close());
  const { notes } = await house.call('Issue', order({ SalesAmount: 99 }));
  assert(Array.isArray(notes.faults));
  assert.equal(notes.faults[0]?.field, 'SalesAmount');
  assert.match(notes.faults[0]?.hint, /100.*99/);
});

test('a failure of our own is answered as busy inside Data, and told to the log', async (t) => {
  const house = await openEcpayHouse({
    ledger: (ledger) => ({
      ...ledger,
      issue: () => Promise.reject(new Error('the disk is full', { cause: new Error('ENOSPC') })),
    }),
  });
  t.after(() => house.close());
  const reply = await house.call('Issue', order());
  assert.equal(reply.status, 200);
  assert.deepEqual(reply.data, {
    RtnCode: 0,
    RtnMsg: '系統忙碌中，請稍後再試',
    InvoiceNo: '',
    InvoiceDate: '',
    RandomNumber: '',
  });
  assert.match(JSON.stringify(reply.notes.failure), /disk is full.*ENOSPC/);
});

test('after the track is used up the next order is refused with 用完', async (t) => {
  const house = await openEcpayHouse({ segments: [{ code: '', category: 'b2c', count: 1 }] });
  t.after(() => house.close());
  const { action, data } = issued();
  assert(typeof data === 'object');
  assert.equal((await house.call(action, data)).data.RtnCode, 1);
  const { data: refused } = await house.call(action, { ...data, RelateNumber: 'NEXT' });
  assert.equal(refused.RtnCode, 5070350);
  assert.match(String(refused.RtnMsg), /字軌.*用完/);
});
