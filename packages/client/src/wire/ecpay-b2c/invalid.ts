/** B2C Invalid: void an invoice 作廢 (ECPay B2C API, doc 7906). */

import type { WireEndpoint, WireTable } from '../field.ts';
import { DATE_LENGTH_MAX, DATE_PATTERN, INVOICE_NUMBER_PATTERN } from './envelope.ts';

/** Data of an Invalid request. */
export const INVALID_REQUEST = {
  /** Documented as required; if present it must equal the envelope's (observed 2026-09, stage). */
  MerchantID: { kind: 'identifier', need: 'optional', lengthMax: 10 },
  InvoiceNo: { kind: 'text', need: 'required', lengthMax: 10, pattern: INVOICE_NUMBER_PATTERN },
  /** The invoice's own day. Checked: another day answers as an unknown number (observed 2026-08). */
  InvoiceDate: {
    kind: 'text',
    need: 'required',
    lengthMax: DATE_LENGTH_MAX,
    pattern: DATE_PATTERN,
  },
  /** 1 to 20 characters, as the Ministry's message wants them; 21 are refused (observed 2026-09). */
  Reason: { kind: 'text', need: 'required', lengthMax: 20 },
} as const satisfies WireTable;

/** Data of an Invalid reply. */
export const INVALID_REPLY = {
  RtnCode: { kind: 'integer', need: 'required', digitsMax: 8 },
  RtnMsg: { kind: 'text', need: 'required', lengthMax: 200 },
  /** Also filled when the invoice has an allowance or is voided already (observed 2026-08). */
  InvoiceNo: { kind: 'text', need: 'required', lengthMax: 10, refused: '' },
} as const satisfies WireTable;

/** Voids one invoice (doc 7906). */
export const INVALID = {
  path: '/B2CInvoice/Invalid',
  request: INVALID_REQUEST,
  reply: INVALID_REPLY,
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
