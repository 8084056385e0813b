/** The single checks of `kaili doctor`: each says what it found, how grave that is, and the remedy. */
import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { taipeiDateTime } from '../domain/taipei.ts';
import type { Ubn } from '../domain/ubn.ts';
import type { Clock, StoreReads } from '../ledger/ports.ts';
import { codeOf, diskFiles } from '../mof/turnkey/file-system.ts';
import { FILED_MESSAGES, turnkeyFolders } from '../mof/turnkey/folders.ts';
import type { Configuration } from '../server/configuration.ts';

export interface Finding {
  readonly grade: 'ok' | 'warning' | 'broken';
  readonly subject: string;
  readonly found: string;
  /** What to do; '' where nothing is. */
  readonly mend: string;
}

function ok(subject: string, found: string): Finding {
  return { grade: 'ok', subject, found, mend: '' };
}

/** Kaili runs on the Node that its lock file names. */
const NODE_MAJOR = 26;
/** Below this share or size a disk fills up within days. */
const DISK_FREE_BYTES_LOW = 1024 ** 3;
const DISK_FREE_BYTES_BROKEN = 100 * 1024 ** 2;
const CLOCK_BEHIND_MS_MAX = 5_000;
const PROBE_NAME = 'doctor.tmp';

export function checkVersions(): readonly Finding[] {
  const found = process.versions.node;
  if (Number(found.split('.')[0]) === NODE_MAJOR) return [ok('Node', found)];
  const mend = `start with npm start, which brings Node ${NODE_MAJOR}`;
  return [{ grade: 'broken', subject: 'Node', found, mend }];
}

/** Room where the data and Turnkey's files lie. */
export async function checkDisk({
  dataFolder,
  turnkeyFolder,
}: Configuration): Promise<readonly Finding[]> {
  const way = relative(dataFolder, turnkeyFolder);
  const isInside = !way.startsWith('..') && !isAbsolute(way);
  const findings: Finding[] = [];
  for (const folder of isInside ? [dataFolder] : [dataFolder, turnkeyFolder]) {
    try {
      const { bavail, bsize } = await statfs(folder);
      findings.push(roomOf(folder, bavail * bsize));
    } catch {
      const mend = 'create or mount it; its owner is who runs Kaili';
      findings.push({ grade: 'broken', subject: `disk ${folder}`, found: 'is not there', mend });
    }
  }
  return findings;
}

function roomOf(folder: string, free: number): Finding {
  const found = `${(free / 1024 ** 3).toFixed(1)} GiB free`;
  const subject = `disk ${folder}`;
  if (free >= DISK_FREE_BYTES_LOW) return ok(subject, found);
  const grade = free < DISK_FREE_BYTES_BROKEN ? 'broken' : 'warning';
  return { grade, subject, found, mend: 'make room: issuing stops when the disk is full' };
}

/** Whether each message can be handed over, whether Turnkey takes what is, and whether answers can be read. */
export async function checkFolders(
  { turnkeyFolder, turnkeyLayout, pickUpAfterMs }: Configuration,
  nowMs: number,
  sellers: readonly { readonly ubn: Ubn }[],
): Promise<readonly Finding[]> {
  const root = await looked(turnkeyFolder, () => checkRoot(turnkeyFolder));
  if (turnkeyLayout === 'shared' || root.length > 0) {
    if (root.length > 0) return root;
    return looked(turnkeyFolder, () => checkTurnkey(turnkeyFolder, nowMs - pickUpAfterMs));
  }
  const findings: Finding[] = [];
  for (const { ubn } of sellers) {
    const own = join(turnkeyFolder, ubn);
    findings.push(
      ...(await looked(own, async () => {
        const missing = await checkRoot(own);
        return missing.length > 0 ? missing : checkTurnkey(own, nowMs - pickUpAfterMs);
      })),
    );
  }
  return findings;
}

/** The findings of a look; that it could not look at all is one too. */
async function looked(
  root: string,
  look: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await look();
  } catch (error) {
    const found = `cannot be looked at (${codeOf(error)})`;
    const mend = 'check the owner and rights of it and of all above it, and that each is a folder';
    return [{ grade: 'broken', subject: `Turnkey folder ${root}`, found, mend }];
  }
}

async function checkRoot(root: string): Promise<readonly Finding[]> {
  const facts = await diskFiles.facts(root);
  // A link to a folder is fine.
  if (facts !== null && facts.kind !== 'file') return [];
  const found = facts === null ? 'is not there' : 'is a file';
  const mend = 'create or mount it, or set KAILI_TURNKEY_DIR';
  return [{ grade: 'broken', subject: `Turnkey folder ${root}`, found, mend }];
}

