/** An answer that is dear to find and may be a little old: found once a while for all who ask. */
import type { Clock } from '../ledger/ports.ts';

export function remembered<T>(
  forMs: number,
  clock: Clock,
  find: () => Promise<T>,
): () => Promise<T> {
  let answer: Promise<T> | null = null;
  let foundAtMs = 0;
  return () => {
    const nowMs = clock.now();
    if (answer !== null && nowMs >= foundAtMs && nowMs - foundAtMs < forMs) return answer;
    foundAtMs = nowMs;
    const found = find();
    answer = found;
    // A failure is not remembered.
    found.catch(() => {
      if (answer === found) answer = null;
    });
    return found;
  };
}
