/** B2B AllowanceConfirm: the buyer confirms an allowance (ECPay B2B API, doc 14880). */
import type { WireEndpoint, WireTable } from '../field.ts';
import { ALLOWANCE_NO, MERCHANT_ID, REMARK, RESULT } from './shared-members.ts';

export const B2B_ALLOWANCE_CONFIRM_REQUEST = {
  MerchantID: MERCHANT_ID,
  AllowanceNo: ALLOWANCE_NO,
  Remark: REMARK,
} as const satisfies WireTable;

/** Confirms an exchanged allowance. */
export const B2B_ALLOWANCE_CONFIRM = {
  path: '/B2BInvoice/AllowanceConfirm',
  request: B2B_ALLOWANCE_CONFIRM_REQUEST,
  reply: { ...RESULT },
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
