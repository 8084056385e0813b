/**
 * The outbox: every filing's way to the Ministry and back, in ticks. One tick follows the files that were
 * handed over, reads results, writes what a crash left unwritten, looks again at held filings, and hands
 * over what is ready; each step bounded, each safe to die in.
 *
 * One process at a time may work it (see `Leadership`). It leaves to Turnkey what is Turnkey's: packing,
 * signing, sending, fetching. docs/internals/outbox.md tells the whole story.
 */
import type { Ledger } from '../../ledger/ledger.ts';
import type { Accounts, Clock } from '../../ledger/ports.ts';
import { type Log, type Schedule, timerSchedule } from '../ports.ts';
import { endEditWindows } from './end-edit-windows.ts';
import { diskFiles, type FileSystem, FlushFailure } from './file-system.ts';
import { type FolderLayout, type FolderSet, openFolderSet } from './folder-set.ts';
import { FileFollower } from './follow-files.ts';
import { handOver, rewrite } from './hand-over.ts';
import { alwaysLeader, type Leadership } from './leadership.ts';
import { OUTBOX_LIMITS, type OutboxContext, type OutboxLimits } from './outbox-context.ts';
import { IncomingReader } from './read-incoming.ts';
import { type ResultCounts, ResultReader } from './read-results.ts';
import { HeldRechecker } from './recheck-held.ts';
import { releasePartnerFilings } from './release-partner-filings.ts';
import { type StepFailure, StepFailures } from './step-failures.ts';
import { epochMsOf } from './taipei-days.ts';
import { unansweredAtStart } from './unanswered.ts';

/** Pause between two ticks. */
export const TICK_PAUSE_MS = 1000;

export interface OutboxParts {
  readonly ledger: Ledger;
  readonly accounts: Accounts;
  readonly clock: Clock;
  /** Turnkey's working folder (`KAILI_TURNKEY_DIR`). */
  readonly folder: string;
  /** Whether it is one Turnkey's or holds one for each seller; one by default. */
  readonly layout?: FolderLayout;
  readonly log: Log;
  /** A real Turnkey's folder must exist already; the sandbox's is made. */
  readonly isFolderRequired?: boolean;
  readonly schedule?: Schedule;
  readonly limits?: Partial<OutboxLimits>;
  /** Whether clients crowd the process: hand-over then takes small bites. Default: never. */
  readonly isCrowded?: () => boolean;
  readonly leadership?: Leadership;
  readonly files?: FileSystem;
}

/** For metrics and for an operator's page. */
export interface OutboxStatus extends ResultCounts {
  readonly isLeader: boolean;
  /** Milliseconds since 1970 at the end of the last tick as leader; null before. */
  readonly tickedAtMs: number | null;
  /** Steps that failed since the start; each is in the log. */
  readonly failedSteps: number;
  /** Files that were written but are in none of Turnkey's folders. */
  readonly filesLost: number;
  readonly lostFiles: readonly string[];
  /** Steps whose last run failed. */
  readonly failures: readonly StepFailure[];
  /** When the file that waits longest in SRC was handed over; null where none waits. */
  readonly waitingSinceMs: number | null;
  readonly waitingFile: string;
  /** When Turnkey first took a file after the last result came; null where none is outstanding. */
  readonly unansweredSinceMs: number | null;
  /** Trading partners' messages that could not be taken, each with the reason. */
  readonly untakenFiles: readonly string[];
}

export interface Outbox {
  /** One round; never rejects. While a round runs, the same one is awaited. */
  tick(): Promise<void>;
  /** Ends after the running round. */
  stop(): Promise<void>;
  status(): OutboxStatus;
  /** Turnkey's working folders: one, or one a seller. */
  workingFolders(): readonly string[];
  /** Rejects when a flush to disk failed: the process should then end and start anew. */
  readonly failure: Promise<never>;
}

/** Checks the folders (throws `FolderProblem`) and starts ticking. */
export async function startOutbox(parts: OutboxParts): Promise<Outbox> {
  const files = parts.files ?? diskFiles;
  const { ledger, accounts, clock, log } = parts;
  const folders = await openFolderSet({
    ...{ root: parts.folder, layout: parts.layout ?? 'shared', accounts, files },
    isRequired: parts.isFolderRequired ?? false,
  });
  const leadership = parts.leadership ?? alwaysLeader;
  const worker = new OutboxWorker(
    {
      ...{ ledger, accounts, clock, log, files, folders },
      limits: { ...OUTBOX_LIMITS, ...parts.limits },
      isCrowded: parts.isCrowded ?? (() => false),
      // Asked of the server, not of memory: what follows cannot be undone.
      mayWork: async () => leadership.held() && (await leadership.acquire()),
    },
    leadership,
  );
  const timer = (parts.schedule ?? timerSchedule).every(TICK_PAUSE_MS, () => worker.tick());
  return {
    tick: () => worker.tick(),
    status: () => worker.status(),
    workingFolders: () => folders.all().map(({ root }) => root),
    failure: worker.failure,
    async stop() {
      timer.cancel();
      await worker.stop();
    },
  };
}

