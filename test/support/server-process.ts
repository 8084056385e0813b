/**
 * A real Kaili in a process of its own, started as `npm start` starts it, on a free port and with a data
 * folder of its own; it can be stopped politely or killed, and started again over the same data.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from './bare-environment.ts';
import { openTestDatabase } from './postgres.ts';
import { noteWritten } from './written-messages.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
/** What `npm start` gives Node before the file, and in its environment. */
const START = startOf(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const START_MS_MAX = 20_000;
const READY_PAUSE_MS = 25;
/** Another program may take the free port before the server does. */
const START_ATTEMPTS_MAX = 3;
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
  /** Kills what still runs in it and removes it. */
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
  /** The last lines of the log, but for requests that went well. */
  log(): string;
}

interface Start {
  readonly flags: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

function startOf(packageJson: string): Start {
  const start = /"start": "((?:\w+=\w+ )*)exec node (.*)src\/main\.ts"/.exec(packageJson);
  assert(start !== null, 'npm start ends in `exec node … src/main.ts`');
  const [, settings = '', flags = ''] = start;
  return {
    flags: flags.split(' ').filter((flag) => flag !== ''),
    environment: Object.fromEntries(
      [...settings.matchAll(/(\w+)=(\w+) /g)].map(([, name = '', value = '']) => [name, value]),
    ),
  };
}

/** Servers that have not ended. A test that failed half-way leaves its house to stop them. */
const running = new Set<ServerProcess>();

async function killIn(dataFolder: string): Promise<void> {
  const left = [...running].filter((server) => server.house.dataFolder === dataFolder);
  await Promise.all(left.map((server) => server.kill()));
}

/** An empty data folder and, for PostgreSQL, an empty database. */
export async function makeHouse(
  engine: Engine,
  environment: Readonly<Record<string, string>> = {},
): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'kaili-house-'));
  const dataFolder = join(folder, 'data');
  const database = engine === 'postgres' ? await openTestDatabase() : null;
  return {
    engine,
    dataFolder,
    databaseUrl: database?.url ?? null,
    environment,
    async remove() {
      await killIn(dataFolder);
      await noteWritten(join(dataFolder, 'turnkey'));
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
      await killIn(dataFolder);
      await noteWritten(join(dataFolder, 'turnkey'));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Starts Kaili in the house and waits until it is ready. A log that is dropped goes to no one. */
export async function startServerProcess(
  house: House,
  output: 'kept' | 'dropped' = 'kept',
): Promise<ServerProcess> {
  for (let attempt = 1; ; attempt += 1) {
    const server = launch(house, await freePort(), output);
    if (await isReady(server)) return server;
    await server.kill();
    const isTaken =
      server.log().includes('another program listens') && attempt < START_ATTEMPTS_MAX;
    if (!isTaken) throw new Error(`the server did not start:\n${server.log()}`);
  }
}

interface Launched extends ServerProcess {
  hasEnded(): boolean;
}

function launch(house: House, port: number, output: 'kept' | 'dropped'): Launched {
  const lines: string[] = [];
  const child = spawn(process.execPath, [...START.flags, MAIN], {
    env: {
      ...bareEnvironment(),
      ...START.environment,
      KAILI_PORT: String(port),
      KAILI_DATA_DIR: house.dataFolder,
      ...(house.databaseUrl === null ? {} : { KAILI_DATABASE_URL: house.databaseUrl }),
      ...house.environment,
    },
    stdio: ['ignore', output === 'kept' ? 'pipe' : 'ignore', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on('line', (line) => {
      if (isOrdinary(line)) return;
      lines.push(line);
      if (lines.length > LOG_LINES_KEPT) lines.shift();
    });
  }
  const exited = once(child, 'exit');
  const server: Launched = {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    house,
    log: () => lines.join('\n'),
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
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
  running.add(server);
  child.once('exit', () => running.delete(server));
  return server;
}

/** A line that tells of no failure, as of a request or a notice: at load they would drown everything else. */
function isOrdinary(line: string): boolean {
  return line.includes('"level":"info"') && !line.includes('"failure"');
}

/** Asks until the server says that it is ready; false when it ended or took too long. */
async function isReady(server: Launched): Promise<boolean> {
  const end = Date.now() + START_MS_MAX;
  while (!server.hasEnded() && Date.now() < end) {
    const reply = await fetch(`${server.url}/readyz`).catch(() => null);
    if (reply?.ok) return true;
    await sleep(READY_PAUSE_MS);
  }
  return false;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  assert(address !== null && typeof address === 'object');
  return address.port;
}
