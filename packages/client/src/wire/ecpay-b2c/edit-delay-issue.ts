/**
 * B2C EditDelayIssue: replaces the content of a delayed invoice that still waits (ECPay B2C API, doc
 * 47979, known in part). Day, flag and callback stay; clients that send them again are not refused.
 */

import type { WireEndpoint, WireTable } from '../field.ts';
import { DELAY_MEMBERS } from './delay-issue.ts';
import { ISSUE_REQUEST } from './issue.ts';

/** Data of an EditDelayIssue request. */
export const EDIT_DELAY_ISSUE_REQUEST = { ...ISSUE_REQUEST, Tsr: DELAY_MEMBERS.Tsr } as const;

/** Data of an EditDelayIssue reply; no other member is known. */
export const EDIT_DELAY_ISSUE_REPLY = {
  RtnCode: { kind: 'integer', need: 'required', digitsMax: 8 },
  RtnMsg: { kind: 'text', need: 'required', lengthMax: 200 },
} as const satisfies WireTable;

/** Replaces one delayed invoice (doc 47979). */
export const EDIT_DELAY_ISSUE = {
  path: '/B2CInvoice/EditDelayIssue',
  request: EDIT_DELAY_ISSUE_REQUEST,
  reply: EDIT_DELAY_ISSUE_REPLY,
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
