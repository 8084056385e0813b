/** e首發票: numbers that will never be issued 空白發票: ranges, and the rest of a range. */

import type { WireTable } from '../field.ts';
import type { SystemleadEndpoint } from './endpoint.ts';

const NUMBER = { kind: 'text', need: 'required', lengthMax: 8, pattern: /^\d{8}$/ } as const;

export const BLANK_RANGE = {
  InvoiceBeginNo: NUMBER,
  /** Inclusive; equal for a single number. */
  InvoiceEndNo: NUMBER,
} as const satisfies WireTable;

/** `Data` of TrackBlank, named as the Ministry's E0402. */
export const TRACK_BLANK_REQUEST = {
  HeadBan: { kind: 'text', need: 'required', lengthMax: 8 },
  /** HeadBan where there is no branch. */
  BranchBan: { kind: 'text', need: 'required', lengthMax: 8 },
  InvoiceType: { kind: 'code', need: 'required', lengthMax: 2, values: ['07', '08'] },
  /** ROC year and even month: `11502`. */
  YearMonth: { kind: 'text', need: 'required', lengthMax: 5, pattern: /^\d{5}$/ },
  InvoiceTrack: { kind: 'text', need: 'required', lengthMax: 2, pattern: /^[A-Za-z]{2}$/ },
  Items: { kind: 'rows', need: 'required', rowsMin: 1, row: BLANK_RANGE },
} as const satisfies WireTable;

export const BLANK_RANGE_REPLY = {
  InvoiceBeginNo: { kind: 'text', need: 'optional', lengthMax: 8 },
  InvoiceEndNo: { kind: 'text', need: 'optional', lengthMax: 8 },
  Message: { kind: 'text', need: 'required', lengthMax: 200 },
  /** C stored, E not. */
  Status: { kind: 'code', need: 'required', lengthMax: 1, values: ['C', 'E'] },
} as const satisfies WireTable;

export const TRACK_BLANK_REPLY = {
  HeadBan: { kind: 'text', need: 'optional', lengthMax: 8 },
  BranchBan: { kind: 'text', need: 'optional', lengthMax: 8 },
  InvoiceType: { kind: 'text', need: 'optional', lengthMax: 2 },
  YearMonth: { kind: 'text', need: 'optional', lengthMax: 5 },
  InvoiceTrack: { kind: 'text', need: 'optional', lengthMax: 2 },
  Items: { kind: 'rows', need: 'optional', row: BLANK_RANGE_REPLY },
  /** Where the whole request failed. */
  Message: { kind: 'text', need: 'optional', lengthMax: 200 },
} as const satisfies WireTable;

/** Declares ranges of numbers blank. */
export const TRACK_BLANK = {
  path: '/Append/TrackBlank',
  request: TRACK_BLANK_REQUEST,
  reply: TRACK_BLANK_REPLY,
  isReplyArray: true,
} as const satisfies SystemleadEndpoint;

export const SET_BLANK_INVOICE_ID_REQUEST = {
  CompanyID: { kind: 'text', need: 'required', lengthMax: 8 },
  /** Track. */
  Word: { kind: 'text', need: 'required', lengthMax: 2, pattern: /^[A-Za-z]{2}$/ },
  StageYear: { kind: 'text', need: 'required', lengthMax: 4, pattern: /^\d{4}$/ },
  StageMonth: { kind: 'text', need: 'required', lengthMax: 2, pattern: /^\d{1,2}$/ },
  StartNumber: NUMBER,
  EndNumber: NUMBER,
  /** The next unused number; EndNumber again, or the one after it, when the range is used up. */
  NextNumber: NUMBER,
} as const satisfies WireTable;

export const SET_BLANK_INVOICE_ID_REPLY = {
  /** Null on success. */
  ErrorMessage: { kind: 'text', need: 'required', nullable: true, lengthMax: 200 },
  CompanyID: { kind: 'text', need: 'optional', lengthMax: 8 },
  YearMonth: { kind: 'text', need: 'optional', lengthMax: 5 },
  InvoiceWord: { kind: 'text', need: 'optional', lengthMax: 2 },
  /** Both '' where nothing is blank. */
  BlankInvoiceBeginNo: { kind: 'text', need: 'optional', lengthMax: 8 },
  BlankInvoiceEndNo: { kind: 'text', need: 'optional', lengthMax: 8 },
  Message: { kind: 'text', need: 'optional', lengthMax: 200 },
} as const satisfies WireTable;

/** Reports the next unused number of a range: the rest is blank. */
export const SET_BLANK_INVOICE_ID = {
  path: '/Update/SetBlankInvoiceID',
  request: SET_BLANK_INVOICE_ID_REQUEST,
  reply: SET_BLANK_INVOICE_ID_REPLY,
  isReplyArray: true,
} as const satisfies SystemleadEndpoint;
