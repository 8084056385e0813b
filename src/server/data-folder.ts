/**
 * The data folder of one Kaili: `kaili.db`, `turnkey/`, `kaili.pid`, `mode`, and in the sandbox
 * `secret.key`. Promises that one process at a time holds it and that a folder made in one mode is
 * never opened in the other. What the database says about itself is checked in `start.ts`.
 */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Configuration, Mode } from './configuration.ts';
import { isInside, realPathOf } from './paths.ts';
import { processHoldsFile } from './process-id.ts';
import { refuseStart } from './start-refused.ts';

export interface DataFolder {
  readonly path: string;
  readonly databasePath: string;
  readonly secretKeyPath: string;
  /** Writes down the mode, once the database agreed to it. */
  recordMode(): void;
  /** Lets the next process in. */
  release(): void;
}

/** Takes the folder for this process, making it where needed. Throws `StartRefused`. */
export function openDataFolder(configuration: Configuration, pid: number): DataFolder {
  const path = configuration.dataFolder;
  makeFolder(path);
  const modePath = join(path, 'mode');
  checkMode(modePath, path, configuration.mode);
  checkTurnkeyFolder(configuration);
  const pidPath = join(path, 'kaili.pid');
  takePidFile(pidPath, path, pid);
  return {
    path,
    databasePath: join(path, 'kaili.db'),
    secretKeyPath: join(path, 'secret.key'),
    recordMode() {
      if (readIfThere(modePath) === null) writeFileSync(modePath, `${configuration.mode}\n`);
    },
    release() {
      if (Number(readIfThere(pidPath)) === pid) rmSync(pidPath, { force: true });
    },
  };
}

/** What to do about data of the other mode: the same words for the folder and for the database. */
export function refuseOtherMode(subject: string, recorded: string, mode: Mode): never {
  refuseStart(
    subject,
    `it holds ${recorded} data, and KAILI_MODE is ${mode}`,
    `set KAILI_MODE=${recorded}, or give ${mode} a data folder (KAILI_DATA_DIR) and database of its own`,
  );
}

function makeFolder(path: string): void {
  try {
    // Ledger and keys are nobody else's to read.
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const probe = join(path, '.write-probe');
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
    refuseStart(
      `KAILI_DATA_DIR ${path}`,
      `it cannot be made or written (${reason})`,
      'name a folder that the user who runs Kaili may write',
      cause,
    );
  }
}

function checkMode(modePath: string, path: string, mode: Mode): void {
  const recorded = readIfThere(modePath)?.trim();
  if (recorded !== undefined && recorded !== mode)
    refuseOtherMode(`data folder ${path}`, recorded, mode);
}

/**
 * A sandbox that shares a real Turnkey's folders would send invented invoices to the Ministry. It
 * writes outside its data folder only when told twice, the second time with the folder's own path, so
 * that a setting copied from elsewhere does not open another folder.
 */
function checkTurnkeyFolder(configuration: Configuration): void {
  if (configuration.mode === 'production') return;
  const turnkey = realPathOf(configuration.turnkeyFolder);
  if (isInside(realPathOf(configuration.dataFolder), turnkey)) return;
  const confirmed = configuration.sandboxTurnkeyOutside;
  if (confirmed !== null && realPathOf(confirmed) === turnkey) return;
  refuseStart(
    `KAILI_TURNKEY_DIR ${configuration.turnkeyFolder}`,
    'it lies outside the data folder, and this is a sandbox',
    `leave it out; or, if no real Turnkey watches that folder, set both KAILI_SANDBOX_TURNKEY_OUTSIDE=allow and KAILI_SANDBOX_TURNKEY_OUTSIDE_CONFIRM=${configuration.turnkeyFolder}`,
  );
}

function takePidFile(pidPath: string, path: string, pid: number): void {
  // Twice: once to find a dead process's file, once after removing it.
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      writeFileSync(pidPath, `${pid}\n`, { flag: 'wx' });
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const text = readIfThere(pidPath) ?? '';
    const other = /^\d+\s*$/.test(text) ? Number(text) : 0;
    const writtenAtMs = statSync(pidPath, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (other > 0 && other !== pid && processHoldsFile(other, writtenAtMs)) {
      refuseStart(
        `data folder ${path}`,
        `process ${other} uses it (kaili.pid)`,
        `stop that Kaili first, or give this one another folder (KAILI_DATA_DIR); if process ${other} is something else, remove ${pidPath}`,
      );
    }
    rmSync(pidPath, { force: true });
  }
  refuseStart(`data folder ${path}`, 'another Kaili started in it just now', 'start only one');
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
