/** B2B GetIssue: one invoice, sold or bought (ECPay B2B API, docs 14935 and 24271). */
import type { WireEndpoint, WireTable } from '../field.ts';
import {
  DECIMAL,
  INVOICE_CATEGORY,
  INVOICE_DATE,
  INVOICE_NUMBER,
  MERCHANT,
  MERCHANT_ID,
  RESULT_AS_TEXT,
  TEXT,
  TEXT_OR_NULL,
  UPLOAD,
  WHOLE,
  WHOLE_OR_NULL,
} from './shared-members.ts';

export const B2B_GET_ISSUE_REQUEST = {
  MerchantID: MERCHANT_ID,
  InvoiceCategory: INVOICE_CATEGORY,
  InvoiceNumber: INVOICE_NUMBER,
  InvoiceDate: INVOICE_DATE,
  RelateNumber: { kind: 'text', need: 'optional', lengthMax: 50 },
} as const satisfies WireTable;

export const B2B_GET_ISSUE_DATA = {
  MerchantID: MERCHANT,
  InvoiceNumber: TEXT,
  InvoiceDate: TEXT,
  RelateNumber: TEXT,
  /** Empty for a purchase. */
  Buyer_Identifier: TEXT,
  Buyer_Name: TEXT,
  Buyer_Address: TEXT,
  Buyer_TelephoneNumber: TEXT,
  Buyer_EmailAddress: TEXT,
  Buyer_FacsimileNumber: TEXT,
  /** Empty for a sale. */
  Seller_Identifier: TEXT,
  Seller_Name: TEXT,
  Seller_Address: TEXT,
  Seller_TelephoneNumber: TEXT,
  Seller_EmailAddress: TEXT,
  Seller_FacsimileNumber: TEXT,
  CustomsClearanceMark: TEXT,
  InvoiceType: TEXT,
  TaxType: TEXT,
  ZeroTaxRateReason: TEXT,
  TaxRate: DECIMAL,
  SpecialTaxType: WHOLE,
  SalesAmount: WHOLE,
  TaxAmount: WHOLE,
  TotalAmount: WHOLE,
  /** An IPv4 address as a number; null where there is none. */
  IP: WHOLE_OR_NULL,
  CreateDate: TEXT,
  /** 1 issued, 0 returned. */
  Issue_Status: WHOLE,
  ...UPLOAD,
  ConfirmDate: TEXT_OR_NULL,
  Invalid_Status: WHOLE,
  /** 0 storage, 1 exchange. */
  ExchangeMode: WHOLE,
  /** 0 unconfirmed, or storage mode; 1 confirmed. */
  ExchangeStatus: WHOLE,
  /** What is left to allow, without tax. */
  BalanceAmount: WHOLE,
  MainRemark: TEXT,
  RandomNumber: TEXT,
  items: {
    kind: 'rows',
    need: 'required',
    row: {
      ItemSeq: WHOLE,
      ItemName: TEXT,
      ItemCount: DECIMAL,
      ItemWord: TEXT,
      ItemPrice: DECIMAL,
      ItemAmount: DECIMAL,
      ItemTax: WHOLE,
      ItemRemark: TEXT,
    },
  },
} as const satisfies WireTable;

/** One invoice by number and day; RtnCode is text (observed 2026-09, stage). */
export const B2B_GET_ISSUE = {
  path: '/B2BInvoice/GetIssue',
  request: B2B_GET_ISSUE_REQUEST,
  reply: {
    ...RESULT_AS_TEXT,
    RtnData: { kind: 'object', need: 'required', members: B2B_GET_ISSUE_DATA },
  },
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
