/** B2B GetAllowance: one allowance, given or received (ECPay B2B API, docs 14968 and 24286). */
import type { WireEndpoint, WireTable } from '../field.ts';
import {
  ALLOWANCE_NO,
  DECIMAL,
  MERCHANT,
  MERCHANT_ID,
  RESULT,
  TEXT,
  TEXT_OR_NULL,
  UPLOAD,
  WHOLE,
  WHOLE_OR_NULL,
} from './shared-members.ts';

export const B2B_GET_ALLOWANCE_REQUEST = {
  MerchantID: MERCHANT_ID,
  AllowanceNo: ALLOWANCE_NO,
} as const satisfies WireTable;

export const B2B_GET_ALLOWANCE_DATA = {
  MerchantID: MERCHANT,
  AllowanceNo: TEXT,
  AllowanceNumber: TEXT,
  /** 2: issued by the seller. */
  AllowanceType: TEXT,
  Seller_Identifier: TEXT,
  Seller_Name: TEXT,
  Buyer_Identifier: TEXT,
  Buyer_Name: TEXT,
  Buyer_Address: TEXT,
  Buyer_TelephoneNumber: TEXT,
  Buyer_EmailAddress: TEXT,
  AllowanceDate: TEXT,
  /** Without tax. */
  TotalAmount: WHOLE,
  TaxAmount: WHOLE,
  IP: WHOLE_OR_NULL,
  ...UPLOAD,
  ConfirmDate: TEXT_OR_NULL,
  Invalid_Status: WHOLE,
  ExchangeStatus: WHOLE,
  Items: {
    kind: 'rows',
    need: 'required',
    row: {
      OriginalInvoiceDate: TEXT,
      OriginalInvoiceNumber: TEXT,
      OriginalSequenceNumber: WHOLE,
      OriginalDescription: TEXT,
      InvoiceType: TEXT,
      TaxType: TEXT,
      AllowanceSequenceNumber: WHOLE,
      Quantity: DECIMAL,
      Unit: TEXT,
      UnitPrice: DECIMAL,
      Tax: WHOLE,
      Amount: DECIMAL,
      /** What is left of the invoice to allow, without tax. */
      BalanceAmount: WHOLE,
    },
  },
  Remark: TEXT,
} as const satisfies WireTable;

/** One allowance. */
export const B2B_GET_ALLOWANCE = {
  path: '/B2BInvoice/GetAllowance',
  request: B2B_GET_ALLOWANCE_REQUEST,
  reply: {
    ...RESULT,
    RtnData: { kind: 'object', need: 'required', members: B2B_GET_ALLOWANCE_DATA },
  },
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
