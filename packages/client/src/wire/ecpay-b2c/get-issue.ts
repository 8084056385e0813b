/**
 * B2C GetIssue: one invoice with its lines, state and bar codes (ECPay B2C API, doc 7923). Order and
 * JSON types of the reply are those of a recorded stage reply (observed 2026-08), lengths those of the
 * document.
 */

import type { WireEndpoint, WireTable } from '../field.ts';
import { DATE_LENGTH_MAX, DATE_PATTERN, INVOICE_NUMBER_PATTERN } from './envelope.ts';

/** Data of a GetIssue request: RelateNumber, or InvoiceNo with InvoiceDate; both answer RtnCode 2. */
export const GET_ISSUE_REQUEST = {
  /** Documented as required; if present it must equal the envelope's (observed 2026-09, stage). */
  MerchantID: { kind: 'identifier', need: 'optional', lengthMax: 10 },
  /** Mode 1. Documented: 50 (30 on older pages). */
  RelateNumber: { kind: 'text', need: 'conditional', lengthMax: 50 },
  /** Mode 2, with InvoiceDate. */
  InvoiceNo: {
    kind: 'text',
    need: 'conditional',
    lengthMax: 10,
    pattern: INVOICE_NUMBER_PATTERN,
  },
  /** Mode 2: the invoice's own day; another day is "not found" (observed 2026-08). */
  InvoiceDate: {
    kind: 'text',
    need: 'conditional',
    lengthMax: DATE_LENGTH_MAX,
    pattern: DATE_PATTERN,
    nullable: true,
  },
} as const satisfies WireTable;

/** One line of a queried invoice. */
export const GET_ISSUE_ITEM = {
  ItemSeq: { kind: 'integer', need: 'required', digitsMax: 3 },
  ItemName: { kind: 'text', need: 'required', lengthMax: 500 },
  ItemCount: { kind: 'decimal', need: 'required', integerDigitsMax: 8, decimalsMax: 7 },
  ItemWord: { kind: 'text', need: 'required', lengthMax: 6 },
  /** Tax included. */
  ItemPrice: { kind: 'decimal', need: 'required', integerDigitsMax: 10, decimalsMax: 7 },
  ItemTaxType: { kind: 'text', need: 'required', lengthMax: 1 },
  ItemAmount: { kind: 'decimal', need: 'required', integerDigitsMax: 12, decimalsMax: 7 },
  /** null when none was given (observed 2026-08). */
  ItemRemark: { kind: 'text', need: 'required', lengthMax: 120, nullable: true },
} as const satisfies WireTable;

