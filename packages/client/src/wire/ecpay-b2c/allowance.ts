/** B2C Allowance: an allowance 折讓 that the buyer agreed to on paper (ECPay B2C API, doc 7901). */

import type { WireEndpoint, WireTable } from '../field.ts';
import { DATE_LENGTH_MAX, DATE_PATTERN, INVOICE_NUMBER_PATTERN } from './envelope.ts';

/** Lines of one allowance at most: ItemSeq counts to 999. */
export const ALLOWANCE_ITEMS_MAX = 999;

/** One line of an allowance. */
export const ALLOWANCE_ITEM = {
  /** 1 to 999. */
  ItemSeq: { kind: 'integer', need: 'optional', digitsMax: 3, min: 1, max: 999 },
  ItemName: { kind: 'text', need: 'required', lengthMax: 500 },
  ItemCount: { kind: 'decimal', need: 'required', integerDigitsMax: 8, decimalsMax: 7 },
  /** Unit. Documented as required; missing, null and false occur (Odoo's module, 2026-11). */
  ItemWord: { kind: 'text', need: 'optional', lengthMax: 6 },
  /** Tax included. */
  ItemPrice: { kind: 'decimal', need: 'required', integerDigitsMax: 10, decimalsMax: 7 },
  /** 1 taxable, 2 zero-rated, 3 exempt: for lines of a mixed invoice (TaxType 9). */
  ItemTaxType: { kind: 'code', need: 'conditional', lengthMax: 1, values: ['1', '2', '3'] },
  /** Tax included; whole dollars advised. */
  ItemAmount: { kind: 'decimal', need: 'required', integerDigitsMax: 12, decimalsMax: 7 },
} as const satisfies WireTable;

/** Data of an Allowance request. */
export const ALLOWANCE_REQUEST = {
  /** Documented as required; if present it must equal the envelope's (observed 2026-09, stage). */
  MerchantID: { kind: 'identifier', need: 'optional', lengthMax: 10 },
  InvoiceNo: { kind: 'text', need: 'required', lengthMax: 10, pattern: INVOICE_NUMBER_PATTERN },
  /** Not compared with the invoice's day (observed 2026-08, stage). */
  InvoiceDate: {
    kind: 'text',
    need: 'required',
    lengthMax: DATE_LENGTH_MAX,
    pattern: DATE_PATTERN,
  },
  /** S by SMS, E by e-mail, A both, N none. */
  AllowanceNotify: { kind: 'code', need: 'required', lengthMax: 1, values: ['S', 'E', 'A', 'N'] },
  CustomerName: { kind: 'text', need: 'optional', lengthMax: 60 },
  /** Required for E and A; several addresses with `;` between. */
  NotifyMail: { kind: 'text', need: 'conditional', lengthMax: 100 },
  /** Required for S and A; digits. */
  NotifyPhone: { kind: 'text', need: 'conditional', lengthMax: 20, pattern: /^\d+$/ },
  /** Tax included, whole New Taiwan dollars, not above the invoice's remaining amount. */
  AllowanceAmount: { kind: 'integer', need: 'required', digitsMax: 12, min: 1 },
  Reason: { kind: 'text', need: 'optional', lengthMax: 50 },
  /** 1 to 999 lines. */
  Items: {
    kind: 'rows',
    need: 'required',
    rowsMin: 1,
    rowsMax: ALLOWANCE_ITEMS_MAX,
    row: ALLOWANCE_ITEM,
  },
} as const satisfies WireTable;

/** Data of an Allowance reply. When refused: null for text, 0 for the amount (observed 2026-08). */
export const ALLOWANCE_REPLY = {
  RtnCode: { kind: 'integer', need: 'required', digitsMax: 8 },
  RtnMsg: { kind: 'text', need: 'required', lengthMax: 200 },
  /** The allowance's number: 16 digits. */
  IA_Allow_No: { kind: 'text', need: 'required', lengthMax: 16, refused: null },
  IA_Invoice_No: { kind: 'text', need: 'required', lengthMax: 10, refused: null },
  /** Taipei time, `yyyy-MM-dd HH:mm:ss`. */
  IA_Date: { kind: 'text', need: 'required', lengthMax: 20, refused: null },
  /** What may still be allowed on the invoice. */
  IA_Remain_Allowance_Amt: { kind: 'integer', need: 'required', digitsMax: 12, refused: 0 },
} as const satisfies WireTable;

/** Makes one allowance (doc 7901). */
export const ALLOWANCE = {
  path: '/B2CInvoice/Allowance',
  request: ALLOWANCE_REQUEST,
  reply: ALLOWANCE_REPLY,
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
