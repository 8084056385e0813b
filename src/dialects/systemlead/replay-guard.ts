/**
 * Repeated requests: what was accepted in the window of its time stamp is not accepted again. Kept in
 * memory and bounded; after a restart, and in another process on the same database, it starts empty. A
 * repeated issue is then stopped by its number or order.
 */
import { createHash } from 'node:crypto';

/** Entries kept: at the limits of a batch, a hundred requests of a thousand items in ten minutes. */
export const REPLAY_ENTRIES_MAX = 100_000;

export class ReplayGuard {
  /** Key -> second after which its time stamp passes no more. In order of arrival. */
  readonly #seen = new Map<string, number>();
  readonly #entriesMax: number;

  constructor(entriesMax = REPLAY_ENTRIES_MAX) {
    this.#entriesMax = entriesMax;
  }

  has(key: string, nowSec: number): boolean {
    const until = this.#seen.get(key);
    return until !== undefined && until >= nowSec;
  }

  add(key: string, untilSec: number, nowSec: number): void {
    this.#seen.delete(key);
    for (const [old, until] of this.#seen) {
      if (until >= nowSec && this.#seen.size < this.#entriesMax) break;
      this.#seen.delete(old);
    }
    this.#seen.set(key, untilSec);
  }

  /** Forgets a request that failed by our own fault, so that it may be sent again. */
  forget(keys: readonly string[]): void {
    for (const key of keys) this.#seen.delete(key);
  }

  get size(): number {
    return this.#seen.size;
  }
}

/** A short key of these parts, whatever is in them. */
export function replayKey(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
