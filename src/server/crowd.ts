/**
 * Whether clients crowd this process: then what can wait, waits. The Ministry's messages have days, a
 * shop's customer has seconds (MOF Turnkey rules, upload deadlines).
 */
import type { Clock } from '../ledger/ports.ts';

/** Commands a second from which on the outbox takes small bites; a busy shop has one. */
export const CROWDED_COMMANDS_PER_SECOND = 1_000;

export interface Crowd {
  /** Counts commands of clients. */
  count(commands: number): void;
  /** Whether more came, on average since this was last asked, than one can serve beside other work. */
  isCrowded(): boolean;
}

export function createCrowd(clock: Clock): Crowd {
  let commandCount = 0;
  let askedAtMs = clock.now();
  return {
    count(commands) {
      commandCount += commands;
    },
    isCrowded() {
      const nowMs = clock.now();
      const seconds = (nowMs - askedAtMs) / 1000;
      const isCrowded = commandCount > CROWDED_COMMANDS_PER_SECOND * seconds;
      commandCount = 0;
      askedAtMs = nowMs;
      return isCrowded;
    },
  };
}