/** One Turnkey's folders. */
async function checkTurnkey(root: string, handedBeforeMs: number): Promise<readonly Finding[]> {
  const folders = turnkeyFolders(root);
  const findings: Finding[] = [];
  for (const message of FILED_MESSAGES) {
    const { staging, source } = folders.messages[message];
    findings.push(
      ...(await checkWritable(message, staging, source)),
      ...(await checkSource(message, source, handedBeforeMs)),
    );
  }
  const answers = [folders.processResults, folders.summaryResults, ...folders.envelopes];
  for (const folder of answers) findings.push(...(await checkReadable(folder)));
  const isWell = findings.length === 0;
  return isWell ? [ok(`Turnkey folder ${root}`, 'can be written, nothing waits')] : findings;
}

/** Answers that cannot be read leave everything `sent`. */
async function checkReadable(folder: string): Promise<readonly Finding[]> {
  try {
    await diskFiles.list(folder);
    return [];
  } catch (error) {
    const found = `cannot be read (${codeOf(error)})`;
    const mend =
      'Turnkey writes answers there: check its owner and rights, or restart Kaili to make it';
    return [{ grade: 'broken', subject: `folder ${folder}`, found, mend }];
  }
}

async function checkWritable(
  message: string,
  staging: string,
  source: string,
): Promise<readonly Finding[]> {
  const subject = `folder of ${message}`;
  const [from, to] = [await diskFiles.facts(staging), await diskFiles.facts(source)];
  if (from?.kind !== 'folder' || to?.kind !== 'folder') {
    const found = `${from?.kind === 'folder' ? source : staging} is not a folder`;
    const mend = 'Kaili makes it at the start: remove what lies in its place and restart';
    return [{ grade: 'broken', subject, found, mend }];
  }
  if (from.device !== to.device) {
    const found = `${staging} and ${source} lie on different file systems`;
    const mend = 'a rename between them would not be atomic: put both on one';
    return [{ grade: 'broken', subject, found, mend }];
  }
  const probe = join(staging, PROBE_NAME);
  try {
    await diskFiles.write(probe, new Uint8Array());
    await diskFiles.rename(probe, `${probe}.moved`);
    await diskFiles.remove(`${probe}.moved`);
    // A probe in SRC itself would be taken.
    await access(source, constants.W_OK | constants.X_OK);
    return [];
  } catch (error) {
    const mend = 'check its owner and rights, and whether the share is mounted for writing';
    const found = `${staging} or SRC beside it cannot be written (${codeOf(error)})`;
    return [{ grade: 'broken', subject, found, mend }];
  }
}

/** Files that Turnkey should have taken long ago. */
async function checkSource(
  message: string,
  source: string,
  handedBeforeMs: number,
): Promise<readonly Finding[]> {
  let waiting = 0;
  let oldestMs = handedBeforeMs;
  const isThere = (await diskFiles.facts(source))?.kind === 'folder';
  const entries = isThere ? await diskFiles.list(source) : [];
  for (const { name, kind } of entries) {
    const facts = kind === 'file' ? await diskFiles.facts(join(source, name)) : null;
    if (facts === null || facts.modifiedMs > handedBeforeMs) continue;
    waiting += 1;
    oldestMs = Math.min(oldestMs, facts.modifiedMs);
  }
  if (waiting === 0) return [];
  return [
    {
      grade: 'broken',
      subject: `SRC of ${message}`,
      found: `${waiting} files wait since ${taipeiDateTime(oldestMs)} or longer`,
      mend: 'Turnkey does not take them: see whether it runs and watches this folder',
    },
  ];
}

/** A clock behind the last entry would stop the allotment of numbers. */
export async function checkClock(
  reads: StoreReads,
  clock: Clock,
  sellers: readonly { readonly ubn: Ubn }[],
): Promise<readonly Finding[]> {
  const now = taipeiDateTime(clock.now());
  const limit = taipeiDateTime(clock.now() + CLOCK_BEHIND_MS_MAX);
  for (const { ubn } of sellers) {
    for (const { lastIssuedAt, track } of await reads.listSegments(ubn)) {
      if (lastIssuedAt === null || lastIssuedAt <= limit) continue;
      return [
        {
          grade: 'broken',
          subject: 'clock',
          found: `says ${now}, but ${ubn} issued from ${track} at ${lastIssuedAt}`,
          mend: 'set the clock right (chrony or systemd-timesyncd): numbers and times go together',
        },
      ];
    }
  }
  return [ok('clock', `${now} in Taipei`)];
}
