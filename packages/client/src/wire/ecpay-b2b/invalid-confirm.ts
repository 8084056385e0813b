/** B2B InvalidConfirm: the buyer confirms a void (ECPay B2B API, doc 14865). */
import type { WireEndpoint, WireTable } from '../field.ts';
import { INVOICE_DATE, INVOICE_NUMBER, MERCHANT_ID, REMARK, RESULT } from './shared-members.ts';

export const B2B_INVALID_CONFIRM_REQUEST = {
  MerchantID: MERCHANT_ID,
  InvoiceNumber: INVOICE_NUMBER,
  InvoiceDate: INVOICE_DATE,
  Remark: REMARK,
} as const satisfies WireTable;

/** Confirms the void of an exchanged invoice. */
export const B2B_INVALID_CONFIRM = {
  path: '/B2BInvoice/InvalidConfirm',
  request: B2B_INVALID_CONFIRM_REQUEST,
  reply: { ...RESULT },
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
