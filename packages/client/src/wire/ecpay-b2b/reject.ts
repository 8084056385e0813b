/** B2B Reject: the buyer returns an invoice 退回 (ECPay B2B API, doc 14870). */
import type { WireEndpoint, WireTable } from '../field.ts';
import {
  INVOICE_DATE,
  INVOICE_NUMBER,
  MERCHANT_ID,
  REASON,
  REMARK,
  RESULT,
} from './shared-members.ts';

export const B2B_REJECT_REQUEST = {
  MerchantID: MERCHANT_ID,
  InvoiceNumber: INVOICE_NUMBER,
  InvoiceDate: INVOICE_DATE,
  Reason: REASON,
  Remark: REMARK,
} as const satisfies WireTable;

/** Returns an invoice that is not confirmed yet. */
export const B2B_REJECT = {
  path: '/B2BInvoice/Reject',
  request: B2B_REJECT_REQUEST,
  reply: { ...RESULT },
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
