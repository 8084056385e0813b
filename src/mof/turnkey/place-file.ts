/**
 * Puts messages into Turnkey's SRC folders: written beside, flushed, renamed in, the folder flushed once
 * for all. Turnkey never sees half a file, and a name stands for one attempt of one filing, so the same
 * attempt written twice is one file.
 */
import { sep } from 'node:path';
import type { FilingRow } from '../../ledger/rows.ts';
import type { FileSystem } from './file-system.ts';
import type { MessageFolders } from './folders.ts';

/** Files written at the same time; each costs a flush. */
export const WRITES_AT_ONCE_MAX = 8;

export interface PlacedFile {
  readonly folders: MessageFolders;
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** `F0401_AB12345678_12345675_17-1.xml`: message, number (or track and type), seller, filing, attempt. */
export function filingFileName(filing: FilingRow, attempt: number): string {
  const number = filing.numbers || filing.allowanceNumber || filing.invoiceNumber;
  // A client's own allowance number may hold anything; the sequence keeps the name unique.
  const safeNumber = number.replace(/[^0-9A-Za-z]/g, '-');
  return `${filing.message}_${safeNumber}_${filing.seller}_${filing.sequence}-${attempt}.xml`;
}

const FILE_KEY = /[A-Z]\d{4}_[0-9A-Za-z-]+_\d{8}_\d+-\d+(?!\d)/;

/** The part of a name that Turnkey has no reason to change when it moves the file; null: not ours. */
export function fileKeyOf(name: string): string | null {
  return FILE_KEY.exec(name)?.[0] ?? null;
}

/** Writes all, then flushes each SRC folder once. Resolves when every file is there to stay. */
export async function placeFiles(files: FileSystem, placed: readonly PlacedFile[]): Promise<void> {
  let next = 0;
  const writers = Array.from({ length: WRITES_AT_ONCE_MAX }, async () => {
    for (let file = placed[next++]; file !== undefined; file = placed[next++]) {
      await placeFile(files, file);
    }
  });
  // All writers end before an error is passed on, so that nothing is still written behind a caller.
  const outcomes = await Promise.allSettled(writers);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') throw outcome.reason;
  }
  const sources = new Set(placed.map(({ folders }) => folders.source));
  for (const source of sources) await files.syncFolder(source);
}

async function placeFile(
  files: FileSystem,
  { folders, fileName, bytes }: PlacedFile,
): Promise<void> {
  // The folders are paths in order and the name is a name: `join` would only take its time.
  const staged = folders.staging + sep + fileName;
  await files.write(staged, bytes);
  await files.rename(staged, folders.source + sep + fileName);
}
