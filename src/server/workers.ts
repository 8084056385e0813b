/**
 * What works by itself beside the requests: the outbox, in the sandbox also the simulated Ministry.
 * They start and stop together, and tell when they have not come round for too long.
 */
import type { Ledger } from '../ledger/ledger.ts';
import type { Accounts, Clock } from '../ledger/ports.ts';
import { type Duties, startDuties } from '../mof/period-duties.ts';
import { type Schedule, timerSchedule } from '../mof/ports.ts';
import type { SimulatorPlan } from '../mof/simulator/plan.ts';
import { type Simulator, startSimulator } from '../mof/simulator/simulator.ts';
import type { PlatformBook } from '../mof/simulator/standpoint.ts';
import { diskFiles } from '../mof/turnkey/file-system.ts';
import { FolderProblem } from '../mof/turnkey/folders.ts';
import type { Leadership } from '../mof/turnkey/leadership.ts';
import { type Outbox, type OutboxStatus, startOutbox } from '../mof/turnkey/outbox.ts';
import type { Configuration } from './configuration.ts';
import type { Log } from './log.ts';
import { type NoticeWork, type NoticeWorkParts, startNoticeWork } from './notice-work.ts';
import { refuseStart } from './start-refused.ts';

export interface WorkersParts {
  readonly configuration: Configuration;
  readonly ledger: Ledger;
  readonly accounts: Accounts;
  readonly clock: Clock;
  /** The machine's own, by which stuck is stuck whatever the sandbox's clock says. */
  readonly systemClock: Clock;
  readonly log: Log;
  readonly leadership: Leadership;
  /** What notices are made and sent with, made anew at each start. */
  readonly notices: () => Omit<NoticeWorkParts, 'log' | 'mayWork'>;
  /** Whether clients crowd the process. */
  readonly isCrowded: () => boolean;
  /** What the sandbox's Ministry does wrong on purpose. */
  readonly plan: () => SimulatorPlan;
  /** Told at the end of each of the outbox's rounds. */
  readonly onRound?: (() => void) | undefined;
  /** Told when the process cannot go on (a flush to disk failed). */
  readonly onFailure: (error: unknown) => void;
}

export interface Workers {
  /** Throws `StartRefused` when a folder is not as it must be. */
  start(): Promise<void>;
  /** Ends after the running rounds. */
  stop(): Promise<void>;
  /** Where the work stands. */
  standing(): Standing;
}

/** Where the work stands: plain facts, which may come from another thread. */
export interface Standing {
  /** When the last round ended, by the machine's clock; the start counts as one. */
  readonly roundEndedAtMs: number;
  /** Null while stopped. */
  readonly outbox: OutboxStatus | null;
  /** Downloads of numbers that were not taken in. */
  readonly dutyProblems: readonly string[];
}

interface Running {
  readonly outbox: Outbox;
  readonly simulators: readonly Simulator[];
  readonly duties: Duties;
  readonly notices: NoticeWork;
}

export function createWorkers(parts: WorkersParts): Workers {
  const { configuration, clock, systemClock, log } = parts;
  const folder = configuration.turnkeyFolder;
  let running: Running | null = null;
  let roundEndedAtMs = systemClock.now();

  const watched = telling(() => {
    roundEndedAtMs = systemClock.now();
    parts.onRound?.();
  });

  async function start(): Promise<void> {
    roundEndedAtMs = systemClock.now();
    const outbox = await startOutbox({
      ledger: parts.ledger,
      accounts: parts.accounts,
      clock,
      folder,
      layout: configuration.turnkeyLayout,
      log,
      // A share that is not mounted must not be mistaken for an empty folder.
      isFolderRequired: configuration.mode === 'production' && configuration.isTurnkeyFolderGiven,
      schedule: watched,
      leadership: parts.leadership,
      isCrowded: parts.isCrowded,
    });
    outbox.failure.catch(parts.onFailure);
    const simulators = await simulatorsBeside(parts, outbox);
    const duties = dutiesBeside(parts, outbox);
    running = { outbox, simulators, duties, notices: noticesBeside(parts, outbox) };
  }

  return {
    async start() {
      try {
        await start();
      } catch (error) {
        if (!(error instanceof FolderProblem)) throw error;
        refuseStart(`KAILI_TURNKEY_DIR ${folder}`, error.message, 'mend the folder', error);
      }
    },
    async stop() {
      const stopped = running;
      running = null;
      await stopped?.notices.stop();
      await stopped?.duties.stop();
      await stopped?.outbox.stop();
      for (const simulator of stopped?.simulators ?? []) await simulator.stop();
    },
    standing: () => ({
      roundEndedAtMs,
      outbox: running?.outbox.status() ?? null,
      dutyProblems: running?.duties.problems() ?? [],
    }),
  };
}

/** Real timers, and word of each run's end. */
function telling(onEnd: () => void): Schedule {
  return {
    every: (pauseMs, task) =>
      timerSchedule.every(pauseMs, async () => {
        await task();
        onEnd();
      }),
  };
}

/** In a sandbox every book that somebody took in counts as allotted. */
async function platformBooks(ledger: Ledger, accounts: Accounts): Promise<readonly PlatformBook[]> {
  const sellers = accounts.sellers().map(({ ubn }) => ubn);
  const books = await Promise.all(sellers.map((seller) => ledger.reads.listBooks(seller)));
  return books.flat().map(({ invoiceType: type, ...book }) => ({ ...book, type }));
}

/** The sandbox's Ministry, and the trading partner that is no seller here: one for each of Turnkey's working folders. */
async function simulatorsBeside(
  { configuration, ledger, accounts, clock, log, plan }: WorkersParts,
  outbox: Outbox,
): Promise<readonly Simulator[]> {
  if (configuration.mode !== 'sandbox') return [];
  const folders = outbox.workingFolders();
  const books = () => platformBooks(ledger, accounts);
  const isHere = (taxId: string) => accounts.sellers().some(({ ubn }) => ubn === taxId);
  const parts = { clock, log, plan, books, isHere };
  return Promise.all(folders.map((folder) => startSimulator({ folder, ...parts })));
}

/** One process does what is done once: the one that works the outbox. */
function dutiesBeside(
  { configuration, ledger, accounts, clock, log }: WorkersParts,
  outbox: Outbox,
) {
  return startDuties({
    ledger,
    accounts,
    clock,
    folder: configuration.turnkeyFolder,
    folders: () => outbox.workingFolders(),
    files: diskFiles,
    log,
    closeDay: configuration.blankDay,
    mayWork: () => outbox.status().isLeader,
  });
}

function noticesBeside({ notices, log }: WorkersParts, outbox: Outbox): NoticeWork {
  return startNoticeWork({ ...notices(), log, mayWork: () => outbox.status().isLeader });
}
