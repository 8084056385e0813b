/**
 * Refusals of the ECPay B2C API that a request's own members cause, for the actions whose other cases lie
 * beside this file; and rules that an action shares with another, told in its own words.
 */
import {
  allowed,
  type Case,
  type CaseCall,
  invoiceOf,
  issued,
  line,
  ORDER,
  order,
  voided,
} from './ecpay-b2c-case.ts';
import type { Members } from './ecpay-bytes.ts';
import { POS_MERCHANT } from './ecpay-house.ts';

const INVOICE = { InvoiceNo: 'KA10000000', InvoiceDate: '2026-11-21' };
const REFERENCE = { RelateNumber: 'SHOP20261121001' };
const ALLOWANCE = { InvoiceNo: 'KA10000000', AllowanceNo: '2026112110200000' };
const DAYS = { BeginDate: '2026-11-21', EndDate: '2026-11-21', NumPerPage: 200, ShowingPage: 1 };
const GIVEN: Members = {
  ...INVOICE,
  ...{ AllowanceNotify: 'N', AllowanceAmount: 50, Items: [line(1, '高山烏龍茶', 1, 50)] },
};
const DELAY: Members = {
  ...ORDER,
  ...{ DelayFlag: '1', DelayDay: 2, Tsr: 'TSR20261121001', PayType: '2', PayAct: 'ECPAY' },
};
const TRACK: Members = {
  ...{ InvoiceTerm: 6, InvoiceYear: '115', InvType: '07', InvoiceCategory: '1' },
  ...{ InvoiceHeader: 'MA', InvoiceStart: '20000000', InvoiceEnd: '20000049' },
};
const MACHINE: Members = {
  ...{ InvoiceYear: '115', InvoiceTerm: 6, InvoiceStatus: 1, MachineID: 'POS1' },
};
const UPLOAD: Members = order({
  ...{ MachineID: 'POS1', InvoiceNo: 'MA20000000', InvoiceDate: '2026-11-21 09:15:00' },
  RandomNumber: '0417',
});

const TRACK_OF = 'GetOfflineInvoiceWordSetting';
const NUMBERS_OF = 'GetOfflineInvoiceWordSettingNumber';

function refused(name: string, action: string, answers: number, data: Members): Case {
  return { name, action, answers, data };
}

function ofMachine(name: string, action: string, answers: number, data: Members): Case {
  return { ...refused(name, action, answers, data), options: { merchant: POS_MERCHANT } };
}

const VOIDS: readonly Case[] = [
  refused('invalid-fields-missing', 'Invalid', 8930011, {}),
  refused('invalid-day-missing', 'Invalid', 8930021, {
    ...INVOICE,
    InvoiceDate: '',
    Reason: '退貨',
  }),
  refused('invalid-day-form', 'Invalid', 8930022, {
    ...{ ...INVOICE, InvoiceDate: '21.11.2026', Reason: '退貨' },
  }),
  refused('void-with-re-issue-reason-missing', 'VoidWithReIssue', 8930041, {
    VoidModel: { InvoiceNo: 'KA10000000', VoidReason: '' },
    IssueModel: order({ InvoiceDate: '2026-11-21 10:20:30' }),
  }),
  refused('void-with-re-issue-content-missing', 'VoidWithReIssue', 8930061, {
    VoidModel: { InvoiceNo: 'KA10000000', VoidReason: '更正' },
  }),
];

