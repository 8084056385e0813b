/**
 * B2C Issue: issue an invoice at once (ECPay B2C API, doc 7896; English page doc 22040).
 * Forms and lengths of single members; the rules across members (amounts, print, carrier, donation)
 * are named in the comments and enforced by the server.
 */

import type { WireEndpoint, WireTable } from '../field.ts';

/** Items of one invoice at most (doc 7896). */
export const ISSUE_ITEMS_MAX = 999;

/** One line of an invoice to be issued. */
export const ISSUE_ITEM = {
  /** 1 to 999, unique; assigned by the server when missing (the official PHP sample omits it). */
  ItemSeq: { kind: 'integer', need: 'optional', digitsMax: 3, min: 1, max: 999 },
  /** Documented: 500 (100 on older pages). */
  ItemName: { kind: 'text', need: 'required', lengthMax: 500 },
  /** Quantity, above 0; 8 digits and 7 decimals. */
  ItemCount: { kind: 'decimal', need: 'required', integerDigitsMax: 8, decimalsMax: 7 },
  /** Unit. Documented as required; missing, null and false occur (Odoo's module, 2026-11). */
  ItemWord: { kind: 'text', need: 'optional', lengthMax: 6 },
  /** Unit price, tax included for vat 1, without tax for vat 0; negative for a discount line. */
  ItemPrice: { kind: 'decimal', need: 'required', integerDigitsMax: 10, decimalsMax: 7 },
  /** 1 taxable, 2 zero-rated, 3 exempt. Read for TaxType 9 alone, ignored otherwise. */
  ItemTaxType: { kind: 'code', need: 'conditional', lengthMax: 1, values: ['1', '2', '3'] },
  /** Total of the line, tax included by the document; negative for a discount line. */
  ItemAmount: { kind: 'decimal', need: 'required', integerDigitsMax: 12, decimalsMax: 7 },
  /** Documented: 120 (40 on older pages). */
  ItemRemark: { kind: 'text', need: 'optional', lengthMax: 120, nullable: true },
} as const satisfies WireTable;

