/** Machines that issue by themselves, over the ECPay offline API, case by case. */
import { type Case, type CaseCall, order } from './ecpay-b2c-case.ts';
import type { Members } from './ecpay-bytes.ts';
import { POS_MERCHANT } from './ecpay-house.ts';

const options = { merchant: POS_MERCHANT } as const;

function machine(ActionType: number, MachineID = 'POS1', Remark = '門市一號機'): CaseCall {
  return { action: 'OfflineMerchantPosSetting', data: { ActionType, MachineID, Remark } };
}

/** Gives the machine the track MA20000000 to MA20000049. */
function track(changes: Members = {}): CaseCall {
  return {
    action: 'AddInvoiceWordSetting',
    data: {
      InvoiceTerm: 6,
      InvoiceYear: '115',
      InvType: '07',
      InvoiceCategory: '4',
      InvoiceHeader: 'MA',
      InvoiceStart: '20000000',
      InvoiceEnd: '20000049',
      MachineID: 'POS1',
      ...changes,
    },
  };
}

const SET_UP = [machine(1), track()] as const;
const SPARE = { InvoiceStart: '20000050', InvoiceEnd: '20000099' };

function asked(action: string, changes: Members = {}): CaseCall {
  const data = { InvoiceYear: '115', InvoiceTerm: 6, InvoiceStatus: 1, MachineID: 'POS1' };
  return { action, data: { ...data, ...changes } };
}

function uploaded(changes: Members = {}, at?: string): CaseCall {
  return {
    action: 'OfflineIssue',
    data: order({
      MachineID: 'POS1',
      InvoiceNo: 'MA20000000',
      InvoiceDate: '2026-11-21 09:15:00',
      RandomNumber: '0042',
      ...changes,
    }),
    ...(at === undefined ? {} : { at }),
  };
}

function voided(changes: Members = {}, at?: string): CaseCall {
  return {
    action: 'OfflineInvalid',
    data: {
      InvoiceNo: 'MA20000000',
      InvoiceDate: '2026-11-21',
      Reason: '金額有誤',
      CancelDate: '2026-11-21 09:20:00',
      ...changes,
    },
    ...(at === undefined ? {} : { at }),
  };
}

const TRACK_ACTION = 'GetOfflineInvoiceWordSetting';
const NUMBER_ACTION = 'GetOfflineInvoiceWordSettingNumber';

