/**
 * A real Kaili in a process of its own, started as `npm start` starts it, on a free port and with a data
 * folder of its own; it can be stopped politely or killed, and started again over the same data.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openTestDatabase } from './postgres.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const START_MS_MAX = 20_000;
/** Lines of the log kept for a failure's text. */
const LOG_LINES_KEPT = 40;

export type Engine = 'sqlite' | 'postgres';
export const SERVER_ENGINES: readonly Engine[] = ['sqlite', 'postgres'];

/** Where one Kaili keeps its things; several processes may share a database, never a data folder. */
export interface House {
  readonly engine: Engine;
  readonly dataFolder: string;
  readonly databaseUrl: string | null;
  readonly environment: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  readonly house: House;
  /** SIGTERM; answers the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL: nothing in the process gets to run. */
  kill(): Promise<void>;
  /** The last lines of the log. */
  log(): string;
}

/** An empty data folder and, for PostgreSQL, an empty database. */
export async function makeHouse(
  engine: Engine,
  environment: Readonly<Record<string, string>> = {},
): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'kaili-house-'));
  const database = engine === 'postgres' ? await openTestDatabase() : null;
  return {
    engine,
    dataFolder: join(folder, 'data'),
    databaseUrl: database?.url ?? null,
    environment,
    async remove() {
      rmSync(folder, { recursive: true, force: true });
      await database?.drop();
    },
  };
}

/** A second data folder over the same database, with the same master key. */
export function makeSecondHouse(first: House): House {
  const folder = mkdtempSync(join(tmpdir(), 'kaili-house-'));
  const dataFolder = join(folder, 'data');
  mkdirSync(dataFolder, { mode: 0o700 });
  copyFileSync(join(first.dataFolder, 'secret.key'), join(dataFolder, 'secret.key'));
  return {
    ...first,
    dataFolder,
    async remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Starts Kaili in the house and waits until it is ready. */
export async function startServerProcess(house: House): Promise<ServerProcess> {
  const lines: string[] = [];
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env.PATH ?? '',
      KAILI_PORT: '0',
      KAILI_DATA_DIR: house.dataFolder,
      ...(house.databaseUrl === null ? {} : { KAILI_DATABASE_URL: house.databaseUrl }),
      ...house.environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  const log = (): string => lines.join('\n');
  try {
    const url = await listening(child, lines, exited);
    assert(child.pid !== undefined);
    return {
      url,
      pid: child.pid,
      house,
      log,
      async stop() {
        child.kill('SIGTERM');
        const [code] = await exited;
        return typeof code === 'number' ? code : null;
      },
      async kill() {
        child.kill('SIGKILL');
        await exited;
      },
    };
  } catch (cause) {
    child.kill('SIGKILL');
    throw new Error(`the server did not start:\n${log()}`, { cause });
  }
}

/** Waits for the start line that says where the server listens, then for `/readyz`. */
async function listening(
  child: ChildProcess,
  lines: string[],
  exited: Promise<unknown[]>,
): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr]) {
    assert(stream !== null);
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      if (lines.length > LOG_LINES_KEPT) lines.shift();
      const url =
        /"url":"(http:[^"]+)"/.exec(line)?.[1] ?? /(http:\/\/127\.0\.0\.1:\d+)/.exec(line)?.[1];
      if (url !== undefined) resolve(url);
    });
  }
  const failed = exited.then(() => Promise.reject(new Error('it ended by itself')));
  const late = new AbortController();
  const timeout = setTimeout(() => late.abort(), START_MS_MAX);
  const tooLate = once(late.signal, 'abort').then(() =>
    Promise.reject(new Error('it took too long')),
  );
  try {
    const url = await Promise.race([promise, failed, tooLate]);
    const ready = await fetch(`${url}/readyz`, { signal: late.signal });
    assert.equal(ready.status, 200, await ready.text());
    return url;
  } finally {
    clearTimeout(timeout);
    failed.catch(() => undefined);
    tooLate.catch(() => undefined);
  }
}