/** Data of a GetIssue reply. Not found: RtnCode 2 and RtnMsg, nothing else (observed 2026-08). */
export const GET_ISSUE_REPLY = {
  /** A number (observed 2026-08). */
  IIS_Mer_ID: { kind: 'identifier', need: 'required', lengthMax: 10 },
  /** The invoice's number. */
  IIS_Number: { kind: 'text', need: 'required', lengthMax: 10 },
  IIS_Relate_Number: { kind: 'text', need: 'required', lengthMax: 50 },
  IIS_Customer_ID: { kind: 'text', need: 'required', lengthMax: 20 },
  /** The buyer's tax ID; ten zeros when none. */
  IIS_Identifier: { kind: 'text', need: 'required', lengthMax: 10 },
  IIS_Customer_Name: { kind: 'text', need: 'required', lengthMax: 60 },
  IIS_Customer_Addr: { kind: 'text', need: 'required', lengthMax: 100 },
  IIS_Customer_Phone: { kind: 'text', need: 'required', lengthMax: 20 },
  IIS_Customer_Email: { kind: 'text', need: 'required', lengthMax: 80 },
  /** Only for zero rate, otherwise "". */
  IIS_Clearance_Mark: { kind: 'text', need: 'required', lengthMax: 1 },
  /** 07 general, 08 special tax. */
  IIS_Type: { kind: 'code', need: 'required', lengthMax: 2, values: ['07', '08'] },
  /** B2B with a buyer's tax ID, B2C without. */
  IIS_Category: { kind: 'code', need: 'required', lengthMax: 10, values: ['B2B', 'B2C'] },
  /** 1 taxable, 2 zero-rated, 3 exempt, 4 special, 9 mixed. */
  IIS_Tax_Type: { kind: 'code', need: 'required', lengthMax: 1, values: ['1', '2', '3', '4', '9'] },
  /** 0.05 for general taxable invoices; ECPay prints 0.050 (observed 2026-08). */
  IIS_Tax_Rate: { kind: 'decimal', need: 'required', integerDigitsMax: 1, decimalsMax: 3 },
  /** 0 without a buyer's tax ID. */
  IIS_Tax_Amount: { kind: 'integer', need: 'required', digitsMax: 11 },
  /** Total, tax included. */
  IIS_Sales_Amount: { kind: 'integer', need: 'required', digitsMax: 12 },
  /** Retired, constantly "P" (observed 2026-08). */
  IIS_Check_Number: { kind: 'text', need: 'required', lengthMax: 4 },
  /** "" when none. */
  IIS_Carrier_Type: { kind: 'text', need: 'required', lengthMax: 1 },
  /** Type 1: upper-case MD5 of the e-mail (observed 2026-08); types 4 and 5: the visible id. */
  IIS_Carrier_Num: { kind: 'text', need: 'required', lengthMax: 64 },
  /** "0" when none (observed 2026-08). */
  IIS_Love_Code: { kind: 'text', need: 'required', lengthMax: 7 },
  /** The address that the invoice was issued from. */
  IIS_IP: { kind: 'text', need: 'required', lengthMax: 20 },
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
  /** What may still be allowed; the total when nothing was (observed 2026-08). */
  IIS_Remain_Allowance_Amt: { kind: 'integer', need: 'required', digitsMax: 12 },
  IIS_Print_Flag: { kind: 'code', need: 'required', lengthMax: 1, values: ['0', '1'] },
  /** "" not drawn or not eligible, 0 not won, 1 won, X has a buyer's tax ID. */
  IIS_Award_Flag: { kind: 'code', need: 'required', lengthMax: 1, values: ['', '0', '1', 'X'] },
  /**
   * A number here (the .NET SDK types it int), text or null in GetIssueList: 0 none, 1 to 6 the prizes,
   * 7 special 2M, 8 grand 10M, 9 to 12 the cloud prizes of 2,000, 1M, 500 and 800.
   */
  IIS_Award_Type: { kind: 'integer', need: 'required', digitsMax: 2, min: 0, max: 12 },
  /** Four digits; may begin with 0, hence text. */
  IIS_Random_Number: { kind: 'text', need: 'required', lengthMax: 4 },
  /** The document's sample calls it IIS_Comment; stage sends InvoiceRemark (observed 2026-08). */
  InvoiceRemark: { kind: 'text', need: 'required', lengthMax: 200 },
  /** "" without a QR key of the seller. */
  QRCode_Left: { kind: 'text', need: 'required', lengthMax: 4000 },
  /** Begins with `**`; "" without a QR key of the seller. */
  QRCode_Right: { kind: 'text', need: 'required', lengthMax: 4000 },
  /** ROC year and even month of the period, number, random number: the certificate's Code 39. */
  PosBarCode: { kind: 'text', need: 'required', lengthMax: 19 },
  SpecialTaxType: { kind: 'integer', need: 'required', digitsMax: 1 },
  Items: { kind: 'rows', need: 'required', row: GET_ISSUE_ITEM },
  /** `1` = Shopee, otherwise "". */
  ChannelPartner: { kind: 'text', need: 'required', lengthMax: 1 },
  /** 71 to 79 with zero rate, otherwise "". */
  ZeroTaxRateReason: { kind: 'text', need: 'required', lengthMax: 2 },
  RtnCode: { kind: 'integer', need: 'required', digitsMax: 8 },
  RtnMsg: { kind: 'text', need: 'required', lengthMax: 200 },
} as const satisfies WireTable;

/** One invoice by RelateNumber or by number and day (doc 7923). */
export const GET_ISSUE = {
  path: '/B2CInvoice/GetIssue',
  request: GET_ISSUE_REQUEST,
  reply: GET_ISSUE_REPLY,
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