const ALLOWANCES: readonly Case[] = [
  refused('allowance-day-missing', 'Allowance', 8940021, { ...GIVEN, InvoiceDate: '' }),
  refused('allowance-way-missing', 'Allowance', 8940031, { ...GIVEN, AllowanceNotify: '' }),
  refused('allowance-way-unknown', 'Allowance', 8940032, { ...GIVEN, AllowanceNotify: 'X' }),
  refused('allowance-name-long', 'Allowance', 8940043, { ...GIVEN, CustomerName: '名'.repeat(61) }),
  refused('allowance-mail-long', 'Allowance', 8940053, {
    ...{ ...GIVEN, AllowanceNotify: 'E', NotifyMail: `${'b'.repeat(89)}@example.com` },
  }),
  refused('allowance-phone-form', 'Allowance', 8940062, {
    ...{ ...GIVEN, AllowanceNotify: 'S', NotifyPhone: '0911-222333' },
  }),
  refused('allowance-amount-missing', 'Allowance', 8940071, { ...GIVEN, AllowanceAmount: '' }),
  refused('allowance-amount-long', 'Allowance', 8940073, {
    ...{ ...GIVEN, AllowanceAmount: 1_000_000_000_000 },
  }),
  refused('allowance-reason-long', 'Allowance', 8940083, { ...GIVEN, Reason: '因'.repeat(51) }),
  refused('allowance-items-missing', 'Allowance', 8940091, { ...GIVEN, Items: [] }),
  refused('allowance-item-fields-missing', 'Allowance', 8940111, { ...GIVEN, Items: [{}] }),
  refused('allowance-item-count-zero', 'Allowance', 8940122, {
    ...{ ...GIVEN, Items: [line(1, '高山烏龍茶', 0, 50, { ItemAmount: 50 })] },
  }),
  {
    ...allowed(40),
    name: 'allowance-by-collegiate-sum-mismatch',
    action: 'AllowanceByCollegiate',
    given: [issued()],
    data: (earlier) => ({
      ...{ ...GIVEN, ...invoiceOf(earlier), AllowanceNotify: 'E', NotifyMail: 'b@example.com' },
      AllowanceAmount: 49,
    }),
    answers: 8940701,
  },
  refused('allowance-invalid-number-missing', 'AllowanceInvalid', 8940201, {
    ...{ InvoiceNo: 'KA10000000', Reason: '有誤' },
  }),
  refused('allowance-invalid-reason-missing', 'AllowanceInvalid', 8940081, ALLOWANCE),
  refused('allowance-invalid-reason-long', 'AllowanceInvalid', 8940083, {
    ...{ ...ALLOWANCE, Reason: '因'.repeat(21) },
  }),
  refused('allowance-invalid-by-collegiate-reason-long', 'AllowanceInvalidByCollegiate', 8940083, {
    ...{ ...ALLOWANCE, Reason: '因'.repeat(21) },
  }),
];

const QUERIES: readonly Case[] = [
  refused('get-issue-list-fields-missing', 'GetIssueList', 8950011, {}),
  refused('get-issue-list-page-zero', 'GetIssueList', 8950042, { ...DAYS, ShowingPage: 0 }),
  refused('get-issue-list-type-unknown', 'GetIssueList', 8950052, { ...DAYS, DataType: 3 }),
  refused('get-issue-list-filter-unknown', 'GetIssueList', 8950062, { ...DAYS, Query_Upload: '4' }),
  refused('get-allowance-other-invoice', 'GetAllowance', 7, {
    ...{ ...ALLOWANCE, InvoiceNo: 'ZZ00000000' },
  }),
  refused('get-allowance-list-type-missing', 'GetAllowanceList', 8950071, ALLOWANCE),
  refused('get-allowance-list-type-unknown', 'GetAllowanceList', 8950072, {
    ...{ ...ALLOWANCE, SearchType: '3' },
  }),
  refused('get-allowance-list-number-missing', 'GetAllowanceList', 8950101, { SearchType: '0' }),
  refused('get-allowance-list-invoice-missing', 'GetAllowanceList', 8950091, {
    ...{ SearchType: '1', Date: '2026-11-21' },
  }),
  refused('get-invalid-unknown', 'GetInvalid', 2, { ...INVOICE, ...REFERENCE }),
  {
    name: 'get-invalid-wrong-day',
    given: [issued(), voided()],
    action: 'GetInvalid',
    data: (earlier) => ({ ...invoiceOf(earlier), ...REFERENCE, InvoiceDate: '2026-11-22' }),
    answers: 2,
  },
  refused('get-invalid-number-missing', 'GetInvalid', 8950091, {
    ...{ ...REFERENCE, InvoiceDate: '2026-11-21' },
  }),
  refused('get-invalid-day-missing', 'GetInvalid', 8950291, {
    ...{ ...REFERENCE, InvoiceNo: 'KA10000000' },
  }),
  refused('get-allowance-invalid-unknown', 'GetAllowanceInvalid', 7, ALLOWANCE),
  refused('get-allowance-invalid-fields-missing', 'GetAllowanceInvalid', 8950091, {}),
  refused('get-allowance-invalid-number-missing', 'GetAllowanceInvalid', 8950101, {
    InvoiceNo: 'KA10000000',
  }),
  refused('check-love-code-missing', 'CheckLoveCode', 2020001, {}),
  refused('get-company-name-missing', 'GetCompanyNameByTaxID', 2027000, {}),
  refused('invoice-print-day-missing', 'InvoicePrint', 8950291, { InvoiceNo: 'KA10000000' }),
  refused('invoice-print-detail', 'InvoicePrint', 8950342, { ...INVOICE, IsShowingDetail: 3 }),
  refused('invoice-print-reprint-mark', 'InvoicePrint', 8950352, {
    ...{ ...INVOICE, IsReprintInvoice: 'J' },
  }),
];

