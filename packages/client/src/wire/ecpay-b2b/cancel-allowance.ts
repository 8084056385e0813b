/** B2B CancelAllowance: void an allowance 作廢折讓 (ECPay B2B API, docs 14889 and 24253). */
import type { WireEndpoint, WireTable } from '../field.ts';
import { ALLOWANCE_NO, MERCHANT_ID, REASON, REMARK, RESULT } from './shared-members.ts';

export const B2B_CANCEL_ALLOWANCE_REQUEST = {
  MerchantID: MERCHANT_ID,
  AllowanceNo: ALLOWANCE_NO,
  Reason: REASON,
  Remark: REMARK,
} as const satisfies WireTable;

/** Voids an allowance; in exchange mode the buyer’s confirmation makes it so. */
export const B2B_CANCEL_ALLOWANCE = {
  path: '/B2BInvoice/CancelAllowance',
  request: B2B_CANCEL_ALLOWANCE_REQUEST,
  reply: { ...RESULT },
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
