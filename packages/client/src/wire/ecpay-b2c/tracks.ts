/**
 * B2C number tracks 字軌: what the Ministry allotted, what the merchant took into use, and the switch of each
 * (ECPay B2C API, docs 7859, 7870, 7875, 7881). Tracks of offline machines have InvoiceCategory 4.
 */

import type { WireEndpoint, WireTable } from '../field.ts';

const MERCHANT_ID = { kind: 'identifier', need: 'optional', lengthMax: 10 } as const;
/** ROC year, three digits. */
const YEAR = { kind: 'text', need: 'required', lengthMax: 3, pattern: /^\d{3}$/ } as const;
/** 1 January and February, 6 November and December. */
const TERM = { kind: 'integer', need: 'required', digitsMax: 1, min: 1, max: 6 } as const;
const HEADER = { kind: 'text', need: 'required', lengthMax: 2, pattern: /^[A-Z]{2}$/ } as const;
/** A code of the merchant's own, to which tracks are bound: Issue's ProductServiceID chooses by it. */
const PRODUCT = {
  kind: 'text',
  need: 'optional',
  lengthMax: 10,
  pattern: /^[A-Za-z0-9]+$/,
} as const;
const MACHINE = {
  kind: 'text',
  need: 'conditional',
  lengthMax: 10,
  pattern: /^[A-Za-z0-9]+$/,
} as const;
const OUTCOME = {
  RtnCode: { kind: 'integer', need: 'required', digitsMax: 8 },
  RtnMsg: { kind: 'text', need: 'required', lengthMax: 200 },
} as const satisfies WireTable;
const INV_TYPES = ['07', '08'] as const;

/** Data of a GetGovInvoiceWordSetting request: last, this and next year only. */
export const GET_GOV_INVOICE_WORD_SETTING_REQUEST = {
  MerchantID: MERCHANT_ID,
  InvoiceYear: YEAR,
} as const satisfies WireTable;

/** A book that the Ministry allotted. */
export const GOV_INVOICE_WORD = {
  InvoiceTerm: TERM,
  InvType: { kind: 'code', need: 'required', lengthMax: 2, values: INV_TYPES },
  InvoiceHeader: HEADER,
  /** Ends in 00 or 50. */
  InvoiceStart: { kind: 'text', need: 'required', lengthMax: 8 },
  /** Ends in 49 or 99. */
  InvoiceEnd: { kind: 'text', need: 'required', lengthMax: 8 },
  /** Booklets of 50. */
  Number: { kind: 'integer', need: 'required', digitsMax: 7 },
} as const satisfies WireTable;

