/** Claims about tolerant reading: what real clients send is understood, what is wrong is named. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ALLOWANCE_REQUEST } from '#wire/ecpay-b2c/allowance.ts';
import { INVALID_REQUEST } from '#wire/ecpay-b2c/invalid.ts';
import { ISSUE_REQUEST } from '#wire/ecpay-b2c/issue.ts';
import { isJsonObject, type JsonObject, readJson } from '#wire/exact-json.ts';
import { FAULTS_MAX, readMembers } from './parse.ts';

function json(text: string): JsonObject {
  const value = readJson(text);
  assert(isJsonObject(value));
  return value;
}

function issue(text: string) {
  return readMembers(ISSUE_REQUEST, json(text));
}

function faultsOf(text: string): readonly string[] {
  return issue(text).faults.map((fault) => `${fault.code} ${fault.path}`);
}

/** Faults of one member, beside the required ones that a one-member request lacks. */
function faultsAbout(member: string, value: string): readonly string[] {
  return faultsOf(`{${JSON.stringify(member)}:${value}}`).filter((fault) =>
    fault.endsWith(` ${member}`),
  );
}

describe('reading', () => {
  test('names match in any case, the later of two spellings counts', () => {
    const { members } = issue('{"Vat":"0","TAXTYPE":"1","taxtype":"3"}');
    assert.equal(members.vat, '0');
    assert.equal(members.TaxType, '3');
  });

  test('numbers come as text and text as numbers', () => {
    const { members } = issue(
      '{"SalesAmount":"1000.0","Print":0,"CarrierType":3,"SpecialTaxType":"2","RelateNumber":123}',
    );
    assert.deepEqual(members, {
      SalesAmount: 1000,
      Print: '0',
      CarrierType: '3',
      SpecialTaxType: 2,
      RelateNumber: '123',
    });
  });

  for (const nothing of ['null', '""', 'false', '"  "']) {
    test(`${nothing} means not given`, () => {
      assert.deepEqual(faultsAbout('CustomerEmail', nothing), []);
      assert.deepEqual(faultsAbout('Print', nothing), ['FIELD_REQUIRED Print']);
    });
  }

  test('blanks around a text are cut, within it they stay', () => {
    assert.equal(issue('{"CustomerName":"\\t 王 小明　"}').members.CustomerName, '王 小明');
  });

  test('an address may hold line feeds', () => {
    const { members, bad } = issue('{"CustomerAddr":"示範路\\r\\n1號"}');
    assert.equal(members.CustomerAddr, '示範路\r\n1號');
    assert(!bad.has('CustomerAddr'));
  });

  test('a date loses its time, its slashes and its missing zeros', () => {
    for (const text of ['2026-11-05', '2026/11/5 23:59:59', '2026-11-05T00:00:00+08:00']) {
      const { members } = readMembers(INVALID_REQUEST, { InvoiceDate: text });
      assert.equal(members.InvoiceDate, '2026-11-05');
    }
  });

  test('every digit of an amount survives', () => {
    const { members } = readMembers(
      ALLOWANCE_REQUEST,
      json(
        '{"Items":[{"ItemAmount":123456789012.1234567,"ItemPrice":"-0.0000001","ItemCount":1.5e-3}]}',
      ),
    );
    const [item] = members.Items ?? [];
    assert.equal(item?.ItemAmount, '123456789012.1234567');
    assert.equal(item?.ItemPrice, '-0.0000001');
    assert.equal(item?.ItemCount, '0.0015');
  });

  test('unknown members, and ChannelPartner values other than 1, are no fault', () => {
    const { bad } = issue('{"Hello":{"deep":[1]},"ChannelPartner":"Shopee","TaxAmount":"x"}');
    assert.equal(bad.has('ChannelPartner') || bad.has('Hello') || bad.has('TaxAmount'), false);
  });
});

