/**
 * The server's side of the ledger's thread: a ledger whose verbs run over there and whose queries run
 * here. Calls made in one turn of the event loop travel as one message.
 *
 * Promises what the ledger promises: an outcome is answered after its commit is on disk. When the
 * thread's writer stops, or the thread itself ends, every open call is rejected and `failure` with it.
 */
import { Worker } from 'node:worker_threads';
import { fault, type Outcome, refused } from '../../domain/fault.ts';
import { type LedgerHandle, verbsBy } from '../../ledger/create.ts';
import type { Verbs } from '../../ledger/ledger.ts';
import type { StoreReads } from '../../ledger/ports.ts';
import type { BatchReport } from '../../ledger/writer.ts';
import type { StoreOptions } from '../../storage/open.ts';
import type { Answer, Call, FromThread, ThreadSetUp, ToThread } from './messages.ts';

/** Memory of the thread's own objects: a batch of the largest invoices fits many times over. */
const YOUNG_MEBIBYTES_MAX = 16;
const OLD_MEBIBYTES_MAX = 512;

export interface ThreadedLedgerParts {
  readonly store: StoreOptions;
  /** Queries are the server's own business: its store sees what the thread has committed. */
  readonly reads: StoreReads;
  readonly onBatch: (report: BatchReport) => void;
  readonly openCharactersMax?: number;
}

export interface ThreadedLedger extends LedgerHandle {
  /** Tells the thread how far the center's clock is ahead of the machine's. */
  setClockOffsetMs(offsetMs: number): void;
  close(): Promise<void>;
}

/**
 * Characters of commands that may be under way at once; more are refused as BUSY. The writer's own limits
 * count commands, and a command may be an invoice of 999 lines.
 */
export const OPEN_CHARACTERS_MAX = 64 * 1024 * 1024;

interface OpenCall {
  readonly characters: number;
  readonly resolve: (outcomes: readonly never[]) => void;
  readonly reject: (error: Error) => void;
}

export async function openThreadedLedger(parts: ThreadedLedgerParts): Promise<ThreadedLedger> {
  const clockOffset = new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT);
  const workerData: ThreadSetUp = { store: parts.store, clockOffset };
  const worker = new Worker(new URL('./thread.ts', import.meta.url), {
    workerData,
    resourceLimits: {
      maxYoungGenerationSizeMb: YOUNG_MEBIBYTES_MAX,
      maxOldGenerationSizeMb: OLD_MEBIBYTES_MAX,
    },
  });
  const charactersMax = parts.openCharactersMax ?? OPEN_CHARACTERS_MAX;
  const thread = new LedgerThread(worker, parts.onBatch, charactersMax);
  await thread.opened;
  const offset = new BigInt64Array(clockOffset);
  return {
    ...verbsBy((verb, commands) => thread.call(verb, commands)),
    reads: parts.reads,
    drain: () => thread.drain(),
    failure: thread.failure,
    setClockOffsetMs: (offsetMs) => void Atomics.store(offset, 0, BigInt(offsetMs)),
    close: () => thread.close(),
  };
}

class LedgerThread {
  readonly #worker: Worker;
  readonly #onBatch: (report: BatchReport) => void;
  readonly #charactersMax: number;
  readonly #open = new Map<number, OpenCall>();
  readonly #opening = Promise.withResolvers<void>();
  readonly #closing = Promise.withResolvers<void>();
  readonly #failing = Promise.withResolvers<never>();
  #waiting: string[] = [];
  #openCharacters = 0;
  #lastId = 0;
  #stoppedBy: Error | null = null;
  #idle = Promise.withResolvers<void>();

  constructor(worker: Worker, onBatch: (report: BatchReport) => void, charactersMax: number) {
    this.#worker = worker;
    this.#onBatch = onBatch;
    this.#charactersMax = charactersMax;
    this.#idle.resolve();
    // Nobody has to listen; the calls that meet a failure are rejected anyway.
    this.#failing.promise.catch(() => {});
    worker.on('message', (message: FromThread) => this.#receive(message));
    worker.on('error', (error) => {
      this.#stop(error instanceof Error ? error : new Error(String(error)));
    });
    worker.on('exit', () => {
      this.#closing.resolve();
      this.#stop(new Error('the ledger’s thread ended'));
    });
  }

  get opened(): Promise<void> {
    return this.#opening.promise;
  }

  get failure(): Promise<never> {
    return this.#failing.promise;
  }

  call<Value>(verb: keyof Verbs, commands: readonly unknown[]): Promise<readonly Outcome<Value>[]> {
    if (this.#stoppedBy !== null) return Promise.reject(this.#stoppedBy);
    if (commands.length === 0) return Promise.resolve([]);
    const call: Call = [this.#lastId + 1, verb, commands];
    const json = JSON.stringify(call);
    if (this.#openCharacters + json.length > this.#charactersMax) {
      const hint = `at most ${this.#charactersMax} characters of commands at once; send again later`;
      return Promise.resolve(commands.map(() => refused(fault('BUSY', '', hint))));
    }
    return new Promise((resolve, reject) => {
      this.#lastId += 1;
      if (this.#open.size === 0) this.#idle = Promise.withResolvers<void>();
      this.#open.set(this.#lastId, { characters: json.length, resolve, reject });
      this.#openCharacters += json.length;
      if (this.#waiting.length === 0) setImmediate(() => this.#flush());
      this.#waiting.push(json);
    });
  }

  drain(): Promise<void> {
    return this.#idle.promise;
  }

  async close(): Promise<void> {
    // The answer that ended the last call may have led to another one.
    while (this.#open.size > 0) await this.drain();
    this.#stoppedBy ??= new Error('the ledger is closed');
    this.#send({ kind: 'close' });
    await this.#closing.promise;
  }

  #flush(): void {
    const json = `[${this.#waiting.join()}]`;
    this.#waiting = [];
    this.#send({ kind: 'calls', json });
  }

  #send(message: ToThread): void {
    this.#worker.postMessage(message);
  }

  #receive(message: FromThread): void {
    switch (message.kind) {
      case 'opened':
        this.#opening.resolve();
        return;
      case 'answers':
        for (const report of message.batches) this.#onBatch(report);
        // Written by `thread.ts` from this very type.
        for (const answer of JSON.parse(message.json) as readonly Answer[]) this.#settle(answer);
        return;
      case 'failed': {
        const error = new Error(message.message);
        error.name = message.name;
        error.stack = message.stack;
        this.#stop(error);
        return;
      }
      case 'closed':
        this.#closing.resolve();
        return;
    }
  }

  #settle([id, outcomes, problem]: Answer): void {
    const call = this.#open.get(id);
    if (call === undefined) return;
    this.#open.delete(id);
    this.#openCharacters -= call.characters;
    // The thread answers a call with the outcomes of the very verb that was called.
    if (outcomes !== null) call.resolve(outcomes as readonly never[]);
    else call.reject(new Error(problem));
    if (this.#open.size === 0) this.#idle.resolve();
  }

  #stop(error: Error): void {
    this.#opening.reject(error);
    for (const call of this.#open.values()) call.reject(error);
    this.#open.clear();
    this.#openCharacters = 0;
    this.#waiting = [];
    this.#idle.resolve();
    if (this.#stoppedBy !== null) return;
    this.#stoppedBy = error;
    this.#failing.reject(error);
  }
}
