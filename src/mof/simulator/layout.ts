/**
 * Turnkey's folders as Turnkey itself uses them (MOF Turnkey 3.2 defaults), and the simulated platform's
 * own memory, which lies in a folder that no Turnkey has. Days and hours of folders are Taipei time.
 */
import { mkdir, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { taipeiDateTime } from '../../domain/taipei.ts';

export const SIMULATED_MESSAGES = [
  'F0401',
  'F0501',
  'F0701',
  'G0401',
  'G0501',
  'E0401',
  'E0402',
  ...(['A0101', 'A0102', 'A0201', 'A0202', 'A0301', 'A0302'] as const),
  ...(['B0101', 'B0102', 'B0201', 'B0202'] as const),
] as const;
export type SimulatedMessage = (typeof SIMULATED_MESSAGES)[number];

export interface Layout {
  source(message: SimulatedMessage): string;
  /** BAK or ERR of a message, at an hour. */
  done(message: SimulatedMessage, part: 'BAK' | 'ERR', atMs: number): string;
  /** A file below `<stage>/BAK/yyyyMMdd/HH`, for Pack, SendFile and Unpack. */
  stage(stage: 'Pack' | 'SendFile', atMs: number): string;
  result(kind: 'ProcessResult' | 'SummaryResult' | 'E0501' | 'E0504', atMs: number): string;
  /** A message from a trading partner, as Turnkey lays it down. */
  incoming(message: SimulatedMessage, atMs: number, name: string): string;
  /** Day and time of day in Taipei as messages write them. */
  clockOf(atMs: number): { readonly date: string; readonly time: string };
  /** The simulator's own folder. */
  readonly memory: string;
}

export function layoutOf(folder: string): Layout {
  const lane = (message: SimulatedMessage) => join(folder, 'UpCast', categoryOf(message), message);
  return {
    source: (message) => join(lane(message), 'SRC'),
    done: (message, part, atMs) => join(lane(message), part, ...hourOf(atMs)),
    stage: (stage, atMs) => join(folder, stage, 'BAK', ...hourOf(atMs)),
    result: (kind, atMs) => join(folder, 'Unpack', 'BAK', kind, ...hourOf(atMs)),
    incoming: (message, atMs, name) =>
      join(folder, 'DownCast', 'B2BEXCHANGE', message, ...hourOf(atMs), name),
    clockOf: (atMs) => ({ date: dayOf(atMs), time: taipeiDateTime(atMs).slice(11) }),
    memory: join(folder, 'simulator'),
  };
}

function categoryOf(message: SimulatedMessage): string {
  switch (message[0]) {
    case 'E':
      return 'B2PMESSAGE';
    case 'A':
    case 'B':
      return 'B2BEXCHANGE';
    default:
      return 'B2SSTORAGE';
  }
}

function hourOf(atMs: number): readonly [string, string] {
  const time = taipeiDateTime(atMs);
  return [dayOf(atMs), time.slice(11, 13)];
}

/** `yyyyMMdd` in Taipei. */
export function dayOf(atMs: number): string {
  return taipeiDateTime(atMs).slice(0, 10).replaceAll('-', '');
}

/**
 * Writes a whole file or none of it, dated by the simulated time. The unfinished file lies in the
 * simulator's own folder, so that nobody who watches the target sees it.
 */
export async function writeWhole(
  layout: Layout,
  path: string,
  text: string,
  atMs: number,
): Promise<void> {
  const unfinished = join(layout.memory, 'unfinished');
  await mkdir(unfinished, { recursive: true });
  await mkdir(dirname(path), { recursive: true });
  const part = join(unfinished, basename(path));
  await writeFile(part, text);
  await utimes(part, atMs / 1000, atMs / 1000);
  await rename(part, path);
}

/** The text of a file; null where there is none. */
export async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Moves a file, making the folder; a file that was moved before is fine. */
export async function moveIfThere(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  try {
    await rename(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}

export async function removeFile(path: string): Promise<void> {
  await rm(path, { force: true });
}

/** The names in a folder, in order; none where there is no such folder. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
