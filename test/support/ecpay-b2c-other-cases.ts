/** Voids, allowances and queries of the ECPay B2C API, and its envelope, case by case. */
import {
  allowanceVoided,
  allowed,
  BUSINESS,
  type Case,
  type CaseCall,
  type Earlier,
  invoiceOf,
  issued,
  line,
  ORDER,
  voided,
} from './ecpay-b2c-case.ts';
import type { Members } from './ecpay-bytes.ts';
import { PLATFORM } from './ecpay-house.ts';

/** The first second after the 13th of the month that follows the period 11512. */
const DEADLINE_PASSED = '2027-01-14 00:00:00';
const NEXT_DAY = { InvoiceDate: '2026-11-22' };
const UNKNOWN = { InvoiceNo: 'ZZ00000000', InvoiceDate: '2026-11-21' };

const MIXED_ORDER = issued({
  TaxType: '9',
  SalesAmount: 145,
  Items: [
    line(1, '醬油', 1, 105, { ItemTaxType: '1' }),
    line(2, '白米', 2, 20, { ItemTaxType: '3' }),
  ],
});

function query(
  name: string,
  action: string,
  answers: number,
  given: readonly CaseCall[],
  data: Members | ((earlier: Earlier) => Members),
): Case {
  return { name, action, answers, given, data };
}

export const VOID_CASES: readonly Case[] = [
  { name: 'invalid', given: [issued()], ...voided(), answers: 1 },
  query('invalid-odoo-date', 'Invalid', 1, [issued()], (earlier) => ({
    ...invoiceOf(earlier),
    InvoiceDate: '2026/11/21 02:20:30',
    Reason: '買方退貨',
  })),
  query('invalid-unknown', 'Invalid', 1600003, [], { ...UNKNOWN, Reason: '買方退貨' }),
  query('invalid-wrong-day', 'Invalid', 1600003, [issued()], (earlier) => ({
    ...invoiceOf(earlier),
    ...NEXT_DAY,
    Reason: '買方退貨',
  })),
  { name: 'invalid-twice', given: [issued(), voided()], ...voided(), answers: 5070453 },
  { name: 'invalid-with-allowance', given: [issued(), allowed(50)], ...voided(), answers: 5070450 },
  {
    name: 'invalid-after-allowance-voided',
    given: [issued(), allowed(50), allowanceVoided()],
    ...voided(),
    answers: 1,
  },
  {
    name: 'invalid-last-second',
    given: [issued()],
    ...voided('2027-01-13 23:59:59'),
    answers: 1,
  },
  {
    name: 'invalid-deadline-passed',
    given: [issued()],
    ...voided(DEADLINE_PASSED),
    answers: 8930701,
  },
  query('invalid-reason-long', 'Invalid', 2009005, [], { ...UNKNOWN, Reason: '長'.repeat(21) }),
  query('invalid-reason-missing', 'Invalid', 8930031, [], { ...UNKNOWN, Reason: '' }),
  query('invalid-number-length', 'Invalid', 8930013, [], {
    ...UNKNOWN,
    InvoiceNo: 'AB1234567',
    Reason: '買方退貨',
  }),
];

