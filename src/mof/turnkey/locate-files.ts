/**
 * Finds out where handed-over files are now: still in SRC, taken (BAK), rejected (ERR), or nowhere.
 *
 * SRC is read before BAK and ERR: a file that is missing from SRC has been moved before that moment, so
 * the later look finds it. "Nowhere" is therefore proof that it was never put there (or was removed).
 */
import { join } from 'node:path';
import type { FilingMessage } from '../../domain/filing.ts';
import type { FileSystem } from './file-system.ts';
import type { TurnkeyFolders } from './folders.ts';
import { fileKeyOf } from './place-file.ts';

export type Place = 'source' | 'accepted' | 'rejected';

export interface WantedFile {
  readonly message: FilingMessage;
  readonly fileName: string;
  /** `yyyyMMdd`: folders of earlier days are not looked into. */
  readonly since: string;
}

/** BAK/yyyyMMdd/HH, and one level more for a Turnkey that is set up otherwise. */
const FOLDER_DEPTH_MAX = 3;
const DAY_FOLDER = /^\d{8}$/;

/** Places by file name; a file that is nowhere is absent from the answer. */
export async function locateFiles(
  files: FileSystem,
  folders: TurnkeyFolders,
  wanted: readonly WantedFile[],
): Promise<ReadonlyMap<string, Place>> {
  const places = new Map<string, Place>();
  const byMessage = Map.groupBy(wanted, (file) => file.message);
  for (const [message, group] of byMessage) {
    const { source, accepted, rejected } = folders.messages[message];
    let open = new Map(group.map((file) => [fileKeyOf(file.fileName) ?? file.fileName, file]));
    for (const [folder, place, depth] of [
      [source, 'source', 0],
      [accepted, 'accepted', FOLDER_DEPTH_MAX],
      [rejected, 'rejected', FOLDER_DEPTH_MAX],
    ] as const) {
      if (open.size === 0) break;
      const since = [...open.values()].reduce(
        (least, file) => (file.since < least ? file.since : least),
        '99999999',
      );
      const found = await keysIn(files, folder, since, depth);
      for (const [key, file] of open) if (found.has(key)) places.set(file.fileName, place);
      open = new Map([...open].filter(([key]) => !found.has(key)));
    }
  }
  return places;
}

/** Keys of the files in a folder and below it, from a day on. */
async function keysIn(
  files: FileSystem,
  folder: string,
  since: string,
  depth: number,
): Promise<Set<string>> {
  const keys = new Set<string>();
  for (const entry of await files.list(folder)) {
    if (entry.kind === 'file') {
      const key = fileKeyOf(entry.name);
      if (key !== null) keys.add(key);
    } else if (entry.kind === 'folder' && depth > 0) {
      if (DAY_FOLDER.test(entry.name) && entry.name < since) continue;
      const below = await keysIn(files, join(folder, entry.name), since, depth - 1);
      for (const key of below) keys.add(key);
    }
  }
  return keys;
}
