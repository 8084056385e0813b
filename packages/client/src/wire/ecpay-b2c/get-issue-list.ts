/**
 * B2C GetIssueList: the invoices of some days, paged, as JSON or CSV (ECPay B2C API, doc 17229). The
 * one call whose reply's `Data` is a plain object instead of ciphertext, although the document says AES
 * (observed 2026-08, three independent clients).
 */

import type { WireEndpoint, WireTable } from '../field.ts';
import { DATE_LENGTH_MAX, DATE_PATTERN } from './envelope.ts';

/** Rows on one page at most (doc 17229). */
export const GET_ISSUE_LIST_ROWS_MAX = 200;

/** Data of a GetIssueList request. */
export const GET_ISSUE_LIST_REQUEST = {
  /** Documented as required; if present it must equal the envelope's (observed 2026-09, stage). */
  MerchantID: { kind: 'identifier', need: 'optional', lengthMax: 10 },
  /** First day of issue. */
  BeginDate: { kind: 'text', need: 'required', lengthMax: DATE_LENGTH_MAX, pattern: DATE_PATTERN },
  /** Last day of issue. */
  EndDate: { kind: 'text', need: 'required', lengthMax: DATE_LENGTH_MAX, pattern: DATE_PATTERN },
  NumPerPage: {
    kind: 'integer',
    need: 'required',
    digitsMax: 3,
    min: 1,
    max: GET_ISSUE_LIST_ROWS_MAX,
  },
  /** From 1. */
  ShowingPage: { kind: 'integer', need: 'required', digitsMax: 9, min: 1 },
  /** 1 JSON (also when missing), 2 CSV. Arrives as number or text. */
  DataType: { kind: 'integer', need: 'optional', digitsMax: 1, min: 1, max: 2 },
  /** `1` = Shopee's invoices only; other values are ignored. */
  ChannelPartner: { kind: 'text', need: 'optional', lengthMax: 1 },
  /** 0 all (also when missing), 1 won, 2 not won. */
  Query_Award: { kind: 'code', need: 'optional', lengthMax: 1, values: ['0', '1', '2'] },
  /** 0 all, 1 voided, 2 not voided. */
  Query_Invalid: { kind: 'code', need: 'optional', lengthMax: 1, values: ['0', '1', '2'] },
  /** 0 all, 1 printed, 2 not printed, 3 processed. */
  Query_Print: { kind: 'code', need: 'optional', lengthMax: 1, values: ['0', '1', '2', '3'] },
  /** 0 all, 1 uploaded, 2 not uploaded, 3 failed. */
  Query_Upload: { kind: 'code', need: 'optional', lengthMax: 1, values: ['0', '1', '2', '3'] },
  /** 0 all, 1 with a buyer's tax ID, 2 without. */
  Query_Identifier: { kind: 'code', need: 'optional', lengthMax: 1, values: ['0', '1', '2'] },
  /** 0 all, otherwise a TaxType. */
  Query_TaxType: {
    kind: 'code',
    need: 'optional',
    lengthMax: 1,
    values: ['0', '1', '2', '3', '4', '9'],
  },
  /** 0 all, 1 B2C, 2 POS, 3 offline. */
  Query_Category: { kind: 'code', need: 'optional', lengthMax: 1, values: ['0', '1', '2', '3'] },
  Query_Customer_Name: { kind: 'text', need: 'optional', lengthMax: 60 },
  Query_Customer_Phone: { kind: 'text', need: 'optional', lengthMax: 20 },
} as const satisfies WireTable;

