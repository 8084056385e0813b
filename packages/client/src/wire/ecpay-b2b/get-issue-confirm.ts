/** B2B GetIssueConfirm: how an invoice was confirmed (ECPay B2B API, doc 14940). */
import type { WireEndpoint, WireTable } from '../field.ts';
import {
  INVOICE_CATEGORY,
  INVOICE_DATE,
  INVOICE_NUMBER,
  MERCHANT,
  MERCHANT_ID,
  RESULT,
  TEXT,
  TEXT_OR_NULL,
  text,
  UPLOAD,
} from './shared-members.ts';

export const B2B_GET_ISSUE_CONFIRM_REQUEST = {
  MerchantID: MERCHANT_ID,
  InvoiceCategory: INVOICE_CATEGORY,
  /** With InvoiceDate, instead of RelateNumber. */
  InvoiceNumber: { ...INVOICE_NUMBER, need: 'conditional' },
  InvoiceDate: { ...INVOICE_DATE, need: 'conditional' },
  RelateNumber: { kind: 'text', need: 'conditional', lengthMax: 50 },
  /** Filters of O'Pay's page: what does not fit the invoice finds nothing. */
  Seller_Identifier: text(50, 'optional'),
  Buyer_Identifier: text(50, 'optional'),
  InvoiceDateBegin: text(50, 'optional'),
  /** As the page's sample spells it. */
  InvoiceDateBeign: text(50, 'optional'),
  InvoiceDateEnd: text(50, 'optional'),
  InvoiceNumberBegin: text(50, 'optional'),
  InvoiceNumberEnd: text(50, 'optional'),
  Issue_Status: text(50, 'optional'),
  Invalid_Status: text(50, 'optional'),
  ExchangeMode: text(50, 'optional'),
  ExchangeStatus: text(50, 'optional'),
  Upload_Status: text(50, 'optional'),
} as const satisfies WireTable;

export const B2B_GET_ISSUE_CONFIRM_DATA = {
  MerchantID: MERCHANT,
  InvoiceNumber: TEXT,
  InvoiceDate: TEXT,
  Buyer_Identifier: TEXT,
  Seller_Identifier: TEXT,
  ConfirmDate: TEXT_OR_NULL,
  ...UPLOAD,
  ConfirmRemark: TEXT,
} as const satisfies WireTable;

/** The confirmation of an exchanged invoice. */
export const B2B_GET_ISSUE_CONFIRM = {
  path: '/B2BInvoice/GetIssueConfirm',
  request: B2B_GET_ISSUE_CONFIRM_REQUEST,
  reply: {
    ...RESULT,
    RtnData: { kind: 'object', need: 'required', members: B2B_GET_ISSUE_CONFIRM_DATA },
  },
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
