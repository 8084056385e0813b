/**
 * The group-committing writer: the only thing that writes the ledger in this process. It takes all
 * that is waiting, applies it in order of arrival inside one transaction, commits once, and answers
 * everyone after the commit is on disk. A command that fails, fails alone; what loses against another
 * process again and again is answered BUSY, so that nobody else waits for it.
 *
 * Promises: an acknowledged command is durable; a command whose promise is rejected may be sent again.
 * After a failed commit or a broken invariant it stops for good: what is on disk is read at next start.
 */
import { AssertionError } from 'node:assert';
import { fault, type Outcome, refused } from '../domain/fault.ts';
import { taipeiDateTime } from '../domain/taipei.ts';
import type { Ubn } from '../domain/ubn.ts';
import { Batch } from './batch.ts';
import type { Origin } from './origin.ts';
import {
  type Clock,
  CommitFailure,
  type Random,
  type Store,
  TransactionConflict,
} from './ports.ts';
import type { Verb } from './verb.ts';

export interface WriterLimits {
  /** Commands in one transaction. */
  readonly batchCommandsMax: number;
  /** Commands waiting; more are refused as BUSY. */
  readonly queueCommandsMax: number;
}
export const WRITER_LIMITS: WriterLimits = { batchCommandsMax: 1024, queueCommandsMax: 16_384 };

/** Attempts of a batch that loses against another process before it is given up. */
const CONFLICT_ATTEMPTS_MAX = 8;

/** Attempts of a part of a batch, after the batch as a whole failed. */
const GROUP_ATTEMPTS_MAX = 2;
/** Sellers that may lose as well before the rest is not tried any more: then the whole store is held. */
const GROUP_LOSSES_MAX = 2;

/** What one batch did, for metrics. */
export interface BatchReport {
  readonly commands: number;
  readonly waiting: number;
}

export interface WriterParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly limits: WriterLimits;
  readonly onBatch: ((report: BatchReport) => void) | undefined;
}

/** A request of one caller: some commands of one verb, answered together. */
interface Request {
  readonly commands: readonly Origin[];
  readonly verb: Verb<Origin, unknown>;
  readonly resolve: (outcomes: readonly Outcome<unknown>[]) => void;
  readonly reject: (error: unknown) => void;
}

export class Writer {
  readonly #parts: WriterParts;
  readonly #failure = Promise.withResolvers<never>();
  #queue: Request[] = [];
  #commandsWaiting = 0;
  #isRunning = false;
  #stoppedBy: Error | null = null;
  #idle = Promise.withResolvers<void>();

  constructor(parts: WriterParts) {
    this.#parts = parts;
    this.#idle.resolve();
    // Nobody has to listen for a failure; the requests that meet it are rejected anyway.
    this.#failure.promise.catch(() => {});
  }

  /** Rejects when the writer has stopped for good; the process should then end. */
  get failure(): Promise<never> {
    return this.#failure.promise;
  }

  /** Queues commands of one verb; resolves in their order once they are on disk. */
  submit<Command extends Origin, Value>(
    verb: Verb<Command, Value>,
    commands: readonly Command[],
  ): Promise<readonly Outcome<Value>[]> {
    if (this.#stoppedBy !== null) return Promise.reject(this.#stoppedBy);
    if (commands.length === 0) return Promise.resolve([]);
    const { batchCommandsMax, queueCommandsMax } = this.#parts.limits;
    if (
      commands.length > batchCommandsMax ||
      this.#commandsWaiting + commands.length > queueCommandsMax
    ) {
      const hint = `at most ${batchCommandsMax} commands a call and ${queueCommandsMax} waiting; send again later`;
      return Promise.resolve(commands.map(() => refused(fault('BUSY', '', hint))));
    }
    return new Promise((resolve, reject) => {
      this.#queue.push({
        commands,
        // The pair of verb and commands was checked by the signature; the queue forgets the types.
        verb: verb as unknown as Verb<Origin, unknown>,
        resolve: resolve as Request['resolve'],
        reject,
      });
      this.#commandsWaiting += commands.length;
      this.#start();
    });
  }

  /** Resolves when nothing waits and nothing runs. */
  drain(): Promise<void> {
    return this.#idle.promise;
  }

  #start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#idle = Promise.withResolvers<void>();
    // One turn of the event loop lets requests that are already in the sockets join the batch.
    setImmediate(() => void this.#run());
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0 && this.#stoppedBy === null) {
      const requests = this.#take();
      await this.#commit(requests, CONFLICT_ATTEMPTS_MAX);
      // Answers travel and new requests arrive before the next batch is closed.
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#isRunning = false;
    this.#idle.resolve();
  }

  #take(): Request[] {
    const requests: Request[] = [];
    let commands = 0;
    for (const request of this.#queue) {
      if (commands + request.commands.length > this.#parts.limits.batchCommandsMax) break;
      requests.push(request);
      commands += request.commands.length;
    }
    this.#queue = this.#queue.slice(requests.length);
    this.#commandsWaiting -= commands;
    this.#parts.onBatch?.({ commands, waiting: this.#commandsWaiting });
    return requests;
  }

  async #commit(requests: readonly Request[], attemptsMax: number): Promise<void> {
    try {
      await this.#serve(requests, attemptsMax);
    } catch (error) {
      if (error instanceof TransactionConflict) await this.#commitBySeller(requests);
      else await this.#mend(requests, error);
    }
  }

  /** The requests of each seller in a transaction of their own; the contended ones are answered BUSY. */
  async #commitBySeller(requests: readonly Request[]): Promise<void> {
    const groups = bySeller(requests);
    // A batch of one seller has lost already.
    let lossesLeft = groups.length === 1 ? 0 : GROUP_LOSSES_MAX;
    for (const group of groups) {
      if (this.#stoppedBy !== null) {
        for (const request of group) request.reject(this.#stoppedBy);
        continue;
      }
      try {
        if (lossesLeft === 0) answerBusy(group);
        else await this.#serve(group, GROUP_ATTEMPTS_MAX);
      } catch (error) {
        if (error instanceof TransactionConflict) {
          lossesLeft -= 1;
          answerBusy(group);
        } else await this.#mend(group, error);
      }
    }
  }

  async #serve(requests: readonly Request[], attemptsMax: number): Promise<void> {
    const outcomes = await this.#apply(requests, attemptsMax);
    requests.forEach((request, index) => {
      request.resolve(outcomes[index] ?? []);
    });
  }

  /** What is left to do after a failure that is no conflict: nothing of the requests was written. */
  async #mend(requests: readonly Request[], error: unknown): Promise<void> {
    if (error instanceof CommitFailure || error instanceof AssertionError) {
      this.#stop(error, requests);
      return;
    }
    const [only] = requests;
    if (requests.length === 1 && only !== undefined) {
      only.reject(error);
      return;
    }
    // Something unforeseen spoiled the batch and nothing of it was written: each one alone now,
    // so that only the culprit fails.
    for (const request of requests) {
      if (this.#stoppedBy === null) await this.#commit([request], GROUP_ATTEMPTS_MAX);
      else request.reject(this.#stoppedBy);
    }
  }

  /** Runs the requests in one transaction; answers in their order. */
  async #apply(
    requests: readonly Request[],
    attemptsMax: number,
  ): Promise<readonly (readonly Outcome<unknown>[])[]> {
    const sellers = new Set<Ubn>();
    for (const request of requests) addSellers(request, sellers);
    const { store, clock, random } = this.#parts;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await store.transaction(async (transaction) => {
          const heads = await transaction.lockSellers([...sellers].sort());
          // Read after the lock: whoever held it before wrote no later time than this one.
          const now = taipeiDateTime(clock.now());
          const batch = new Batch(transaction, heads, now, random);
          const outcomes = await applyInRuns(batch, requests);
          await batch.flush();
          return outcomes;
        });
      } catch (error) {
        if (!(error instanceof TransactionConflict) || attempt >= attemptsMax) throw error;
      }
    }
  }

  #stop(error: Error, requests: readonly Request[]): void {
    this.#stoppedBy = error;
    for (const request of [...requests, ...this.#queue]) request.reject(error);
    this.#queue = [];
    this.#commandsWaiting = 0;
    this.#failure.reject(error);
  }
}

