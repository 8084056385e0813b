/**
 * What each period owes beside its invoices: numbers that the Ministry allotted are taken in as they are
 * downloaded (E0501), and the blank numbers of a past period are reported by themselves (E0402) from the
 * set day on: first those that nobody can bring any more, those of machines and clients from the 8th on
 * (docs/decisions/blank-numbers-in-two-steps.md). Each step is bounded and may be repeated.
 */
import { join } from 'node:path';
import { givenNumbersSettledOn } from '../domain/deadlines.ts';
import { firstDayOf, nextPeriod, type Period, periodOf, previousPeriod } from '../domain/period.ts';
import { type TaipeiDate, taipeiDateOf, taipeiDateTime } from '../domain/taipei.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Accounts, Clock } from '../ledger/ports.ts';
import { countLateNumbers, releaseLateNumbers } from './late-numbers.ts';
import { readAssignedNumbers } from './number-books/assigned-numbers.ts';
import { importBooks } from './number-books/import-books.ts';
import { type Log, type Schedule, timerSchedule } from './ports.ts';
import type { FileSystem } from './turnkey/file-system.ts';
import { XML_BYTES_MAX } from './turnkey/read-xml.ts';
import { RESULT_DAYS_MAX, type ResultFile, ResultInbox } from './turnkey/result-inbox.ts';
import { addDays, compactDay } from './turnkey/taipei-days.ts';

export const DUTIES_PAUSE_MS = 10_000;
/** Day of the odd month after a period on which its blank numbers are reported. */
export const CLOSE_DAY_DEFAULT = 5;
/** By law the report is due on the 10th; until this day a changed one is sent again. */
const CLOSE_DAY_LAST = 20;
/** Downloads of numbers are few. */
const FILES_MAX = 50;

export interface DutiesParts {
  readonly ledger: Ledger;
  readonly accounts: Accounts;
  readonly clock: Clock;
  /** Turnkey's working folder. */
  readonly folder: string;
  /** Where there are several, all of them as they are now, in place of the one. */
  readonly folders?: () => readonly string[];
  readonly files: FileSystem;
  readonly log: Log;
  /** 1–10; null: periods are closed by hand only. */
  readonly closeDay: number | null;
  /** Whether this process works the outbox: one process does what is done once. */
  readonly mayWork: () => boolean;
  readonly schedule?: Schedule;
}

export interface Duties {
  /** One round; never rejects. */
  tick(): Promise<void>;
  stop(): Promise<void>;
  /** Downloaded files of numbers that could not be taken in whole, since the start. */
  problems(): readonly string[];
}

export function startDuties(parts: DutiesParts): Duties {
  const worker = new DutiesWorker(parts);
  const timer = (parts.schedule ?? timerSchedule).every(DUTIES_PAUSE_MS, () => worker.tick());
  return {
    tick: () => worker.tick(),
    problems: () => worker.problems(),
    async stop() {
      timer.cancel();
      await worker.idle();
    },
  };
}

class DutiesWorker {
  readonly #parts: DutiesParts;
  /** By working folder. */
  readonly #inboxes = new Map<string, ResultInbox>();
  readonly #problems = new Map<string, string>();
  /** On which day, and with how many late numbers, a seller's period was last closed or found closed. */
  readonly #closed = new Map<string, string>();
  #running: Promise<void> | null = null;

  constructor(parts: DutiesParts) {
    this.#parts = parts;
  }