class OutboxWorker {
  readonly #context: OutboxContext;
  readonly #leadership: Leadership;
  readonly #failure = Promise.withResolvers<never>();
  #follower: FileFollower;
  #results: ResultReader;
  #rechecker: HeldRechecker;
  #incoming: IncomingReader;
  #partnerOffset = 0;
  #running: Promise<void> | null = null;
  #isStopped = false;
  #isLeader = false;
  #turn = 0;
  #tickedAtMs: number | null = null;
  #failedSteps = 0;
  readonly #failures = new StepFailures();
  #unansweredSinceMs: number | null = null;
  #seen = { taken: 0, read: 0 };
  #isNewLeader = true;

  constructor(context: OutboxContext, leadership: Leadership) {
    this.#context = context;
    this.#leadership = leadership;
    this.#follower = new FileFollower(context);
    this.#results = new ResultReader(context);
    this.#rechecker = new HeldRechecker(context);
    this.#incoming = new IncomingReader(context);
    // Nobody has to listen; the log names it and no further tick does anything.
    this.#failure.promise.catch(() => {});
  }

  get failure(): Promise<never> {
    return this.#failure.promise;
  }

  tick(): Promise<void> {
    if (this.#isStopped) return Promise.resolve();
    this.#running ??= this.#round().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
    await this.#leadership.release();
  }

  status(): OutboxStatus {
    const waiting = this.#follower.oldestWaiting;
    return {
      ...this.#results.counts,
      isLeader: this.#isLeader,
      tickedAtMs: this.#tickedAtMs,
      failedSteps: this.#failedSteps,
      filesLost: this.#follower.lost.size,
      lostFiles: [...this.#follower.lost],
      failures: this.#failures.all,
      waitingSinceMs: waiting === null ? null : epochMsOf(waiting.handedAt),
      waitingFile: waiting?.fileName ?? '',
      unansweredSinceMs: this.#unansweredSinceMs,
      untakenFiles: this.#incoming.untaken,
    };
  }

  async #round(): Promise<void> {
    const context = this.#context;
    this.#isLeader = (await this.#attempt('leadership', () => this.#lead())) === true;
    if (!this.#isLeader) return;
    await this.#attempt('folders', () => this.#refreshFolders(context.folders));
    const missing = await this.#attempt('files', () => this.#follower.pass());
    const isRead = await this.#attempt('results', async () => {
      await this.#results.pass();
      return true;
    });
    // Written again only after a look everywhere and after all answers: both say "was it there?".
    const isWhole =
      missing !== undefined &&
      (missing.length === 0 ||
        (isRead === true &&
          (await this.#attempt('rewrite', () => this.#place(() => rewrite(context, missing))))));
    await this.#attempt('answers', () => this.#watchAnswers());
    await this.#attempt('edit-windows', () => endEditWindows(context));
    await this.#attempt('held', () => this.#rechecker.pass());
    await this.#attempt('incoming', () => this.#incoming.pass());
    await this.#attempt('partners', async () => {
      this.#partnerOffset = await releasePartnerFilings(context, this.#partnerOffset);
    });
    // While files that are owed already cannot be seen or written, no further ones are promised.
    if (isWhole === true) {
      await this.#attempt('hand-over', () =>
        this.#place(() => handOver(context, this.#turn, (filings) => this.#follower.add(filings))),
      );
    }
    this.#turn += 1;
    this.#tickedAtMs = context.clock.now();
  }

  /** Whether Turnkey took something and nothing has come back since. */
  async #watchAnswers(): Promise<void> {
    const taken = this.#follower.takenCount;
    const read = this.#results.counts.filesRead;
    if (this.#isNewLeader) {
      const { lastResultMs } = this.#results;
      this.#unansweredSinceMs = await unansweredAtStart(this.#context, lastResultMs);
      this.#isNewLeader = false;
    } else if (read !== this.#seen.read) this.#unansweredSinceMs = null;
    else if (taken > this.#seen.taken) this.#unansweredSinceMs ??= this.#context.clock.now();
    this.#seen = { taken, read };
  }

  async #refreshFolders(folders: FolderSet): Promise<void> {
    const [problem] = (await folders.refresh()).values();
    if (problem !== undefined) throw problem;
  }

  async #lead(): Promise<boolean> {
    const isLeader = await this.#leadership.acquire();
    if (isLeader && !this.#isLeader) {
      // Another process may have worked the outbox in between: what was remembered is stale.
      this.#follower = new FileFollower(this.#context);
      this.#results = new ResultReader(this.#context);
      this.#rechecker = new HeldRechecker(this.#context);
      this.#isNewLeader = true;
      this.#incoming = new IncomingReader(this.#context);
    }
    return isLeader;
  }

  /** Answers true; where writing failed, what lies in SRC is looked at before anything else. */
  async #place(write: () => Promise<void>): Promise<true> {
    try {
      await write();
      return true;
    } catch (error) {
      this.#follower.expectChange();
      throw error;
    }
  }

  /** One step; its failure is logged and does not keep the others from running. */
  async #attempt<T>(step: string, run: () => Promise<T>): Promise<T | undefined> {
    if (this.#isStopped) return undefined;
    try {
      const result = await run();
      this.#failures.succeeded(step);
      return result;
    } catch (error) {
      this.#failedSteps += 1;
      this.#failures.failed(step, error, this.#context.clock.now());
      this.#context.log.error({ err: error, step }, 'a step of the outbox failed');
      if (error instanceof FlushFailure) {
        this.#isStopped = true;
        this.#failure.reject(error);
      }
      return undefined;
    }
  }
}
