/** B2B GetAllowanceInvalidConfirm: how the void of an allowance was confirmed (ECPay B2B API, doc 14983). */
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

export const B2B_GET_ALLOWANCE_INVALID_CONFIRM_REQUEST = {
  MerchantID: MERCHANT_ID,
  AllowanceNo: ALLOWANCE_NO,
} as const satisfies WireTable;

export const B2B_GET_ALLOWANCE_INVALID_CONFIRM_DATA = {
  MerchantID: MERCHANT,
  /** Both spellings: O'Pay's page has the one, the .NET SDK the other. */
  Seller_Identifier: TEXT,
  Buyer_Identifier: TEXT,
  SellerId: TEXT,
  BuyerId: TEXT,
  AllowanceNo: TEXT,
  AllowanceNumber: TEXT,
  CancelDate: TEXT,
  CancelReason: TEXT,
  ...UPLOAD,
  ExchangeStatus: WHOLE,
  ConfirmRemark: TEXT,
} as const satisfies WireTable;

/** The confirmation of the void of an allowance. */
export const B2B_GET_ALLOWANCE_INVALID_CONFIRM = {
  path: '/B2BInvoice/GetAllowanceInvalidConfirm',
  request: B2B_GET_ALLOWANCE_INVALID_CONFIRM_REQUEST,
  reply: {
    ...RESULT,
    RtnData: { kind: 'object', need: 'required', members: B2B_GET_ALLOWANCE_INVALID_CONFIRM_DATA },
  },
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
