/** B2C CancelDelayIssue: drops a delayed invoice that waits (ECPay B2C API, doc 15382). */

import type { WireEndpoint, WireTable } from '../field.ts';
import { DELAY_MEMBERS } from './delay-issue.ts';

/** Data of a CancelDelayIssue request. */
export const CANCEL_DELAY_ISSUE_REQUEST = {
  /** Documented as required; if present it must equal the envelope's (observed 2026-09, stage). */
  MerchantID: { kind: 'identifier', need: 'optional', lengthMax: 10 },
  Tsr: DELAY_MEMBERS.Tsr,
} as const satisfies WireTable;

/** Data of a CancelDelayIssue reply. */
export const CANCEL_DELAY_ISSUE_REPLY = {
  RtnCode: { kind: 'integer', need: 'required', digitsMax: 8 },
  RtnMsg: { kind: 'text', need: 'required', lengthMax: 200 },
} as const satisfies WireTable;

/** Drops one delayed invoice (doc 15382). */
export const CANCEL_DELAY_ISSUE = {
  path: '/B2CInvoice/CancelDelayIssue',
  request: CANCEL_DELAY_ISSUE_REQUEST,
  reply: CANCEL_DELAY_ISSUE_REPLY,
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
