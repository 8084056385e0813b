/** B2C InvoicePrint: a link to an invoice's print page (ECPay B2C API, doc 7949). */

import type { WireEndpoint, WireTable } from '../field.ts';
import { DATE_LENGTH_MAX, DATE_PATTERN, INVOICE_NUMBER_PATTERN } from './envelope.ts';

/** Data of an InvoicePrint request. */
export const INVOICE_PRINT_REQUEST = {
  /** Documented as required; if present it must equal the envelope's (observed 2026-09, stage). */
  MerchantID: { kind: 'identifier', need: 'optional', lengthMax: 10 },
  InvoiceNo: { kind: 'text', need: 'required', lengthMax: 10, pattern: INVOICE_NUMBER_PATTERN },
  /** The invoice's own day. */
  InvoiceDate: {
    kind: 'text',
    need: 'required',
    lengthMax: DATE_LENGTH_MAX,
    pattern: DATE_PATTERN,
  },
  /** 1 one-sided (also when missing), 2 two-sided, 3 thermal, 4 a company's on A4, 5 on A5. */
  PrintStyle: { kind: 'integer', need: 'optional', digitsMax: 1, min: 1, max: 5 },
  /** 1 with the transaction's details (also when missing), 2 without. */
  IsShowingDetail: { kind: 'integer', need: 'optional', digitsMax: 1, min: 1, max: 2 },
  /** Y: marked as printed again 補印. */
  IsReprintInvoice: { kind: 'code', need: 'optional', lengthMax: 1, values: ['Y', 'N'] },
} as const satisfies WireTable;

/** Data of an InvoicePrint reply. */
export const INVOICE_PRINT_REPLY = {
  RtnCode: { kind: 'integer', need: 'required', digitsMax: 8 },
  RtnMsg: { kind: 'text', need: 'required', lengthMax: 200 },
  /** Address of the page, valid for an hour. */
  InvoiceHtml: { kind: 'text', need: 'required', lengthMax: 500 },
} as const satisfies WireTable;

/** Asks for the print page (doc 7949). 100: unknown, donated, or on a carrier. */
export const INVOICE_PRINT = {
  path: '/B2CInvoice/InvoicePrint',
  request: INVOICE_PRINT_REQUEST,
  reply: INVOICE_PRINT_REPLY,
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
