/**
 * The only place that reads the machine's time. Production runs on `systemClock`; the sandbox on a
 * clock that can be moved, whose distance from the system's the caller keeps across restarts.
 */
import type { Clock } from '../ledger/ports.ts';

export const systemClock: Clock = { now: () => Date.now() };

export interface MovableClock extends Clock {
  /** Milliseconds by which it is ahead of the clock beneath. */
  offsetMs(): number;
  setOffsetMs(offsetMs: number): void;
  /** Tells the offset now and at each change. */
  watchOffset(watcher: (offsetMs: number) => void): void;
}

/** A clock that keeps a distance from another one and runs at its pace. */
export function movableClock(beneath: Clock, offsetMs = 0): MovableClock {
  let offset = offsetMs;
  const watchers: ((offsetMs: number) => void)[] = [];
  return {
    now: () => beneath.now() + offset,
    offsetMs: () => offset,
    setOffsetMs(next) {
      if (!Number.isSafeInteger(next)) throw new RangeError('a clock offset is whole milliseconds');
      offset = next;
      for (const watcher of watchers) watcher(next);
    },
    watchOffset(watcher) {
      watchers.push(watcher);
      watcher(offset);
    },
  };
}
