/**
 * What crosses between the thread that writes the ledger and those that call it. Commands and outcomes are plain
 * values and travel as JSON texts: far cheaper than a structured clone, and one text for many calls.
 */
import type { MessagePort } from 'node:worker_threads';
import type { Verbs } from '../../ledger/ledger.ts';
import type { BatchReport } from '../../ledger/writer.ts';
import type { StoreOptions } from '../../storage/open.ts';

/** What the thread is started with. */
export interface ThreadSetUp {
  readonly store: StoreOptions;
  /** See `thread-clock.ts`. */
  readonly clockOffset: SharedArrayBuffer;
}

/**
 * One call of a verb: a number to answer to, the verb, its commands. The text of an invoice to be issued is
 * left out of its command: it travels beside the JSON, where nothing has to be escaped in it.
 */
export type Call = readonly [id: number, verb: keyof Verbs, commands: readonly unknown[]];

export interface CallsMessage {
  readonly kind: 'calls';
  /** A list of `Call`. */
  readonly json: string;
  readonly texts: readonly string[];
}

/** To the ledger's thread; `join` and `close` are the server's alone. */
export type ToThread =
  | CallsMessage
  /** Another thread calls over this port. */
  | { readonly kind: 'join'; readonly port: MessagePort }
  | { readonly kind: 'close' };

/** The outcomes of a call, or the text of the error that it met. */
export type Answer =
  | readonly [id: number, outcomes: readonly unknown[]]
  | readonly [id: number, outcomes: null, error: string];

/** From the ledger's thread; batches are reported to the server alone. */
export type FromThread =
  | { readonly kind: 'opened' }
  | { readonly kind: 'answers'; readonly json: string; readonly batches: readonly BatchReport[] }
  /** The writer stopped for good. */
  | {
      readonly kind: 'failed';
      readonly name: string;
      readonly message: string;
      readonly stack: string;
    }
  | { readonly kind: 'closed' };
