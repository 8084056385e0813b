/**
 * Whether clients crowd this process: then what can wait, waits. The Ministry's messages have days, a
 * shop's customer has seconds (MOF Turnkey rules, upload deadlines). Counted in memory that threads
 * share: the server's counts, any may ask.
 */
import type { Clock } from '../ledger/ports.ts';

/** Commands a second from which on the outbox and notices take small bites; a busy shop has one. */
export const CROWDED_COMMANDS_PER_SECOND = 1_000;

const SECOND_MS = 1_000;
/** Places of the shared counts: which second it is, commands in it, commands in the one before. */
const SECOND = 0;
const CURRENT = 1;
const BEFORE = 2;
const PLACES = 3;

export interface CrowdView {
  /** Whether more came in the last second than one can serve beside other work. */
  isCrowded(): boolean;
}

export interface Crowd extends CrowdView {
  /** Counts commands of clients. */
  count(commands: number): void;
  /** For `viewCrowd` in another thread. */
  readonly shared: SharedArrayBuffer;
}

/** Counts by seconds; the last one is made of this second and the rest of the one before. */
export function createCrowd(clock: Clock): Crowd {
  const shared = new SharedArrayBuffer(PLACES * Float64Array.BYTES_PER_ELEMENT);
  const counts = new Float64Array(shared);
  return {
    shared,
    count(commands) {
      const now = Math.floor(clock.now() / SECOND_MS);
      const second = counts[SECOND] ?? 0;
      if (now !== second) {
        counts[BEFORE] = now === second + 1 ? (counts[CURRENT] ?? 0) : 0;
        counts[CURRENT] = 0;
        counts[SECOND] = now;
      }
      counts[CURRENT] = (counts[CURRENT] ?? 0) + commands;
    },
    ...viewCrowd(shared, clock),
  };
}

/** The same from any thread. A count that is being made at this moment may be missed: the next look sees it. */
export function viewCrowd(shared: SharedArrayBuffer, clock: Clock): CrowdView {
  const counts = new Float64Array(shared);
  return {
    isCrowded() {
      const now = clock.now() / SECOND_MS;
      const age = Math.floor(now) - (counts[SECOND] ?? 0);
      const rest = 1 - (now - Math.floor(now));
      const current = counts[CURRENT] ?? 0;
      const before = counts[BEFORE] ?? 0;
      if (age === 0) return current + before * rest > CROWDED_COMMANDS_PER_SECOND;
      return age === 1 && current * rest > CROWDED_COMMANDS_PER_SECOND;
    },
  };
}
