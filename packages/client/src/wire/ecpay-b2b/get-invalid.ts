/** B2B GetInvalid: how an invoice was voided (ECPay B2B API, docs 14948 and 24276). */
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
  UPLOAD,
  WHOLE,
} from './shared-members.ts';

export const B2B_GET_INVALID_REQUEST = {
  MerchantID: MERCHANT_ID,
  InvoiceCategory: INVOICE_CATEGORY,
  /** With InvoiceDate, instead of RelateNumber. */
  InvoiceNumber: { ...INVOICE_NUMBER, need: 'conditional' },
  InvoiceDate: { ...INVOICE_DATE, need: 'conditional' },
  RelateNumber: { kind: 'text', need: 'conditional', lengthMax: 50 },
} as const satisfies WireTable;

export const B2B_GET_INVALID_DATA = {
  MerchantID: MERCHANT,
  InvoiceNumber: TEXT,
  BuyerId: TEXT,
  SellerId: TEXT,
  CancelDate: TEXT,
  CancelTime: TEXT,
  CancelReason: TEXT,
  ...UPLOAD,
  ConfirmDate: TEXT_OR_NULL,
  ExchangeStatus: WHOLE,
  Remark: TEXT,
} as const satisfies WireTable;

/** The void of an invoice. */
export const B2B_GET_INVALID = {
  path: '/B2BInvoice/GetInvalid',
  request: B2B_GET_INVALID_REQUEST,
  reply: {
    ...RESULT,
    RtnData: { kind: 'object', need: 'required', members: B2B_GET_INVALID_DATA },
  },
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