/** One row of the list; members mean what they mean in GetIssue. */
export const GET_ISSUE_LIST_ROW = {
  IIS_Number: { kind: 'text', need: 'required', lengthMax: 10 },
  IIS_Relate_Number: { kind: 'text', need: 'required', lengthMax: 50 },
  /** `1` = Shopee, otherwise "". Has no CSV column. */
  ChannelPartner: { kind: 'text', need: 'required', lengthMax: 1 },
  /** The buyer's tax ID; ten zeros when none. */
  IIS_Identifier: { kind: 'text', need: 'required', lengthMax: 10 },
  /** Only for zero rate, otherwise "". */
  IIS_Clearance_Mark: { kind: 'text', need: 'required', lengthMax: 1 },
  /** B2B with a buyer's tax ID, B2C without. */
  IIS_Category: { kind: 'code', need: 'required', lengthMax: 10, values: ['B2B', 'B2C'] },
  /** 1 taxable, 2 zero-rated, 3 exempt, 4 special, 9 mixed. */
  IIS_Tax_Type: { kind: 'code', need: 'required', lengthMax: 1, values: ['1', '2', '3', '4', '9'] },
  IIS_Tax_Rate: { kind: 'decimal', need: 'required', integerDigitsMax: 1, decimalsMax: 3 },
  /** 0 without a buyer's tax ID. */
  IIS_Tax_Amount: { kind: 'integer', need: 'required', digitsMax: 11 },
  /** Total, tax included. */
  IIS_Sales_Amount: { kind: 'integer', need: 'required', digitsMax: 12 },
  /** Taipei time, `yyyy-MM-dd HH:mm:ss`. */
  IIS_Create_Date: { kind: 'text', need: 'required', lengthMax: 20 },
  /** 1 issued, 0 cancelled 註銷. */
  IIS_Issue_Status: { kind: 'code', need: 'required', lengthMax: 1, values: ['0', '1'] },
  /** 1 voided 作廢. */
  IIS_Invalid_Status: { kind: 'code', need: 'required', lengthMax: 1, values: ['0', '1'] },
  /** 1 = the Ministry has it. */
  IIS_Upload_Status: { kind: 'code', need: 'required', lengthMax: 1, values: ['0', '1'] },
  /** "" before the upload. */
  IIS_Upload_Date: { kind: 'text', need: 'required', lengthMax: 20 },
  /** C done, E failed, G waiting for the answer, P uploading, "" not yet handed over. */
  IIS_Turnkey_Status: {
    kind: 'code',
    need: 'required',
    lengthMax: 1,
    values: ['', 'C', 'E', 'G', 'P'],
  },
  IIS_Remain_Allowance_Amt: { kind: 'integer', need: 'required', digitsMax: 12 },
  /** "" not drawn or not eligible, 0 not won, 1 won, X has a buyer's tax ID. */
  IIS_Award_Flag: { kind: 'code', need: 'required', lengthMax: 1, values: ['', '0', '1', 'X'] },
  /** Text or null here, a number in GetIssue (observed in a recorded list of a public client). */
  IIS_Award_Type: { kind: 'text', need: 'required', lengthMax: 2, nullable: true },
  IIS_Print_Flag: { kind: 'code', need: 'required', lengthMax: 1, values: ['0', '1'] },
  /** "" when none. */
  IIS_Carrier_Type: { kind: 'text', need: 'required', lengthMax: 1 },
  IIS_Carrier_Num: { kind: 'text', need: 'required', lengthMax: 64 },
  /** "0" when none. */
  IIS_Love_Code: { kind: 'text', need: 'required', lengthMax: 7 },
} as const satisfies WireTable;

/** Plain Data of a GetIssueList reply; rows newest first. No rows: RtnCode 1, TotalCount 0, `[]`. */
export const GET_ISSUE_LIST_REPLY = {
  ShowingPage: { kind: 'integer', need: 'required', digitsMax: 9 },
  RtnMsg: { kind: 'text', need: 'required', lengthMax: 200 },
  /** Invoices on all pages. */
  TotalCount: { kind: 'integer', need: 'required', digitsMax: 9 },
  InvoiceData: {
    kind: 'rows',
    need: 'required',
    rowsMax: GET_ISSUE_LIST_ROWS_MAX,
    row: GET_ISSUE_LIST_ROW,
  },
  RtnCode: { kind: 'integer', need: 'required', digitsMax: 8 },
} as const satisfies WireTable;

