/** e首發票: the three inquiries: number books, upload status and process status of an invoice. */

import type { WireTable } from '../field.ts';
import { INVOICE_NUMBER_PATTERN, RESULT, type SystemleadEndpoint } from './endpoint.ts';

/** `Data` of GetInvoiceIDList. */
export const GET_INVOICE_ID_LIST_REQUEST = {
  CompanyID: { kind: 'text', need: 'required', lengthMax: 8 },
  /** Gregorian year. */
  StageYear: { kind: 'text', need: 'required', lengthMax: 4, pattern: /^\d{4}$/ },
  /** Even month; absent: the whole year. */
  StageMonth: { kind: 'text', need: 'optional', lengthMax: 2, pattern: /^\d{1,2}$/ },
} as const satisfies WireTable;

/** A sub-book 切本. */
export const SUB_BOOK = {
  Code: { kind: 'text', need: 'required', lengthMax: 4 },
  StartNumber: { kind: 'text', need: 'required', lengthMax: 8 },
  EndNumber: { kind: 'text', need: 'required', lengthMax: 8 },
  /** Next number to be used. */
  CurrentNumber: { kind: 'text', need: 'required', lengthMax: 8 },
  /** Booklets of fifty. */
  SplitBooklet: { kind: 'integer', need: 'required', digitsMax: 8 },
  /** Position of the first and the last booklet in the book, from 1. */
  BeginBooklet: { kind: 'integer', need: 'required', digitsMax: 8 },
  EndBooklet: { kind: 'integer', need: 'required', digitsMax: 8 },
  InvoiceCount: { kind: 'integer', need: 'required', digitsMax: 8 },
  LastUseDate: { kind: 'text', need: 'required', nullable: true, lengthMax: 19 },
  /** A active, F used up, D disabled. */
  RowStatus: { kind: 'code', need: 'required', lengthMax: 1, values: ['A', 'F', 'D'] },
  UseFor: { kind: 'text', need: 'required', lengthMax: 2 },
  Note: { kind: 'text', need: 'required', lengthMax: 100 },
} as const satisfies WireTable;

export const NUMBER_BOOK = {
  IDKey: { kind: 'text', need: 'required', lengthMax: 25 },
  CompanyID: { kind: 'text', need: 'required', lengthMax: 8 },
  /** Track. */
  Word: { kind: 'text', need: 'required', lengthMax: 2 },
  StageYear: { kind: 'text', need: 'required', lengthMax: 4 },
  StageMonth: { kind: 'integer', need: 'required', digitsMax: 2 },
  BeginNumber: { kind: 'text', need: 'required', lengthMax: 8 },
  EndNumber: { kind: 'text', need: 'required', lengthMax: 8 },
  Details: { kind: 'rows', need: 'required', row: SUB_BOOK },
} as const satisfies WireTable;

export const GET_INVOICE_ID_LIST_REPLY = {
  /** Absent on a failure. */
  IDList: { kind: 'rows', need: 'optional', row: NUMBER_BOOK },
  CompanyID: { kind: 'text', need: 'optional', lengthMax: 8 },
  StageYear: { kind: 'text', need: 'optional', lengthMax: 10 },
  StageMonth: { kind: 'text', need: 'optional', lengthMax: 10 },
  Message: { kind: 'text', need: 'optional', lengthMax: 200 },
} as const satisfies WireTable;

/** The seller's tracks of a year or period. */
export const GET_INVOICE_ID_LIST = {
  path: '/Inquire/GetInvoiceIDList',
  request: GET_INVOICE_ID_LIST_REQUEST,
  reply: GET_INVOICE_ID_LIST_REPLY,
  isInquiry: true,
} as const satisfies SystemleadEndpoint;

/** `Data` of both status inquiries. */
export const STATUS_REQUEST = {
  CompanyID: { kind: 'text', need: 'optional', lengthMax: 8 },
  InvoiceID: { kind: 'text', need: 'required', lengthMax: 10, pattern: INVOICE_NUMBER_PATTERN },
} as const satisfies WireTable;

export const APPEND_STATUS_REPLY = {
  CompanyID: { kind: 'text', need: 'optional', lengthMax: 10 },
  InvoiceID: { kind: 'text', need: 'optional', lengthMax: 10 },
  /** N not here, P not uploaded, U uploaded, C confirmed. */
  AppendStatus: { kind: 'code', need: 'optional', lengthMax: 1, values: ['N', 'P', 'U', 'C'] },
  Message: { kind: 'text', need: 'optional', lengthMax: 200 },
} as const satisfies WireTable;

/** Whether an invoice was uploaded. */
export const GET_INVOICES_APPEND_STATUS = {
  path: '/Inquire/GetInvoicesAppendStatus',
  request: STATUS_REQUEST,
  reply: APPEND_STATUS_REPLY,
  isInquiry: true,
} as const satisfies SystemleadEndpoint;

export const STATUS_REPLY = {
  InvoiceID: { kind: 'text', need: 'optional', lengthMax: 10 },
  /** I, C, A or D and 0, 1, 2, 9 or P; empty for an unknown invoice. */
  ProcessStatus: { kind: 'text', need: 'optional', lengthMax: 2 },
  ProcessStatusMessage: { kind: 'text', need: 'optional', lengthMax: 40 },
  ...RESULT,
} as const satisfies WireTable;

/** The state of the latest operation on an invoice. */
export const GET_INVOICES_STATUS = {
  path: '/Inquire/GetInvoicesStatus',
  request: STATUS_REQUEST,
  reply: STATUS_REPLY,
  isInquiry: true,
} as const satisfies SystemleadEndpoint;