/** Adds the sellers whose ledgers a request writes. */
function addSellers({ commands }: Request, sellers: Set<Ubn>): void {
  for (const { seller, counterparty } of commands) {
    sellers.add(seller);
    if (counterparty !== undefined) sellers.add(counterparty);
  }
}

/** Groups of requests that share no seller, each in order of arrival. */
function bySeller(requests: readonly Request[]): readonly (readonly Request[])[] {
  let groups: { sellers: ReadonlySet<Ubn>; indexes: readonly number[] }[] = [];
  for (const [index, request] of requests.entries()) {
    const sellers = new Set<Ubn>();
    addSellers(request, sellers);
    const joined = groups.filter((group) => !group.sellers.isDisjointFrom(sellers));
    groups = groups.filter((group) => !joined.includes(group));
    groups.push({
      sellers: joined.reduce((all, group) => all.union(group.sellers), sellers),
      indexes: [...joined.flatMap(({ indexes }) => indexes), index],
    });
  }
  return groups.map(({ indexes }) => {
    const ours = new Set(indexes);
    return requests.filter((_, index) => ours.has(index));
  });
}

function answerBusy(requests: readonly Request[]): void {
  const hint = 'another process holds what this would write; nothing was written, send again later';
  for (const { commands, resolve } of requests) {
    resolve(commands.map(() => refused(fault('BUSY', '', hint))));
  }
}

/** Applies neighbouring requests of one verb as one set, keeping the order of arrival. */
async function applyInRuns(
  batch: Batch,
  requests: readonly Request[],
): Promise<readonly (readonly Outcome<unknown>[])[]> {
  const answers: (readonly Outcome<unknown>[])[] = [];
  let from = 0;
  while (from < requests.length) {
    const verb = requests[from]?.verb;
    if (verb === undefined) break;
    let to = from + 1;
    while (requests[to]?.verb === verb) to += 1;
    const run = requests.slice(from, to);
    const outcomes = await applyKnown(
      batch,
      verb,
      run.flatMap((request) => request.commands),
    );
    let offset = 0;
    for (const request of run) {
      answers.push(outcomes.slice(offset, offset + request.commands.length));
      offset += request.commands.length;
    }
    from = to;
  }
  return answers;
}

/** Refuses commands of unknown sellers and hands the others to the verb. */
async function applyKnown(
  batch: Batch,
  verb: Verb<Origin, unknown>,
  commands: readonly Origin[],
): Promise<readonly Outcome<unknown>[]> {
  const known = commands.filter((command) => batch.knows(command.seller));
  const outcomes = await verb.apply(batch, known);
  if (known.length === commands.length) return outcomes;
  const hint = 'the seller is not set up here; add it first';
  let next = 0;
  return commands.map((command) => {
    if (!batch.knows(command.seller)) return refused(fault('SELLER_UNKNOWN', 'seller', hint));
    const outcome = outcomes[next];
    next += 1;
    if (outcome === undefined) throw new Error(`${verb.name} answered fewer commands than it got`);
    return outcome;
  });
}
