/** CheckMacValue against published and computed vectors (keys of ECPay's stage merchant 2000132). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkMacValue } from './check-mac-value.ts';

const KEYS = { hashKey: 'ejCk326UnaZWKisg', hashIv: 'q9jcZX8Ib9LM8wYk' };

const CONSENTED = {
  RtnCode: '1',
  RtnMsg: 'OK',
  IA_Allow_No: '2606172158112842',
  IA_Invoice_No: 'UV11100019',
  IA_Date: '2026-06-17 21:58:11',
  IIS_Remain_Allowance_Amt: '0',
};

test('the published vector of an allowance notice', () => {
  const fields = {
    MerchantID: '2000132',
    AllowanceAmt: '100',
    AllowanceDate: '2025/01/01 12:00:00',
    AllowanceNo: 'A01-23456789',
    InvoiceNo: 'AB-12345678',
    RtnCode: '1',
    RtnMsg: 'OK',
  };
  assert.equal(checkMacValue(fields, KEYS), '6A248D13B8C5B5C4F93D38FB5F2E2B5F');
});

test('the vector of an agreed online allowance', () => {
  assert.equal(checkMacValue(CONSENTED, KEYS), '28B4174EA3281092BFFEBE9C63B70A66');
});

test('neither the order of the fields nor a check value among them counts', () => {
  const turned = Object.fromEntries(Object.entries(CONSENTED).toReversed());
  const expected = checkMacValue(CONSENTED, KEYS);
  assert.equal(checkMacValue({ ...turned, CheckMacValue: 'forged' }, KEYS), expected);
});

test('a changed byte, or another key, gives another value', () => {
  const expected = checkMacValue(CONSENTED, KEYS);
  assert.notEqual(checkMacValue({ ...CONSENTED, IIS_Remain_Allowance_Amt: '1' }, KEYS), expected);
  assert.notEqual(checkMacValue(CONSENTED, { ...KEYS, hashIv: 'q9jcZX8Ib9LM8wYx' }), expected);
});
