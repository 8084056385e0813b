/**
 * What crosses between the server and the thread that writes its ledger. Commands and outcomes are plain
 * values and travel as JSON texts: far cheaper than a structured clone, and one text for many calls.
 */

import type { Verbs } from '../../ledger/ledger.ts';
import type { BatchReport } from '../../ledger/writer.ts';
import type { StoreOptions } from '../../storage/open.ts';

/** What the thread is started with. */
export interface ThreadSetUp {
  readonly store: StoreOptions;
  /** Milliseconds by which the center's clock is ahead of the machine's; the sandbox moves it. */
  readonly clockOffset: SharedArrayBuffer;
}

/** One call of a verb: a number to answer to, the verb, its commands. */
export type Call = readonly [id: number, verb: keyof Verbs, commands: readonly unknown[]];

/** Server to thread. */
export type ToThread =
  | { readonly kind: 'calls'; readonly json: string }
  | { readonly kind: 'close' };

/** The outcomes of a call, or the text of the error that it met. */
export type Answer =
  | readonly [id: number, outcomes: readonly unknown[]]
  | readonly [id: number, outcomes: null, error: string];

/** Thread to server. */
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