export const ALLOWANCE_CASES: readonly Case[] = [
  { name: 'allowance', given: [issued()], ...allowed(50), answers: 1 },
  { name: 'allowance-tax-id', given: [issued(BUSINESS)], ...allowed(50), answers: 1 },
  { name: 'allowance-other-day', given: [issued()], ...allowed(50, NEXT_DAY), answers: 1 },
  {
    name: 'allowance-mail',
    given: [issued()],
    ...allowed(50, { AllowanceNotify: 'E', NotifyMail: 'a@example.com;b@example.com' }),
    answers: 1,
  },
  {
    name: 'allowance-amount-zero',
    given: [issued()],
    ...allowed(0, { Items: [line(1, '高山烏龍茶', 1, 0)] }),
    answers: 8940072,
  },
  {
    name: 'allowance-sequence-twice',
    given: [issued()],
    ...allowed(50, { Items: [line(1, '高山烏龍茶', 1, 30), line(1, '茶食', 1, 20)] }),
    answers: 8940102,
  },
  { name: 'allowance-exceeds', given: [issued(), allowed(60)], ...allowed(50), answers: 2000034 },
  { name: 'allowance-unknown', ...allowed(50, UNKNOWN), answers: 2000018 },
  { name: 'allowance-voided', given: [issued(), voided()], ...allowed(50), answers: 2000042 },
  {
    name: 'allowance-sum-mismatch',
    given: [issued()],
    ...allowed(50, { AllowanceAmount: 49 }),
    answers: 8940701,
  },
  {
    name: 'allowance-class-absent',
    given: [MIXED_ORDER],
    ...allowed(10, { Items: [line(1, '外銷品', 1, 10, { ItemTaxType: '2' })] }),
    answers: 8940702,
  },
  {
    name: 'allowance-mail-missing',
    given: [issued()],
    ...allowed(50, { AllowanceNotify: 'E' }),
    answers: 8940051,
  },
  {
    name: 'allowance-phone-missing',
    given: [issued()],
    ...allowed(50, { AllowanceNotify: 'S' }),
    answers: 8940061,
  },
  {
    name: 'allowance-fields-missing',
    action: 'Allowance',
    data: {},
    answers: 8940011,
  },
  { name: 'allowance-invalid', given: [issued(), allowed(50)], ...allowanceVoided(), answers: 1 },
  query('allowance-invalid-unknown', 'AllowanceInvalid', 2000039, [issued()], (earlier) => ({
    InvoiceNo: earlier[0]?.InvoiceNo,
    AllowanceNo: '2026112110200000',
    Reason: '折讓有誤',
  })),
  {
    name: 'allowance-invalid-twice',
    given: [issued(), allowed(50), allowanceVoided()],
    ...allowanceVoided(),
    answers: 2000063,
  },
  {
    name: 'allowance-invalid-last-second',
    given: [issued(), allowed(50)],
    ...allowanceVoided('2027-01-13 23:59:59'),
    answers: 1,
  },
  {
    name: 'allowance-invalid-deadline-passed',
    given: [issued(), allowed(50)],
    ...allowanceVoided(DEADLINE_PASSED),
    answers: 8940704,
  },
  query('allowance-invalid-fields-missing', 'AllowanceInvalid', 8940011, [], {}),
];

const LIST: Members = {
  BeginDate: '2026-11-21',
  EndDate: '2026-11-21',
  NumPerPage: 200,
  ShowingPage: 1,
};
const TWO_ORDERS: readonly CaseCall[] = [
  issued({ ItemRemark: null }),
  issued({ ...BUSINESS, RelateNumber: 'SHOP,"20261121"-2' }),
];

function byAllowance(earlier: Earlier): Members {
  return { InvoiceNo: earlier[0]?.InvoiceNo, AllowanceNo: earlier[1]?.IA_Allow_No };
}

