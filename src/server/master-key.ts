/**
 * Where the master key lies. Production reads it from a file that its operator made, outside the data
 * folder (a backup of the data never holds a key) and readable by its owner alone. The sandbox makes
 * `secret.key` in its data folder at the first start.
 */
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { Random } from '../ledger/ports.ts';
import { isInside } from './paths.ts';
import { MASTER_KEY_BYTES } from './secret-box.ts';
import { refuseStart } from './start-refused.ts';

/** Larger files are no key; reading them would only cost memory. */
const KEY_FILE_BYTES_MAX = 1024;
const MAKE_KEY = '(umask 077; openssl rand -hex 32 > FILE)';

/** Reads the production key. Throws `StartRefused` with what is wrong with the file. */
export function readMasterKeyFile(file: string, dataFolder: string): Uint8Array {
  const subject = `KAILI_MASTER_KEY_FILE ${file}`;
  const status = statSync(file, { throwIfNoEntry: false });
  if (status === undefined || !status.isFile()) {
    refuseStart(
      subject,
      'there is no such file',
      `make one once and keep a copy apart: ${MAKE_KEY}`,
    );
  }
  if (isInside(realpathSync(dataFolder), realpathSync(file))) {
    refuseStart(
      subject,
      'it lies inside the data folder',
      'move it elsewhere: a backup of the data must not hold the key that opens it',
    );
  }
  // POSIX permission bits; Windows has none to read here.
  if (process.platform !== 'win32' && (status.mode & 0o077) !== 0) {
    const bits = (status.mode & 0o777).toString(8);
    refuseStart(subject, `others may read it (mode ${bits})`, `run: chmod 600 ${file}`);
  }
  return readKey(file, subject, status.size);
}

/** The sandbox's key; null before the first start made one. */
export function readSandboxKey(file: string): Uint8Array | null {
  const status = statSync(file, { throwIfNoEntry: false });
  return status === undefined ? null : readKey(file, file, status.size);
}

/** Makes the sandbox's key; it is on disk before anything is sealed with it. */
export function makeSandboxKey(file: string, random: Random): Uint8Array {
  const key = random.bytes(MASTER_KEY_BYTES);
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    writeSync(descriptor, `${Buffer.from(key).toString('hex')}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  syncFolder(dirname(file));
  return key;
}

function syncFolder(folder: string): void {
  // Windows cannot open a folder for fsync, and does not need it.
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function readKey(file: string, subject: string, size: number): Uint8Array {
  if (size <= KEY_FILE_BYTES_MAX) {
    const key = parseKey(readText(file, subject).trim());
    if (key !== null) return key;
  }
  refuseStart(
    subject,
    'it does not hold a key',
    `expected 32 bytes as 64 hex digits or 44 characters of Base64: ${MAKE_KEY}`,
  );
}

function readText(file: string, subject: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    refuseStart(subject, 'it cannot be read', 'let the user that runs Kaili own it', cause);
  }
}

function parseKey(text: string): Uint8Array | null {
  if (/^[0-9A-Fa-f]{64}$/.test(text)) return new Uint8Array(Buffer.from(text, 'hex'));
  if (/^[A-Za-z0-9+/]{43}=$/.test(text)) return new Uint8Array(Buffer.from(text, 'base64'));
  return null;
}
