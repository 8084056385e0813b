/**
 * The tables against recorded messages: every member that ECPay's stage or an official SDK was seen to
 * send has its entry, in the recorded order, and the recorded values satisfy it.
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { requireReference } from '../../../../../test/support/reference.ts';
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  numberText,
  readJson,
} from '../exact-json.ts';
import type { Field, WireEndpoint, WireTable } from '../field.ts';
import { pickMembers } from '../members.ts';
import { ALLOWANCE } from './allowance.ts';
import { ALLOWANCE_BY_COLLEGIATE } from './allowance-by-collegiate.ts';
import { ALLOWANCE_INVALID } from './allowance-invalid.ts';
import { ALLOWANCE_INVALID_BY_COLLEGIATE } from './allowance-invalid-by-collegiate.ts';
import { CANCEL_DELAY_ISSUE } from './cancel-delay-issue.ts';
import { CHECK_BARCODE } from './check-barcode.ts';
import { CHECK_LOVE_CODE } from './check-love-code.ts';
import { DELAY_ISSUE } from './delay-issue.ts';
import { EDIT_DELAY_ISSUE } from './edit-delay-issue.ts';
import { GET_ALLOWANCE } from './get-allowance.ts';
import { GET_ALLOWANCE_INVALID } from './get-allowance-invalid.ts';
import { GET_ALLOWANCE_LIST } from './get-allowance-list.ts';
import { GET_COMPANY_NAME } from './get-company-name-by-tax-id.ts';
import { GET_INVALID } from './get-invalid.ts';
import { GET_ISSUE } from './get-issue.ts';
import {
  GET_ISSUE_LIST,
  GET_ISSUE_LIST_CSV,
  GET_ISSUE_LIST_CSV_COLUMNS,
  GET_ISSUE_LIST_ROW,
} from './get-issue-list.ts';
import { INVALID } from './invalid.ts';
import { INVOICE_NOTIFY } from './invoice-notify.ts';
import { INVOICE_PRINT } from './invoice-print.ts';
import { ISSUE } from './issue.ts';
import * as offline from './offline.ts';
import * as tracks from './tracks.ts';
import { TRIGGER_ISSUE } from './trigger-issue.ts';
import { VOID_WITH_RE_ISSUE } from './void-with-re-issue.ts';

const ENDPOINTS: readonly WireEndpoint[] = [
  ISSUE,
  GET_ISSUE,
  GET_ISSUE_LIST,
  GET_ISSUE_LIST_CSV,
  INVALID,
  VOID_WITH_RE_ISSUE,
  ALLOWANCE,
  ALLOWANCE_INVALID,
  DELAY_ISSUE,
  EDIT_DELAY_ISSUE,
  TRIGGER_ISSUE,
  CANCEL_DELAY_ISSUE,
  ALLOWANCE_BY_COLLEGIATE,
  ALLOWANCE_INVALID_BY_COLLEGIATE,
  INVOICE_NOTIFY,
  GET_ALLOWANCE,
  GET_ALLOWANCE_LIST,
  GET_INVALID,
  GET_ALLOWANCE_INVALID,
  CHECK_BARCODE,
  CHECK_LOVE_CODE,
  GET_COMPANY_NAME,
  INVOICE_PRINT,
  ...endpointsOf(tracks),
  ...endpointsOf(offline),
];

/** Every endpoint that a module of tables has. */
function endpointsOf(tables: Readonly<Record<string, unknown>>): readonly WireEndpoint[] {
  return Object.values(tables).filter(
    (table): table is WireEndpoint =>
      typeof table === 'object' && table !== null && 'isReplyEncrypted' in table,
  );
}

/** Fails unless the value is one that the field describes. */
function assertFits(field: Field, value: JsonValue, path: string): void {
  if (value === '' || value === null) return;
  switch (field.kind) {
    case 'text':
      assert.ok(typeof value === 'string' && value.length <= field.lengthMax, path);
      if (field.pattern !== undefined) assert.match(value, field.pattern, path);
      return;
    case 'code':
      assert.ok(typeof value === 'string' && field.values.includes(value), `${path}: ${value}`);
      return;
    case 'integer':
      assert.ok(Number.isSafeInteger(value) && String(value).length <= field.digitsMax, path);
      return;
    case 'decimal': {
      assert.ok(typeof value === 'number', path);
      const [whole = '', decimals = ''] = numberText(value).replace('-', '').split('.');
      assert.ok(
        whole.length <= field.integerDigitsMax && decimals.length <= field.decimalsMax,
        path,
      );
      return;
    }
    case 'identifier':
      assert.ok(String(value).length <= field.lengthMax, path);
      return;
    case 'rows':
      assert.ok(Array.isArray(value), path);
      value.forEach((row: JsonValue, index) => {
        assert.ok(isJsonObject(row), path);
        assertMessage(field.row, row, `${path}[${index}].`);
      });
      return;
    case 'object':
      assert.ok(isJsonObject(value), path);
      assertMessage(field.members, value, `${path}.`);
  }
}

