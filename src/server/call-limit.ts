/**
 * How often one account may call: so many calls in a minute, then none for a while, as ECPay does with who
 * calls too fast. Off unless the operator sets it. Counts only calls whose keys were right, so that
 * nobody can lock another out, and keeps a few numbers an account, for a bounded number of accounts.
 */
import type { CallLimit } from '../dialects/dialect.ts';
import type { Clock } from '../ledger/ports.ts';
import type { AccountId } from '../ledger/rows.ts';

export interface CallLimitSettings {
  /** Calls of one account in a minute; one more blocks it. */
  readonly callsPerMinuteMax: number;
  /** How long it is blocked then. */
  readonly blockMinutes: number;
}

/** As long as ECPay blocks (ECPay e-invoice API, error codes: HTTP 403, wait 30 minutes). */
export const BLOCK_MINUTES_DEFAULT = 30;
/** Accounts that are remembered; beyond them the ones that called least recently are forgotten. */
export const ACCOUNTS_MAX = 10_000;
const MINUTE_MS = 60_000;

interface Count {
  /** Start of the minute that is counted. */
  readonly sinceMs: number;
  readonly calls: number;
  /** 0 while not blocked. */
  readonly blockedUntilMs: number;
}

/** The limit of these settings; null where there are none. */
export function openCallLimit(settings: CallLimitSettings | null, clock: Clock): CallLimit | null {
  return settings === null ? null : createCallLimit(settings, clock);
}

export function createCallLimit(
  { callsPerMinuteMax, blockMinutes }: CallLimitSettings,
  clock: Clock,
  accountsMax = ACCOUNTS_MAX,
): CallLimit {
  /** Least recent first. */
  const counts = new Map<AccountId, Count>();
  const blockMs = blockMinutes * MINUTE_MS;

  function next(known: Count | undefined, now: number): Count {
    // A clock that was set back must not block for longer than it says.
    const isBlocked = known !== undefined && now < known.blockedUntilMs;
    if (isBlocked && known.blockedUntilMs - now <= blockMs) return known;
    const isSameMinute =
      known !== undefined &&
      known.blockedUntilMs === 0 &&
      now >= known.sinceMs &&
      now - known.sinceMs < MINUTE_MS;
    const calls = isSameMinute ? known.calls + 1 : 1;
    const blockedUntilMs = calls > callsPerMinuteMax ? now + blockMs : 0;
    return { sinceMs: isSameMinute ? known.sinceMs : now, calls, blockedUntilMs };
  }

  return {
    admits(account) {
      const count = next(counts.get(account), clock.now());
      counts.delete(account);
      counts.set(account, count);
      if (counts.size > accountsMax) {
        const [oldest] = counts.keys();
        if (oldest !== undefined) counts.delete(oldest);
      }
      return count.blockedUntilMs === 0;
    },
  };
}
