/**
 * The server's side of the thread that works beside the requests: the outbox, notices, what the clock asks
 * for, in the sandbox also the simulated Ministry. So none of them ever keeps a request waiting.
 *
 * Promises that where the work stands is known here without asking, as of its last round; and that the
 * thread's unforeseen end is the process's: `onFailure` is told.
 */
import { type MessagePort, Worker } from 'node:worker_threads';
import type { SimulatorPlan } from '../../mof/simulator/plan.ts';
import type { Log } from '../log.ts';
import { StartRefused } from '../start-refused.ts';
import { threadMemory } from '../thread-memory.ts';
import type { Standing, Workers } from '../workers.ts';
import type { FromWork, ToWork, WorkSetUp } from './messages.ts';

export interface WorkThreadParts extends Omit<WorkSetUp, 'logLevel'> {
  readonly log: Log;
  readonly onFailure: (error: unknown) => void;
}

export interface WorkThread extends Workers {
  setPublicUrl(url: string): void;
  setPlan(plan: SimulatorPlan): void;
  /** Stops the work and ends the thread. */
  close(): Promise<void>;
}

/** A thread that has not begun to work. */
export async function openWorkThread(parts: WorkThreadParts): Promise<WorkThread> {
  const { log, onFailure, ...given } = parts;
  const workerData: WorkSetUp = { ...given, logLevel: log.level };
  const transferList: MessagePort[] = [parts.ledger];
  const worker = new Worker(new URL('./thread.ts', import.meta.url), {
    workerData,
    transferList,
    resourceLimits: threadMemory('work'),
  });
  const thread = new Thread(worker, log, onFailure);
  await thread.opened;
  return {
    start: () => thread.ask({ kind: 'start' }),
    stop: () => thread.ask({ kind: 'stop' }),
    standing: () => thread.standing,
    setPublicUrl: (url) => thread.send({ kind: 'public-url', url }),
    setPlan: (plan) => thread.send({ kind: 'plan', plan }),
    close: () => thread.close(),
  };
}

class Thread {
  readonly #worker: Worker;
  readonly #log: Log;
  readonly #onFailure: (error: unknown) => void;
  readonly #opening = Promise.withResolvers<void>();
  readonly #ended = Promise.withResolvers<void>();
  /** Starts and stops under way, in order. */
  readonly #asked: PromiseWithResolvers<void>[] = [];
  #isClosing = false;
  /** Why nothing is answered any more. */
  #endedBy: unknown = null;
  standing: Standing = { roundEndedAtMs: 0, outbox: null, dutyProblems: [] };

  constructor(worker: Worker, log: Log, onFailure: (error: unknown) => void) {
    this.#worker = worker;
    this.#log = log;
    this.#onFailure = onFailure;
    worker.on('message', (message: FromWork) => this.#receive(message));
    worker.on('error', (error) => this.#fail(error));
    worker.on('exit', () => {
      this.#ended.resolve();
      if (!this.#isClosing) this.#fail(new Error('the thread of the outbox and notices ended'));
    });
  }

  get opened(): Promise<void> {
    return this.#opening.promise;
  }

  send(message: ToWork): void {
    this.#worker.postMessage(message);
  }

  ask(message: ToWork): Promise<void> {
    // A thread that has ended works no more, and starts no more.
    if (this.#endedBy !== null) {
      return message.kind === 'stop' ? Promise.resolve() : Promise.reject(this.#endedBy);
    }
    const asked = Promise.withResolvers<void>();
    this.#asked.push(asked);
    this.send(message);
    return asked.promise;
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    this.send({ kind: 'close' });
    await this.#ended.promise;
  }

  #receive(message: FromWork): void {
    switch (message.kind) {
      case 'opened':
        this.#opening.resolve();
        return;
      case 'standing':
        this.standing = message.standing;
        return;
      case 'done':
        if (message.refusal === null) this.#asked.shift()?.resolve();
        else this.#asked.shift()?.reject(new StartRefused(message.refusal));
        return;
      case 'log':
        this.#log.relay(message.line);
        return;
      case 'failed': {
        const error = new Error(message.message);
        error.name = message.name;
        error.stack = message.stack;
        this.#fail(error);
        return;
      }
    }
  }

  #fail(error: unknown): void {
    this.#endedBy ??= error;
    // It may be what keeps the thread from ending by itself.
    if (this.#isClosing) void this.#worker.terminate();
    this.#opening.reject(error);
    for (const asked of this.#asked.splice(0)) asked.reject(error);
    this.#onFailure(error);
  }
}
