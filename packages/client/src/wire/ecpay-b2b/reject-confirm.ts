/** B2B RejectConfirm: the seller confirms a return (ECPay B2B API, doc 14875). */
import type { WireEndpoint, WireTable } from '../field.ts';
import { INVOICE_DATE, INVOICE_NUMBER, MERCHANT_ID, REMARK, RESULT } from './shared-members.ts';

export const B2B_REJECT_CONFIRM_REQUEST = {
  MerchantID: MERCHANT_ID,
  InvoiceNumber: INVOICE_NUMBER,
  InvoiceDate: INVOICE_DATE,
  Remark: REMARK,
} as const satisfies WireTable;

/** Confirms the return of an exchanged invoice. */
export const B2B_REJECT_CONFIRM = {
  path: '/B2BInvoice/RejectConfirm',
  request: B2B_REJECT_CONFIRM_REQUEST,
  reply: { ...RESULT },
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