/**
 * Plain Data of a reply with DataType 2: the same object with the whole CSV as one string. No document
 * says how the CSV is carried; this is Kaili's answer: RFC 4180, UTF-8 without BOM, CRLF after every
 * row, headings first.
 */
export const GET_ISSUE_LIST_CSV_REPLY = {
  ShowingPage: { kind: 'integer', need: 'required', digitsMax: 9 },
  RtnMsg: { kind: 'text', need: 'required', lengthMax: 200 },
  TotalCount: { kind: 'integer', need: 'required', digitsMax: 9 },
  /** Headings of `GET_ISSUE_LIST_CSV_COLUMNS`, then one row an invoice. */
  InvoiceData: { kind: 'text', need: 'required', lengthMax: 1_048_576 },
  RtnCode: { kind: 'integer', need: 'required', digitsMax: 8 },
} as const satisfies WireTable;

/** The 24 CSV columns in order (doc 17229): heading, and the JSON member that holds the same value. */
export const GET_ISSUE_LIST_CSV_COLUMNS = [
  { heading: '總筆數', member: 'TotalCount' },
  { heading: '顯示的頁數', member: 'ShowingPage' },
  { heading: '發票號碼', member: 'IIS_Number' },
  { heading: '特店自訂編號', member: 'IIS_Relate_Number' },
  { heading: '買方統編', member: 'IIS_Identifier' },
  { heading: '通關方式', member: 'IIS_Clearance_Mark' },
  { heading: '發票類別', member: 'IIS_Category' },
  { heading: '課稅別', member: 'IIS_Tax_Type' },
  { heading: '稅率', member: 'IIS_Tax_Rate' },
  { heading: '稅金', member: 'IIS_Tax_Amount' },
  { heading: '發票金額', member: 'IIS_Sales_Amount' },
  { heading: '發票開立時間', member: 'IIS_Create_Date' },
  { heading: '發票開立狀態', member: 'IIS_Issue_Status' },
  { heading: '發票作廢狀態', member: 'IIS_Invalid_Status' },
  { heading: '發票上傳狀態', member: 'IIS_Upload_Status' },
  { heading: '發票上傳時間', member: 'IIS_Upload_Date' },
  { heading: '發票上傳後接收狀態', member: 'IIS_Turnkey_Status' },
  { heading: '折讓剩餘金額', member: 'IIS_Remain_Allowance_Amt' },
  { heading: '中獎旗標', member: 'IIS_Award_Flag' },
  { heading: '中獎種類', member: 'IIS_Award_Type' },
  { heading: '列印旗標', member: 'IIS_Print_Flag' },
  { heading: '載具類別', member: 'IIS_Carrier_Type' },
  { heading: '載具編號', member: 'IIS_Carrier_Num' },
  { heading: '捐款單位捐贈碼', member: 'IIS_Love_Code' },
] as const satisfies readonly {
  readonly heading: string;
  readonly member: keyof typeof GET_ISSUE_LIST_ROW | 'TotalCount' | 'ShowingPage';
}[];

/** The invoices of some days, paged (doc 17229). */
export const GET_ISSUE_LIST = {
  path: '/B2CInvoice/GetIssueList',
  request: GET_ISSUE_LIST_REQUEST,
  reply: GET_ISSUE_LIST_REPLY,
  isReplyEncrypted: false,
} as const satisfies WireEndpoint;

/** The same call with DataType 2. */
export const GET_ISSUE_LIST_CSV = {
  path: '/B2CInvoice/GetIssueList',
  request: GET_ISSUE_LIST_REQUEST,
  reply: GET_ISSUE_LIST_CSV_REPLY,
  isReplyEncrypted: false,
} as const satisfies WireEndpoint;
