/** e首發票: make an allowance 折讓, void an allowance 折讓作廢. Amounts without tax, tax beside them. */

import type { WireTable } from '../field.ts';
import { INVOICE_NUMBER_PATTERN, RESULT, type SystemleadEndpoint } from './endpoint.ts';

export const ALLOWANCE_DETAIL = {
  InvoiceNumber: {
    kind: 'text',
    need: 'required',
    lengthMax: 10,
    pattern: INVOICE_NUMBER_PATTERN,
  },
  /** The invoice's DetailID; zeros before it do not count. */
  SequenceNumber: { kind: 'text', need: 'required', lengthMax: 4, pattern: /^\d{1,4}$/ },
  /** Absent: the name on the invoice. */
  Description: { kind: 'text', need: 'optional', lengthMax: 256 },
  /** Without tax, above 0. */
  Amount: { kind: 'decimal', need: 'required', integerDigitsMax: 12, decimalsMax: 7 },
  Quantity: { kind: 'decimal', need: 'required', integerDigitsMax: 12, decimalsMax: 7 },
  /** Without tax. */
  UnitPrice: { kind: 'decimal', need: 'required', integerDigitsMax: 12, decimalsMax: 7 },
  /** Absent: the class of the invoice's line. */
  ItemTaxType: { kind: 'code', need: 'optional', lengthMax: 1, values: ['1', '2', '3'] },
  /** 5 % of Amount for class 1, give or take one dollar; else 0. */
  Tax: { kind: 'integer', need: 'required', digitsMax: 12, min: 0 },
} as const satisfies WireTable;

export const ALLOWANCE_REQUEST = {
  /** Unique; up to twelve characters get a suffix, so ten are advised. */
  AllowanceNumberPrefix: { kind: 'text', need: 'required', lengthMax: 16 },
  SellerID: { kind: 'text', need: 'required', lengthMax: 8 },
  /** The invoice's buyer; ten zeros for a consumer. */
  BuyerID: { kind: 'text', need: 'required', lengthMax: 10 },
  /** 2: made by the seller, the only one since 2025. */
  AllowanceType: { kind: 'code', need: 'optional', lengthMax: 1, values: ['2'] },
  /** Sum of the lines' Tax. */
  TaxAmount: { kind: 'integer', need: 'required', digitsMax: 12, min: 0 },
  /** Sum of the lines' Amount: without tax. */
  TotalAmount: { kind: 'integer', need: 'required', digitsMax: 12, min: 0 },
  Details: { kind: 'rows', need: 'required', rowsMin: 1, rowsMax: 999, row: ALLOWANCE_DETAIL },
} as const satisfies WireTable;

export const ALLOWANCE_REPLY = {
  SellerID: { kind: 'text', need: 'optional', lengthMax: 10 },
  /** The number that the allowance got. */
  AllowanceNumber: { kind: 'text', need: 'optional', lengthMax: 16 },
  /** As sent, on a failure. */
  AllowanceNumberPrefix: { kind: 'text', need: 'optional', lengthMax: 16 },
  ...RESULT,
} as const satisfies WireTable;

/** Makes an allowance, on one invoice or on several of one buyer. */
export const ALLOWANCE_INVOICE = {
  path: '/Update/AllowanceInvoice',
  request: ALLOWANCE_REQUEST,
  reply: ALLOWANCE_REPLY,
} as const satisfies SystemleadEndpoint;

export const CANCEL_ALLOWANCE_REQUEST = {
  SellerID: { kind: 'text', need: 'required', lengthMax: 8 },
  AllowanceNumber: { kind: 'text', need: 'required', lengthMax: 16 },
  CancelDate: { kind: 'text', need: 'required', lengthMax: 40 },
  CancelReason: { kind: 'text', need: 'required', lengthMax: 20 },
  Remark: { kind: 'text', need: 'optional', lengthMax: 200 },
} as const satisfies WireTable;

export const CANCEL_ALLOWANCE_REPLY = {
  SellerID: { kind: 'text', need: 'optional', lengthMax: 10 },
  AllowanceNumber: { kind: 'text', need: 'optional', lengthMax: 16 },
  ...RESULT,
} as const satisfies WireTable;

/** Voids an allowance; its amount may be given back again. */
export const CANCEL_ALLOWANCES = {
  path: '/Update/CancelAllowances',
  // The name that the vendor's list bore for ten minutes on 2021-06-02.
  aliases: ['/Update/CancelAllowance'],
  request: CANCEL_ALLOWANCE_REQUEST,
  reply: CANCEL_ALLOWANCE_REPLY,
} as const satisfies SystemleadEndpoint;