  problems(): readonly string[] {
    return [...this.#problems.values()];
  }

  tick(): Promise<void> {
    this.#running ??= this.#round().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async idle(): Promise<void> {
    await this.#running;
  }

  async #round(): Promise<void> {
    if (!this.#parts.mayWork()) return;
    await this.#attempt('number books', () => this.#takeIn());
    await this.#attempt('period close', () => this.#close());
    await this.#attempt('late numbers', () => releaseLateNumbers(this.#parts));
  }

  async #attempt(duty: string, run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      this.#parts.log.error({ err: error, duty }, 'a duty of the period failed; it is tried again');
    }
  }

  async #takeIn(): Promise<void> {
    const nowMs = this.#parts.clock.now();
    const since = addDays(compactDay(taipeiDateTime(nowMs)), -RESULT_DAYS_MAX);
    for (const inbox of this.#allInboxes()) await this.#takeFrom(inbox, since, nowMs);
  }

  #allInboxes(): readonly ResultInbox[] {
    const { files, folder, folders = () => [folder] } = this.#parts;
    for (const root of folders()) {
      if (this.#inboxes.has(root)) continue;
      this.#inboxes.set(root, new ResultInbox(files, join(root, 'Unpack', 'BAK', 'E0501')));
    }
    return [...this.#inboxes.values()];
  }

  async #takeFrom(inbox: ResultInbox, since: string, nowMs: number): Promise<void> {
    for (const file of await inbox.fresh(since, nowMs, FILES_MAX)) {
      const problem = await this.#takeFile(file);
      if (problem === '') {
        inbox.settle(file);
        this.#problems.delete(file.path);
      } else if (inbox.reject(file, nowMs)) {
        this.#problems.set(file.path, `${file.path}: ${problem}`);
        this.#parts.log.error({ file: file.path, problem }, 'allotted numbers were not taken in');
      }
    }
  }

  /** '' or what was not taken in. */
  async #takeFile({ path }: ResultFile): Promise<string> {
    const { files, log } = this.#parts;
    const bytes = await files.read(path, XML_BYTES_MAX);
    if (bytes === 'too-large') return 'larger than 20 MB';
    if (bytes === 'unreadable') return 'cannot be opened';
    const reading = readAssignedNumbers(bytes);
    if (!reading.ok) return reading.problem;
    const lines = await importBooks(this.#parts, reading.lines, {
      ...{ source: 'e0501', account: 'system', isDryRun: false },
      mayTouch: () => true,
    });
    const fresh = lines.filter(({ outcome }) => outcome === 'new').length;
    if (fresh > 0) log.info({ file: path, books: fresh }, 'allotted numbers were taken in');
    return lines
      .filter(({ outcome }) => outcome === 'refused')
      .map(({ line, problem }) => `${line}: ${problem}`)
      .join('; ');
  }

  async #close(): Promise<void> {
    const { closeDay, accounts, clock } = this.#parts;
    if (closeDay === null) return;
    const today = taipeiDateOf(taipeiDateTime(clock.now()));
    const period = previousPeriod(periodOf(today));
    if (!isCloseDay(period, today, closeDay)) return;
    const scope = today < givenNumbersSettledOn(period) ? 'settled' : 'all';
    const late = await countLateNumbers(this.#parts);
    for (const { ubn: seller } of accounts.sellers()) {
      const key = `${seller}/${period}`;
      const state = `${today}/${late.get(seller) ?? 0}`;
      if (this.#closed.get(key) === state) continue;
      const command = {
        seller,
        period,
        scope,
        account: 'system',
        ip: '',
        isResent: false,
      } as const;
      const [outcome] = await this.#parts.ledger.closePeriod([command]);
      if (outcome?.ok !== true) continue;
      const reported = outcome.value.filter(({ state }) => state !== 'unchanged');
      if (reported.length > 0) {
        const tracks = reported.map(({ track, state }) => `${track} ${state}`);
        this.#parts.log.info({ seller, period, tracks }, 'the period was closed');
      }
      const isWhole = reported.every(({ state }) => state !== 'underway');
      if (isWhole) this.#closed.set(key, state);
    }
  }
}

/** Whether blank numbers of the period are reported on this day: from the set day of the odd month on. */
function isCloseDay(period: Period, today: TaipeiDate, closeDay: number): boolean {
  const month = firstDayOf(nextPeriod(period)).slice(0, 7);
  const day = Number(today.slice(8, 10));
  return today.startsWith(month) && day >= closeDay && day <= CLOSE_DAY_LAST;
}
