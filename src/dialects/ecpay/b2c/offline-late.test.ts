/**
 * Claims about OfflineIssue after the period was closed, from the wire: a machine that was offline brings its
 * invoice until the 15th although its number was reported blank meanwhile, and never after (ECPay offline API).
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SELLER_A } from '../../../../test/support/demo.ts';
import { order } from '../../../../test/support/ecpay-b2c-case.ts';
import type { Members } from '../../../../test/support/ecpay-bytes.ts';
import { openEcpayHouse, PERIOD, POS_MERCHANT } from '../../../../test/support/ecpay-house.ts';

test('an upload after the report is taken, the report corrected; on the 16th it is too late', async () => {
  const house = await openEcpayHouse();
  const ask = async (action: string, data: Members) =>
    (await house.call(action, data, { merchant: POS_MERCHANT })).data;
  const upload = (position: number) =>
    ask(
      'OfflineIssue',
      order({
        ...{ RelateNumber: `LATE-${position}`, MachineID: 'POS1', RandomNumber: '0042' },
        ...{ InvoiceNo: `MA2000000${position}`, InvoiceDate: '2026-12-31 22:00:00' },
      }),
    );
  const filings = async () => (await house.ledger.reads.listFilings({}, 0, 100)).items;
  try {
    const machine = { ActionType: 1, MachineID: 'POS1', Remark: '門市' };
    assert.equal((await ask('OfflineMerchantPosSetting', machine)).RtnCode, 1);
    const track = { InvoiceTerm: 6, InvoiceYear: '115', InvType: '07', InvoiceCategory: '4' };
    const range = { InvoiceHeader: 'MA', InvoiceStart: '20000000', InvoiceEnd: '20000049' };
    const added = await ask('AddInvoiceWordSetting', { ...track, ...range, MachineID: 'POS1' });
    assert.equal(added.RtnCode, 1, JSON.stringify(added));

    house.clock.set('2027-01-08 09:00:00');
    const close = { seller: SELLER_A.ubn, account: 'system', ip: '', period: PERIOD };
    await house.ledger.closePeriod([{ ...close, isResent: false }]);
    await house.confirmAll();
    const reported = (await filings()).length;

    house.clock.set('2027-01-15 23:59:59');
    const late = await upload(3);
    assert.deepEqual([late.RtnCode, late.InvoiceNo], [1, 'MA20000003'], JSON.stringify(late));
    const [invoice, correction, ...others] = (await filings()).slice(reported);
    assert.deepEqual(others, []);
    assert.deepEqual([invoice?.message, invoice?.holds], ['F0401', ['blank-reported']]);
    assert.deepEqual([correction?.message, correction?.numbers], ['E0402', 'MA/07']);

    house.clock.set('2027-01-16 00:00:00');
    assert.equal((await upload(4)).RtnCode, 8_950_707);
  } finally {
    await house.close();
  }
});
