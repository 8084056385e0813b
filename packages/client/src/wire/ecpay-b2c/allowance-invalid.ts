/** B2C AllowanceInvalid: void an allowance (ECPay B2C API, doc 7911; English page doc 22086). */

import type { WireEndpoint, WireTable } from '../field.ts';
import { ALLOWANCE_NUMBER_PATTERN, INVOICE_NUMBER_PATTERN } from './envelope.ts';

/** Data of an AllowanceInvalid request. */
export const ALLOWANCE_INVALID_REQUEST = {
  /** Documented as required; if present it must equal the envelope's (observed 2026-09, stage). */
  MerchantID: { kind: 'identifier', need: 'optional', lengthMax: 10 },
  InvoiceNo: { kind: 'text', need: 'required', lengthMax: 10, pattern: INVOICE_NUMBER_PATTERN },
  AllowanceNo: { kind: 'text', need: 'required', lengthMax: 16, pattern: ALLOWANCE_NUMBER_PATTERN },
  Reason: { kind: 'text', need: 'required', lengthMax: 20 },
} as const satisfies WireTable;

/** Data of an AllowanceInvalid reply; its success text 該折讓單已作廢 reads like a refusal. */
export const ALLOWANCE_INVALID_REPLY = {
  RtnCode: { kind: 'integer', need: 'required', digitsMax: 8 },
  RtnMsg: { kind: 'text', need: 'required', lengthMax: 200 },
  IA_Invoice_No: { kind: 'text', need: 'required', lengthMax: 10, refused: null },
} as const satisfies WireTable;

/** Voids one allowance (doc 7911). */
export const ALLOWANCE_INVALID = {
  path: '/B2CInvoice/AllowanceInvalid',
  request: ALLOWANCE_INVALID_REQUEST,
  reply: ALLOWANCE_INVALID_REPLY,
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
