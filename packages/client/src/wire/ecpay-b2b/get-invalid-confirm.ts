/** B2B GetInvalidConfirm: how a void was confirmed (ECPay B2B API, doc 14953). */
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
} from './shared-members.ts';

export const B2B_GET_INVALID_CONFIRM_REQUEST = {
  MerchantID: MERCHANT_ID,
  InvoiceCategory: INVOICE_CATEGORY,
  /** With InvoiceDate, instead of RelateNumber. */
  InvoiceNumber: { ...INVOICE_NUMBER, need: 'conditional' },
  InvoiceDate: { ...INVOICE_DATE, need: 'conditional' },
  RelateNumber: { kind: 'text', need: 'conditional', lengthMax: 50 },
} as const satisfies WireTable;

export const B2B_GET_INVALID_CONFIRM_DATA = {
  MerchantID: MERCHANT,
  InvoiceNumber: TEXT,
  Buyer_Identifier: TEXT,
  Seller_Identifier: TEXT,
  CancelDate: TEXT,
  CancelReason: TEXT,
  ConfirmDate: TEXT_OR_NULL,
  ...UPLOAD,
  ConfirmRemark: TEXT,
} as const satisfies WireTable;

/** The confirmation of a void. */
export const B2B_GET_INVALID_CONFIRM = {
  path: '/B2BInvoice/GetInvalidConfirm',
  request: B2B_GET_INVALID_CONFIRM_REQUEST,
  reply: {
    ...RESULT,
    RtnData: { kind: 'object', need: 'required', members: B2B_GET_INVALID_CONFIRM_DATA },
  },
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