const MACHINE_CASES: readonly Omit<Case, 'options'>[] = [
  { name: 'get-offline-merchant-info', action: 'GetOfflineMerchantInfo', data: {}, answers: 1 },
  { name: 'offline-merchant-pos-setting-add', ...machine(1), answers: 1 },
  {
    name: 'offline-merchant-pos-setting-edit',
    given: [machine(1)],
    ...machine(2, 'POS1', '倉庫'),
    answers: 1,
  },
  { name: 'offline-merchant-pos-setting-delete', given: [machine(1)], ...machine(3), answers: 1 },
  {
    name: 'offline-merchant-pos-setting-twice',
    given: [machine(1)],
    ...machine(1),
    answers: 8950710,
  },
  { name: 'offline-merchant-pos-setting-edit-unknown', ...machine(2), answers: 7 },
  { name: 'offline-merchant-pos-setting-delete-unknown', ...machine(3), answers: 7 },
  {
    name: 'offline-merchant-pos-setting-edit-with-track',
    given: SET_UP,
    ...machine(2),
    answers: 8950711,
  },
  {
    name: 'offline-merchant-pos-setting-delete-with-track',
    given: SET_UP,
    ...machine(3),
    answers: 8950711,
  },
  { name: 'offline-merchant-pos-setting-action', ...machine(4), answers: 8950262 },
  { name: 'offline-merchant-pos-setting-machine-form', ...machine(1, 'POS 1'), answers: 8950252 },
  { name: 'offline-merchant-pos-setting-machine-missing', ...machine(1, ''), answers: 8950251 },
  {
    name: 'offline-merchant-pos-setting-remark-long',
    ...machine(1, 'POS1', '長'.repeat(101)),
    answers: 8950313,
  },
  {
    name: 'query-offline-merchant-pos-setting',
    given: [machine(1), machine(1, 'POS2', '')],
    action: 'QueryOfflineMerchantPosSetting',
    data: {},
    answers: 1,
  },
  {
    name: 'query-offline-merchant-pos-setting-none',
    given: [machine(1), machine(3)],
    action: 'QueryOfflineMerchantPosSetting',
    data: {},
    answers: 7,
  },
  { name: 'add-invoice-word-setting-offline', given: [machine(1)], ...track(), answers: 1 },
  { name: 'add-invoice-word-setting-machine-unknown', ...track(), answers: 7 },
  {
    name: 'add-invoice-word-setting-machine-missing',
    ...track({ MachineID: '' }),
    answers: 8950251,
  },
  {
    name: 'get-invoice-word-setting-offline',
    given: SET_UP,
    action: 'GetInvoiceWordSetting',
    data: { InvoiceYear: '115', InvoiceTerm: 6, InvoiceCategory: 4 },
    answers: 1,
  },
  { name: 'get-offline-invoice-word-setting', given: SET_UP, ...asked(TRACK_ACTION), answers: 1 },
  {
    name: 'get-offline-invoice-word-setting-spare',
    given: [...SET_UP, track(SPARE)],
    ...asked(TRACK_ACTION, { InvoiceStatus: 2 }),
    answers: 1,
  },
  {
    name: 'get-offline-invoice-word-setting-used-up',
    given: [...SET_UP, track(SPARE), uploaded({ InvoiceNo: 'MA20000049' })],
    ...asked(TRACK_ACTION),
    answers: 1,
  },
  {
    name: 'get-offline-invoice-word-setting-no-spare',
    given: SET_UP,
    ...asked(TRACK_ACTION, { InvoiceStatus: 2 }),
    answers: 7,
  },
  {
    name: 'get-offline-invoice-word-setting-other-machine',
    given: SET_UP,
    ...asked(TRACK_ACTION, { MachineID: 'POS2' }),
    answers: 7,
  },
  {
    name: 'get-offline-invoice-word-setting-status',
    ...asked(TRACK_ACTION, { InvoiceStatus: 3 }),
    answers: 8950222,
  },
  {
    name: 'get-offline-invoice-word-setting-number',
    given: SET_UP,
    ...asked(NUMBER_ACTION),
    answers: 1,
  },
  { name: 'get-offline-invoice-word-setting-number-none', ...asked(NUMBER_ACTION), answers: 7 },
  {
    name: 'get-offline-invoice-word-setting-number-without-key',
    house: { hasQrKey: false },
    given: SET_UP,
    ...asked(NUMBER_ACTION),
    answers: 8950712,
  },
];

