/** B2C GetAllowanceInvalid: how and when an allowance was voided (ECPay B2C API, doc 7943). */

import type { WireEndpoint, WireTable } from '../field.ts';
import { ALLOWANCE_NUMBER_PATTERN, INVOICE_NUMBER_PATTERN } from './envelope.ts';

/** Data of a GetAllowanceInvalid request. */
export const GET_ALLOWANCE_INVALID_REQUEST = {
  /** Documented as required; if present it must equal the envelope's (observed 2026-09, stage). */
  MerchantID: { kind: 'identifier', need: 'optional', lengthMax: 10 },
  InvoiceNo: { kind: 'text', need: 'required', lengthMax: 10, pattern: INVOICE_NUMBER_PATTERN },
  AllowanceNo: { kind: 'text', need: 'required', lengthMax: 16, pattern: ALLOWANCE_NUMBER_PATTERN },
} as const satisfies WireTable;

/** Data of a GetAllowanceInvalid reply. */
export const GET_ALLOWANCE_INVALID_REPLY = {
  /** When the allowance was made, Taipei time. */
  AI_Allow_Date: { kind: 'text', need: 'required', lengthMax: 20 },
  AI_Allow_No: { kind: 'text', need: 'required', lengthMax: 16 },
  /** Zeros when the buyer has no tax ID. */
  AI_Buyer_Identifier: { kind: 'text', need: 'required', lengthMax: 10 },
  /** When it was voided, Taipei time. */
  AI_Date: { kind: 'text', need: 'required', lengthMax: 20 },
  AI_Invoice_No: { kind: 'text', need: 'required', lengthMax: 10 },
  /** A number (observed 2026-08). */
  AI_Mer_ID: { kind: 'identifier', need: 'required', lengthMax: 10 },
  Reason: { kind: 'text', need: 'required', lengthMax: 20 },
  AI_Seller_Identifier: { kind: 'text', need: 'required', lengthMax: 10 },
  /** "" before the upload. */
  AI_Upload_Date: { kind: 'text', need: 'required', lengthMax: 20 },
  /** 1 = the Ministry has the void. */
  AI_Upload_Status: { kind: 'code', need: 'required', lengthMax: 1, values: ['0', '1'] },
  RtnCode: { kind: 'integer', need: 'required', digitsMax: 8 },
  RtnMsg: { kind: 'text', need: 'required', lengthMax: 200 },
} as const satisfies WireTable;

/** The void of one allowance (doc 7943). */
export const GET_ALLOWANCE_INVALID = {
  path: '/B2CInvoice/GetAllowanceInvalid',
  request: GET_ALLOWANCE_INVALID_REQUEST,
  reply: GET_ALLOWANCE_INVALID_REPLY,
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
