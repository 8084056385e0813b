/**
 * Follows the files that were handed over: taken by Turnkey (sent), put aside by it (refused), still
 * waiting in SRC, or never written because the process died before.
 *
 * What it costs does not grow with what was handed over before. While the oldest files still lie in SRC nothing is
 * listed; a file that left is looked for by name where Turnkey puts it; only what is not there makes it list
 * whole folders, and a file that stays away does so rarely.
 */
import { join } from 'node:path';
import { type TaipeiDateTime, taipeiDateTime } from '../../domain/taipei.ts';
import type { RecordResultCommand } from '../../ledger/filing-commands.ts';
import type { FilingRow } from '../../ledger/rows.ts';
import type { MessageFolders } from './folders.ts';
import { keysIn, locateFiles, type Place, probeFiles, type WantedFile } from './locate-files.ts';
import { watched } from './meanwhile.ts';
import type { OutboxContext } from './outbox-context.ts';
import { fileKeyOf } from './place-file.ts';
import { LOCAL_CODES, refusalText } from './platform-codes.ts';
import { recordAll } from './record.ts';
import { addDays, compactDay, hourFolders } from './taipei-days.ts';

/** A written file that is nowhere for longer than this was taken away by hand: looked for rarely. */
const LOST_AFTER_MS = 600_000;
const LOST_LOOK_PAUSE_MS = 60_000;
/** Everything is looked at anew this often, whatever was remembered. */
const FULL_LOOK_PAUSE_MS = 30_000;
/** Files that left SRC, looked for and recorded together. */
const PROBED_AT_ONCE_MAX = 500;
/** Oldest files of a folder whose presence says that Turnkey has taken nothing. */
const SENTINELS = 3;

type Handed = Pick<
  FilingRow,
  'seller' | 'sequence' | 'message' | 'fileName' | 'isWritten' | 'handedAt'
>;

interface Followed extends Handed {
  readonly folders: MessageFolders;
}

export class FileFollower {
  readonly #context: OutboxContext;
  /** Handed filings by file name, in the order of hand-over; null: not known. */
  #handed: Map<string, Followed> | null = null;
  #fullLookAtMs = 0;
  #oldestWaiting: Followed | null = null;
  #takenCount = 0;
  /** Files that were nowhere at the last look everywhere: until the next they are only asked for by name. */
  #missed = new Set<string>();
  #lost: ReadonlySet<string> = new Set();
  #lostLookAtMs = 0;

  constructor(context: OutboxContext) {
    this.#context = context;
  }

  /** Written files that are neither in SRC nor in BAK nor in ERR, as of the last look. */
  get lost(): ReadonlySet<string> {
    return this.#lost;
  }

  /** The file that waits longest in SRC, as of the last look; null where none waits. */
  get oldestWaiting(): Pick<Handed, 'fileName' | 'handedAt'> | null {
    return this.#oldestWaiting;
  }

  /** Filings seen to be taken by Turnkey since the start. */
  get takenCount(): number {
    return this.#takenCount;
  }

