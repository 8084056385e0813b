/**
 * B2C machines that issue by themselves and upload afterwards 離線發票: registration, their tracks and numbers,
 * the upload of what they issued and voided (ECPay offline API, docs 13773 to 15502).
 */

import type { WireEndpoint, WireTable } from '../field.ts';
import {
  DATE_LENGTH_MAX,
  DATE_PATTERN,
  DATE_TIME_PATTERN,
  INVOICE_NUMBER_PATTERN,
} from './envelope.ts';
import { ISSUE_ITEM, ISSUE_REQUEST } from './issue.ts';

const MERCHANT_ID = { kind: 'identifier', need: 'optional', lengthMax: 10 } as const;
const MACHINE_ID = {
  kind: 'text',
  need: 'required',
  lengthMax: 10,
  pattern: /^[A-Za-z0-9]+$/,
} as const;
const INVOICE_NO = {
  kind: 'text',
  need: 'required',
  lengthMax: 10,
  pattern: INVOICE_NUMBER_PATTERN,
} as const;
/** `yyyy-MM-dd HH:mm:ss`, Taipei time. */
const TIME = {
  kind: 'text',
  need: 'required',
  lengthMax: DATE_LENGTH_MAX,
  pattern: DATE_TIME_PATTERN,
} as const;
const OUTCOME = {
  RtnCode: { kind: 'integer', need: 'required', digitsMax: 8 },
  RtnMsg: { kind: 'text', need: 'required', lengthMax: 200 },
} as const satisfies WireTable;

