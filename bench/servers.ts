/** The servers that are measured, each in a process of its own and over empty data. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Engine, makeHouse, startServerProcess } from '../test/support/server-process.ts';

const BARE = fileURLToPath(new URL('./bare-server.ts', import.meta.url));

export interface MeasuredServer {
  readonly url: string;
  readonly pid: number;
  /** Stops it and removes its data. */
  remove(): Promise<void>;
}

/** The handler that only opens and seals envelopes. */
export async function startBare(): Promise<MeasuredServer> {
  const child = spawn(process.execPath, [BARE], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout, 'data');
  return {
    url: String(line).trim(),
    pid: child.pid ?? 0,
    async remove() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/** Kaili as `npm start` runs it; its log, at the default level, goes to /dev/null. */
export async function startKaili(engine: Engine): Promise<MeasuredServer> {
  const house = await makeHouse(engine);
  const server = await startServerProcess(house, 'dropped');
  return {
    url: server.url,
    pid: server.pid,
    async remove() {
      await server.kill();
      await house.remove();
    },
  };
}

/** Resident memory of a process in MiB: now, and the most it ever was. Null where there is no /proc. */
export function residentMebibytes(pid: number): { now: number; most: number } | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kibibytes = (name: string): number =>
      Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]);
    return { now: kibibytes('VmRSS') / 1024, most: kibibytes('VmHWM') / 1024 };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