/** What the Ministry allotted in a year (doc 7859). 7: nothing. */
export const GET_GOV_INVOICE_WORD_SETTING = {
  path: '/B2CInvoice/GetGovInvoiceWordSetting',
  request: GET_GOV_INVOICE_WORD_SETTING_REQUEST,
  reply: { ...OUTCOME, InvoiceInfo: { kind: 'rows', need: 'required', row: GOV_INVOICE_WORD } },
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;

/** Data of an AddInvoiceWordSetting request. */
export const ADD_INVOICE_WORD_SETTING_REQUEST = {
  MerchantID: MERCHANT_ID,
  /** Not a term that is over. */
  InvoiceTerm: TERM,
  /** This year or the next. */
  InvoiceYear: YEAR,
  InvType: { kind: 'code', need: 'required', lengthMax: 2, values: INV_TYPES },
  /** 1 B2C, 4 an offline machine. */
  InvoiceCategory: { kind: 'code', need: 'required', lengthMax: 1, values: ['1', '4'] },
  ProductServiceId: PRODUCT,
  InvoiceHeader: HEADER,
  /** Ends in 00 or 50. */
  InvoiceStart: { kind: 'text', need: 'required', lengthMax: 8, pattern: /^\d{6}[05]0$/ },
  /** Ends in 49 or 99. */
  InvoiceEnd: { kind: 'text', need: 'required', lengthMax: 8, pattern: /^\d{6}[49]9$/ },
  /** Required with InvoiceCategory 4. */
  MachineID: MACHINE,
} as const satisfies WireTable;

/** Takes a track into use, not enabled yet; one of a machine is enabled at once (doc 7870). */
export const ADD_INVOICE_WORD_SETTING = {
  path: '/B2CInvoice/AddInvoiceWordSetting',
  request: ADD_INVOICE_WORD_SETTING_REQUEST,
  reply: { ...OUTCOME, TrackID: { kind: 'text', need: 'required', lengthMax: 10 } },
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;

/** Data of an UpdateInvoiceWordStatus request. */
export const UPDATE_INVOICE_WORD_STATUS_REQUEST = {
  MerchantID: MERCHANT_ID,
  /** Documented as required; without one the answer is 7, as to an unknown one. */
  TrackID: { kind: 'text', need: 'conditional', lengthMax: 10 },
  /** 0 disable for good, 1 pause, 2 enable. */
  InvoiceStatus: { kind: 'integer', need: 'required', digitsMax: 1, min: 0, max: 2 },
} as const satisfies WireTable;

/** Disables, pauses or enables a track (doc 7875). */
export const UPDATE_INVOICE_WORD_STATUS = {
  path: '/B2CInvoice/UpdateInvoiceWordStatus',
  request: UPDATE_INVOICE_WORD_STATUS_REQUEST,
  reply: OUTCOME,
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;

/** Data of a GetInvoiceWordSetting request. */
export const GET_INVOICE_WORD_SETTING_REQUEST = {
  MerchantID: MERCHANT_ID,
  InvoiceYear: YEAR,
  /** 0 all. */
  InvoiceTerm: { kind: 'integer', need: 'optional', digitsMax: 1, min: 0, max: 6 },
  /** 0 all, 1 not enabled, 2 in use, 3 disabled, 4 paused, 5 under review, 6 rejected. */
  UseStatus: { kind: 'integer', need: 'optional', digitsMax: 1, min: 0, max: 6 },
  /** 1 B2C, 4 offline machines; any other: no data. */
  InvoiceCategory: { kind: 'integer', need: 'required', digitsMax: 1 },
  InvType: { kind: 'code', need: 'optional', lengthMax: 2, values: INV_TYPES },
  InvoiceHeader: { ...HEADER, need: 'optional' },
  ProductServiceId: PRODUCT,
} as const satisfies WireTable;

/** A track in use. */
export const INVOICE_WORD = {
  TrackID: { kind: 'text', need: 'required', lengthMax: 10 },
  InvoiceYear: YEAR,
  InvoiceTerm: TERM,
  InvoiceCategory: { kind: 'integer', need: 'required', digitsMax: 1 },
  InvType: { kind: 'code', need: 'required', lengthMax: 2, values: INV_TYPES },
  ProductServiceId: { kind: 'text', need: 'required', lengthMax: 10 },
  InvoiceHeader: HEADER,
  InvoiceStart: { kind: 'text', need: 'required', lengthMax: 8 },
  InvoiceEnd: { kind: 'text', need: 'required', lengthMax: 8 },
  /** The last one issued; "" before the first, and for a machine, which numbers by itself. */
  InvoiceNo: { kind: 'text', need: 'required', lengthMax: 8 },
  UseStatus: { kind: 'integer', need: 'required', digitsMax: 1 },
  MachineID: { kind: 'text', need: 'required', lengthMax: 10 },
} as const satisfies WireTable;

/** The tracks of a year (doc 7881). 7: none. */
export const GET_INVOICE_WORD_SETTING = {
  path: '/B2CInvoice/GetInvoiceWordSetting',
  request: GET_INVOICE_WORD_SETTING_REQUEST,
  reply: { ...OUTCOME, InvoiceInfo: { kind: 'rows', need: 'required', row: INVOICE_WORD } },
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
