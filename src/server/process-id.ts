/**
 * Whether a process that once wrote its number into a file still lives. Numbers are given again after
 * a restart of the machine or container, so where the system tells (Linux), a process that began
 * after the file was written is somebody else.
 */
import { readFileSync } from 'node:fs';

/** Clock ticks a second in /proc/<pid>/stat (USER_HZ, 100 on every Linux that Node runs on). */
const TICKS_PER_SECOND = 100;
/** Boot time is given in whole seconds and file times lag: below this a process counts as the older. */
const START_TOLERANCE_MS = 3_000;

/** True when the process lives and may be the one that wrote the file at that time. */
export function processHoldsFile(pid: number, writtenAtMs: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives and belongs to another user. ESRCH: it is gone.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const startedAtMs = processStartedAtMs(pid);
  return startedAtMs === null || startedAtMs <= writtenAtMs + START_TOLERANCE_MS;
}

function processStartedAtMs(pid: number): number | null {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command's name in parentheses may hold anything; fields count from behind it (proc(5)).
    const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
    const startTicks = Number(fields[19]);
    const bootSeconds = Number(/^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1]);
    const startedAtMs = (bootSeconds + startTicks / TICKS_PER_SECOND) * 1000;
    return Number.isFinite(startedAtMs) ? startedAtMs : null;
  } catch {
    // No /proc here (macOS, Windows), or the process ended between two reads: only its number speaks.
    return null;
  }
}
