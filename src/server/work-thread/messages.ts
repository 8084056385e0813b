/** What crosses between the server and the thread that works beside the requests. */
import type { MessagePort } from 'node:worker_threads';
import type { SimulatorPlan } from '../../mof/simulator/plan.ts';
import type { StoreOptions } from '../../storage/open.ts';
import type { Configuration, LogLevel } from '../configuration.ts';
import type { StartProblem } from '../start-refused.ts';
import type { Standing } from '../workers.ts';

/** What the thread is started with. */
export interface WorkSetUp {
  readonly configuration: Configuration;
  readonly store: StoreOptions;
  readonly secretKeyPath: string;
  readonly logLevel: LogLevel;
  /** To the ledger: see `joinLedger`. */
  readonly ledger: MessagePort;
  /** See `thread-clock.ts`. */
  readonly clockOffset: SharedArrayBuffer;
  /** See `viewCrowd`. */
  readonly crowd: SharedArrayBuffer;
}

/** Server to thread. */
export type ToWork =
  | { readonly kind: 'start' }
  | { readonly kind: 'stop' }
  | { readonly kind: 'close' }
  /** What links begin with, known once the server listens. */
  | { readonly kind: 'public-url'; readonly url: string }
  /** What the sandbox's Ministry does wrong on purpose. */
  | { readonly kind: 'plan'; readonly plan: SimulatorPlan };

/** Thread to server. */
export type FromWork =
  | { readonly kind: 'opened' }
  /** The end of a round, of a start, of a stop. */
  | { readonly kind: 'standing'; readonly standing: Standing }
  /** A start or a stop is done; a start that was refused says why. */
  | { readonly kind: 'done'; readonly refusal: readonly StartProblem[] | null }
  /** A line of the log. */
  | { readonly kind: 'log'; readonly line: string }
  /** The process cannot go on. */
  | {
      readonly kind: 'failed';
      readonly name: string;
      readonly message: string;
      readonly stack: string;
    };
