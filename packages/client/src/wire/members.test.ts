/** Reading and writing by tables: names in any case, and members that are not given. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { INVALID_REPLY } from './ecpay-b2c/invalid.ts';
import { ISSUE_REPLY, ISSUE_REQUEST } from './ecpay-b2c/issue.ts';
import { isJsonObject, type JsonObject, readJson } from './exact-json.ts';
import type { WireTable } from './field.ts';
import { pickMembers } from './members.ts';
import { readMessage, wholeNumber } from './read-message.ts';
import { WireValueError, writeMessage } from './write-message.ts';

function object(source: string): JsonObject {
  const value = readJson(source);
  assert.ok(isJsonObject(value));
  return value;
}

test('members are found in any case, and the later of two spellings counts', () => {
  const members = pickMembers(
    ISSUE_REQUEST,
    object('{"VAT":"0","relatenumber":"a","vat":"1","Vat":"0"}'),
  );
  assert.equal(members.vat, '0');
  assert.equal(members.RelateNumber, 'a');
});

test('members that the table does not know are dropped, inherited names are never found', () => {
  const members = pickMembers(
    ISSUE_REQUEST,
    object('{"__proto__":{"vat":"0"},"constructor":1,"Reason":"x"}'),
  );
  assert.deepEqual(Object.keys(members), []);
  assert.equal(members.vat, undefined);
  assert.equal(Reflect.get(members, 'constructor'), undefined);
});

test('a reply is read with text for what is not given, and numbers however they came', () => {
  const reply = readMessage(
    ISSUE_REPLY,
    object('{"rtncode":"1","RtnMsg":null,"InvoiceNo":"AB00000001","RandomNumber":417}'),
  );
  assert.deepEqual(reply, {
    RtnCode: 1,
    RtnMsg: '',
    InvoiceNo: 'AB00000001',
    InvoiceDate: '',
    RandomNumber: '417',
  });
});

test('a number that is missing, broken or not whole is named by its path', () => {
  const table = {
    Rows: {
      kind: 'rows',
      need: 'required',
      row: { Amount: { kind: 'decimal', need: 'required', integerDigitsMax: 12, decimalsMax: 7 } },
    },
    Head: {
      kind: 'object',
      need: 'required',
      members: { Count: { kind: 'integer', need: 'required', digitsMax: 3 } },
    },
  } as const satisfies WireTable;
  const read = (source: string): unknown => readMessage(table, object(source));
  assert.deepEqual(read('{"rows":[{"amount":"007.50"},{"Amount":-0.0}],"Head":{"Count":7.0}}'), {
    Rows: [{ Amount: '7.5' }, { Amount: '0' }],
    Head: { Count: 7 },
  });
  const fails = (source: string, path: string): void => {
    assert.throws(
      () => read(source),
      (error: unknown) => error instanceof WireValueError && error.path === path,
      source,
    );
  };
  fails('{"Rows":[{"Amount":"x"}],"Head":{"Count":1}}', 'Rows[0].Amount');
  fails('{"Rows":[{}],"Head":{"Count":1}}', 'Rows[0].Amount');
  fails('{"Rows":[1],"Head":{"Count":1}}', 'Rows[0]');
  fails('{"Rows":{},"Head":{"Count":1}}', 'Rows');
  fails('{"Rows":[],"Head":[]}', 'Head');
  fails('{"Rows":[],"Head":{"Count":1.5}}', 'Head.Count');
  fails('{"Rows":[],"Head":{"Count":true}}', 'Head.Count');
});

test('whole numbers are recognised and nothing else is', () => {
  for (const [source, expected] of [
    ['1', 1],
    ['"1"', 1],
    ['" 12 "', 12],
    ['1.0', 1],
    ['1e3', 1000],
    ['-5', -5],
    ['1.5', undefined],
    ['""', undefined],
    ['null', undefined],
    ['true', undefined],
    ['"1 2"', undefined],
    ['12345678901234567890', undefined],
    ['"0x10"', undefined],
  ] as const) {
    assert.equal(wholeNumber(readJson(source)), expected, source);
  }
});

test('a message is written in the order of its table, whatever order it was made in', () => {
  assert.equal(
    writeMessage(INVALID_REPLY, { InvoiceNo: 'AB"1', RtnMsg: '作廢發票成功', RtnCode: 1 }),
    '{"RtnCode":1,"RtnMsg":"作廢發票成功","InvoiceNo":"AB\\"1"}',
  );
});

test('members beside the table are not written, undefined ones neither, null is', () => {
  const message = { InvoiceNo: null, RtnMsg: undefined, RtnCode: 1, extra: 'x' };
  // Wrong on purpose: what a caller without types may hand over.
  assert.equal(
    writeMessage<WireTable>(INVALID_REPLY, message as never),
    '{"RtnCode":1,"InvoiceNo":null}',
  );
});

test('decimals are written without exponent and with every digit', () => {
  const table = {
    A: { kind: 'decimal', need: 'required', integerDigitsMax: 12, decimalsMax: 7 },
  } as const;
  const write = (value: number | string): string => writeMessage(table, { A: value });
  assert.equal(write(1e-7), '{"A":0.0000001}');
  assert.equal(write('123456789012.1234567'), '{"A":123456789012.1234567}');
  assert.equal(write('50.0'), '{"A":50.0}');
  for (const bad of [
    '',
    'x',
    '1e5',
    '01',
    '.5',
    '1.',
    '+1',
    ' 1',
    '1,000',
    '"',
    '1}',
    Number.NaN,
    Number.NEGATIVE_INFINITY,
  ]) {
    assert.throws(() => write(bad), WireValueError, String(bad));
  }
});
