/**
 * B2C AllowanceByCollegiate: an allowance 線上折讓 that the buyer confirms by a link in a mail (ECPay B2C
 * API, doc 15391; older page 49897).
 */

import type { WireEndpoint, WireTable } from '../field.ts';
import { ALLOWANCE_REQUEST } from './allowance.ts';

/** Data of an AllowanceByCollegiate request. */
export const ALLOWANCE_BY_COLLEGIATE_REQUEST = {
  ...ALLOWANCE_REQUEST,
  /** Always E: the buyer gets a mail. */
  AllowanceNotify: {
    kind: 'code',
    need: 'required',
    lengthMax: 1,
    values: ['S', 'E', 'A', 'N'],
  },
  /** Where the link goes; several addresses with `;` between. */
  NotifyMail: { kind: 'text', need: 'required', lengthMax: 100 },
  /** Where a form is posted when the buyer agrees; answered with `1|OK`. */
  ReturnURL: { kind: 'text', need: 'optional', lengthMax: 200 },
} as const satisfies WireTable;

/** Data of an AllowanceByCollegiate reply: the mail is on its way, the amount is reserved. */
export const ALLOWANCE_BY_COLLEGIATE_REPLY = {
  RtnCode: { kind: 'integer', need: 'required', digitsMax: 8 },
  RtnMsg: { kind: 'text', need: 'required', lengthMax: 200 },
  IA_Allow_No: { kind: 'text', need: 'required', lengthMax: 16, refused: null },
  IA_Invoice_No: { kind: 'text', need: 'required', lengthMax: 10, refused: null },
  /** When it was asked for, `yyyy-MM-dd HH:mm:ss`. */
  IA_TempDate: { kind: 'text', need: 'required', lengthMax: 20, refused: null },
  /** Until when the buyer may agree: IA_TempDate and 72 hours. */
  IA_TempExpireDate: { kind: 'text', need: 'required', lengthMax: 20, refused: null },
  /** What may still be allowed on the invoice; this allowance counts already. */
  IA_Remain_Allowance_Amt: { kind: 'integer', need: 'required', digitsMax: 12, refused: 0 },
} as const satisfies WireTable;

/** Asks the buyer to agree to one allowance (doc 15391). */
export const ALLOWANCE_BY_COLLEGIATE = {
  path: '/B2CInvoice/AllowanceByCollegiate',
  request: ALLOWANCE_BY_COLLEGIATE_REQUEST,
  reply: ALLOWANCE_BY_COLLEGIATE_REPLY,
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
