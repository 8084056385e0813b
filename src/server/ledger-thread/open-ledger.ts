/**
 * The server's side of the ledger's thread: starts it, calls its verbs, lets other threads join, ends it.
 * Queries run where they are asked: a store sees what the thread has committed.
 */
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { LedgerHandle } from '../../ledger/create.ts';
import type { StoreReads } from '../../ledger/ports.ts';
import type { BatchReport } from '../../ledger/writer.ts';
import type { StoreOptions } from '../../storage/open.ts';
import { threadMemory } from '../thread-memory.ts';
import { LedgerCalls } from './calls.ts';
import type { FromThread, ThreadSetUp, ToThread } from './messages.ts';

export interface ThreadedLedgerParts {
  readonly store: StoreOptions;
  readonly reads: StoreReads;
  /** See `thread-clock.ts`. */
  readonly clockOffset: SharedArrayBuffer;
  readonly onBatch: (report: BatchReport) => void;
  readonly openCharactersMax?: number;
}

export interface ThreadedLedger extends LedgerHandle {
  /** The end of a wire to the same ledger, to be handed to another thread: see `joinLedger`. */
  connect(): MessagePort;
  close(): Promise<void>;
}

export async function openThreadedLedger(parts: ThreadedLedgerParts): Promise<ThreadedLedger> {
  const workerData: ThreadSetUp = { store: parts.store, clockOffset: parts.clockOffset };
  const worker = new Worker(new URL('./thread.ts', import.meta.url), {
    workerData,
    resourceLimits: threadMemory('ledger'),
  });
  const calls = new LedgerCalls((message) => worker.postMessage(message), parts.openCharactersMax);
  const opening = Promise.withResolvers<void>();
  const closing = Promise.withResolvers<void>();
  function stop(error: Error): void {
    opening.reject(error);
    calls.stop(error);
  }
  worker.on('message', (message: FromThread) => {
    if (message.kind === 'opened') opening.resolve();
    if (message.kind === 'closed') closing.resolve();
    if (message.kind === 'failed') opening.reject(new Error(message.message));
    if (message.kind === 'answers') for (const report of message.batches) parts.onBatch(report);
    calls.receive(message);
  });
  worker.on('error', (error) => stop(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', () => {
    closing.resolve();
    stop(new Error('the ledger’s thread ended'));
  });
  await opening.promise;
  return {
    ...calls.handle(parts.reads),
    connect() {
      const { port1, port2 } = new MessageChannel();
      const message: ToThread = { kind: 'join', port: port1 };
      worker.postMessage(message, [port1]);
      return port2;
    },
    async close() {
      await calls.end();
      worker.postMessage({ kind: 'close' } satisfies ToThread);
      await closing.promise;
    },
  };
}

/** The same ledger from another thread of the process. Its end is the other side's business. */
export function joinLedger(port: MessagePort, reads: StoreReads): LedgerHandle {
  const calls = new LedgerCalls((message) => port.postMessage(message));
  port.on('message', (message: FromThread) => calls.receive(message));
  port.on('close', () => calls.stop(new Error('the ledger’s thread ended')));
  return calls.handle(reads);
}
