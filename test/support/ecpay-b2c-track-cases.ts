/** Number tracks of the ECPay B2C API, case by case. */
import { type Case, type CaseCall, type Earlier, issued } from './ecpay-b2c-case.ts';
import type { Members } from './ecpay-bytes.ts';

/** Numbers of a book that nobody claimed yet: half of it serves anybody. */
const HALF = {
  segments: [
    { code: '', category: 'b2c', count: 50 },
    { code: '', category: 'any', count: 100 },
  ],
} as const;

const TRACK: Members = {
  InvoiceTerm: 6,
  InvoiceYear: '115',
  InvType: '07',
  InvoiceCategory: '1',
  InvoiceHeader: 'MA',
  InvoiceStart: '20000000',
  InvoiceEnd: '20000049',
};

function added(changes: Members = {}): CaseCall {
  return { action: 'AddInvoiceWordSetting', data: { ...TRACK, ...changes } };
}

/** The status of the track that the n-th call before added. */
function status(InvoiceStatus: number, index = 0): CaseCall {
  return {
    action: 'UpdateInvoiceWordStatus',
    data: (earlier: Earlier) => ({ TrackID: earlier[index]?.TrackID, InvoiceStatus }),
  };
}

function gov(InvoiceYear: string): CaseCall {
  return { action: 'GetGovInvoiceWordSetting', data: { InvoiceYear } };
}

function words(changes: Members = {}): CaseCall {
  const data = { InvoiceYear: '115', InvoiceTerm: 6, UseStatus: 0, InvoiceCategory: 1, ...changes };
  return { action: 'GetInvoiceWordSetting', data };
}

/** No track is open but what a case enables. */
const NONE_OPEN = { segments: [{ code: 'other', category: 'b2c', count: 50 }] } as const;

