/** GetIssue's QR texts, in ECPay's own form, over a real ledger. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openEcpayHouse } from '../../../../test/support/ecpay-house.ts';

function issueOf(total: number, names: readonly string[]): Record<string, unknown> {
  return {
    RelateNumber: `QR${total}`,
    CustomerEmail: 'buyer@example.com',
    Print: '0',
    Donation: '0',
    CarrierType: '1',
    TaxType: '1',
    InvType: '07',
    SalesAmount: total,
    Items: names.map((name) => ({
      ItemName: name,
      ItemCount: 1,
      ItemWord: '個',
      ItemPrice: total / names.length,
      ItemAmount: total / names.length,
    })),
  };
}

test('GetIssue shows two items, no sales amount to a consumer, and the check field', async () => {
  const house = await openEcpayHouse();
  try {
    await house.call('Issue', issueOf(150, ['甲', '乙', '丙']));
    const { data } = await house.call('GetIssue', { RelateNumber: 'QR150' });
    const left = String(data.QRCode_Left);
    assert.match(left, /^KA100000001151121\d{4}00000000000000960000000012345675/);
    assert.match(left, /[A-Za-z0-9+/]{22}==:\*{10}:2:3:1:甲:1:50:$/);
    assert.equal(data.QRCode_Right, '**乙:1:50');
    assert.match(String(data.PosBarCode), /^11512KA10000000\d{4}$/);
  } finally {
    await house.close();
  }
});

test('above what eight hexadecimal digits state both texts are empty, the bar code is not', async () => {
  const house = await openEcpayHouse();
  try {
    const total = 0x1_00_00_00_00;
    await house.call('Issue', issueOf(total, ['大單']));
    const { data } = await house.call('GetIssue', { RelateNumber: `QR${total}` });
    assert.equal(data.QRCode_Left, '');
    assert.equal(data.QRCode_Right, '');
    assert.match(String(data.PosBarCode), /^11512KA10000000\d{4}$/);
  } finally {
    await house.close();
  }
});
