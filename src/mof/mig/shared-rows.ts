/**
 * Rows that several messages share word for word (MIG 4.1: F0401, A0101 and E0502; G0401, B0101 and E0503). A message's own
 * file says what it has of them, in which order, and what differs.
 */
import { group, optional, required } from './message-table.ts';
import {
  ALLOWANCE_NUMBER,
  ALLOWANCE_TYPE,
  AMOUNT,
  BAN,
  BUYER_REMARK,
  CLEARANCE_MARK,
  CURRENCY,
  DATE,
  EXCHANGE_RATE,
  INVOICE_NUMBER,
  PARTY,
  TAX_TYPE,
  TIME,
  text,
} from './types.ts';

/** Longest order number that MIG carries; a longer one is left out, for a cut one is another's. */
export const RELATE_NUMBER_LENGTH_MAX = 20;

export const INVOICE_HEAD = [
  required('InvoiceNumber', '發票號碼', INVOICE_NUMBER),
  required('InvoiceDate', '發票日期', DATE),
  required('InvoiceTime', '發票時間', TIME),
] as const;

export const PARTIES = [group('Seller', '賣方', PARTY), group('Buyer', '買方', PARTY)] as const;

export const INVOICE_REMARKS = [
  optional('BuyerRemark', '買受人註記欄', BUYER_REMARK),
  optional('MainRemark', '總備註', text(0, 200)),
  optional('CustomsClearanceMark', '通關方式註記', CLEARANCE_MARK),
  optional('Category', '沖帳別', text(0, 2)),
  optional('RelateNumber', '相關號碼', text(0, RELATE_NUMBER_LENGTH_MAX)),
] as const;

export const CARRIER = [
  optional('CarrierType', '載具類別號碼', text(0, 6)),
  optional('CarrierId1', '載具顯碼', text(0, 400)),
  optional('CarrierId2', '載具隱碼', text(0, 400)),
] as const;

export const RESERVED = [
  optional('Reserved1', '保留欄位1', text(0, 20)),
  optional('Reserved2', '保留欄位2', text(0, 100)),
] as const;

/** A line of an invoice; in the exchange name and sequence may not be empty. */
export function invoiceItem(lengthMin: 0 | 1) {
  return [
    required('Description', '品名', text(lengthMin, 500)),
    required('Quantity', '數量', AMOUNT),
    optional('Unit', '單位', text(0, 6)),
    required('UnitPrice', '單價', AMOUNT),
    required('TaxType', '課稅別', TAX_TYPE),
    required('Amount', '金額', AMOUNT),
    required('SequenceNumber', '明細排列序號', text(lengthMin, 4)),
    optional('Remark', '單一欄位備註', text(0, 120)),
    optional('RelateNumber', '相關號碼', text(0, 50)),
  ] as const;
}

export const FOREIGN_CURRENCY = [
  optional('ExchangeRate', '匯率', EXCHANGE_RATE),
  optional('Currency', '幣別', CURRENCY),
] as const;

export const ALLOWANCE_HEAD = [
  required('AllowanceNumber', '折讓證明單號碼', ALLOWANCE_NUMBER),
  required('AllowanceDate', '折讓證明單日期', DATE),
] as const;

/** Where the company that issued the original has another tax ID now. */
export const ORIGINAL_PARTIES = [
  optional('OriginalInvoiceSellerId', '原發票賣方統一編號', BAN),
  optional('OriginalInvoiceBuyerId', '原發票買方統一編號', BAN),
] as const;

/** Main block of an allowance as the seller sends it, stored or exchanged. */
export const ALLOWANCE_MAIN = [
  ...ALLOWANCE_HEAD,
  ...PARTIES,
  required('AllowanceType', '折讓種類', ALLOWANCE_TYPE),
  ...ORIGINAL_PARTIES,
] as const;

/** The line of the invoice that a line of an allowance gives back from, and how much of it. */
export function originalItem(descriptionMin: 0 | 1) {
  return [
    required('OriginalInvoiceDate', '原發票日期', DATE),
    required('OriginalInvoiceNumber', '原發票號碼', INVOICE_NUMBER),
    optional('OriginalSequenceNumber', '原明細排列序號', text(0, 4)),
    required('OriginalDescription', '原品名', text(descriptionMin, 500)),
    required('Quantity', '數量', AMOUNT),
    optional('Unit', '單位', text(0, 6)),
    required('UnitPrice', '單價', AMOUNT),
  ] as const;
}

export const ALLOWANCE_ITEM_END = [
  required('AllowanceSequenceNumber', '折讓證明單明細排列序號', text(1, 4)),
  required('TaxType', '課稅別', TAX_TYPE),
] as const;