/** Fails unless every member is known and fits. */
function assertMessage(table: WireTable, message: JsonObject, path = ''): void {
  const members = pickMembers(table, message);
  assert.equal(
    Object.keys(members).length,
    Object.keys(message).length,
    `${path}: unknown members`,
  );
  for (const [name, value] of Object.entries(members)) {
    const field = table[name];
    if (field !== undefined && value !== undefined) assertFits(field, value, `${path}${name}`);
  }
}

function object(source: string): JsonObject {
  const value = readJson(source);
  assert.ok(isJsonObject(value));
  return value;
}

/** Replies and requests recorded on stage, 2026-08. */
const RECORDED: readonly [WireTable, string][] = [
  [
    ISSUE.request,
    '{"MerchantID":"2000132","RelateNumber":"RBVCR20260815issue","CustomerID":"","CustomerIdentifier":"","CustomerName":"","CustomerAddr":"","CustomerPhone":"","CustomerEmail":"test@example.com","Print":"0","Donation":"0","LoveCode":"","CarrierType":"1","CarrierNum":"","TaxType":"1","SalesAmount":100,"InvoiceRemark":"","Items":[{"ItemSeq":1,"ItemName":"整合測試商品","ItemCount":2,"ItemWord":"式","ItemPrice":50,"ItemTaxType":"1","ItemAmount":100}],"InvType":"07","vat":"1"}',
  ],
  [
    ISSUE.reply,
    '{"RtnCode":5000022,"RtnMsg":"驗證發票金額發現錯誤，與商品合計金額不符","InvoiceNo":"","InvoiceDate":"","RandomNumber":""}',
  ],
  [
    ALLOWANCE.request,
    '{"MerchantID":"2000132","InvoiceNo":"LA25008600","InvoiceDate":"2026-08-15","AllowanceNotify":"N","AllowanceAmount":50,"Items":[{"ItemSeq":1,"ItemName":"整合測試商品","ItemCount":1,"ItemWord":"式","ItemPrice":50,"ItemTaxType":"1","ItemAmount":50}]}',
  ],
  [
    ALLOWANCE.reply,
    '{"RtnCode":1,"RtnMsg":"折讓單資料新增成功","IA_Allow_No":"2026081523293352","IA_Invoice_No":"LA25008600","IA_Date":"2026-08-15 23:29:03","IA_Remain_Allowance_Amt":50}',
  ],
  [
    GET_ISSUE.reply,
    '{"IIS_Mer_ID":2000132,"IIS_Number":"LA25008599","IIS_Relate_Number":"RBVCR20260815b2b","IIS_Customer_ID":"","IIS_Identifier":"53538851","IIS_Customer_Name":"測試股份有限公司","IIS_Customer_Addr":"","IIS_Customer_Phone":"","IIS_Customer_Email":"test@example.com","IIS_Clearance_Mark":"","IIS_Type":"07","IIS_Category":"B2B","IIS_Tax_Type":"1","IIS_Tax_Rate":0.050,"IIS_Tax_Amount":5,"IIS_Sales_Amount":100,"IIS_Check_Number":"P","IIS_Carrier_Type":"1","IIS_Carrier_Num":"55502F40DC8B7C769880B10874ABC9D0","IIS_Love_Code":"0","IIS_IP":"203.0.113.6","IIS_Create_Date":"2026-08-15 23:29:01","IIS_Issue_Status":"1","IIS_Invalid_Status":"0","IIS_Upload_Status":"1","IIS_Upload_Date":"2026-08-15 23:29:01","IIS_Turnkey_Status":"C","IIS_Remain_Allowance_Amt":100,"IIS_Print_Flag":"0","IIS_Award_Flag":"X","IIS_Award_Type":0,"IIS_Random_Number":"0417","InvoiceRemark":"","QRCode_Left":"LA25008599115081504170000005f000000645353885153538851Cw0gECJSxGlsyhbMwmLF0Q==:**********:1:1:1:整合測試商品:2:50:","QRCode_Right":"**","PosBarCode":"11508LA250085990417","SpecialTaxType":0,"Items":[{"ItemSeq":1,"ItemName":"整合測試商品","ItemCount":2.0,"ItemWord":"式","ItemPrice":50.0,"ItemTaxType":"1","ItemAmount":100.0,"ItemRemark":null}],"ChannelPartner":"","ZeroTaxRateReason":"","RtnCode":1,"RtnMsg":"查詢成功"}',
  ],
  [CHECK_BARCODE.reply, '{"IsExist":"Y","RtnCode":1,"RtnMsg":""}'],
  [
    CHECK_LOVE_CODE.reply,
    '{"OrganName":"財團法人ＯＭＧ關懷社會愛心基金會","IsExist":"Y","RtnCode":1,"RtnMsg":"成功取得查詢結果"}',
  ],
  [
    GET_ISSUE_LIST.reply,
    '{"ShowingPage":1,"RtnMsg":"成功","TotalCount":0,"InvoiceData":[],"RtnCode":1}',
  ],
];

