/**
 * Turnkey's side up to sending: takes files out of SRC in order of modification time, puts the malformed
 * aside (ERR), packs the good ones, up to 1000 of one message and seller, and moves them to BAK.
 */
import { lstat, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { taipeiDateTime } from '../../domain/taipei.ts';
import type { Log } from '../ports.ts';
import {
  dayOf,
  type Layout,
  moveIfThere,
  SIMULATED_MESSAGES,
  type SimulatedMessage,
  writeWhole,
} from './layout.ts';
import { checkLocally } from './local-check.ts';
import type { PendingEnvelopes } from './pending.ts';
import { MESSAGE_BYTES_MAX } from './read-message.ts';
import { bodyOf, envelopeXml } from './result-xml.ts';

/**
 * Messages in an envelope. InvoicePack may have 1000 (MOF Turnkey); but an envelope is read whole, twice, and the
 * trees of so many messages are tens of mebibytes.
 */
const ENVELOPE_MESSAGES_MAX = 100;
/** Files read and packed in one piece. */
const FILES_AT_ONCE_MAX = 200;
/** Files taken in one tick. */
const FILES_PER_TICK_MAX = 2000;
/** Envelopes that may wait for an answer; with more, files stay in SRC. */
const PENDING_MAX = 10_000;

interface TakenFile {
  readonly name: string;
  readonly path: string;
  readonly seller: string;
  readonly body: string;
}

export interface TakeContext {
  readonly layout: Layout;
  readonly pending: PendingEnvelopes;
  readonly log: Log;
}

export async function takeFiles(context: TakeContext, nowMs: number): Promise<void> {
  let room = FILES_PER_TICK_MAX;
  for (const kind of SIMULATED_MESSAGES) {
    if (room <= 0 || context.pending.heads.length >= PENDING_MAX) return;
    const names = (await namesByTime(context.layout.source(kind))).slice(0, room);
    room -= names.length;
    for (let from = 0; from < names.length; from += FILES_AT_ONCE_MAX) {
      await takePiece(context, kind, names.slice(from, from + FILES_AT_ONCE_MAX), nowMs);
    }
  }
}

async function takePiece(
  context: TakeContext,
  kind: SimulatedMessage,
  names: readonly string[],
  nowMs: number,
): Promise<void> {
  const taken: TakenFile[] = [];
  for (const name of names) {
    const file = await takeFile(context, kind, name, nowMs);
    if (file !== null) taken.push(file);
  }
  for (const files of Map.groupBy(taken, (file) => file.seller).values()) {
    for (let from = 0; from < files.length; from += ENVELOPE_MESSAGES_MAX) {
      await pack(context, kind, files.slice(from, from + ENVELOPE_MESSAGES_MAX), nowMs);
    }
  }
}

/** Regular files that are not empty, the oldest first (MOF Turnkey takes them so). */
async function namesByTime(folder: string): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const files: { readonly name: string; readonly time: number }[] = [];
  for (const name of await readdir(folder)) {
    const stats = await lstat(join(folder, name));
    if (stats.isFile() && stats.size > 0) files.push({ name, time: stats.mtimeMs });
  }
  files.sort((a, b) => a.time - b.time || (a.name < b.name ? -1 : 1));
  return files.map((file) => file.name);
}

/** The file's message; null where it was rejected. */
async function takeFile(
  { layout, log }: TakeContext,
  kind: SimulatedMessage,
  name: string,
  nowMs: number,
): Promise<TakenFile | null> {
  const path = join(layout.source(kind), name);
  const isLarge = (await lstat(path)).size > MESSAGE_BYTES_MAX;
  const bytes = isLarge ? new Uint8Array() : await readFile(path);
  const message = isLarge ? 'larger than 20 MB' : checkLocally(kind, bytes);
  if (typeof message === 'string') {
    log.info({ file: name, reason: message }, 'simulated Turnkey: file rejected');
    await moveIfThere(path, join(layout.done(kind, 'ERR', nowMs), name));
    return null;
  }
  const body = bodyOf(new TextDecoder().decode(bytes));
  return { name, path, seller: message.seller, body };
}

async function pack(
  { layout, pending }: TakeContext,
  kind: SimulatedMessage,
  files: readonly TakenFile[],
  nowMs: number,
): Promise<void> {
  const seller = files[0]?.seller ?? '';
  const envelopeId = envelopeIdOf(kind, await pending.nextNumber(nowMs), nowMs);
  const sizeless = { seller, envelopeId, message: kind, sizeBytes: 0 };
  const xml = envelopeXml(
    sizeless,
    files.map((file) => file.body),
  );
  const route = { ...sizeless, sizeBytes: new TextEncoder().encode(xml).length };
  const name = `${seller}_0000000000_${envelopeId}_${files.length}`;
  const envelopePath = join(layout.stage('Pack', nowMs), name);
  await writeWhole(layout, envelopePath, xml, nowMs);
  await writeWhole(layout, join(layout.stage('SendFile', nowMs), name), xml, nowMs);
  const target = layout.done(kind, 'BAK', nowMs);
  const moves = files.map((file) => [file.path, join(target, file.name)] as const);
  await pending.save({ route, packedAtMs: nowMs, envelopePath, moves, answers: null }, nowMs);
  for (const [from, to] of moves) await moveIfThere(from, to);
}

/** version-message-date-time-uuid, as Turnkey names what it packs; the uuid counts. */
function envelopeIdOf(kind: SimulatedMessage, number: number, nowMs: number): string {
  const time = taipeiDateTime(nowMs).slice(11).replaceAll(':', '');
  const milliseconds = String(Math.floor(nowMs) % 1000).padStart(3, '0');
  const counted = number.toString(16).padStart(12, '0');
  return `4.1-${kind}-${dayOf(nowMs)}-${time}${milliseconds}-00000000-0000-4000-8000-${counted}`;
}
