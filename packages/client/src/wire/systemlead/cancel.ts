/** e首發票: void an invoice 作廢, and declare a skipped number blank 空白作廢. One payload. */

import type { WireTable } from '../field.ts';
import { INVOICE_NUMBER_PATTERN, RESULT, type SystemleadEndpoint } from './endpoint.ts';

export const CANCEL = {
  SellerID: { kind: 'text', need: 'required', lengthMax: 8 },
  /** Other name InvoiceID. */
  InvoiceNumber: {
    kind: 'text',
    need: 'required',
    lengthMax: 10,
    pattern: INVOICE_NUMBER_PATTERN,
  },
  /** Not before the invoice's time, at most ten minutes ahead. */
  CancelDate: { kind: 'text', need: 'required', lengthMax: 40 },
  CancelReason: { kind: 'text', need: 'required', lengthMax: 20 },
} as const satisfies WireTable;

export const CANCEL_REPLY = {
  SellerID: { kind: 'text', need: 'optional', lengthMax: 10 },
  InvoiceNumber: { kind: 'text', need: 'optional', lengthMax: 10 },
  ...RESULT,
} as const satisfies WireTable;

/** Voids an issued invoice, within its own period. */
export const CANCEL_INVOICES = {
  path: '/Update/CancelInvoices',
  request: CANCEL,
  reply: CANCEL_REPLY,
} as const satisfies SystemleadEndpoint;

/** Declares a number blank that was never issued. */
export const BLANK_CANCEL = {
  path: '/Append/BlankCancel',
  request: CANCEL,
  reply: CANCEL_REPLY,
} as const satisfies SystemleadEndpoint;
