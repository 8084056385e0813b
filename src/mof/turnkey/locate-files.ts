/**
 * Finds out where handed-over files are now: still in SRC, taken (BAK), rejected (ERR), or nowhere.
 *
 * SRC is read before BAK and ERR: a file that is missing from SRC has been moved before that moment, so
 * the later look finds it. "Nowhere" is therefore proof that it was never put there (or was removed).
 */
import { join, sep } from 'node:path';
import type { FileSystem } from './file-system.ts';
import type { MessageFolders } from './folders.ts';
import { fileKeyOf } from './place-file.ts';

export type Place = 'source' | 'accepted' | 'rejected';

export interface WantedFile {
  readonly folders: MessageFolders;
  readonly fileName: string;
  /** `yyyyMMdd`: folders of earlier days are not looked into. */
  readonly since: string;
}

/** BAK/yyyyMMdd/HH, and one level more for a Turnkey that is set up otherwise. */
const FOLDER_DEPTH_MAX = 3;
const PROBES_AT_ONCE_MAX = 8;
const DAY_FOLDER = /^\d{8}$/;

/** Places by file name; a file that is nowhere is absent from the answer. */
export async function locateFiles(
  files: FileSystem,
  wanted: readonly WantedFile[],
): Promise<ReadonlyMap<string, Place>> {
  const places = new Map<string, Place>();
  for (const group of Map.groupBy(wanted, (file) => file.folders.source).values()) {
    const [first] = group;
    if (first === undefined) continue;
    const { source, accepted, rejected } = first.folders;
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

/**
 * Looks where Turnkey usually puts a file that it has just taken, `BAK/yyyyMMdd/HH` or `ERR/…` under the file's own
 * name: a few looks a file, however much lies there. Files that are elsewhere are absent from the answer.
 */
export async function probeFiles(
  files: FileSystem,
  wanted: readonly Pick<WantedFile, 'folders' | 'fileName'>[],
  hours: readonly string[],
): Promise<ReadonlyMap<string, Place>> {
  const places = new Map<string, Place>();
  const open = [...wanted];
  const lookers = Array.from({ length: PROBES_AT_ONCE_MAX }, async () => {
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      const place = await probeFile(files, file, hours);
      if (place !== null) places.set(file.fileName, place);
    }
  });
  await Promise.all(lookers);
  return places;
}

async function probeFile(
  files: FileSystem,
  { folders, fileName }: Pick<WantedFile, 'folders' | 'fileName'>,
  hours: readonly string[],
): Promise<Place | null> {
  for (const hour of hours) {
    const below = sep + hour + sep + fileName;
    if ((await files.facts(folders.accepted + below)) !== null) return 'accepted';
    if ((await files.facts(folders.rejected + below)) !== null) return 'rejected';
  }
  return null;
}

/** Keys of the files in a folder and below it, from a day on. */
export async function keysIn(
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