/** Who the merchant is (doc 13773). */
export const GET_OFFLINE_MERCHANT_INFO = {
  path: '/B2CInvoice/GetOfflineMerchantInfo',
  request: { MerchantID: MERCHANT_ID },
  reply: {
    ...OUTCOME,
    MerchantName: { kind: 'text', need: 'required', lengthMax: 20 },
    /** Tax ID. */
    MerchantIdentifier: { kind: 'text', need: 'required', lengthMax: 8 },
  },
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;

/** Registers a machine, changes its remark, or takes it away; the last two only without tracks (doc 13783). */
export const OFFLINE_MERCHANT_POS_SETTING = {
  path: '/B2CInvoice/OfflineMerchantPosSetting',
  request: {
    MerchantID: MERCHANT_ID,
    /** 1 add, 2 edit, 3 delete. */
    ActionType: { kind: 'integer', need: 'required', digitsMax: 1, min: 1, max: 3 },
    MachineID: MACHINE_ID,
    Remark: { kind: 'text', need: 'optional', lengthMax: 100 },
  },
  reply: OUTCOME,
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;

/** A registered machine. */
export const OFFLINE_MACHINE = {
  MachineID: MACHINE_ID,
  /** Taipei time. */
  CreateTime: { kind: 'text', need: 'required', lengthMax: 20 },
  Remark: { kind: 'text', need: 'required', lengthMax: 100 },
} as const satisfies WireTable;

/** The registered machines (doc 13833). 7: none. */
export const QUERY_OFFLINE_MERCHANT_POS_SETTING = {
  path: '/B2CInvoice/QueryOfflineMerchantPosSetting',
  request: { MerchantID: MERCHANT_ID },
  reply: { ...OUTCOME, MachineIDList: { kind: 'rows', need: 'required', row: OFFLINE_MACHINE } },
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;

/** Which track of which machine. */
export const OFFLINE_TRACK_REQUEST = {
  MerchantID: MERCHANT_ID,
  /** ROC year, three digits. */
  InvoiceYear: { kind: 'text', need: 'required', lengthMax: 3, pattern: /^\d{3}$/ },
  /** 1 January and February, 6 November and December. */
  InvoiceTerm: { kind: 'integer', need: 'required', digitsMax: 1, min: 1, max: 6 },
  /** 1 the track in use, 2 the spare one. */
  InvoiceStatus: { kind: 'integer', need: 'required', digitsMax: 1, min: 1, max: 2 },
  MachineID: MACHINE_ID,
} as const satisfies WireTable;

const TIMES = { kind: 'integer', need: 'required', digitsMax: 4 } as const;

/** A machine's track (doc 13795). 7: it has none. */
export const GET_OFFLINE_INVOICE_WORD_SETTING = {
  path: '/B2CInvoice/GetOfflineInvoiceWordSetting',
  request: OFFLINE_TRACK_REQUEST,
  reply: {
    ...OUTCOME,
    InvoiceHeader: { kind: 'text', need: 'required', lengthMax: 2 },
    InvoiceStart: { kind: 'text', need: 'required', lengthMax: 8 },
    InvoiceEnd: { kind: 'text', need: 'required', lengthMax: 8 },
    InvoiceStatus: { kind: 'integer', need: 'required', digitsMax: 1 },
    /** How many tracks the machine had in this term up to this one. */
    Times: TIMES,
  },
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;

/** A number with what its certificate prints. */
export const OFFLINE_NUMBER = {
  InvoiceNo: INVOICE_NO,
  RandomNumber: { kind: 'text', need: 'required', lengthMax: 4 },
  /** Check field of the left QR code: number and random code, encrypted with the seller's QR key. */
  EncryptData: { kind: 'text', need: 'required', lengthMax: 24 },
} as const satisfies WireTable;

/** The numbers of a machine's track (doc 15502). 7: it has none. */
export const GET_OFFLINE_INVOICE_WORD_SETTING_NUMBER = {
  path: '/B2CInvoice/GetOfflineInvoiceWordSettingNumber',
  request: OFFLINE_TRACK_REQUEST,
  reply: {
    ...OUTCOME,
    InvoiceInfo: { kind: 'rows', need: 'required', row: OFFLINE_NUMBER },
    Times: TIMES,
  },
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;

/** Lines of one offline invoice at most (doc 13823). */
export const OFFLINE_ISSUE_ITEMS_MAX = 200;

/** Data of an OfflineIssue request: Issue's members, and what the machine printed. */
export const OFFLINE_ISSUE_REQUEST = {
  ...ISSUE_REQUEST,
  MachineID: MACHINE_ID,
  /** Of the machine's track. */
  InvoiceNo: INVOICE_NO,
  /** When the machine issued it: not in the future, and until the 15th of the month after the period. */
  InvoiceDate: TIME,
  RandomNumber: { kind: 'text', need: 'required', lengthMax: 4, pattern: /^\d{4}$/ },
  Items: {
    kind: 'rows',
    need: 'required',
    rowsMin: 1,
    rowsMax: OFFLINE_ISSUE_ITEMS_MAX,
    row: ISSUE_ITEM,
  },
} as const satisfies WireTable;

/** Uploads an invoice that a machine issued (doc 13823). */
export const OFFLINE_ISSUE = {
  path: '/B2CInvoice/OfflineIssue',
  request: OFFLINE_ISSUE_REQUEST,
  reply: {
    ...OUTCOME,
    InvoiceNo: { kind: 'text', need: 'required', lengthMax: 10, refused: '' },
    RelateNumber: { kind: 'text', need: 'required', lengthMax: 50, refused: '' },
  },
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;

/** Data of an OfflineInvalid request. */
export const OFFLINE_INVALID_REQUEST = {
  MerchantID: MERCHANT_ID,
  InvoiceNo: INVOICE_NO,
  /** The invoice's own day. */
  InvoiceDate: {
    kind: 'text',
    need: 'required',
    lengthMax: DATE_LENGTH_MAX,
    pattern: DATE_PATTERN,
  },
  Reason: { kind: 'text', need: 'required', lengthMax: 20 },
  /** When the machine voided it. This or InvoiceCancelDate. */
  CancelDate: { ...TIME, need: 'conditional' },
  /** The same (.NET SDK). */
  InvoiceCancelDate: { ...TIME, need: 'conditional' },
} as const satisfies WireTable;

/** Uploads a void that a machine did (doc 13828). */
export const OFFLINE_INVALID = {
  path: '/B2CInvoice/OfflineInvalid',
  request: OFFLINE_INVALID_REQUEST,
  reply: {
    ...OUTCOME,
    InvoiceNo: { kind: 'text', need: 'required', lengthMax: 10, refused: '' },
  },
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
