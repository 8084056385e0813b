/**
 * How long a notice waits between attempts, and after how many it is given up. The pauses grow: a shop
 * that restarts is told within seconds, one that is away for a day is not hammered.
 */
import type { NoticeKind } from '../domain/notice.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Pause after the first, second, … failed attempt. After the last one it has failed. */
const PAUSES_MS: Readonly<Record<NoticeKind, readonly number[]>> = {
  mail: [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS, 4 * HOUR_MS],
  sms: [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS],
  callback: programPauses(),
  webhook: programPauses(),
};

function programPauses(): readonly number[] {
  const seconds = [5, 15, 60].map((count) => count * SECOND_MS);
  const minutes = [5, 15, 30].map((count) => count * MINUTE_MS);
  const hours = [1, 2, 4, 8, 12, 24].map((count) => count * HOUR_MS);
  return [...seconds, ...minutes, ...hours];
}

/** Pause after this many attempts; null where there was the last one. */
export function pauseAfter(kind: NoticeKind, attempts: number): number | null {
  return PAUSES_MS[kind][attempts - 1] ?? null;
}

/** Attempts of a kind at most. */
export function attemptsMax(kind: NoticeKind): number {
  return PAUSES_MS[kind].length + 1;
}
