/** B2C GetAllowanceList: allowances by number, invoice or day (ECPay B2C API, doc 7928). */

import type { WireEndpoint, WireTable } from '../field.ts';
import {
  ALLOWANCE_NUMBER_PATTERN,
  DATE_LENGTH_MAX,
  DATE_PATTERN,
  INVOICE_NUMBER_PATTERN,
} from './envelope.ts';

/** Data of a GetAllowanceList request. */
export const GET_ALLOWANCE_LIST_REQUEST = {
  /** Documented as required; if present it must equal the envelope's (observed 2026-09, stage). */
  MerchantID: { kind: 'identifier', need: 'optional', lengthMax: 10 },
  /** 0 by AllowanceNo; 1 by InvoiceNo and its day; 2 by InvoiceNo and the allowance's day. */
  SearchType: { kind: 'code', need: 'required', lengthMax: 1, values: ['0', '1', '2'] },
  /** Required for SearchType 0, ignored otherwise. */
  AllowanceNo: {
    kind: 'text',
    need: 'conditional',
    lengthMax: 16,
    pattern: ALLOWANCE_NUMBER_PATTERN,
  },
  /** Required for SearchType 1 and 2. */
  InvoiceNo: { kind: 'text', need: 'conditional', lengthMax: 10, pattern: INVOICE_NUMBER_PATTERN },
  /** Required for SearchType 1 and 2. */
  Date: { kind: 'text', need: 'conditional', lengthMax: DATE_LENGTH_MAX, pattern: DATE_PATTERN },
} as const satisfies WireTable;

/** One line of a queried allowance. */
export const ALLOWANCE_INFO_ITEM = {
  ItemSeq: { kind: 'integer', need: 'required', digitsMax: 3 },
  ItemName: { kind: 'text', need: 'required', lengthMax: 500 },
  ItemCount: { kind: 'decimal', need: 'required', integerDigitsMax: 8, decimalsMax: 7 },
  ItemWord: { kind: 'text', need: 'required', lengthMax: 6 },
  ItemPrice: { kind: 'decimal', need: 'required', integerDigitsMax: 10, decimalsMax: 7 },
  /** The line's tax. */
  ItemRateAmt: { kind: 'decimal', need: 'required', integerDigitsMax: 12, decimalsMax: 7 },
  ItemTaxType: { kind: 'text', need: 'required', lengthMax: 1 },
  ItemAmount: { kind: 'decimal', need: 'required', integerDigitsMax: 12, decimalsMax: 7 },
} as const satisfies WireTable;

/** One allowance as GetAllowanceList lists it and GetAllowance shows it. */
export const ALLOWANCE_INFO = {
  IA_Allow_No: { kind: 'text', need: 'required', lengthMax: 16 },
  /** S by SMS, E by e-mail, A both, N none. */
  IA_Check_Send_Mail: {
    kind: 'code',
    need: 'required',
    lengthMax: 1,
    values: ['S', 'E', 'A', 'N'],
  },
  /** Taipei time, `yyyy-MM-dd HH:mm:ss`. */
  IA_Date: { kind: 'text', need: 'required', lengthMax: 20 },
  IA_IP: { kind: 'text', need: 'required', lengthMax: 20 },
  /** The buyer's tax ID; ten zeros when none. */
  IA_Identifier: { kind: 'text', need: 'required', lengthMax: 10 },
  /** 1 voided. */
  IA_Invalid_Status: { kind: 'code', need: 'required', lengthMax: 1, values: ['0', '1'] },
  IA_Invoice_Issue_Date: { kind: 'text', need: 'required', lengthMax: 20 },
  IA_Invoice_No: { kind: 'text', need: 'required', lengthMax: 10 },
  /** A number (observed 2026-08). */
  IA_Mer_ID: { kind: 'identifier', need: 'required', lengthMax: 10 },
  IA_Send_Mail: { kind: 'text', need: 'required', lengthMax: 100 },
  IA_Send_Phone: { kind: 'text', need: 'required', lengthMax: 20 },
  IA_Tax_Amount: { kind: 'integer', need: 'required', digitsMax: 12 },
  IA_Tax_Type: { kind: 'text', need: 'required', lengthMax: 1 },
  /** Without tax. */
  IA_Total_Amount: { kind: 'integer', need: 'required', digitsMax: 12 },
  /** With tax. */
  IA_Total_Tax_Amount: { kind: 'integer', need: 'required', digitsMax: 12 },
  /** "" before the upload. */
  IA_Upload_Date: { kind: 'text', need: 'required', lengthMax: 20 },
  /** 1 = the Ministry has it. */
  IA_Upload_Status: { kind: 'code', need: 'required', lengthMax: 1, values: ['0', '1'] },
  IIS_Customer_Name: { kind: 'text', need: 'required', lengthMax: 60 },
  /** `1` = Shopee, otherwise "". */
  ChannelPartner: { kind: 'text', need: 'required', lengthMax: 1 },
  Items: { kind: 'rows', need: 'required', row: ALLOWANCE_INFO_ITEM },
} as const satisfies WireTable;

/**
 * Data of a GetAllowanceList reply, encrypted. Online allowances that wait for consent are left out;
 * nothing found is RtnCode 7 (observed 2026-08).
 */
export const GET_ALLOWANCE_LIST_REPLY = {
  AllowanceInfo: { kind: 'rows', need: 'required', row: ALLOWANCE_INFO },
  RtnCode: { kind: 'integer', need: 'required', digitsMax: 8 },
  RtnMsg: { kind: 'text', need: 'required', lengthMax: 200 },
} as const satisfies WireTable;

/** Allowances by number, invoice or day (doc 7928). */
export const GET_ALLOWANCE_LIST = {
  path: '/B2CInvoice/GetAllowanceList',
  request: GET_ALLOWANCE_LIST_REQUEST,
  reply: GET_ALLOWANCE_LIST_REPLY,
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
