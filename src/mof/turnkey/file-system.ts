/**
 * The few things the outbox does with files, as a port, so that tests can let the process die between
 * any two of them. `diskFiles` is the real one. Reading never follows a link, never blocks on a pipe
 * and never takes more than it was told: Turnkey's folders may lie on a share that others write to.
 */
import {
  close as closeDescriptor,
  constants,
  fsync,
  lstat,
  open as openDescriptor,
  rename,
  write,
} from 'node:fs';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { promisify } from 'node:util';

export type EntryKind = 'file' | 'folder' | 'other';

export interface FolderEntry {
  readonly name: string;
  readonly kind: EntryKind;
}

export interface FileFacts {
  readonly kind: EntryKind;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** Identifies the file system: a rename is atomic only within one. */
  readonly device: number;
}

export interface FileSystem {
  /** Makes the folder and its parents. */
  makeFolder(path: string): Promise<void>;
  /** Throws where the folder is absent: "cannot look" must never read as "is not there". */
  list(folder: string): Promise<readonly FolderEntry[]>;
  /** Null where there is nothing of that name. */
  facts(path: string): Promise<FileFacts | null>;
  /** The whole regular file, or why not. */
  read(path: string, bytesMax: number): Promise<Uint8Array | 'too-large' | 'unreadable'>;
  /** Writes the whole file and flushes it to the device. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Flushes the folder's entries to the device. */
  syncFolder(path: string): Promise<void>;
  /** Removes a file; absent is fine. */
  remove(path: string): Promise<void>;
}

/** A flush failed: what reached the device is unknown, and asking again may lie. Never retried. */
export class FlushFailure extends Error {
  override readonly name = 'FlushFailure';
}

/** Answers of file systems that cannot flush a folder at all (SMB shares, Windows). */
const FOLDER_FLUSH_UNSUPPORTED = ['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'EPERM', 'EISDIR', 'EBADF'];

const WRITE_FLAGS =
  constants.O_CREAT | constants.O_TRUNC | constants.O_WRONLY | constants.O_NOFOLLOW;

export const diskFiles: FileSystem = {
  async makeFolder(path) {
    await mkdir(path, { recursive: true });
  },

  async list(folder) {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.map((entry) => ({ name: entry.name, kind: kindOf(entry) }));
  },

  facts(path) {
    return new Promise((resolve, reject) => {
      lstat(path, (error, stats) => {
        if (error === null) {
          const { size: sizeBytes, mtimeMs: modifiedMs, dev: device } = stats;
          resolve({ kind: kindOf(stats), sizeBytes, modifiedMs, device });
        } else if (error.code === 'ENOENT') resolve(null);
        else reject(error);
      });
    });
  },

  async read(path, bytesMax) {
    let file: Awaited<ReturnType<typeof open>>;
    try {
      file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    } catch (error) {
      // Moved away since it was listed, a link, or not ours to read: the caller counts it.
      if (['ENOENT', 'ELOOP', 'EACCES', 'ENXIO'].includes(codeOf(error))) return 'unreadable';
      throw error;
    }
    try {
      const stats = await file.stat();
      if (!stats.isFile()) return 'unreadable';
      if (stats.size > bytesMax) return 'too-large';
      const bytes = new Uint8Array(stats.size);
      let length = 0;
      while (length < bytes.length) {
        const { bytesRead } = await file.read(bytes, length, bytes.length - length, length);
        if (bytesRead === 0) break;
        length += bytesRead;
      }
      return bytes.subarray(0, length);
    } finally {
      await file.close();
    }
  },

  write: writeFlushed,

  rename: promisify(rename),

  async syncFolder(path) {
    let folder: Awaited<ReturnType<typeof open>> | undefined;
    try {
      folder = await open(path, constants.O_RDONLY);
      await folder.sync();
    } catch (error) {
      if (FOLDER_FLUSH_UNSUPPORTED.includes(codeOf(error))) return;
      throw new FlushFailure(`flushing the folder ${path} failed`, { cause: error });
    } finally {
      await folder?.close();
    }
  },

  async remove(path) {
    await rm(path, { force: true });
  },
};

/**
 * Thousands of files are written a minute: on a plain descriptor and in one promise this costs half of what it does on
 * a file handle.
 */
function writeFlushed(path: string, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    openDescriptor(path, WRITE_FLAGS, (openError, descriptor) => {
      if (openError !== null) {
        reject(openError);
        return;
      }
      const close = (problem: Error | null) =>
        closeDescriptor(descriptor, (closeError) => {
          const error = problem ?? closeError ?? null;
          if (error === null) resolve();
          else reject(error);
        });
      const flush = () =>
        fsync(descriptor, (cause) =>
          close(cause === null ? null : new FlushFailure(`flushing ${path} failed`, { cause })),
        );
      const writeFrom = (from: number): void =>
        write(descriptor, bytes, from, (error, length) => {
          if (error !== null) close(error);
          else if (from + length < bytes.length) writeFrom(from + length);
          else flush();
        });
      writeFrom(0);
    });
  });
}

function kindOf(entry: { isFile(): boolean; isDirectory(): boolean }): EntryKind {
  if (entry.isFile()) return 'file';
  return entry.isDirectory() ? 'folder' : 'other';
}

/** The operating system's code of an error, e.g. `ENOENT`; '' for any other error. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