const WAITING: CaseCall = { action: 'DelayIssue', data: DELAY };

const DELAYED: readonly Case[] = [
  refused('delay-issue-flag-missing', 'DelayIssue', 8920011, { ...DELAY, DelayFlag: '' }),
  refused('delay-issue-days-missing', 'DelayIssue', 8920021, { ...DELAY, DelayDay: '' }),
  refused('delay-issue-address-long', 'DelayIssue', 8920063, {
    ...{ ...DELAY, NotifyURL: `https://shop.example/${'a'.repeat(180)}` },
  }),
  refused('delay-issue-carrier-printed', 'DelayIssue', 5000015, {
    ...{ ...DELAY, Print: '1', CustomerName: '王小明', CustomerAddr: '臺北市示範路1號' },
  }),
  {
    name: 'edit-delay-issue-amount-mismatch',
    given: [WAITING],
    action: 'EditDelayIssue',
    data: { ...ORDER, Tsr: 'TSR20261121001', SalesAmount: 99 },
    answers: 5000022,
  },
  {
    name: 'edit-delay-issue-reference-duplicate',
    given: [issued({ RelateNumber: 'TAKEN' }), WAITING],
    action: 'EditDelayIssue',
    data: { ...ORDER, Tsr: 'TSR20261121001', RelateNumber: 'taken' },
    answers: 5070357,
  },
  refused('edit-delay-issue-key-missing', 'EditDelayIssue', 8920031, ORDER),
  refused('trigger-issue-key-long', 'TriggerIssue', 8920033, { Tsr: 'T'.repeat(31), PayType: '2' }),
  refused('cancel-delay-issue-key-long', 'CancelDelayIssue', 8920033, { Tsr: 'T'.repeat(31) }),
];

const TRACKS: readonly Case[] = [
  refused('add-invoice-word-setting-fields-missing', 'AddInvoiceWordSetting', 8950171, {}),
  refused('add-invoice-word-setting-product-form', 'AddInvoiceWordSetting', 8950332, {
    ...{ ...TRACK, ProductServiceId: '代號' },
  }),
  refused('update-invoice-word-status-missing', 'UpdateInvoiceWordStatus', 8950221, {
    TrackID: '0000000001',
  }),
  refused('get-invoice-word-setting-status-unknown', 'GetInvoiceWordSetting', 8950232, {
    ...{ InvoiceYear: '115', InvoiceTerm: 6, UseStatus: 7, InvoiceCategory: 1 },
  }),
  refused('get-invoice-word-setting-term-over', 'GetInvoiceWordSetting', 8950182, {
    ...{ InvoiceYear: '115', InvoiceTerm: 7, UseStatus: 0, InvoiceCategory: 1 },
  }),
];

const MACHINES: readonly Case[] = [
  ofMachine('get-offline-invoice-word-setting-fields-missing', TRACK_OF, 8950171, {}),
  ofMachine('get-offline-invoice-word-setting-term', TRACK_OF, 8950182, {
    ...{ ...MACHINE, InvoiceTerm: 0 },
  }),
  ofMachine('get-offline-invoice-word-setting-number-machine-missing', NUMBERS_OF, 8950251, {
    ...{ ...MACHINE, MachineID: '' },
  }),
  ofMachine('offline-issue-reference-missing', 'OfflineIssue', 8910011, {
    ...{ ...UPLOAD, RelateNumber: '' },
  }),
  ofMachine('offline-issue-number-missing', 'OfflineIssue', 8950091, { ...UPLOAD, InvoiceNo: '' }),
  ofMachine('offline-issue-random-code-missing', 'OfflineIssue', 8950271, {
    ...{ ...UPLOAD, RandomNumber: '' },
  }),
  ofMachine('offline-invalid-reason-long', 'OfflineInvalid', 8930033, {
    ...{ InvoiceNo: 'MA20000000', InvoiceDate: '2026-11-21', Reason: '長'.repeat(21) },
    CancelDate: '2026-11-21 09:20:00',
  }),
];

export const FIELD_CASES: readonly Case[] = [
  ...VOIDS,
  ...ALLOWANCES,
  ...QUERIES,
  ...DELAYED,
  ...TRACKS,
  ...MACHINES,
];
