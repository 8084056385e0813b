/**
 * The sandbox's Turnkey and platform in one: takes messages from SRC, packs them, judges them by its own
 * reading of the Ministry's rules, answers within seconds. Nothing leaves the machine. It shares no code
 * with what writes or reads the messages on Kaili's side, so that each checks the other.
 *
 * Keeps what it knows in files below the Turnkey folder: a restart goes on, an emptied folder starts anew.
 */
import { mkdir } from 'node:fs/promises';
import type { TaipeiDate } from '../../domain/taipei.ts';
import type { Clock } from '../../ledger/ports.ts';
import { type Log, type Schedule, timerSchedule } from '../ports.ts';
import { announceBooks } from './announce-books.ts';
import { type AnswerContext, answerEnvelopes } from './answer-envelopes.ts';
import { DailySummaries } from './daily-summaries.ts';
import { announceDraws } from './draws.ts';
import { layoutOf, moveIfThere } from './layout.ts';
import { makePartnerFolders, takePartnerFiles } from './partner-turnkey.ts';
import { PendingEnvelopes } from './pending.ts';
import { NO_FAULTS, type SimulatorPlan } from './plan.ts';
import { PlatformMemory } from './platform-memory.ts';
import type { PlatformBook } from './standpoint.ts';
import { summarizeDay } from './summarize.ts';
import { type TakeContext, takeFiles } from './take-files.ts';

/** With both, an upload is answered within two seconds. */
export const SIMULATOR_PAUSE_MS = 400;
export const ANSWER_AFTER_MS = 800;

export interface SimulatorParts {
  /** Turnkey's working folder inside the sandbox's data. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly answerAfterMs?: number;
  readonly schedule?: Schedule;
  /** The numbers that the platform allotted; without it no number is looked up. */
  readonly books?: () => Promise<readonly PlatformBook[]>;
  /** Asked at every step, so that faults can be switched while it runs. */
  readonly plan?: () => SimulatorPlan;
  /** Tax IDs of sellers of this center: they answer for themselves. Without it everybody is here. */
  readonly isHere?: (taxId: string) => boolean;
}

export interface Simulator {
  /** One round; never rejects. */
  tick(): Promise<void>;
  stop(): Promise<void>;
  /** Sends the SummaryResults of a day; answers how many files. */
  summarize(date: TaipeiDate): Promise<number>;
}

/** Turnkey takes what lies in SRC, the platform answers what is due. */
async function work(
  context: AnswerContext,
  taking: TakeContext,
  folder: string,
  nowMs: number,
): Promise<void> {
  if (context.plan().isTurnkeyDown !== true) await takeFiles(taking, nowMs);
  await answerEnvelopes(context, nowMs);
  if (context.plan().isSilent !== true) await takePartnerFiles(context, folder, nowMs);
}

/** Counts from one on. */
function counter(): () => number {
  let count = 0;
  return () => {
    count += 1;
    return count;
  };
}

export async function startSimulator(parts: SimulatorParts): Promise<Simulator> {
  const { clock, log } = parts;
  const layout = layoutOf(parts.folder);
  await mkdir(layout.memory, { recursive: true });
  await makePartnerFolders(parts.folder);
  const pending = new PendingEnvelopes(layout);
  // A stop between packing and moving left files in SRC that are in an envelope already.
  for (const { moves } of await pending.open()) {
    for (const [from, to] of moves) await moveIfThere(from, to);
  }
  const { books } = parts;
  const days = new DailySummaries(layout);
  const context: AnswerContext = {
    layout,
    pending,
    memory: new PlatformMemory(layout),
    answerAfterMs: parts.answerAfterMs ?? ANSWER_AFTER_MS,
    plan: parts.plan ?? (() => NO_FAULTS),
    books: async () => (books === undefined ? null : await books()),
    nextResult: counter(),
    nextOrdinal: counter(),
    isHere: parts.isHere ?? (() => true),
  };
  let running: Promise<void> | null = null;
  let isStopped = false;
  async function round(): Promise<void> {
    try {
      await work(context, { layout, pending, log }, parts.folder, clock.now());
      if (context.plan().isSilent !== true) {
        await days.pass(clock.now());
        if (books !== undefined) await announceBooks(layout, books, clock.now());
        await announceDraws(layout, clock.now());
      }
    } catch (error) {
      // The next round starts from the files again; nothing is lost but time.
      log.error({ err: error }, 'simulated Ministry: a round failed');
    }
  }
  function tick(): Promise<void> {
    if (isStopped) return Promise.resolve();
    running ??= round().finally(() => {
      running = null;
    });
    return running;
  }
  const timer = (parts.schedule ?? timerSchedule).every(SIMULATOR_PAUSE_MS, tick);
  return {
    tick,
    summarize: (date) => summarizeDay(layout, date, clock.now()),
    async stop() {
      isStopped = true;
      timer.cancel();
      await running;
    },
  };
}
