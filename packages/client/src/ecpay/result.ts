/**
 * What a call to ECPay can come to. Everything that a server answered is a value, so that the compiler
 * asks for each case; only what never became an answer (no connection, time-out) is thrown.
 */

import type { JsonObject } from '../wire/exact-json.ts';

/** The call succeeded: RtnCode 1; of TriggerIssue 4000003 (later) or 4000004 (issued now). */
export interface EcpaySuccess<T> {
  readonly kind: 'ok';
  /** The reply's members by their wire names. */
  readonly data: T;
}

/** The server understood the call and says no: any RtnCode but 1. Nothing was changed. */
export interface EcpayRefusal {
  readonly kind: 'refused';
  /** RtnCode, such as 5070357 for a RelateNumber used before. */
  readonly code: number;
  /** RtnMsg in Chinese; several texts stand on lines of their own (CR LF). */
  readonly message: string;
  /** The reply as it came, for members that a refusal fills too. */
  readonly reply: JsonObject;
}

/** The envelope was not accepted (keys, clock, merchant): the call was not looked at. */
export interface EcpayRejection {
  readonly kind: 'rejected';
  /** 104 clock, 110 keys, 111 no Data, 115 merchant; see `ENVELOPE_FAILURES`. */
  readonly transCode: number;
  /** TransMsg. */
  readonly message: string;
  /** HTTP status, 500 as a rule. */
  readonly status: number;
}

/**
 * The answer is none of ECPay's: a proxy's page, a 403 for calling too fast, a reply that does not
 * decode. Whether the call took effect is unknown: ask with a query before repeating it.
 */
export interface EcpayUnreadable {
  readonly kind: 'unreadable';
  readonly status: number;
  /** What about the answer could not be read. */
  readonly message: string;
  /** The answer's beginning. May hold personal data: do not log it unseen. */
  readonly body: string;
}

/** The outcome of one call; switch on `kind`. */
export type EcpayResult<T> = EcpaySuccess<T> | EcpayRefusal | EcpayRejection | EcpayUnreadable;

/**
 * No answer arrived: no connection, a broken one, a time-out, or the caller's own abort; `cause` says
 * which. The call may have taken effect all the same.
 */
export class EcpayNetworkError extends Error {
  override readonly name = 'EcpayNetworkError';
  /** The client's own time-out struck. */
  readonly isTimeout: boolean;

  constructor(message: string, isTimeout: boolean, cause: unknown) {
    super(message, { cause });
    this.isTimeout = isTimeout;
  }
}
