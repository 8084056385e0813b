/** B2C TriggerIssue: releases a delayed invoice (ECPay B2C API, doc 15371). */

import type { WireEndpoint, WireTable } from '../field.ts';
import { DELAY_MEMBERS } from './delay-issue.ts';

/** RtnCode of "will be issued after its days": a success (observed 2026-07, stage). */
export const RTN_CODE_DELAYED = 4000003;
/** RtnCode of "issued now": a success. */
export const RTN_CODE_ISSUED = 4000004;

/** Data of a TriggerIssue request. */
export const TRIGGER_ISSUE_REQUEST = {
  /** Documented as required; if present it must equal the envelope's (observed 2026-09, stage). */
  MerchantID: { kind: 'identifier', need: 'optional', lengthMax: 10 },
  Tsr: DELAY_MEMBERS.Tsr,
  PayType: DELAY_MEMBERS.PayType,
} as const satisfies WireTable;

/** Data of a TriggerIssue reply. It has no invoice number: ask GetIssue by RelateNumber. */
export const TRIGGER_ISSUE_REPLY = {
  RtnCode: { kind: 'integer', need: 'required', digitsMax: 8 },
  RtnMsg: { kind: 'text', need: 'required', lengthMax: 200 },
  Tsr: { kind: 'text', need: 'required', lengthMax: 30, refused: '' },
} as const satisfies WireTable;

/** Releases one delayed invoice (doc 15371); never answers RtnCode 1. */
export const TRIGGER_ISSUE = {
  path: '/B2CInvoice/TriggerIssue',
  request: TRIGGER_ISSUE_REQUEST,
  reply: TRIGGER_ISSUE_REPLY,
  isReplyEncrypted: true,
  successCodes: [RTN_CODE_DELAYED, RTN_CODE_ISSUED],
} as const satisfies WireEndpoint;
