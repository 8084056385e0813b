/** B2B Allowance: give back on one invoice or several of one buyer (ECPay B2B API, docs 14923 and 24245). */
import type { WireEndpoint, WireTable } from '../field.ts';
import { INVOICE_DATE, INVOICE_NUMBER, MERCHANT_ID, RESULT } from './shared-members.ts';

export const B2B_ALLOWANCE_DETAIL = {
  OriginalInvoiceNumber: INVOICE_NUMBER,
  OriginalInvoiceDate: INVOICE_DATE,
  /** ItemSeq of the line on the invoice. */
  OriginalSequenceNumber: { kind: 'integer', need: 'required', digitsMax: 3, min: 1, max: 999 },
  /** The name of that line, to the letter. */
  ItemName: { kind: 'text', need: 'required', lengthMax: 500 },
  /** At most that line's. */
  ItemCount: { kind: 'decimal', need: 'required', integerDigitsMax: 8, decimalsMax: 7 },
  /** Without tax; at most that line's. */
  ItemPrice: { kind: 'decimal', need: 'required', integerDigitsMax: 10, decimalsMax: 7 },
  ItemAmount: { kind: 'decimal', need: 'required', integerDigitsMax: 12, decimalsMax: 7 },
  Tax: { kind: 'integer', need: 'optional', digitsMax: 11 },
} as const satisfies WireTable;

export const B2B_ALLOWANCE_REQUEST = {
  MerchantID: MERCHANT_ID,
  /** At most six days back; missing: now. A day without a time is taken (the .NET SDK). */
  AllowanceDate: {
    kind: 'text',
    need: 'optional',
    lengthMax: 33,
    pattern: /^\d{4}([-/])\d{2}\1\d{2}(?:[T ]\d{2}:\d{2}:\d{2}.*)?$/,
  },
  CustomerEmail: { kind: 'text', need: 'optional', lengthMax: 200 },
  CustomerAddress: { kind: 'text', need: 'optional', lengthMax: 100 },
  /** Of the .NET SDK. */
  Reason: { kind: 'text', need: 'optional', lengthMax: 20 },
  TaxAmount: { kind: 'integer', need: 'required', digitsMax: 11 },
  /** Without tax: the rounded sum of the ItemAmounts. */
  TotalAmount: { kind: 'integer', need: 'required', digitsMax: 12 },
  Details: { kind: 'rows', need: 'required', rowsMin: 1, rowsMax: 999, row: B2B_ALLOWANCE_DETAIL },
} as const satisfies WireTable;

/** Gives back on invoices of one buyer. */
export const B2B_ALLOWANCE = {
  path: '/B2BInvoice/Allowance',
  request: B2B_ALLOWANCE_REQUEST,
  reply: {
    ...RESULT,
    AllowanceNo: { kind: 'text', need: 'required', lengthMax: 16, refused: '' },
    /** The same: no member of the request carries a number of the merchant's own. */
    AllowanceNumber: { kind: 'text', need: 'required', lengthMax: 16, refused: '' },
  },
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