describe('refusing', () => {
  test('every missing required member is named, in the order of the table', () => {
    assert.deepEqual(faultsOf('{}'), [
      'FIELD_REQUIRED RelateNumber',
      'FIELD_REQUIRED Print',
      'FIELD_REQUIRED Donation',
      'FIELD_REQUIRED TaxType',
      'FIELD_REQUIRED SalesAmount',
      'FIELD_REQUIRED Items',
      'FIELD_REQUIRED InvType',
    ]);
  });

  const wrong: readonly (readonly [string, string, string])[] = [
    ['RelateNumber', JSON.stringify('R'.repeat(51)), 'FIELD_LENGTH'],
    ['RelateNumber', '["R1"]', 'FIELD_FORMAT'],
    ['RelateNumber', '"a\\u0000b"', 'FIELD_FORMAT'],
    ['RelateNumber', '"\\ud83d"', 'FIELD_FORMAT'],
    ['CustomerID', '"客戶"', 'FIELD_FORMAT'],
    ['CustomerPhone', '"0911-222333"', 'FIELD_FORMAT'],
    ['CustomerIdentifier', '"1234567"', 'FIELD_FORMAT'],
    ['Print', 'true', 'FIELD_FORMAT'],
    ['Print', '"2"', 'FIELD_FORMAT'],
    ['InvType', '7', 'FIELD_FORMAT'],
    ['SalesAmount', '"1,000"', 'FIELD_FORMAT'],
    ['SalesAmount', '0', 'FIELD_FORMAT'],
    ['SalesAmount', '-5', 'FIELD_FORMAT'],
    ['SalesAmount', '10.5', 'FIELD_FORMAT'],
    ['SalesAmount', '{}', 'FIELD_FORMAT'],
    ['SalesAmount', '1234567890123', 'FIELD_LENGTH'],
    ['SalesAmount', '1e12', 'FIELD_LENGTH'],
    ['SalesAmount', `"${'0'.repeat(100_000)}x"`, 'FIELD_LENGTH'],
    ['SpecialTaxType', '9', 'FIELD_FORMAT'],
    ['Items', '"none"', 'FIELD_FORMAT'],
    ['Items', '{}', 'FIELD_FORMAT'],
    ['Items', '[]', 'FIELD_REQUIRED'],
    ['Items', JSON.stringify(Array(1000).fill({})), 'LINES_TOO_MANY'],
  ];
  for (const [member, value, code] of wrong) {
    test(`${member} ${value.slice(0, 20)} is ${code}`, () => {
      assert.deepEqual(faultsAbout(member, value), [`${code} ${member}`]);
      const read: Readonly<Record<string, unknown>> = issue(`{"${member}":${value}}`).members;
      assert.equal(read[member], undefined, 'a bad member is left out');
    });
  }

  test('each bad member of each line is named', () => {
    const item = '"ItemName":"a","ItemCount":1,"ItemPrice":1,"ItemAmount":1';
    const faults = faultsOf(
      `{"Items":[{${item}},7,{${item},"ItemSeq":0,"ItemCount":"x","ItemAmount":0.00000001}]}`,
    ).filter((fault) => fault.includes('Items'));
    assert.deepEqual(faults, [
      'FIELD_FORMAT Items[1]',
      'FIELD_FORMAT Items[2].ItemSeq',
      'FIELD_FORMAT Items[2].ItemCount',
      'FIELD_FORMAT Items[2].ItemAmount',
    ]);
  });

  test('a thousand bad lines do not make thousands of faults', () => {
    const { faults } = issue(JSON.stringify({ Items: Array(999).fill({}) }));
    assert(faults.length >= FAULTS_MAX && faults.length < FAULTS_MAX + 20, String(faults.length));
  });

  test('a day that no calendar has is refused', () => {
    for (const text of ['2026-02-29', '2026-13-01', '2026-00-10', '9999-12-31', '2026-11/05']) {
      const { faults } = readMembers(INVALID_REQUEST, { InvoiceDate: text });
      assert(
        faults.some((fault) => fault.path === 'InvoiceDate'),
        text,
      );
    }
  });

  test('no fault repeats what a text member held', () => {
    const secret = 'a-phone-0911222333';
    const { faults } = issue(
      JSON.stringify({
        CustomerPhone: secret,
        CarrierType: secret,
        Items: [{ ItemCount: secret }],
      }),
    );
    assert(faults.length > 0);
    assert(!JSON.stringify(faults).includes('0911222333'));
  });
});
