/**
 * SystemLead e首發票: what its endpoints have in common. A request is an envelope (GUI, time stamp, signature)
 * around `Data`, or an array of envelopes; the answer is one object, or an array in the same order.
 */

import type { WireTable } from '../field.ts';

/** One action of the API. */
export interface SystemleadEndpoint {
  /** Below the base URL, such as `https://webapi.systemlead.com/terpapi`. */
  readonly path: string;
  /** Further names of the same action. */
  readonly aliases?: readonly string[];
  /** `Data` of a request. */
  readonly request: WireTable;
  /** One result. */
  readonly reply: WireTable;
  /** A single request is answered by an array of one all the same. */
  readonly isReplyArray?: true;
  /** Asks and changes nothing: exempt from the rule against repeated time stamps. */
  readonly isInquiry?: true;
}

/** The envelope; all members are required (GitBook, ApiHeader). */
export const ENVELOPE = {
  /** The seller's tax ID; selects the salt. */
  CompanyID: { kind: 'text', need: 'required', lengthMax: 8 },
  /** Unix seconds as text. */
  Timestamp: { kind: 'text', need: 'required', lengthMax: 20 },
  /** See `signature.ts`. */
  Signature: { kind: 'text', need: 'required', lengthMax: 128 },
} as const satisfies WireTable;

/** Members that every result may bear beside its own. */
export const RESULT = {
  /** 1 success, 0 failure (OpenAPI, 2025-03). */
  StatusCode: { kind: 'integer', need: 'optional', digitsMax: 1 },
  ResultMessage: { kind: 'text', need: 'optional', lengthMax: 200 },
  /** Only on failure, the text of `ResultMessage` (GitBook, b2bJsonSample). */
  Message: { kind: 'text', need: 'optional', lengthMax: 200 },
  /** Only on failure; Kaili's addition. */
  ErrorCode: { kind: 'text', need: 'optional', lengthMax: 20 },
} as const satisfies WireTable;

export const INVOICE_NUMBER_PATTERN: RegExp = /^[A-Za-z]{2}\d{8}$/;
/** Documented of a request: at most this many items; Kaili's limit. */
export const ITEMS_MAX = 1_000;
