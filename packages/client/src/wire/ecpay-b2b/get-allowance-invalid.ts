/** B2B GetAllowanceInvalid: how an allowance was voided (ECPay B2B API, docs 14978 and 24291). */
import type { WireEndpoint, WireTable } from '../field.ts';
import {
  ALLOWANCE_NO,
  MERCHANT,
  MERCHANT_ID,
  RESULT,
  TEXT,
  UPLOAD,
  WHOLE,
} from './shared-members.ts';

export const B2B_GET_ALLOWANCE_INVALID_REQUEST = {
  MerchantID: MERCHANT_ID,
  AllowanceNo: ALLOWANCE_NO,
} as const satisfies WireTable;

export const B2B_GET_ALLOWANCE_INVALID_DATA = {
  MerchantID: MERCHANT,
  AllowanceNo: TEXT,
  AllowanceNumber: TEXT,
  SellerId: TEXT,
  BuyerId: TEXT,
  CancelDate: TEXT,
  CancelReason: TEXT,
  ...UPLOAD,
  ExchangeStatus: WHOLE,
  Remark: TEXT,
} as const satisfies WireTable;

/** The void of an allowance. */
export const B2B_GET_ALLOWANCE_INVALID = {
  path: '/B2BInvoice/GetAllowanceInvalid',
  request: B2B_GET_ALLOWANCE_INVALID_REQUEST,
  reply: {
    ...RESULT,
    RtnData: { kind: 'object', need: 'required', members: B2B_GET_ALLOWANCE_INVALID_DATA },
  },
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