export const QUERY_CASES: readonly Case[] = [
  query('get-issue-by-relate-number', 'GetIssue', 1, [issued(BUSINESS)], {
    RelateNumber: 'shop20261121001',
    InvoiceNo: '',
    InvoiceDate: null,
  }),
  query('get-issue-by-number', 'GetIssue', 1, [MIXED_ORDER], (earlier) => invoiceOf(earlier)),
  query('get-issue-voided', 'GetIssue', 1, [issued(), voided()], (earlier) => invoiceOf(earlier)),
  query('get-issue-alias', 'GetIssueByRelateNo', 1, [issued()], {
    RelateNumber: 'SHOP20261121001',
  }),
  query('get-issue-unknown', 'GetIssue', 2, [], { RelateNumber: 'SHOP20261121001' }),
  query('get-issue-wrong-day', 'GetIssue', 2, [issued()], (earlier) => ({
    ...invoiceOf(earlier),
    ...NEXT_DAY,
  })),
  query('get-issue-both-ways', 'GetIssue', 2, [issued()], (earlier) => ({
    ...invoiceOf(earlier),
    RelateNumber: 'SHOP20261121001',
  })),
  query('get-issue-neither-way', 'GetIssue', 8950301, [], {}),
  query('get-issue-day-missing', 'GetIssue', 8950291, [], { InvoiceNo: 'KA10000000' }),
  query('get-issue-number-length', 'GetIssue', 2011002, [], { ...UNKNOWN, InvoiceNo: 'KA1' }),
  query('get-issue-list', 'GetIssueList', 1, TWO_ORDERS, LIST),
  query('get-issue-list-csv', 'GetIssueList', 1, TWO_ORDERS, { ...LIST, DataType: '2' }),
  query('get-issue-list-csv-empty', 'GetIssueList', 1, [], { ...LIST, DataType: 2 }),
  query('get-issue-list-empty', 'GetIssueList', 1, [], LIST),
  query('get-issue-list-past-the-end', 'GetIssueList', 1, TWO_ORDERS, { ...LIST, ShowingPage: 2 }),
  query('get-issue-list-page-too-large', 'GetIssueList', 8950032, [], { ...LIST, NumPerPage: 201 }),
  query('get-issue-list-dates-reversed', 'GetIssueList', 8950701, [], {
    ...LIST,
    EndDate: '2026/11/20',
  }),
  query('get-issue-list-no-such-day', 'GetIssueList', 8950012, [], {
    ...LIST,
    BeginDate: '2026-02-30',
  }),
  query('get-allowance', 'GetAllowance', 1, [issued(BUSINESS), allowed(50)], byAllowance),
  query('get-allowance-unknown', 'GetAllowance', 7, [], {
    InvoiceNo: 'KA10000000',
    AllowanceNo: '2026112110200000',
  }),
  query('get-allowance-fields-missing', 'GetAllowance', 2014001, [], {}),
  query('get-allowance-number-missing', 'GetAllowance', 2014003, [], { InvoiceNo: 'KA10000000' }),
  query(
    'get-allowance-list-by-invoice',
    'GetAllowanceList',
    1,
    [issued(), allowed(50), allowed(30), allowanceVoided()],
    { SearchType: '1', InvoiceNo: 'KA10000000', Date: '2026-11-21' },
  ),
  query(
    'get-allowance-list-by-number',
    'GetAllowanceList',
    1,
    [issued(), allowed(50)],
    (earlier) => ({
      SearchType: 0,
      AllowanceNo: earlier[1]?.IA_Allow_No,
      InvoiceNo: 'ignored',
    }),
  ),
  query('get-allowance-list-by-day', 'GetAllowanceList', 1, [issued(), allowed(50)], {
    SearchType: '2',
    InvoiceNo: 'KA10000000',
    Date: '2026/11/21',
  }),
  query('get-allowance-list-none', 'GetAllowanceList', 7, [issued()], {
    SearchType: '1',
    InvoiceNo: 'KA10000000',
    Date: '2026-11-21',
  }),
  query('get-allowance-list-day-missing', 'GetAllowanceList', 8950081, [], {
    SearchType: '2',
    InvoiceNo: 'KA10000000',
  }),
  query('get-invalid', 'GetInvalid', 1, [issued(BUSINESS), voided()], (earlier) => ({
    ...invoiceOf(earlier),
    RelateNumber: 'SHOP20261121001',
  })),
  query('get-invalid-not-voided', 'GetInvalid', 2, [issued()], (earlier) => ({
    ...invoiceOf(earlier),
    RelateNumber: 'SHOP20261121001',
  })),
  query('get-invalid-other-reference', 'GetInvalid', 2, [issued(), voided()], (earlier) => ({
    ...invoiceOf(earlier),
    RelateNumber: 'SHOP20261121002',
  })),
  query('get-invalid-reference-missing', 'GetInvalid', 2013001, [], UNKNOWN),
  query(
    'get-allowance-invalid',
    'GetAllowanceInvalid',
    1,
    [issued(), allowed(50), allowanceVoided()],
    byAllowance,
  ),
  query(
    'get-allowance-invalid-live',
    'GetAllowanceInvalid',
    7,
    [issued(), allowed(50)],
    byAllowance,
  ),
];

const ORDER_CALL = { action: 'Issue', data: ORDER } as const;

export const ENVELOPE_CASES: readonly Case[] = [
  {
    name: 'envelope-stale',
    ...ORDER_CALL,
    // 601 seconds before the house's clock.
    options: { timestamp: 1795227630 - 601 },
    answers: 104,
  },
  {
    name: 'envelope-wrong-keys',
    ...ORDER_CALL,
    options: {
      merchant: { id: '2000132', hashKey: 'wrongwrongwrong1', hashIv: 'wrongwrongwrong2' },
    },
    answers: 110,
  },
  { name: 'envelope-data-empty', ...ORDER_CALL, options: { sealed: '' }, answers: 111 },
  {
    name: 'envelope-data-no-ciphertext',
    ...ORDER_CALL,
    options: { sealed: '{"RelateNumber":"SHOP20261121001"}' },
    answers: 110,
  },
  {
    name: 'envelope-merchant-unknown',
    ...ORDER_CALL,
    options: {
      merchant: { id: '9999999', hashKey: 'ejCk326UnaZWKisg', hashIv: 'q9jcZX8Ib9LM8wYk' },
    },
    answers: 115,
  },
  {
    name: 'envelope-merchant-mismatch',
    action: 'Issue',
    data: { ...ORDER, MerchantID: '2000933' },
    answers: 8900701,
  },
  {
    name: 'envelope-header-echoed',
    ...ORDER_CALL,
    options: {
      header: { Revision: '3.0.0', RqID: 'a3c1b0de-0000-4000-8000-20261121102a' },
    },
    answers: 1,
  },
  { name: 'envelope-platform', ...ORDER_CALL, options: { platform: PLATFORM }, answers: 1 },
  {
    name: 'envelope-platform-not-bound',
    ...ORDER_CALL,
    options: {
      platform: PLATFORM,
      merchant: { id: '2000933', hashKey: 'kailiSandboxKeyB', hashIv: 'kailiSandboxIv_B' },
    },
    answers: 8900702,
  },
];
