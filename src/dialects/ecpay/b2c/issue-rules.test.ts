/** Claims about the print, tax ID, carrier and donation matrix: every combination, against the document. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PartialIssueRequest } from './issue-request.ts';
import { checkIssue } from './issue-rules.ts';

const NOTHING_BAD: ReadonlySet<string> = new Set();

const CARRIERS: readonly PartialIssueRequest[] = [
  {},
  { CarrierType: '1' },
  { CarrierType: '2', CarrierNum: 'AB12345678901234' },
  { CarrierType: '3', CarrierNum: '/ABC+12.' },
  { CarrierType: '4', CarrierNum: '1234', CarrierNum2: '5678' },
  { CarrierType: '5', CarrierNum: '1234', CarrierNum2: '5678' },
];

function request(changes: PartialIssueRequest): PartialIssueRequest {
  return {
    RelateNumber: 'R1',
    CustomerEmail: 'b@example.com',
    CustomerName: '示範',
    CustomerAddr: '示範路1號',
    Print: '0',
    Donation: '0',
    TaxType: '1',
    Items: [],
    ...changes,
  };
}

function codes(changes: PartialIssueRequest, bad = NOTHING_BAD): readonly string[] {
  return checkIssue(request(changes), bad).map((fault) => `${fault.code} ${fault.path}`);
}

/** What the document says of a combination (ECPay B2C API, Issue: print, carrier, donation). */
function isAllowed(hasUbn: boolean, carrier: string, print: string, donation: string): boolean {
  if (donation === '1') return print === '0' && !hasUbn;
  if (hasUbn && carrier === '') return print === '1';
  if (hasUbn && carrier === '3') return true;
  return carrier === '' || print === '0';
}

describe('the matrix', () => {
  for (const hasUbn of [false, true]) {
    for (const carrier of CARRIERS) {
      for (const Print of ['0', '1']) {
        for (const Donation of ['0', '1']) {
          const type = carrier.CarrierType ?? '';
          const isGood = isAllowed(hasUbn, type, Print, Donation);
          const name = `tax ID ${hasUbn}, carrier "${type}", Print ${Print}, Donation ${Donation}`;
          test(`${name}: ${isGood ? 'issued' : 'refused'}`, () => {
            const found = codes({
              ...carrier,
              Print,
              Donation,
              ...(hasUbn && { CustomerIdentifier: '04595257' }),
              ...(Donation === '1' && { LoveCode: '168001' }),
            });
            assert.equal(found.length === 0, isGood, found.join());
          });
        }
      }
    }
  }
});

describe('conditional members', () => {
  test('a printed invoice names its buyer and address', () => {
    const { CustomerName: _name, CustomerAddr: _address, ...rest } = request({ Print: '1' });
    assert.deepEqual(
      checkIssue(rest, NOTHING_BAD).map((fault) => fault.path),
      ['CustomerName', 'CustomerAddr'],
    );
  });

  test('either mail or phone is enough', () => {
    const { CustomerEmail: _mail, ...rest } = request({});
    assert.deepEqual(checkIssue({ ...rest, CustomerPhone: '0911222333' }, NOTHING_BAD), []);
    assert.equal(checkIssue(rest, NOTHING_BAD)[0]?.code, 'BUYER_CONTACT_MISSING');
  });

  test('a rule that a bad member feeds keeps silent', () => {
    const { CustomerEmail: _mail, ...rest } = request({});
    assert.deepEqual(checkIssue(rest, new Set(['CustomerEmail'])), []);
    assert.deepEqual(codes({ CarrierType: '3' }, new Set(['CarrierNum'])), []);
  });

  test('ten zeros are no tax ID', () => {
    assert.deepEqual(codes({ CustomerIdentifier: '0000000000' }), []);
  });

  for (const id of ['12345678', '00000000', '04595250']) {
    test(`${id} fails the check digit`, () => {
      const found = codes({ CustomerIdentifier: id, CarrierType: '1' });
      assert.deepEqual(found, ['UBN_CHECK_DIGIT CustomerIdentifier']);
    });
  }
  for (const id of ['04595257', '04595252', '10458574', '10458570']) {
    test(`${id} passes the check digit`, () => {
      assert.deepEqual(codes({ CustomerIdentifier: id, CarrierType: '1' }), []);
    });
  }
});

describe('carrier numbers', () => {
  const bad: readonly PartialIssueRequest[] = [
    { CarrierType: '2', CarrierNum: 'ab12345678901234' },
    { CarrierType: '2', CarrierNum: '/ABC+12.' },
    { CarrierType: '3', CarrierNum: '/abc+12.' },
    { CarrierType: '3', CarrierNum: 'ABC+12.X' },
    // A plus that lost its encoding arrives as a blank: never repaired here.
    { CarrierType: '3', CarrierNum: '/ABC 12.' },
    { CarrierType: '4', CarrierNum: '１２３４', CarrierNum2: '5678' },
  ];
  for (const carrier of bad) {
    test(`type ${carrier.CarrierType} refuses ${carrier.CarrierNum}`, () => {
      assert.deepEqual(codes(carrier), ['FIELD_FORMAT CarrierNum']);
    });
  }

  test('a card has both ids', () => {
    assert.deepEqual(codes({ CarrierType: '5' }), [
      'FIELD_REQUIRED CarrierNum',
      'FIELD_REQUIRED CarrierNum2',
    ]);
  });

  test('no carrier, and ECPay’s own, have none', () => {
    assert.deepEqual(codes({ CarrierNum: '/ABC+12.' }), ['CARRIER_ID_NOT_ALLOWED CarrierNum']);
    assert.deepEqual(codes({ CarrierType: '1', CarrierNum: 'x' }), [
      'CARRIER_ID_NOT_ALLOWED CarrierNum',
    ]);
    assert.deepEqual(codes({ CarrierType: '3', CarrierNum: '/ABC+12.', CarrierNum2: 'x' }), [
      'CARRIER_ID_NOT_ALLOWED CarrierNum2',
    ]);
  });
});

describe('lines', () => {
  test('a quantity is above 0', () => {
    const found = codes({ Items: [{ ItemCount: '1' }, { ItemCount: '0' }, { ItemCount: '-1' }] });
    assert.deepEqual(found, ['FIELD_FORMAT Items[1].ItemCount', 'FIELD_FORMAT Items[2].ItemCount']);
  });

  test('of a mixed invoice name their tax type, of others they need not', () => {
    const Items = [{ ItemTaxType: '1' }, {}];
    assert.deepEqual(codes({ TaxType: '9', Items }), ['FIELD_REQUIRED Items[1].ItemTaxType']);
    assert.deepEqual(codes({ TaxType: '1', Items }), []);
  });
});

test('a donation code has 3 to 7 digits', () => {
  for (const LoveCode of ['919', '0123456'])
    assert.deepEqual(codes({ Donation: '1', LoveCode }), []);
  assert.deepEqual(codes({ Donation: '1', LoveCode: 'X123' }), ['FIELD_FORMAT LoveCode']);
});
