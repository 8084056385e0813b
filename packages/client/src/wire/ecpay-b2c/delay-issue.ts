/** B2C DelayIssue: an invoice to be issued later (ECPay B2C API, doc 15369; older page 49892). */

import type { WireEndpoint, WireTable } from '../field.ts';
import { ISSUE_REQUEST } from './issue.ts';

/** Days that an invoice may be delayed at most. */
export const DELAY_DAYS_MAX = 15;

/** What DelayIssue has besides the members of Issue. */
export const DELAY_MEMBERS = {
  /** 1 = issued by itself after DelayDay days; 2 = waits for TriggerIssue. */
  DelayFlag: { kind: 'code', need: 'required', lengthMax: 1, values: ['1', '2'] },
  /** With DelayFlag 1 1 to 15; with 2 0 to 15, counted from the trigger (observed 2026-09, stage). */
  DelayDay: { kind: 'integer', need: 'required', digitsMax: 12, min: 0, max: DELAY_DAYS_MAX },
  /** The merchant's key of this delayed invoice, unique; edit, trigger and cancel name it. */
  Tsr: { kind: 'text', need: 'required', lengthMax: 30 },
  /** Always 2. */
  PayType: { kind: 'code', need: 'required', lengthMax: 1, values: ['2'] },
  /** Always ECPAY. */
  PayAct: { kind: 'code', need: 'required', lengthMax: 6, values: ['ECPAY'] },
  /** Where a form is posted when the invoice exists; answered with `1|OK`. */
  NotifyURL: { kind: 'text', need: 'optional', lengthMax: 200 },
} as const satisfies WireTable;

/** Data of a DelayIssue request. */
export const DELAY_ISSUE_REQUEST = { ...ISSUE_REQUEST, ...DELAY_MEMBERS } as const;

/** Data of a DelayIssue reply. */
export const DELAY_ISSUE_REPLY = {
  RtnCode: { kind: 'integer', need: 'required', digitsMax: 8 },
  RtnMsg: { kind: 'text', need: 'required', lengthMax: 200 },
  /** The request's Tsr. */
  OrderNumber: { kind: 'text', need: 'required', lengthMax: 30, refused: '' },
} as const satisfies WireTable;

/** Schedules one invoice (doc 15369). */
export const DELAY_ISSUE = {
  path: '/B2CInvoice/DelayIssue',
  request: DELAY_ISSUE_REQUEST,
  reply: DELAY_ISSUE_REPLY,
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
