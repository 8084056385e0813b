/**
 * Follows the files that were handed over: taken by Turnkey (sent), put aside by it (refused), still
 * waiting in SRC, or never written because the process died before. Looks only when something in SRC
 * changed, so that a Turnkey that is down costs a listing a tick and no more.
 */
import type { FilingMessage } from '../../domain/filing.ts';
import { type TaipeiDateTime, taipeiDateTime } from '../../domain/taipei.ts';
import type { RecordResultCommand } from '../../ledger/ledger.ts';
import type { FilingRow } from '../../ledger/rows.ts';
import { FILED_MESSAGES } from './folders.ts';
import { locateFiles, type Place, type WantedFile } from './locate-files.ts';
import type { OutboxContext } from './outbox-context.ts';
import { LOCAL_CODES, refusalText } from './platform-codes.ts';
import { recordAll } from './record.ts';
import { addDays, compactDay } from './taipei-days.ts';

/** A written file that is nowhere for longer than this was taken away by hand: looked for rarely. */
const LOST_AFTER_MS = 600_000;
const LOST_LOOK_PAUSE_MS = 60_000;

export class FileFollower {
  readonly #context: OutboxContext;
  /** What SRC held at the last look, where that was all there is to follow; null: look. */
  #waiting: ReadonlyMap<FilingMessage, ReadonlySet<string>> | null = null;
  #lost: ReadonlySet<string> = new Set();
  #lostLookAtMs = 0;

  constructor(context: OutboxContext) {
    this.#context = context;
  }

  /** Written files that are neither in SRC nor in BAK nor in ERR, as of the last look. */
  get lost(): ReadonlySet<string> {
    return this.#lost;
  }

  /** Files were or may have been put into SRC: the next pass looks. */
  expectChange(): void {
    this.#waiting = null;
  }

  /** Moves the filings whose files moved. Answers the filings whose file was never written. */
  async pass(): Promise<readonly FilingRow[]> {
    if (await this.#isUnchanged()) return [];
    const handed = await handedFilings(this.#context);
    const nowMs = this.#context.clock.now();
    const isLostLook =
      nowMs >= this.#lostLookAtMs || nowMs < this.#lostLookAtMs - LOST_LOOK_PAUSE_MS;
    const rows = isLostLook ? handed : handed.filter((row) => !this.#lost.has(row.fileName));
    const wanted = rows.map((row) => wantedFile(row, taipeiDateTime(nowMs)));
    const places = await locateFiles(this.#context.files, this.#context.folders, wanted);
    await this.#record(rows, places);
    const nowhere = rows.filter((row) => !places.has(row.fileName));
    if (isLostLook) {
      const lostBefore = taipeiDateTime(nowMs - LOST_AFTER_MS);
      const lost = nowhere.filter((row) => row.isWritten && (row.handedAt ?? '') < lostBefore);
      this.#lost = new Set(lost.map((row) => row.fileName));
      this.#lostLookAtMs = nowMs + LOST_LOOK_PAUSE_MS;
    }
    const isAllWaiting = rows.length === handed.length && nowhere.length === 0;
    this.#waiting = isAllWaiting ? waitingFiles(rows, places) : null;
    return nowhere.filter((row) => !row.isWritten);
  }

  async #isUnchanged(): Promise<boolean> {
    if (this.#waiting === null) return false;
    const { files, folders } = this.#context;
    for (const [message, names] of this.#waiting) {
      const there = new Set(
        (await files.list(folders.messages[message].source)).map((e) => e.name),
      );
      for (const name of names) if (!there.has(name)) return false;
    }
    return true;
  }

  async #record(rows: readonly FilingRow[], places: ReadonlyMap<string, Place>): Promise<void> {
    const { ledger, files, folders, log } = this.#context;
    const found = rows.filter((row) => places.get(row.fileName) === 'source' && !row.isWritten);
    // Renamed before a crash, so perhaps not yet on the device.
    const sources = new Set(found.map((row) => folders.messages[row.message].source));
    for (const source of sources) await files.syncFolder(source);
    const commands = rows.flatMap((row) => stepOf(row, places.get(row.fileName)));
    await recordAll(ledger, commands);
    for (const { seller, sequence, to } of commands) {
      if (to === 'refused') log.warn({ seller, filing: sequence }, 'Turnkey rejected a message');
    }
  }
}

function stepOf(row: FilingRow, place: Place | undefined): readonly RecordResultCommand[] {
  const { seller, sequence } = row;
  const base = { seller, account: 'system', ip: '', sequence } as const;
  if (place === 'accepted') return [{ ...base, to: 'sent', code: '', text: '' }];
  if (place === 'rejected') {
    const code = LOCAL_CODES.rejectedByTurnkey;
    return [{ ...base, to: 'refused', code, text: refusalText(code, '') }];
  }
  if (place === 'source' && !row.isWritten) {
    return [{ ...base, to: 'handed', code: '', text: '', isWritten: true }];
  }
  return [];
}

/** Every handed filing: bounded by the room that hand-over leaves. */
async function handedFilings({ ledger, limits }: OutboxContext): Promise<readonly FilingRow[]> {
  const rows: FilingRow[] = [];
  for (;;) {
    const page = await ledger.reads.listFilings(
      { states: ['handed'] },
      rows.length,
      limits.handedPageMax,
    );
    rows.push(...page.items);
    if (page.items.length < limits.handedPageMax) return rows;
  }
}

/** Looked for from the day before hand-over on: Turnkey's clock may be a little behind. */
function wantedFile(row: FilingRow, now: TaipeiDateTime): WantedFile {
  const handedAt = row.handedAt ?? now;
  // A clock that was set back (sandbox) names folders of earlier days.
  const since = addDays(compactDay(handedAt < now ? handedAt : now), -1);
  return { message: row.message, fileName: row.fileName, since };
}

function waitingFiles(
  rows: readonly FilingRow[],
  places: ReadonlyMap<string, Place>,
): ReadonlyMap<FilingMessage, ReadonlySet<string>> {
  const waiting = rows.filter((row) => places.get(row.fileName) === 'source');
  const entries = FILED_MESSAGES.map((message) => {
    const names = waiting.filter((row) => row.message === message).map((row) => row.fileName);
    return [message, new Set(names)] as const;
  });
  return new Map(entries.filter(([, names]) => names.size > 0));
}
