/** B2B Notify: mails a notice about an invoice or allowance (ECPay B2B API, docs 14988 and 24306). */
import type { WireEndpoint, WireTable } from '../field.ts';
import {
  ALLOWANCE_NO,
  INVOICE_DATE,
  INVOICE_NUMBER,
  MERCHANT_ID,
  RESULT,
} from './shared-members.ts';

export const B2B_NOTIFY_REQUEST = {
  MerchantID: MERCHANT_ID,
  InvoiceDate: INVOICE_DATE,
  InvoiceNumber: INVOICE_NUMBER,
  /** Required for the tags 4, 5, 9 and 10. */
  AllowanceNo: { ...ALLOWANCE_NO, need: 'conditional' },
  /** One address, or several with `;` between. */
  NotifyMail: { kind: 'text', need: 'required', lengthMax: 200 },
  /**
   * 1 issued, 2 voided, 3 returned, 4 allowance, 5 allowance voided; 6 to 10 the confirmations of those, in
   * exchange mode alone.
   */
  InvoiceTag: {
    kind: 'code',
    need: 'required',
    lengthMax: 2,
    values: ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'],
  },
  /** C the other party, M the merchant itself, A both. */
  Notified: { kind: 'code', need: 'required', lengthMax: 1, values: ['C', 'M', 'A'] },
} as const satisfies WireTable;

/** Mails a notice. */
export const B2B_NOTIFY = {
  path: '/B2BInvoice/Notify',
  request: B2B_NOTIFY_REQUEST,
  reply: { ...RESULT },
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
