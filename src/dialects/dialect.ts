/**
 * What a provider's API is to the server: a table of routes over raw bytes. A dialect knows nothing of
 * the HTTP framework, of storage, or of another dialect.
 */

import type { Documents } from '../ledger/document-ports.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { CallbackForm } from '../ledger/notice-ports.ts';
import type { Accounts, Clock } from '../ledger/ports.ts';
import type { Registry } from '../ledger/registry-ports.ts';
import type { AccountId, NoticeRow } from '../ledger/rows.ts';

export interface WireRequest {
  readonly method: string;
  /** Path as sent, without query. */
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
  /** The client's address, IPv4 text where it has one; found behind trusted proxies only. */
  readonly ip: string;
  readonly requestId: string;
  /** Adds facts for the one log line of this request; never secrets or personal data. */
  note(facts: Readonly<Record<string, unknown>>): void;
}

export interface WireReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | Uint8Array;
  /** Name under which a client saves the body; ASCII. Absent: it is shown, not saved. */
  readonly attachment?: string;
}

export interface Route {
  readonly method: 'POST' | 'GET';
  /** Exact path, e.g. `/B2CInvoice/Issue`. */
  readonly path: string;
  handle(request: WireRequest): Promise<WireReply>;
}

export interface DialectContext {
  readonly ledger: Ledger;
  readonly accounts: Accounts;
  readonly clock: Clock;
  /**
   * Clocks of which one must agree with a client's time stamp: the center's own; in the sandbox the
   * machine's as well, since a client cannot know that the sandbox's clock was moved.
   */
  readonly clientClocks: readonly Clock[];
  /** Base of links that leave the house, without a trailing slash. */
  readonly publicUrl: string;
  /** Codes and papers that are made from the ledger. */
  readonly documents: Documents;
  /** The public registers: barcodes, donation codes, company names. */
  readonly registry: Registry;
  /** Absent: anybody may call as often as they like. */
  readonly callLimit?: CallLimit;
  /** Absent: an address may download as often as it likes. */
  readonly downloadLimit?: AddressLimit;
  /** The server's own settings of each dialect, by name; absent: none. */
  readonly settings?: DialectSettings;
}

/** How often an account may call. */
export interface CallLimit {
  /** Counts a call whose keys were right; false: it is one too many, or the account is blocked. */
  admits(account: AccountId): boolean;
}

/** How often an address may call. */
export interface AddressLimit {
  /** Counts a call that is let through; false: it is one too many. */
  admits(address: string): boolean;
}

/** Settings by dialect and by the API's own names; each dialect judges its own. */
export type DialectSettings = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface Dialect {
  readonly name: string;
  /** Path prefixes that are this dialect's alone, so that an unknown action gets its own 404. */
  readonly prefixes: readonly string[];
  /**
   * The path of the route that a path means, where clients of this API write it in several ways (another
   * case, another mount, doubled slashes); null for any path that is not this API's. Absent: paths are
   * exact.
   */
  canonicalPath?(path: string, settings: DialectSettings | undefined): string | null;
  /** Answers a request under the prefixes whose body could not be received: too large, broken off. */
  failed?(status: number): WireReply;
  /** Answers anything under the prefixes that no route claims. */
  unknown(request: WireRequest): WireReply;
  routes(context: DialectContext): readonly Route[];
  /** The form of a callback that an account of this dialect is owed; null: nothing to tell any more. */
  callbackForm?(notice: NoticeRow, context: DialectContext): Promise<CallbackForm | null>;
}