const UPLOAD_CASES: readonly Omit<Case, 'options'>[] = [
  { name: 'offline-issue', given: SET_UP, ...uploaded(), answers: 1 },
  {
    name: 'offline-issue-iso-time',
    given: SET_UP,
    ...uploaded({ InvoiceDate: '2026-11-21T09:15:00.0000000+08:00' }),
    answers: 1,
  },
  {
    name: 'offline-issue-number-twice',
    given: [...SET_UP, uploaded()],
    ...uploaded({ RelateNumber: 'POS-2' }),
    answers: 8950706,
  },
  {
    name: 'offline-issue-reference-duplicate',
    given: [...SET_UP, uploaded()],
    ...uploaded({ InvoiceNo: 'MA20000001' }),
    answers: 5070357,
  },
  {
    name: 'offline-issue-outside-track',
    given: SET_UP,
    ...uploaded({ InvoiceNo: 'MA20000050' }),
    answers: 8950705,
  },
  {
    name: 'offline-issue-center-number',
    given: SET_UP,
    ...uploaded({ InvoiceNo: 'KA10000000' }),
    answers: 8950705,
  },
  {
    name: 'offline-issue-other-machine',
    given: [...SET_UP, machine(1, 'POS2')],
    ...uploaded({ MachineID: 'POS2' }),
    answers: 8950705,
  },
  {
    name: 'offline-issue-in-the-future',
    given: SET_UP,
    ...uploaded({ InvoiceDate: '2026-11-21 10:40:31' }),
    answers: 8950707,
  },
  {
    name: 'offline-issue-last-second',
    given: SET_UP,
    ...uploaded({}, '2027-01-15 23:59:59'),
    answers: 1,
  },
  {
    name: 'offline-issue-too-late',
    given: SET_UP,
    ...uploaded({}, '2027-01-16 00:00:00'),
    answers: 8950707,
  },
  {
    name: 'offline-issue-time-without-day',
    ...uploaded({ InvoiceDate: '09:15:00' }),
    answers: 8950292,
  },
  {
    name: 'offline-issue-day-without-time',
    ...uploaded({ InvoiceDate: '2026-11-21' }),
    answers: 8950292,
  },
  { name: 'offline-issue-random-code', ...uploaded({ RandomNumber: '42' }), answers: 8950272 },
  { name: 'offline-issue-machine-missing', ...uploaded({ MachineID: '' }), answers: 8950251 },
  { name: 'offline-issue-amount-mismatch', ...uploaded({ SalesAmount: 99 }), answers: 5000022 },
  { name: 'offline-issue-lines', ...uploaded({ Items: lines(201) }), answers: 8910711 },
  { name: 'offline-invalid', given: [...SET_UP, uploaded()], ...voided(), answers: 1 },
  {
    name: 'offline-invalid-sdk-member',
    given: [...SET_UP, uploaded()],
    ...voided({ CancelDate: undefined, InvoiceCancelDate: '2026/11/21 09:20:00' }),
    answers: 1,
  },
  {
    name: 'offline-invalid-twice',
    given: [...SET_UP, uploaded(), voided()],
    ...voided(),
    answers: 5070453,
  },
  { name: 'offline-invalid-unknown', ...voided(), answers: 1600003 },
  {
    name: 'offline-invalid-before-issue',
    given: [...SET_UP, uploaded()],
    ...voided({ CancelDate: '2026-11-21 09:14:59' }),
    answers: 8950282,
  },
  {
    name: 'offline-invalid-in-the-future',
    given: [...SET_UP, uploaded()],
    ...voided({ CancelDate: '2026-11-21 10:40:31' }),
    answers: 8950282,
  },
  {
    name: 'offline-invalid-deadline-passed',
    given: [...SET_UP, uploaded()],
    ...voided({}, '2027-01-14 00:00:00'),
    answers: 8930701,
  },
  { name: 'offline-invalid-time-missing', ...voided({ CancelDate: '' }), answers: 8950281 },
  {
    name: 'get-issue-offline',
    given: [...SET_UP, uploaded()],
    action: 'GetIssue',
    data: { InvoiceNo: 'MA20000000', InvoiceDate: '2026-11-21' },
    answers: 1,
  },
  {
    name: 'get-invalid-offline',
    given: [...SET_UP, uploaded(), voided()],
    action: 'GetInvalid',
    data: {
      RelateNumber: 'SHOP20261121001',
      InvoiceNo: 'MA20000000',
      InvoiceDate: '2026-11-21',
    },
    answers: 1,
  },
  {
    name: 'get-issue-list-offline',
    given: [...SET_UP, uploaded()],
    action: 'GetIssueList',
    data: {
      BeginDate: '2026-11-21',
      EndDate: '2026-11-21',
      NumPerPage: 10,
      ShowingPage: 1,
      Query_Category: '3',
    },
    answers: 1,
  },
];

function lines(count: number): readonly Members[] {
  return Array.from({ length: count }, () => ({
    ItemName: '茶',
    ItemCount: 1,
    ItemWord: '包',
    ItemPrice: 1,
    ItemAmount: 1,
  }));
}

/** All of them are called by the POS merchant. */
export const OFFLINE_CASES: readonly Case[] = [...MACHINE_CASES, ...UPLOAD_CASES].map(
  (example) => ({
    ...example,
    options,
  }),
);
