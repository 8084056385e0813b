/** B2B GetAllowanceConfirm: how an allowance was confirmed (ECPay B2B API, doc 14973). */
import type { WireEndpoint, WireTable } from '../field.ts';
import {
  ALLOWANCE_NO,
  MERCHANT,
  MERCHANT_ID,
  RESULT,
  TEXT,
  TEXT_OR_NULL,
  UPLOAD,
} from './shared-members.ts';

export const B2B_GET_ALLOWANCE_CONFIRM_REQUEST = {
  MerchantID: MERCHANT_ID,
  AllowanceNo: ALLOWANCE_NO,
} as const satisfies WireTable;

export const B2B_GET_ALLOWANCE_CONFIRM_DATA = {
  MerchantID: MERCHANT,
  Seller_Identifier: TEXT,
  Buyer_Identifier: TEXT,
  AllowanceDate: TEXT,
  ConfirmDate: TEXT_OR_NULL,
  ...UPLOAD,
  ConfirmRemark: TEXT,
} as const satisfies WireTable;

/** The confirmation of an allowance. */
export const B2B_GET_ALLOWANCE_CONFIRM = {
  path: '/B2BInvoice/GetAllowanceConfirm',
  request: B2B_GET_ALLOWANCE_CONFIRM_REQUEST,
  reply: {
    ...RESULT,
    RtnData: { kind: 'object', need: 'required', members: B2B_GET_ALLOWANCE_CONFIRM_DATA },
  },
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
