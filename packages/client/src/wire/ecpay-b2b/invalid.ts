/** B2B Invalid: void an invoice 作廢 (ECPay B2B API, docs 14860 and 24235). */
import type { WireEndpoint, WireTable } from '../field.ts';
import {
  INVOICE_DATE,
  INVOICE_NUMBER,
  MERCHANT_ID,
  REASON,
  REMARK,
  RESULT,
} from './shared-members.ts';

export const B2B_INVALID_REQUEST = {
  MerchantID: MERCHANT_ID,
  InvoiceNumber: INVOICE_NUMBER,
  InvoiceDate: INVOICE_DATE,
  Reason: REASON,
  Remark: REMARK,
} as const satisfies WireTable;

/** Voids an invoice; in exchange mode the buyer’s confirmation makes it so. */
export const B2B_INVALID = {
  path: '/B2BInvoice/Invalid',
  request: B2B_INVALID_REQUEST,
  reply: {
    ...RESULT,
    InvoiceNumber: { kind: 'text', need: 'required', lengthMax: 10, refused: '' },
  },
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