/** Data of an Issue request. */
export const ISSUE_REQUEST = {
  /** Documented as required; if present it must equal the envelope's (observed 2026-09, stage). */
  MerchantID: { kind: 'identifier', need: 'optional', lengthMax: 10 },
  /**
   * The merchant's own number of this invoice, unique per merchant without regard to case. 50
   * characters (observed 2026-08: 51 is refused); `-` and `_` occur and are accepted.
   */
  RelateNumber: { kind: 'text', need: 'required', lengthMax: 50 },
  /** `1` = Shopee; other values are ignored. */
  ChannelPartner: { kind: 'text', need: 'optional', lengthMax: 1 },
  /** The merchant's number of the customer: letters, digits, underscore. */
  CustomerID: { kind: 'text', need: 'optional', lengthMax: 20, pattern: /^\w+$/ },
  /** Selects the number track bound to this code, where the merchant uses several tracks. */
  ProductServiceID: { kind: 'text', need: 'optional', lengthMax: 10, pattern: /^[A-Za-z0-9]+$/ },
  /** The buyer's tax ID 統一編號: 8 digits with check digit. Ten zeros mean none (.NET SDK). */
  CustomerIdentifier: {
    kind: 'text',
    need: 'optional',
    lengthMax: 10,
    pattern: /^(?:\d{8}|0{10})$/,
  },
  /** Required when Print is 1; with a tax ID the company's name. */
  CustomerName: { kind: 'text', need: 'conditional', lengthMax: 60 },
  /** Required when Print is 1; may hold line feeds (observed 2026-11). */
  CustomerAddr: { kind: 'text', need: 'conditional', lengthMax: 100 },
  /** Digits. Required when CustomerEmail is empty. */
  CustomerPhone: { kind: 'text', need: 'conditional', lengthMax: 20, pattern: /^\d+$/ },
  /** One address. Required when CustomerPhone is empty. 80 characters (observed 2026-08). */
  CustomerEmail: { kind: 'text', need: 'conditional', lengthMax: 80 },
  /** 1 not via customs, 2 via customs. Required for zero rate (TaxType 2, or 9 with such lines). */
  ClearanceMark: { kind: 'code', need: 'conditional', lengthMax: 1, values: ['1', '2'] },
  /** 1 = the merchant prints the certificate itself. */
  Print: { kind: 'code', need: 'required', lengthMax: 1, values: ['0', '1'] },
  /** 1 = donated, with LoveCode and without a tax ID. */
  Donation: { kind: 'code', need: 'required', lengthMax: 1, values: ['0', '1'] },
  /** Donation code 愛心碼: 3 to 7 digits. Required when Donation is 1. X and 2 to 6 digits: .NET SDK. */
  LoveCode: {
    kind: 'text',
    need: 'conditional',
    lengthMax: 7,
    pattern: /^(?:\d{3,7}|[xX]\d{2,6})$/,
  },
  /** "" none, 1 ECPay member, 2 citizen certificate, 3 mobile barcode, 4 EasyCard, 5 iPass. */
  CarrierType: {
    kind: 'code',
    need: 'optional',
    lengthMax: 1,
    values: ['1', '2', '3', '4', '5'],
  },
  /**
   * Empty for types "" and 1; type 2 two letters and 14 digits; type 3 `/` and 7 of `0-9A-Z+-.`;
   * types 4 and 5 the card's hidden id. Half-width only.
   */
  CarrierNum: { kind: 'text', need: 'conditional', lengthMax: 64 },
  /** Types 4 and 5: the card's visible id, required; empty otherwise. */
  CarrierNum2: { kind: 'text', need: 'conditional', lengthMax: 64 },
  /** InvType 07: 1 taxable, 2 zero-rated, 3 exempt, 9 mixed. InvType 08: 3 exempt or 4 special. */
  TaxType: { kind: 'code', need: 'required', lengthMax: 1, values: ['1', '2', '3', '4', '9'] },
  /** Required with zero rate from 2026-01-01, unless the seller has a default. */
  ZeroTaxRateReason: {
    kind: 'code',
    need: 'conditional',
    lengthMax: 2,
    values: ['71', '72', '73', '74', '75', '76', '77', '78', '79'],
  },
  /** TaxType 4: 1 to 8; TaxType 3 on InvType 08: 8; otherwise 0. */
  SpecialTaxType: { kind: 'integer', need: 'conditional', digitsMax: 1, min: 0, max: 8 },
  /** Total of the invoice, tax included, whole New Taiwan dollars above 0. */
  SalesAmount: { kind: 'integer', need: 'required', digitsMax: 12, min: 1 },
  InvoiceRemark: { kind: 'text', need: 'optional', lengthMax: 200 },
  /** 1 to 999 lines. */
  Items: { kind: 'rows', need: 'required', rowsMin: 1, rowsMax: ISSUE_ITEMS_MAX, row: ISSUE_ITEM },
  /** 07 general, 08 special tax. */
  InvType: { kind: 'code', need: 'required', lengthMax: 2, values: ['07', '08'] },
  /** 1 = prices include tax (also when missing), 0 = they do not. The .NET SDK spells it `Vat`. */
  vat: { kind: 'code', need: 'optional', lengthMax: 1, values: ['0', '1'] },
} as const satisfies WireTable;

/** Data of an Issue reply. When refused, the three members stay and are empty (observed 2026-08). */
export const ISSUE_REPLY = {
  RtnCode: { kind: 'integer', need: 'required', digitsMax: 8 },
  RtnMsg: { kind: 'text', need: 'required', lengthMax: 200 },
  /** Two letters and eight digits. */
  InvoiceNo: { kind: 'text', need: 'required', lengthMax: 10, refused: '' },
  /** Taipei time, `yyyy-MM-dd HH:mm:ss`. */
  InvoiceDate: { kind: 'text', need: 'required', lengthMax: 20, refused: '' },
  /** Four digits; may begin with 0, hence text. */
  RandomNumber: { kind: 'text', need: 'required', lengthMax: 4, refused: '' },
} as const satisfies WireTable;

/** Issues one invoice at once (doc 7896). */
export const ISSUE = {
  path: '/B2CInvoice/Issue',
  request: ISSUE_REQUEST,
  reply: ISSUE_REPLY,
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
