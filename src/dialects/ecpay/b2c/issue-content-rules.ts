/**
 * What is asked of an invoice beyond the forms of its members and ECPay's own rules across them, with the
 * answer that refuses it: what the domain judges of every invoice (`domain/compose-invoice.ts`), what
 * only the ledger can know, and who may ask at all. `faults.ts` answers from these rows, and the
 * reference page and the sweep over the rules read them.
 */
import { ISSUE_ITEMS_MAX } from '#wire/ecpay-b2c/issue.ts';
import type { FaultCode } from '../../../domain/fault.ts';
import type { FaultRow } from '../fault-fields.ts';

/** One rule that another part of Kaili judges. */
export interface ContentRule {
  readonly code: FaultCode;
  /** Path of the member that the fault names. */
  readonly member: string;
  readonly answer: FaultRow;
  /** What the rule asks for, for the reference page. */
  readonly asks: string;
}

/** Whatever the action: who asks for whom. */
export const CALLER_RULES: readonly ContentRule[] = [
  {
    code: 'ACCOUNT_MISMATCH',
    member: 'MerchantID',
    answer: { rtnCode: 8900701, text: '特店編號不一致' },
    asks: 'inside `Data` the envelope’s, or none',
  },
  {
    code: 'PLATFORM_NOT_BOUND',
    member: 'PlatformID',
    answer: { rtnCode: 8900702, text: '平台商與特店未綁定' },
    asks: 'none, or a platform that the merchant is bound to',
  },
];

/** What is asked of the content of an invoice, whichever action bears it. */
export const CONTENT_RULES: readonly ContentRule[] = [
  {
    code: 'INVOICE_TYPE_TAX_TYPE_MISMATCH',
    member: 'TaxType',
    answer: { rtnCode: 8910707, text: '字軌類別與課稅別不符' },
    asks: 'with `InvType` 07 one of 1, 2, 3, 9; with 08 one of 3, 4',
  },
  {
    code: 'CLEARANCE_MARK_MISSING',
    member: 'ClearanceMark',
    answer: { rtnCode: 5000007, text: '零稅率發票之通關方式為必填' },
    asks: '1 or 2 with zero-rated sales: `TaxType` 2, or 9 with a zero-rated line',
  },
  {
    code: 'ZERO_TAX_RATE_REASON_MISSING',
    member: 'ZeroTaxRateReason',
    answer: { member: 'ZeroTaxRateReason', kind: 1 },
    asks: '71 to 79 with zero-rated sales, unless the seller has a default',
  },
  {
    code: 'SPECIAL_TAX_RATE_UNKNOWN',
    member: 'SpecialTaxType',
    answer: { member: 'SpecialTaxType', kind: 2 },
    asks: 'with `TaxType` 4 a kind that names a rate, 1 to 7',
  },
  {
    code: 'LINES_TOO_MANY',
    member: 'Items',
    answer: { rtnCode: 8910711, text: '商品筆數超過上限' },
    asks: `at most ${ISSUE_ITEMS_MAX} lines`,
  },
  {
    code: 'LINE_SEQUENCE_DUPLICATE',
    member: 'Items[0].ItemSeq',
    answer: { member: 'ItemSeq', kind: 2 },
    asks: 'on one line only',
  },
  {
    code: 'MIXED_TAX_INCOMPLETE',
    member: 'Items',
    answer: { rtnCode: 8910708, text: '混合稅率須含應稅及免稅或零稅率商品' },
    asks: 'with `TaxType` 9 a taxable line and an exempt or zero-rated one',
  },
  {
    code: 'MIXED_TAX_EXEMPT_AND_ZERO',
    member: 'Items',
    answer: { rtnCode: 8910709, text: '免稅與零稅率商品不可同時開立' },
    asks: 'with `TaxType` 9 exempt lines or zero-rated ones, never both',
  },
  {
    code: 'CLASS_SUM_NEGATIVE',
    member: 'Items',
    answer: { rtnCode: 8910710, text: '各課稅別商品合計不可為負數' },
    asks: 'the lines of each tax type add up to 0 or more',
  },
  {
    code: 'AMOUNT_SUM_MISMATCH',
    member: 'SalesAmount',
    answer: { rtnCode: 5000022, text: '驗證發票金額發現錯誤，與商品合計金額不符' },
    asks: 'with `vat` 1 the sum of the `ItemAmount`s, rounded to whole dollars',
  },
];

/** What only the ledger can know of an invoice that takes a number. */
export const LEDGER_RULES: readonly ContentRule[] = [
  {
    code: 'REFERENCE_DUPLICATE',
    member: 'RelateNumber',
    answer: { rtnCode: 5070357, text: 'B2C開立發票 自訂編號重覆，請重新設定' },
    asks: 'one that the merchant never used, without regard to case',
  },
  {
    // One answer for a missing, paused and exhausted track; the wording holds 字軌…用完.
    code: 'TRACK_EXHAUSTED',
    member: 'InvoiceNo',
    answer: { rtnCode: 5070350, text: 'B2C開立發票 發票字軌已用完，請設定字軌' },
    asks: 'an enabled track of `InvType` and of this period, with a number left',
  },
];