test('recorded messages have only known members, in the order of their tables', () => {
  for (const [table, source] of RECORDED) {
    const message = object(source);
    assertMessage(table, message);
    const names = Object.keys(table).filter((name) => Object.hasOwn(message, name));
    assert.deepEqual(Object.keys(message), names);
  }
});

test('the recorded GetIssue reply has every member of its table and no other', () => {
  const [, source] = RECORDED.find(([table]) => table === GET_ISSUE.reply) ?? assert.fail();
  assert.deepEqual(Object.keys(object(source)), Object.keys(GET_ISSUE.reply));
});

test('requests of the official SDKs fit their tables', (t) => {
  for (const [file, endpoint] of [
    ['01-php-sdk-b2c-issue.json', ISSUE],
    ['08-python-sdk-b2c-issue-vat0.json', ISSUE],
    ['10-python-sdk-b2c-getissuelist.json', GET_ISSUE_LIST],
  ] as const) {
    const path = requireReference(t, 'ecpay-requests', file);
    if (path === null) return;
    const sample = JSON.parse(readFileSync(path, 'utf8'));
    assert.equal(sample.path, endpoint.path);
    assertMessage(endpoint.request, object(sample.data_plaintext), `${file} `);
  }
});

test('the CSV has 24 columns, every row member but ChannelPartner in the row order', () => {
  assert.equal(GET_ISSUE_LIST_CSV_COLUMNS.length, 24);
  const members: readonly string[] = GET_ISSUE_LIST_CSV_COLUMNS.map((column) => column.member);
  assert.deepEqual(members.slice(0, 2), ['TotalCount', 'ShowingPage']);
  const listed = new Set(members.slice(2));
  const missing = Object.keys(GET_ISSUE_LIST_ROW).filter((name) => !listed.has(name));
  assert.deepEqual(missing, ['ChannelPartner']);
  assert.equal(new Set(GET_ISSUE_LIST_CSV_COLUMNS.map((column) => column.heading)).size, 24);
});

test('every reply has its RtnCode and RtnMsg, and only the list is sent in clear', () => {
  for (const endpoint of ENDPOINTS) {
    assert.equal(endpoint.reply.RtnCode?.kind, 'integer', endpoint.path);
    assert.equal(endpoint.reply.RtnMsg?.kind, 'text', endpoint.path);
    assert.equal(endpoint.isReplyEncrypted, endpoint.path !== '/B2CInvoice/GetIssueList');
  }
});

test('two members of one table never differ in case alone', () => {
  const tablesOf = (table: WireTable): readonly WireTable[] => [
    table,
    ...Object.values(table).flatMap((field) => {
      if (field.kind === 'rows') return tablesOf(field.row);
      return field.kind === 'object' ? tablesOf(field.members) : [];
    }),
  ];
  for (const table of ENDPOINTS.flatMap(({ request, reply }) => [
    ...tablesOf(request),
    ...tablesOf(reply),
  ])) {
    const names = Object.keys(table);
    assert.equal(new Set(names.map((name) => name.toLowerCase())).size, names.length);
  }
});
