/**
 * The field rules of ECPay's B2C API as codes and texts: which member has which number in which area,
 * and where ECPay's own number is known. ECPay publishes its codes in the merchant's back office only;
 * a number seen on the wire comes first, for the rest Kaili answers `89` + area + field + kind, a range
 * that none of ECPay's known numbers lies in.
 */

import { B2B_FIELDS, B2B_OTHER_NUMBER, type B2bFieldArea } from './b2b/fault-fields.ts';
import { type FieldEntry, numbered } from './numbered-fields.ts';

/** 1 missing 必填, 2 wrong form 格式, 3 too long 長度. */
export type FieldFaultKind = 1 | 2 | 3;

/** Groups of actions whose members share numbers. */
export type FieldArea = '10' | '20' | '30' | '40' | '50' | B2bFieldArea;

/** An answer inside `Data`: RtnCode and RtnMsg. */
export interface Answer {
  readonly rtnCode: number;
  readonly text: string;
}

/** What answers a fault: a code and text, or those of the field rule that it shares them with. */
export type FaultRow = Answer | { readonly member: string; readonly kind: FieldFaultKind };

const KIND_TEXTS: Readonly<Record<FieldFaultKind, string>> = {
  1: '為必填',
  2: '格式錯誤',
  3: '長度錯誤',
};

const ISSUE: Readonly<Record<string, string>> = {
  RelateNumber: '自訂編號',
  CustomerID: '客戶編號',
  ProductServiceID: '產品服務別代號',
  CustomerIdentifier: '統一編號',
  CustomerName: '客戶名稱',
  CustomerAddr: '客戶地址',
  CustomerPhone: '客戶手機號碼',
  CustomerEmail: '客戶電子信箱',
  ClearanceMark: '通關方式',
  Print: '列印註記',
  Donation: '捐贈註記',
  LoveCode: '捐贈碼',
  CarrierType: '載具類別',
  CarrierNum: '載具編號',
  CarrierNum2: '載具編號2',
  TaxType: '課稅別',
  ZeroTaxRateReason: '零稅率原因',
  SpecialTaxType: '特種稅額類別',
  SalesAmount: '發票金額',
  InvoiceRemark: '發票備註',
  Items: '商品',
  ItemSeq: '商品序號',
  ItemName: '商品名稱',
  ItemCount: '商品數量',
  ItemWord: '商品單位',
  ItemPrice: '商品單價',
  ItemTaxType: '商品課稅別',
  ItemAmount: '商品合計',
  ItemRemark: '商品備註',
  InvType: '字軌類別',
  vat: '商品單價含稅別',
};

const DELAY: Readonly<Record<string, string>> = {
  DelayFlag: '延遲註記',
  DelayDay: '延遲天數',
  Tsr: '交易單號',
  PayType: '交易類別',
  PayAct: '交易類別名稱',
  NotifyURL: '回傳網址',
};

const VOID: Readonly<Record<string, string>> = {
  InvoiceNo: '發票號碼',
  InvoiceDate: '發票開立日期',
  Reason: '作廢原因',
  VoidReason: '作廢原因',
  VoidModel: '作廢資料',
  IssueModel: '開立資料',
  'IssueModel.InvoiceDate': '發票開立時間',
};

const ALLOWANCE: Readonly<Record<string, string>> = {
  InvoiceNo: '發票號碼',
  InvoiceDate: '發票開立日期',
  AllowanceNotify: '通知類別',
  CustomerName: '客戶名稱',
  NotifyMail: '通知電子信箱',
  NotifyPhone: '通知手機號碼',
  AllowanceAmount: '折讓金額',
  Reason: '原因',
  Items: '商品',
  ItemSeq: '商品序號',
  ItemName: '商品名稱',
  ItemCount: '商品數量',
  ItemWord: '商品單位',
  ItemPrice: '商品單價',
  ItemTaxType: '商品課稅別',
  ItemAmount: '商品合計',
  ItemRemark: '商品備註',
};

const QUERY: Readonly<Record<string, string>> = {
  BeginDate: '查詢起始日期',
  EndDate: '查詢結束日期',
  NumPerPage: '每頁筆數',
  ShowingPage: '頁數',
  DataType: '回傳類型',
};

