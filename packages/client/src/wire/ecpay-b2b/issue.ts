/**
 * B2B Issue: issue a business invoice (ECPay B2B API, docs 14850 and 24230). All amounts are without tax
 * but TotalAmount. Forms and lengths of single members; the rules across members are the server's.
 */
import type { WireEndpoint, WireTable } from '../field.ts';
import { DATE_TIME_PATTERN, MERCHANT_ID, RESULT } from './shared-members.ts';

/** Items of one invoice at most. */
export const B2B_ISSUE_ITEMS_MAX = 999;

/** One line. Other members, such as the ItemTaxType of official samples, are ignored. */
export const B2B_ISSUE_ITEM = {
  /** 1 to 999, unique. */
  ItemSeq: { kind: 'integer', need: 'required', digitsMax: 3, min: 1, max: 999 },
  ItemName: { kind: 'text', need: 'required', lengthMax: 500 },
  /** Above 0; missing counts as 0, which is refused. */
  ItemCount: { kind: 'decimal', need: 'conditional', integerDigitsMax: 8, decimalsMax: 7 },
  ItemWord: { kind: 'text', need: 'optional', lengthMax: 6 },
  /** Without tax; missing counts as 0. */
  ItemPrice: { kind: 'decimal', need: 'optional', integerDigitsMax: 10, decimalsMax: 7 },
  /** Without tax; within 1 of count times price. */
  ItemAmount: { kind: 'decimal', need: 'required', integerDigitsMax: 12, decimalsMax: 7 },
  /** Within 1 of amount times rate. Never filed. */
  ItemTax: { kind: 'integer', need: 'optional', digitsMax: 11 },
  ItemRemark: { kind: 'text', need: 'optional', lengthMax: 120 },
} as const satisfies WireTable;

/** Data of an Issue request. */
export const B2B_ISSUE_REQUEST = {
  MerchantID: MERCHANT_ID,
  /** The merchant's own number, unique; 50 characters in storage mode, 20 in exchange mode. */
  RelateNumber: { kind: 'text', need: 'required', lengthMax: 50 },
  /** At most six days back and not before the preceding number's; missing: now. */
  InvoiceTime: { kind: 'text', need: 'optional', lengthMax: 33, pattern: DATE_TIME_PATTERN },
  /** The buyer's tax ID, a partner of the merchant's (MaintainMerchantCustomerData). */
  CustomerIdentifier: { kind: 'text', need: 'required', lengthMax: 8, pattern: /^\d{8}$/ },
  /** One address or several with `;`; missing: the partner's. */
  CustomerEmail: { kind: 'text', need: 'optional', lengthMax: 200 },
  CustomerAddress: { kind: 'text', need: 'optional', lengthMax: 100 },
  CustomerTelephoneNumber: { kind: 'text', need: 'optional', lengthMax: 26 },
  /** The .NET SDK's name of CustomerTelephoneNumber. */
  CustomerTel: { kind: 'text', need: 'optional', lengthMax: 26 },
  /** 1 not via customs, 2 via customs; for zero rate alone. */
  ClearanceMark: { kind: 'code', need: 'conditional', lengthMax: 1, values: ['1', '2'] },
  InvType: { kind: 'code', need: 'required', lengthMax: 2, values: ['07', '08'] },
  /** InvType 07: 1, 2, 3; InvType 08: 3, 4. */
  TaxType: { kind: 'code', need: 'required', lengthMax: 1, values: ['1', '2', '3', '4'] },
  ZeroTaxRateReason: {
    kind: 'code',
    need: 'conditional',
    lengthMax: 2,
    values: ['71', '72', '73', '74', '75', '76', '77', '78', '79'],
  },
  /** TaxType 4: 1 to 8; otherwise ignored. */
  SpecialTaxType: { kind: 'integer', need: 'conditional', digitsMax: 1, min: 0, max: 8 },
  Items: {
    kind: 'rows',
    need: 'required',
    rowsMin: 1,
    rowsMax: B2B_ISSUE_ITEMS_MAX,
    row: B2B_ISSUE_ITEM,
  },
  /** The rounded sum of the ItemAmounts. */
  SalesAmount: { kind: 'integer', need: 'required', digitsMax: 12 },
  /** Within 2 of sales times rate; 0 for special tax. */
  TaxAmount: { kind: 'integer', need: 'required', digitsMax: 11 },
  /** SalesAmount and TaxAmount. */
  TotalAmount: { kind: 'integer', need: 'required', digitsMax: 12 },
  InvoiceRemark: { kind: 'text', need: 'optional', lengthMax: 200 },
} as const satisfies WireTable;

export const B2B_ISSUE_REPLY = {
  ...RESULT,
  InvoiceNumber: { kind: 'text', need: 'required', lengthMax: 10, refused: '' },
  RandomNumber: { kind: 'text', need: 'required', lengthMax: 4, refused: '' },
} as const satisfies WireTable;

/** Issues one business invoice. */
export const B2B_ISSUE = {
  path: '/B2BInvoice/Issue',
  request: B2B_ISSUE_REQUEST,
  reply: B2B_ISSUE_REPLY,
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
