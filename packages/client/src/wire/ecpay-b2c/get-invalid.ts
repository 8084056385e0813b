/** B2C GetInvalid: how and when an invoice was voided (ECPay B2C API, doc 7933). */

import type { WireEndpoint, WireTable } from '../field.ts';
import { DATE_LENGTH_MAX, DATE_PATTERN, INVOICE_NUMBER_PATTERN } from './envelope.ts';

/** Data of a GetInvalid request: all three, and they must belong together (observed 2026-09). */
export const GET_INVALID_REQUEST = {
  /** Documented as required; if present it must equal the envelope's (observed 2026-09, stage). */
  MerchantID: { kind: 'identifier', need: 'optional', lengthMax: 10 },
  RelateNumber: { kind: 'text', need: 'required', lengthMax: 50 },
  InvoiceNo: { kind: 'text', need: 'required', lengthMax: 10, pattern: INVOICE_NUMBER_PATTERN },
  /** The invoice's own day. */
  InvoiceDate: {
    kind: 'text',
    need: 'required',
    lengthMax: DATE_LENGTH_MAX,
    pattern: DATE_PATTERN,
  },
} as const satisfies WireTable;

/** Data of a GetInvalid reply. */
export const GET_INVALID_REPLY = {
  /** A number (observed 2026-08). */
  IIS_Mer_ID: { kind: 'identifier', need: 'required', lengthMax: 10 },
  /** `1` = Shopee, otherwise "". */
  ChannelPartner: { kind: 'text', need: 'required', lengthMax: 1 },
  II_Invoice_No: { kind: 'text', need: 'required', lengthMax: 10 },
  /** When it was voided, Taipei time. */
  II_Date: { kind: 'text', need: 'required', lengthMax: 20 },
  /** 1 = the Ministry has the void. */
  II_Upload_Status: { kind: 'code', need: 'required', lengthMax: 1, values: ['0', '1'] },
  /** "" before the upload. */
  II_Upload_Date: { kind: 'text', need: 'required', lengthMax: 20 },
  Reason: { kind: 'text', need: 'required', lengthMax: 20 },
  II_Seller_Identifier: { kind: 'text', need: 'required', lengthMax: 10 },
  /** Zeros when the buyer has no tax ID. */
  II_Buyer_Identifier: { kind: 'text', need: 'required', lengthMax: 10 },
  RtnCode: { kind: 'integer', need: 'required', digitsMax: 8 },
  RtnMsg: { kind: 'text', need: 'required', lengthMax: 200 },
} as const satisfies WireTable;

/** The void of one invoice (doc 7933). */
export const GET_INVALID = {
  path: '/B2CInvoice/GetInvalid',
  request: GET_INVALID_REQUEST,
  reply: GET_INVALID_REPLY,
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
