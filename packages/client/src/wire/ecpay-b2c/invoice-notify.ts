/** B2C InvoiceNotify: tells buyer or merchant of an invoice by mail or SMS (ECPay B2C API, doc 7938). */

import type { WireEndpoint, WireTable } from '../field.ts';
import { ALLOWANCE_NUMBER_PATTERN, INVOICE_NUMBER_PATTERN } from './envelope.ts';

/** Data of an InvoiceNotify request. */
export const INVOICE_NOTIFY_REQUEST = {
  /** Documented as required; if present it must equal the envelope's (observed 2026-09, stage). */
  MerchantID: { kind: 'identifier', need: 'optional', lengthMax: 10 },
  InvoiceNo: { kind: 'text', need: 'required', lengthMax: 10, pattern: INVOICE_NUMBER_PATTERN },
  /** Required for the tags A, AI and OA. */
  AllowanceNo: {
    kind: 'text',
    need: 'conditional',
    lengthMax: 16,
    pattern: ALLOWANCE_NUMBER_PATTERN,
  },
  /** Digits. Required for S; for A this or NotifyMail. */
  Phone: { kind: 'text', need: 'conditional', lengthMax: 20, pattern: /^\d+$/ },
  /** Required for E; several addresses with `;` between. */
  NotifyMail: { kind: 'text', need: 'conditional', lengthMax: 200 },
  /** S by SMS, E by e-mail, A both. */
  Notify: { kind: 'code', need: 'required', lengthMax: 1, values: ['S', 'E', 'A'] },
  /**
   * I issued, II voided, A allowance, AI allowance voided, AW award, OA online allowance, OI issued
   * offline.
   */
  InvoiceTag: {
    kind: 'code',
    need: 'required',
    lengthMax: 2,
    values: ['I', 'II', 'A', 'AI', 'AW', 'OA', 'OI'],
  },
  /** C the customer, M the merchant, A both. */
  Notified: { kind: 'code', need: 'required', lengthMax: 1, values: ['C', 'M', 'A'] },
} as const satisfies WireTable;

/** Data of an InvoiceNotify reply. */
export const INVOICE_NOTIFY_REPLY = {
  RtnCode: { kind: 'integer', need: 'required', digitsMax: 8 },
  RtnMsg: { kind: 'text', need: 'required', lengthMax: 200 },
  /** The merchant's id, as in the envelope. */
  MerchantID: { kind: 'identifier', need: 'required', lengthMax: 10 },
} as const satisfies WireTable;

/** Sends one notice (doc 7938). */
export const INVOICE_NOTIFY = {
  path: '/B2CInvoice/InvoiceNotify',
  request: INVOICE_NOTIFY_REQUEST,
  reply: INVOICE_NOTIFY_REPLY,
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