const FIELDS: Readonly<Record<FieldArea, ReadonlyMap<string, FieldEntry>>> = {
  ...B2B_FIELDS,
  '10': numbered(ISSUE),
  '20': numbered(DELAY),
  '30': numbered(VOID),
  '40': new Map([
    ...numbered(ALLOWANCE),
    ['AllowanceNo', { number: 20, name: '折讓編號' }],
    ['ReturnURL', { number: 21, name: '回傳網址' }],
  ]),
  '50': new Map([
    ...numbered(QUERY),
    ...queryFilters(),
    ['SearchType', { number: 7, name: '查詢類別' }],
    ['Date', { number: 8, name: '日期' }],
    ['InvoiceNo', { number: 9, name: '發票號碼' }],
    ['AllowanceNo', { number: 10, name: '折讓編號' }],
    ['Notify', { number: 11, name: '發送方式' }],
    ['InvoiceTag', { number: 12, name: '發送內容' }],
    ['Notified', { number: 13, name: '發送對象' }],
    ['Phone', { number: 14, name: '手機號碼' }],
    ['NotifyMail', { number: 15, name: '電子信箱' }],
    ['PrintStyle', { number: 16, name: '列印樣式' }],
    ['InvoiceYear', { number: 17, name: '發票年度' }],
    ['InvoiceTerm', { number: 18, name: '發票期別' }],
    ['InvoiceHeader', { number: 19, name: '字軌名稱' }],
    ['InvoiceStart', { number: 20, name: '起始發票編號' }],
    ['InvoiceEnd', { number: 21, name: '結束發票編號' }],
    ['InvoiceStatus', { number: 22, name: '字軌狀態' }],
    ['UseStatus', { number: 23, name: '字軌使用狀態' }],
    ['InvoiceCategory', { number: 24, name: '發票種類' }],
    ['MachineID', { number: 25, name: '機台編號' }],
    ['ActionType', { number: 26, name: '動作類型' }],
    ['RandomNumber', { number: 27, name: '隨機碼' }],
    ['CancelDate', { number: 28, name: '作廢時間' }],
    ['InvoiceCancelDate', { number: 28, name: '作廢時間' }],
    ['Remark', { number: 31, name: '備註' }],
    ['TrackID', { number: 32, name: '字軌代號' }],
    ['ProductServiceId', { number: 33, name: '產品服務別代號' }],
    ['IsShowingDetail', { number: 34, name: '顯示明細' }],
    ['IsReprintInvoice', { number: 35, name: '補印註記' }],
    ['InvoiceDate', { number: 29, name: '發票開立日期' }],
    ['RelateNumber', { number: 30, name: '自訂編號' }],
  ]),
};

/** Every filter of GetIssueList is number 6. */
function queryFilters(): [string, FieldEntry][] {
  return [
    'Query_Award',
    'Query_Invalid',
    'Query_Print',
    'Query_Upload',
    'Query_Identifier',
    'Query_TaxType',
    'Query_Category',
    'Query_Customer_Name',
    'Query_Customer_Phone',
  ].map((member) => [member, { number: 6, name: '查詢條件' }]);
}

/** Look-ups have one member; whatever is wrong with its form has one answer (ECPay B2C API, look-ups). */
const LOOK_UP_MEMBERS: readonly (readonly [string, Answer])[] = [
  ['CheckBarcode/BarCode', { rtnCode: 2019001, text: '手機條碼格式錯誤' }],
  ['CheckLoveCode/LoveCode', { rtnCode: 2020001, text: '捐贈碼為3~7碼純數字' }],
  ['GetCompanyNameByTaxID/UnifiedBusinessNo', { rtnCode: 2027000, text: '統一編號格式錯誤' }],
];

/** Numbers of ECPay's own, by action, member and kind. Each was seen on ECPay's stage. */
const KNOWN: Readonly<Record<string, Answer>> = {
  'B2B/Invalid/Reason/3': { rtnCode: 2103005, text: '發票作廢原因格式錯誤' },
  'Issue/RelateNumber/3': { rtnCode: 2001003, text: '自訂編號長度錯誤' },
  'Issue/CustomerEmail/3': { rtnCode: 2001010, text: '客戶電子信箱長度錯誤' },
  'Issue/TaxType/2': { rtnCode: 2001019, text: '課稅別格式錯誤' },
  'Issue/CarrierType/2': { rtnCode: 2001096, text: '載具類別格式錯誤' },
  'Invalid/Reason/3': { rtnCode: 2009005, text: '作廢原因長度錯誤' },
  'GetIssue/InvoiceNo/3': { rtnCode: 2011002, text: '發票號碼長度錯誤' },
  'GetInvalid/RelateNumber/1': { rtnCode: 2013001, text: '自訂編號為必填' },
  'GetAllowance/InvoiceNo/1': { rtnCode: 2014001, text: '發票號碼為必填' },
  'DelayIssue/DelayDay/2': { rtnCode: 1200119, text: '延遲天數格式錯誤' },
  'GetAllowance/AllowanceNo/1': { rtnCode: 2014003, text: '折讓編號為必填' },
  ...Object.fromEntries(
    LOOK_UP_MEMBERS.flatMap(([member, answer]) =>
      [1, 2, 3].map((kind) => [`${member}/${kind}`, answer] as const),
    ),
  ),
};

/** Members of area 90 without a number of their own share one, under their own name. */
function entryOf(area: FieldArea, member: string): FieldEntry | undefined {
  const entry = FIELDS[area].get(member);
  if (entry !== undefined || area !== '90' || member === '') return entry;
  return { number: B2B_OTHER_NUMBER, name: member };
}

/** Actions that both APIs have are numbered in the B2C API's areas. */
function isB2bArea(area: FieldArea): area is B2bFieldArea {
  return area in B2B_FIELDS;
}

/** Number of a member within its area; undefined for a member without one. */
export function fieldNumber(area: FieldArea, member: string): number | undefined {
  return entryOf(area, member)?.number;
}

/** RtnCode and text of a broken field rule: ECPay's number where known, otherwise Kaili's. */
export function fieldAnswer(
  action: string,
  area: FieldArea,
  member: string,
  kind: FieldFaultKind,
): Answer {
  const name = isB2bArea(area) ? action : action.replace('B2B/', '');
  const known = KNOWN[`${name}/${member}/${kind}`];
  if (known !== undefined) return known;
  const entry = entryOf(area, member);
  if (entry === undefined) throw new Error(`no number for ${member} in area ${area}`);
  const number = String(entry.number).padStart(2, '0');
  return {
    rtnCode: Number(`89${area}${number}${kind}`),
    text: `${entry.name}${KIND_TEXTS[kind]}`,
  };
}
