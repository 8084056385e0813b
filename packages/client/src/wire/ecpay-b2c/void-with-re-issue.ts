/**
 * B2C VoidWithReIssue: annul an invoice and issue it again under its number 註銷重開 (ECPay B2C API, doc
 * 7918; English page doc 49929). Number, RelateNumber and time stay; content and random code are new.
 */

import type { WireEndpoint, WireTable } from '../field.ts';
import { DATE_LENGTH_MAX, DATE_PATTERN, INVOICE_NUMBER_PATTERN } from './envelope.ts';
import { ISSUE_REPLY, ISSUE_REQUEST } from './issue.ts';

/** What is annulled. */
export const VOID_MODEL = {
  /** Here, beside the models, or both (observed: the official PHP SDK, and the document). */
  MerchantID: { kind: 'identifier', need: 'optional', lengthMax: 10 },
  InvoiceNo: { kind: 'text', need: 'required', lengthMax: 10, pattern: INVOICE_NUMBER_PATTERN },
  /** 1 to 20 characters. */
  VoidReason: { kind: 'text', need: 'required', lengthMax: 20 },
} as const satisfies WireTable;

/** What is issued instead: Issue's members, and the invoice's own time. */
export const ISSUE_MODEL = {
  ...ISSUE_REQUEST,
  /** Has no effect: the invoice keeps its own (observed 2026-09, stage). */
  RelateNumber: { kind: 'text', need: 'optional', lengthMax: 50 },
  /** When the invoice was issued, `yyyy-MM-dd HH:mm:ss` or with slashes; its day must be the invoice's. */
  InvoiceDate: {
    kind: 'text',
    need: 'required',
    lengthMax: DATE_LENGTH_MAX,
    pattern: DATE_PATTERN,
  },
} as const satisfies WireTable;

/** Data of a VoidWithReIssue request. Servers also take each model as JSON text. */
export const VOID_WITH_RE_ISSUE_REQUEST = {
  MerchantID: { kind: 'identifier', need: 'optional', lengthMax: 10 },
  VoidModel: { kind: 'object', need: 'required', members: VOID_MODEL },
  IssueModel: { kind: 'object', need: 'required', members: ISSUE_MODEL },
} as const satisfies WireTable;

/** Annuls and issues again (doc 7918). The reply is Issue's. */
export const VOID_WITH_RE_ISSUE = {
  path: '/B2CInvoice/VoidWithReIssue',
  request: VOID_WITH_RE_ISSUE_REQUEST,
  reply: ISSUE_REPLY,
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