export const TRACK_CASES: readonly Case[] = [
  { name: 'get-gov-invoice-word-setting', ...gov('115'), answers: 1 },
  { name: 'get-gov-invoice-word-setting-next-year', ...gov('116'), answers: 1 },
  { name: 'get-gov-invoice-word-setting-none', ...gov('114'), answers: 7 },
  { name: 'get-gov-invoice-word-setting-year-too-early', ...gov('113'), answers: 8950702 },
  { name: 'get-gov-invoice-word-setting-year-too-late', ...gov('117'), answers: 8950702 },
  { name: 'get-gov-invoice-word-setting-year-missing', ...gov(''), answers: 8950171 },
  { name: 'get-gov-invoice-word-setting-year-of-four-digits', ...gov('2026'), answers: 8950173 },
  { name: 'add-invoice-word-setting', ...added(), answers: 1 },
  {
    name: 'add-invoice-word-setting-out-of-book',
    house: HALF,
    ...added({ InvoiceHeader: 'KA', InvoiceStart: '10000100', InvoiceEnd: '10000149' }),
    answers: 1,
  },
  {
    name: 'add-invoice-word-setting-alias',
    ...added(),
    action: 'InvoiceWordSetting',
    answers: 1,
  },
  { name: 'add-invoice-word-setting-twice', given: [added()], ...added(), answers: 8950708 },
  {
    name: 'add-invoice-word-setting-in-use',
    house: HALF,
    ...added({ InvoiceHeader: 'KA', InvoiceStart: '10000000', InvoiceEnd: '10000049' }),
    answers: 8950708,
  },
  {
    name: 'add-invoice-word-setting-other-type',
    house: HALF,
    ...added({
      InvType: '08',
      InvoiceHeader: 'KA',
      InvoiceStart: '10000100',
      InvoiceEnd: '10000149',
    }),
    answers: 8910302,
  },
  { name: 'add-invoice-word-setting-term-over', ...added({ InvoiceTerm: 5 }), answers: 8950182 },
  {
    name: 'add-invoice-word-setting-last-year',
    ...added({ InvoiceYear: '114' }),
    answers: 8950702,
  },
  {
    name: 'add-invoice-word-setting-start-uneven',
    ...added({ InvoiceStart: '20000001' }),
    answers: 8950202,
  },
  {
    name: 'add-invoice-word-setting-end-uneven',
    ...added({ InvoiceEnd: '20000050' }),
    answers: 8950212,
  },
  {
    name: 'add-invoice-word-setting-reversed',
    ...added({ InvoiceStart: '20000050', InvoiceEnd: '20000049' }),
    answers: 8950212,
  },
  { name: 'add-invoice-word-setting-header', ...added({ InvoiceHeader: 'm1' }), answers: 8950192 },
  {
    name: 'add-invoice-word-setting-category',
    ...added({ InvoiceCategory: '3' }),
    answers: 8950242,
  },
  { name: 'update-invoice-word-status-enable', given: [added()], ...status(2), answers: 1 },
  {
    name: 'update-invoice-word-status-pause',
    given: [added(), status(2)],
    ...status(1),
    answers: 1,
  },
  { name: 'update-invoice-word-status-disable', given: [added()], ...status(0), answers: 1 },
  {
    name: 'update-invoice-word-status-enable-again',
    given: [added(), status(2), status(1)],
    ...status(2),
    answers: 1,
  },
  {
    name: 'update-invoice-word-status-disabled',
    given: [added(), status(0)],
    ...status(2),
    answers: 8950709,
  },
  {
    name: 'update-invoice-word-status-unknown',
    action: 'UpdateInvoiceWordStatus',
    data: { TrackID: '0000000001', InvoiceStatus: 2 },
    answers: 7,
  },
  {
    name: 'update-invoice-word-status-by-range',
    action: 'UpdateInvoiceWordStatus',
    data: { InvoiceHeader: 'MA', InvoiceStart: '20000000', Status: '2', InvoiceStatus: 2 },
    answers: 7,
  },
  { name: 'update-invoice-word-status-wrong', given: [added()], ...status(3), answers: 8950222 },
  {
    name: 'get-invoice-word-setting',
    given: [issued(), added({ ProductServiceId: 'shop2' })],
    ...words(),
    answers: 1,
  },
  {
    name: 'get-invoice-word-setting-all-terms',
    ...words({ InvoiceTerm: 0, InvType: '07' }),
    answers: 1,
  },
  {
    name: 'get-invoice-word-setting-by-status',
    given: [added(), status(2)],
    ...words({ UseStatus: 2, InvoiceHeader: 'MA' }),
    answers: 1,
  },
  {
    name: 'get-invoice-word-setting-disabled',
    given: [added(), status(0)],
    ...words({ UseStatus: 3 }),
    answers: 1,
  },
  {
    name: 'get-invoice-word-setting-by-product',
    given: [added({ ProductServiceId: 'shop2' })],
    ...words({ ProductServiceId: 'shop2' }),
    answers: 1,
  },
  { name: 'get-invoice-word-setting-none', ...words({ UseStatus: 5 }), answers: 7 },
  { name: 'get-invoice-word-setting-category', ...words({ InvoiceCategory: 2 }), answers: 7 },
  {
    name: 'get-invoice-word-setting-year-missing',
    ...words({ InvoiceYear: '' }),
    answers: 8950171,
  },
  {
    name: 'issue-last-second-of-period',
    ...issued(),
    at: '2026-12-31 23:59:59',
    answers: 1,
  },
  {
    name: 'issue-first-second-of-period',
    ...issued(),
    at: '2027-01-01 00:00:00',
    answers: 1,
  },
  {
    name: 'issue-period-without-book',
    ...issued(),
    at: '2027-03-01 00:00:00',
    answers: 5070350,
  },
  {
    name: 'issue-track-not-enabled',
    house: NONE_OPEN,
    given: [added()],
    ...issued(),
    answers: 5070350,
  },
  {
    name: 'issue-track-enabled',
    house: NONE_OPEN,
    given: [added(), status(2)],
    ...issued(),
    answers: 1,
  },
  {
    name: 'issue-track-paused',
    house: NONE_OPEN,
    given: [added(), status(2), status(1)],
    ...issued(),
    answers: 5070350,
  },
  {
    name: 'issue-track-by-product',
    given: [added({ ProductServiceId: 'shop2' }), status(2)],
    ...issued({ ProductServiceID: 'shop2' }),
    answers: 1,
  },
  {
    name: 'issue-track-of-no-product',
    given: [added({ ProductServiceId: 'shop2' }), status(2)],
    ...issued({ ProductServiceID: 'shop9' }),
    answers: 5070350,
  },
];
