/** Claims about the translation from ECPay's words to the domain's. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { allowanceDraftOf, invoiceDraftOf, referenceKeyOf, wirePathOf } from './fields.ts';
import type { IssueRequest } from './issue-request.ts';
import { memberCarrierId } from './member-carrier.ts';

function request(changes: Partial<IssueRequest> = {}): IssueRequest {
  return {
    RelateNumber: 'R1',
    Print: '0',
    Donation: '0',
    TaxType: '1',
    SalesAmount: 100,
    InvType: '07',
    Items: [{ ItemName: '茶', ItemCount: '2', ItemPrice: '50', ItemAmount: '100' }],
    CustomerEmail: 'test@example.com',
    ...changes,
  };
}

describe('the member carrier id', () => {
  test('is the upper-case MD5 of the mail (recorded on ECPay’s stage)', () => {
    assert.equal(memberCarrierId('test@example.com', ''), '55502F40DC8B7C769880B10874ABC9D0');
    assert.equal(memberCarrierId('test@fake.com', '09'), 'EFFF3C85852C67A89B4A665453B38CD7');
  });

  test('without a mail is that of the phone', () => {
    assert.equal(memberCarrierId('', '0911222333'), '0076D4C51934541A2882B2C916D25CBC');
  });

  test('is the carrier for type 1', () => {
    const { carrier, memberCarrierId: spare } = invoiceDraftOf(request({ CarrierType: '1' }));
    const id = '55502F40DC8B7C769880B10874ABC9D0';
    assert.deepEqual(carrier, { kind: 'member', visibleId: id, hiddenId: id });
    assert.equal(spare, '');
  });

  test('stands by where an invoice is neither printed, donated, on a carrier nor a business’s', () => {
    const id = '55502F40DC8B7C769880B10874ABC9D0';
    assert.equal(invoiceDraftOf(request()).memberCarrierId, id);
    for (const other of [
      { Print: '1' },
      { Donation: '1', LoveCode: '919' },
      { CarrierType: '3', CarrierNum: '/ABC1234' },
      { CustomerIdentifier: '04595257' },
    ]) {
      assert.equal(invoiceDraftOf(request(other)).memberCarrierId, '');
    }
  });
});

test('a card shows CarrierNum2 and hides CarrierNum', () => {
  const card = { CarrierNum: 'hidden', CarrierNum2: 'visible' };
  assert.deepEqual(invoiceDraftOf(request({ CarrierType: '4', ...card })).carrier, {
    kind: 'easycard',
    visibleId: 'visible',
    hiddenId: 'hidden',
  });
  assert.equal(invoiceDraftOf(request({ CarrierType: '5', ...card })).carrier.kind, 'ipass');
});

test('a love code counts only with Donation 1', () => {
  assert.equal(invoiceDraftOf(request({ LoveCode: '919' })).donationCode, '');
  assert.equal(invoiceDraftOf(request({ Donation: '1', LoveCode: '919' })).donationCode, '919');
});

test('vat 0 means prices without tax, anything else with', () => {
  assert.equal(invoiceDraftOf(request({ vat: '0' })).sense, 'price-apart');
  assert.equal(invoiceDraftOf(request({ vat: '1' })).sense, 'tax-included');
  assert.equal(invoiceDraftOf(request()).sense, 'tax-included');
});

describe('line numbers', () => {
  const item = { ItemName: '茶', ItemCount: '1', ItemPrice: '1', ItemAmount: '1' };

  function sequences(...given: readonly (number | undefined)[]): readonly number[] {
    const Items = given.map((ItemSeq) => ({ ...item, ItemSeq }));
    return invoiceDraftOf(request({ Items })).lines.map((line) => line.sequence);
  }

  test('are the given ones, else the position', () => {
    assert.deepEqual(sequences(undefined, undefined), [1, 2]);
    assert.deepEqual(sequences(7, 3), [7, 3]);
  });

  test('never repeat one that another line has claimed, and stay within the lines', () => {
    assert.deepEqual(sequences(2, undefined, undefined), [2, 1, 3]);
    const many = sequences(999, ...Array(998).fill(undefined));
    assert.equal(new Set(many).size, 999);
    assert.equal(Math.max(...many), 999);
  });

  test('given twice stay twice, for the domain to refuse', () => {
    assert.deepEqual(sequences(1, 1), [1, 1]);
  });
});

test('an allowance keeps its notice and its lines', () => {
  const draft = allowanceDraftOf({
    InvoiceNo: 'AB12345678',
    InvoiceDate: '2026-11-21',
    AllowanceNotify: 'E',
    NotifyMail: 'b@example.com',
    AllowanceAmount: 50,
    Items: [
      { ItemName: '茶', ItemCount: '1', ItemPrice: '50', ItemAmount: '50', ItemTaxType: '3' },
    ],
  });
  assert.deepEqual(draft.notify, { kind: 'E', email: 'b@example.com', phone: '' });
  assert.equal(draft.lines[0]?.taxType, '3');
  assert.equal(draft.total, 50);
});

test('references compare without regard to case', () => {
  assert.equal(referenceKeyOf('Order-a_1'), referenceKeyOf('oRDER-A_1'));
});

test('domain paths are told in wire names', () => {
  assert.equal(wirePathOf('lines[2].amount', 'SalesAmount'), 'Items[2].ItemAmount');
  assert.equal(wirePathOf('lines[0].taxType', 'SalesAmount'), 'Items[0].ItemTaxType');
  assert.equal(wirePathOf('total', 'AllowanceAmount'), 'AllowanceAmount');
  assert.equal(wirePathOf('zeroTaxRateReason', ''), 'ZeroTaxRateReason');
  assert.equal(wirePathOf('issuedAt', ''), 'issuedAt');
});