  /** Files of these filings lie in SRC since now. */
  add(filings: readonly FilingRow[]): void {
    const handedAt = taipeiDateTime(this.#context.clock.now());
    for (const filing of filings) this.#follow({ ...filing, isWritten: true, handedAt });
  }

  /** Files may have been put into SRC or not: the next pass looks at everything. */
  expectChange(): void {
    this.#handed = null;
  }

  /** Moves the filings whose files moved. Answers the filings whose file was never written. */
  async pass(): Promise<readonly Handed[]> {
    const nowMs = this.#context.clock.now();
    const isLostLook = isDue(nowMs, this.#lostLookAtMs, LOST_LOOK_PAUSE_MS);
    const isFullLook =
      isLostLook || this.#handed === null || isDue(nowMs, this.#fullLookAtMs, FULL_LOOK_PAUSE_MS);
    if (isFullLook) await this.#reload(nowMs);
    const handed = [...(this.#handed?.values() ?? [])];
    const rows = isLostLook ? handed : handed.filter((row) => !this.#lost.has(row.fileName));
    const { waiting, gone } = await this.#split(rows, isFullLook);
    const probed = await this.#probe(gone, nowMs);
    const searched = gone.filter(
      ({ fileName }) => !probed.has(fileName) && !this.#missed.has(fileName),
    );
    const places = await this.#lookEverywhere(searched, nowMs);
    for (const row of waiting) places.set(row.fileName, 'source');
    await this.#record(rows, places);
    this.#oldestWaiting = waiting.reduce<Followed | null>(
      (oldest, row) => ((row.handedAt ?? '') < (oldest?.handedAt ?? '~') ? row : oldest),
      null,
    );
    const nowhere = searched.filter((row) => !places.has(row.fileName));
    for (const { fileName } of nowhere) this.#missed.add(fileName);
    if (isLostLook) this.#keepLost(nowhere, nowMs);
    return nowhere.filter((row) => !row.isWritten);
  }

  #keepLost(nowhere: readonly Followed[], nowMs: number): void {
    const lostBefore = taipeiDateTime(nowMs - LOST_AFTER_MS);
    const lost = nowhere.filter((row) => row.isWritten && (row.handedAt ?? '') < lostBefore);
    this.#lost = new Set(lost.map((row) => row.fileName));
    this.#lostLookAtMs = nowMs + LOST_LOOK_PAUSE_MS;
  }

  async #reload(nowMs: number): Promise<void> {
    this.#handed = new Map();
    this.#missed.clear();
    for (const row of await handedFilings(this.#context)) this.#follow(row);
    this.#fullLookAtMs = nowMs + FULL_LOOK_PAUSE_MS;
  }

  #follow({ seller, sequence, message, fileName, isWritten, handedAt }: Handed): void {
    const folders = this.#context.folders.of(seller)?.messages[message];
    if (folders === undefined) return;
    const row = { seller, sequence, message, fileName, isWritten, handedAt, folders };
    this.#handed?.set(fileName, row);
  }

  /** Which files wait in SRC and which do not, folder by folder; SRC is read before anything else. */
  async #split(
    rows: readonly Followed[],
    isFullLook: boolean,
  ): Promise<{ waiting: readonly Followed[]; gone: readonly Followed[] }> {
    const waiting: Followed[] = [];
    const gone: Followed[] = [];
    for (const [source, group] of Map.groupBy(rows, (row) => row.folders.source)) {
      if (!isFullLook && (await this.#isUntouched(group))) {
        waiting.push(...group);
        continue;
      }
      const there = await keysIn(this.#context.files, source, '', 0);
      for (const row of group) {
        const isThere = there.has(fileKeyOf(row.fileName) ?? row.fileName);
        (isThere ? waiting : gone).push(row);
      }
    }
    return { waiting, gone };
  }

  /** Turnkey takes the oldest first, so while those lie there it has taken nothing. */
  async #isUntouched(group: readonly Followed[]): Promise<boolean> {
    if (group.some((row) => !row.isWritten)) return false;
    for (const { folders, fileName } of group.slice(0, SENTINELS)) {
      if ((await this.#context.files.facts(join(folders.source, fileName))) === null) return false;
    }
    return true;
  }

  /** Looks under the files' own names; what one piece shows is recorded while the next is looked for. */
  async #probe(rows: readonly Followed[], nowMs: number): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    const hours = hourFolders(nowMs);
    let recording = watched(Promise.resolve());
    try {
      for (let from = 0; from < rows.length; from += PROBED_AT_ONCE_MAX) {
        const piece = rows.slice(from, from + PROBED_AT_ONCE_MAX);
        const places = await probeFiles(this.#context.files, piece, hours);
        await recording;
        recording = watched(this.#record(piece, places));
        for (const name of places.keys()) found.add(name);
      }
    } finally {
      await recording;
    }
    return found;
  }

  async #lookEverywhere(rows: readonly Followed[], nowMs: number): Promise<Map<string, Place>> {
    if (rows.length === 0) return new Map();
    const wanted = rows.map((row) => wantedFile(row, taipeiDateTime(nowMs)));
    return new Map(await locateFiles(this.#context.files, wanted));
  }

  async #record(rows: readonly Followed[], places: ReadonlyMap<string, Place>): Promise<void> {
    const { ledger, files, log } = this.#context;
    const found = rows.filter((row) => places.get(row.fileName) === 'source' && !row.isWritten);
    // Renamed before a crash, so perhaps not yet on the device.
    for (const source of new Set(found.map((row) => row.folders.source))) {
      await files.syncFolder(source);
    }
    const commands = rows.flatMap((row) => stepOf(row, places.get(row.fileName)));
    await recordAll(ledger, commands);
    for (const { seller, sequence, to } of commands) {
      if (to === 'sent') this.#takenCount += 1;
      if (to === 'refused') log.warn({ seller, filing: sequence }, 'Turnkey rejected a message');
    }
    for (const row of found) this.#handed?.set(row.fileName, { ...row, isWritten: true });
    for (const [name, place] of places) if (place !== 'source') this.#handed?.delete(name);
  }
}

/** A clock that was set back is no reason to wait for years. */
function isDue(nowMs: number, atMs: number, pauseMs: number): boolean {
  return nowMs >= atMs || nowMs < atMs - pauseMs;
}

function stepOf(row: Handed, place: Place | undefined): readonly RecordResultCommand[] {
  const { seller, sequence, fileName } = row;
  const base = { seller, account: 'system', ip: '', sequence, fileName } as const;
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
function wantedFile(row: Followed, now: TaipeiDateTime): WantedFile {
  const handedAt = row.handedAt ?? now;
  // A clock that was set back (sandbox) names folders of earlier days.
  const since = addDays(compactDay(handedAt < now ? handedAt : now), -1);
  return { folders: row.folders, fileName: row.fileName, since };
}
