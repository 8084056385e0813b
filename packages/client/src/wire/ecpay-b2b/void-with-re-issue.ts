/**
 * B2B VoidWithReIssue: annul and issue again under the same number 註銷重開, in storage mode (ECPay B2B API,
 * VoidWithReIssue). Both models may be objects or JSON texts.
 */
import { INVOICE_NUMBER_PATTERN } from '../ecpay-b2c/envelope.ts';
import type { WireEndpoint, WireTable } from '../field.ts';
import { B2B_ISSUE_REQUEST } from './issue.ts';
import { DATE_TIME_PATTERN, MERCHANT_ID, REASON, RESULT } from './shared-members.ts';

export const B2B_VOID_MODEL = {
  MerchantID: MERCHANT_ID,
  /** The invoice to be issued again; the Chinese page and the .NET SDK call it InvoiceNumber. */
  InvoiceNo: { kind: 'text', need: 'conditional', lengthMax: 10, pattern: INVOICE_NUMBER_PATTERN },
  InvoiceNumber: {
    kind: 'text',
    need: 'conditional',
    lengthMax: 10,
    pattern: INVOICE_NUMBER_PATTERN,
  },
  VoidReason: REASON,
} as const satisfies WireTable;

export const B2B_REISSUE_MODEL = {
  ...B2B_ISSUE_REQUEST,
  /** The original's time; its day must be the original's day. */
  InvoiceTime: { kind: 'text', need: 'required', lengthMax: 33, pattern: DATE_TIME_PATTERN },
} as const satisfies WireTable;

export const B2B_VOID_WITH_REISSUE_REQUEST = {
  MerchantID: MERCHANT_ID,
  VoidModel: { kind: 'object', need: 'required', members: B2B_VOID_MODEL },
  IssueModel: { kind: 'object', need: 'required', members: B2B_REISSUE_MODEL },
} as const satisfies WireTable;

/** Annuls a stored invoice and issues it again under the same number. */
export const B2B_VOID_WITH_REISSUE = {
  path: '/B2BInvoice/VoidWithReIssue',
  request: B2B_VOID_WITH_REISSUE_REQUEST,
  reply: {
    ...RESULT,
    /** Both spellings: the English page has the one, the Chinese page the other. */
    InvoiceNo: { kind: 'text', need: 'required', lengthMax: 10, refused: '' },
    InvoiceNumber: { kind: 'text', need: 'required', lengthMax: 10, refused: '' },
    RandomNumber: { kind: 'text', need: 'required', lengthMax: 4, refused: '' },
  },
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
