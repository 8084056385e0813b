/** B2B IssueConfirm: the buyer confirms an invoice (ECPay B2B API, doc 14855). */
import type { WireEndpoint, WireTable } from '../field.ts';
import { INVOICE_DATE, INVOICE_NUMBER, MERCHANT_ID, REMARK, RESULT } from './shared-members.ts';

export const B2B_ISSUE_CONFIRM_REQUEST = {
  MerchantID: MERCHANT_ID,
  InvoiceNumber: INVOICE_NUMBER,
  /** May be missing (O'Pay's page). */
  InvoiceDate: { ...INVOICE_DATE, need: 'optional' },
  Remark: REMARK,
} as const satisfies WireTable;

/** Confirms the receipt of an exchanged invoice. */
export const B2B_ISSUE_CONFIRM = {
  path: '/B2BInvoice/IssueConfirm',
  request: B2B_ISSUE_CONFIRM_REQUEST,
  reply: { ...RESULT },
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
