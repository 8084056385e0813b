/** The field rules of ECPay's B2B API: which member has which number in which area, and its name. */
import { type FieldEntry, numbered } from '../numbered-fields.ts';

/** 60 issue and reissue, 70 void and return, 80 allowance, 90 partner, queries and notice. */
export type B2bFieldArea = '60' | '70' | '80' | '90';

/** Number of every member of area 90 that has none of its own; its text bears the member's own name. */
export const B2B_OTHER_NUMBER = 14;

const ISSUE: Readonly<Record<string, string>> = {
  RelateNumber: '自訂編號',
  InvoiceTime: '發票開立時間',
  CustomerIdentifier: '統一編號',
  CustomerEmail: '客戶電子信箱',
  CustomerAddress: '客戶地址',
  CustomerTelephoneNumber: '客戶電話',
  ClearanceMark: '通關方式',
  InvType: '字軌類別',
  TaxType: '課稅別',
  ZeroTaxRateReason: '零稅率原因',
  SpecialTaxType: '特種稅額類別',
  Items: '商品',
  ItemSeq: '商品序號',
  ItemName: '商品名稱',
  ItemCount: '商品數量',
  ItemWord: '商品單位',
  ItemPrice: '商品單價',
  ItemAmount: '商品合計',
  ItemTax: '商品稅額',
  ItemRemark: '商品備註',
  SalesAmount: '未稅銷售額',
  TaxAmount: '營業稅額',
  TotalAmount: '發票總金額',
  InvoiceRemark: '發票備註',
  InvoiceNo: '發票號碼',
  VoidReason: '作廢原因',
};

const STEP: Readonly<Record<string, string>> = {
  InvoiceNumber: '發票號碼',
  InvoiceDate: '發票日期',
  Reason: '原因',
  Remark: '備註',
};

const ALLOWANCE: Readonly<Record<string, string>> = {
  AllowanceDate: '折讓時間',
  CustomerEmail: '客戶電子信箱',
  TaxAmount: '折讓稅額',
  TotalAmount: '折讓未稅金額',
  Details: '折讓明細',
  OriginalInvoiceNumber: '原發票號碼',
  OriginalInvoiceDate: '原發票日期',
  OriginalSequenceNumber: '原明細序號',
  ItemName: '商品名稱',
  ItemCount: '商品數量',
  ItemPrice: '商品單價',
  ItemAmount: '商品合計',
  Tax: '商品稅額',
  AllowanceNo: '折讓編號',
  Reason: '原因',
  Remark: '備註',
};

const PARTNER: Readonly<Record<string, string>> = {
  Action: '動作',
  CustomerNumber: '客戶代號',
  Identifier: '統一編號',
  type: '交易對象類別',
  CompanyName: '公司名稱',
  TradingSlang: '交易暗語',
  ExchangeMode: '交換模式',
  EmailAddress: '電子信箱',
  InvoiceCategory: '發票種類',
  InvoiceTag: '通知類別',
  Notified: '發送對象',
  NotifyMail: '電子信箱',
  PrintStyle: '列印樣式',
};

export const B2B_FIELDS: Readonly<Record<B2bFieldArea, ReadonlyMap<string, FieldEntry>>> = {
  '60': new Map([
    ...numbered(ISSUE),
    // The same members under the names that other clients have for them.
    ['CustomerTel', { number: 6, name: '客戶電話' }],
    ['InvoiceNumber', { number: 25, name: '發票號碼' }],
  ]),
  '70': numbered(STEP),
  '80': new Map([...numbered(ALLOWANCE), ['CustomerAddress', { number: 16, name: '客戶地址' }]]),
  '90': numbered(PARTNER),
};
