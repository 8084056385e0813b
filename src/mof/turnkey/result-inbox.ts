/**
 * Watches one folder of results (…/yyyyMMdd/HH/file) and hands out files that are new or changed, oldest
 * first. What was dealt with is remembered by name, size and time in memory only: after a restart the
 * files of the last weeks are read again, which changes nothing.
 *
 * A file that cannot be read is tried again for a while (it may still be arriving), then left where it is
 * and counted: it belongs to Turnkey, and a person must see it.
 */
import { join } from 'node:path';
import type { FileSystem } from './file-system.ts';

/** Folders of days before this many days ago are not looked into. */
export const RESULT_DAYS_MAX = 31;
/** How long an unreadable file may stay as it is before it is given up. */
export const ARRIVAL_MS_MAX = 30_000;
const FOLDER_DEPTH_MAX = 3;
const DAY_FOLDER = /^\d{8}$/;

export interface ResultFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

interface Remembered {
  readonly stamp: string;
  readonly firstSeenMs: number;
  readonly state: 'open' | 'done' | 'given-up';
}

interface FolderMemory {
  /** Modification time and entry names as of the last look. */
  readonly stamp: string;
  /** The same at two looks in a row with all files done: not looked into until it changes. */
  readonly isSettled: boolean;
}

export class ResultInbox {
  readonly #files: FileSystem;
  readonly #root: string;
  readonly #remembered = new Map<string, Remembered>();
  readonly #folders = new Map<string, FolderMemory>();

  constructor(files: FileSystem, root: string) {
    this.#files = files;
    this.#root = root;
  }

  /** Files given up since the start and still there. */
  get givenUp(): readonly string[] {
    return [...this.#remembered].filter(([, it]) => it.state === 'given-up').map(([path]) => path);
  }

  /** Up to `limit` files that are not dealt with, from the day `since` (`yyyyMMdd`) on. */
  async fresh(since: string, nowMs: number, limit: number): Promise<readonly ResultFile[]> {
    this.#forget(since);
    const found: ResultFile[] = [];
    await this.#look(this.#root, since, nowMs, FOLDER_DEPTH_MAX, found);
    return found.sort((a, b) => a.modifiedMs - b.modifiedMs).slice(0, limit);
  }

  /** The file is dealt with: it is not handed out again unless it changes. */
  settle(file: ResultFile): void {
    this.#mark(file, 'done');
  }

  /** The file cannot be read; true where that is now final. */
  reject(file: ResultFile, nowMs: number): boolean {
    const since = this.#remembered.get(file.path)?.firstSeenMs ?? nowMs;
    // A clock that was set back counts as waited long enough.
    if (nowMs >= since && nowMs - since < ARRIVAL_MS_MAX) return false;
    this.#mark(file, 'given-up');
    return true;
  }

  #mark(file: ResultFile, state: 'done' | 'given-up'): void {
    const known = this.#remembered.get(file.path);
    this.#remembered.set(file.path, {
      stamp: stampOf(file),
      firstSeenMs: known?.firstSeenMs ?? 0,
      state,
    });
  }

  async #look(
    folder: string,
    since: string,
    nowMs: number,
    depth: number,
    found: ResultFile[],
  ): Promise<void> {
    const facts = await this.#files.facts(folder);
    const memory = this.#folders.get(folder);
    const isLeafUnchanged =
      memory?.isSettled === true && memory.stamp.startsWith(`${facts?.modifiedMs}/`);
    if (facts?.kind !== 'folder' || isLeafUnchanged) return;
    const entries = await this.#files.list(folder);
    let isQuiet = true;
    for (const { name, kind } of entries) {
      const path = join(folder, name);
      if (kind === 'folder') {
        isQuiet = false;
        const isOld = DAY_FOLDER.test(name) && name < since;
        if (depth > 0 && !isOld) await this.#look(path, since, nowMs, depth - 1, found);
      } else if (kind === 'file') {
        const file = await this.#openFile(path, nowMs);
        if (file !== null) found.push(file);
        // A file that was given up may be mended in place, which the folder's time does not show.
        if (this.#remembered.get(path)?.state !== 'done') isQuiet = false;
      }
    }
    const stamp = `${facts.modifiedMs}/${entries.length}`;
    this.#folders.set(folder, { stamp, isSettled: isQuiet && memory?.stamp === stamp });
  }

  /** The file where it is new, changed or not dealt with yet. */
  async #openFile(path: string, nowMs: number): Promise<ResultFile | null> {
    const facts = await this.#files.facts(path);
    if (facts === null || facts.kind !== 'file') return null;
    const file = { path, sizeBytes: facts.sizeBytes, modifiedMs: facts.modifiedMs };
    const known = this.#remembered.get(path);
    const stamp = stampOf(file);
    if (known?.stamp === stamp) return known.state === 'open' ? file : null;
    this.#remembered.set(path, { stamp, firstSeenMs: nowMs, state: 'open' });
    return file;
  }

  /** Drops what lies in folders of days that are not looked into any more. */
  #forget(since: string): void {
    const dayOf = (path: string) => path.slice(this.#root.length + 1, this.#root.length + 9);
    for (const memory of [this.#remembered, this.#folders]) {
      for (const path of memory.keys()) {
        const day = dayOf(path);
        if (DAY_FOLDER.test(day) && day < since) memory.delete(path);
      }
    }
  }
}

function stampOf(file: ResultFile): string {
  return `${file.sizeBytes}/${file.modifiedMs}`;
}
