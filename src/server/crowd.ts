/**
 * Whether clients crowd this process: then what can wait, waits. The Ministry's messages have days, a
 * shop's customer has seconds (MOF Turnkey rules, upload deadlines).
 */
import type { Clock } from '../ledger/ports.ts';

/** Commands a second from which on the outbox and notices take small bites; a busy shop has one. */
export const CROWDED_COMMANDS_PER_SECOND = 1_000;

const SECOND_MS = 1_000;

export interface Crowd {
  /** Counts commands of clients. */
  count(commands: number): void;
  /**
   * Whether more came in the last second than one can serve beside other work. Asking changes nothing: any
   * number may ask, as often as they like.
   */
  isCrowded(): boolean;
}

/** Counts by seconds; the last one is made of this second and the rest of the one before. */
export function createCrowd(clock: Clock): Crowd {
  let second = Math.floor(clock.now() / SECOND_MS);
  let current = 0;
  let before = 0;
  /** Moves to the second of now; answers how much of it is over. */
  function turn(): number {
    const nowMs = clock.now();
    const now = Math.floor(nowMs / SECOND_MS);
    if (now !== second) {
      before = now === second + 1 ? current : 0;
      current = 0;
      second = now;
    }
    return nowMs / SECOND_MS - now;
  }
  return {
    count(commands) {
      turn();
      current += commands;
    },
    isCrowded() {
      const part = turn();
      return current + before * (1 - part) > CROWDED_COMMANDS_PER_SECOND;
    },
  };
}
