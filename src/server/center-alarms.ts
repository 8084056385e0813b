/**
 * Alarms of the center itself, of no one seller: what the outbox stumbled over, and downloads that were not
 * taken in. Each ends when its cause does.
 */
import type { Alarm } from '../api/alarms.ts';
import { showTime } from '../api/show.ts';
import { taipeiDateTime } from '../domain/taipei.ts';
import type { Clock } from '../ledger/ports.ts';
import { outboxAlarms } from '../mof/turnkey/alarms.ts';
import type { Standing } from './workers.ts';

/** Ticks come every second; this long without one means that a folder or the database hangs. */
export const OUTBOX_STUCK_MS = 60_000;

type Told = Pick<Alarm, 'code' | 'severity' | 'message' | 'hint'>;

const STUCK: Told = {
  code: 'OUTBOX_STUCK',
  severity: 'critical',
  message: '上傳作業停頓',
  hint: 'a folder or the database hangs: run kaili doctor; restart once it answers',
};
const NOT_TAKEN_IN: Told = {
  code: 'NUMBERS_NOT_TAKEN_IN',
  severity: 'warning',
  message: '下載之配號未能匯入',
  hint: 'mend what the subject says, or import the file by hand (kaili book import)',
};

/** Whose rounds are looked at, and by which clocks. */
export interface Watched {
  readonly standing: () => Standing;
  readonly clock: Clock;
  /** The machine's own, by which stuck is stuck whatever the sandbox's clock says. */
  readonly systemClock: Clock;
  readonly pickUpAfterMs: number;
}

export function centerAlarms(watched: Watched): readonly Alarm[] {
  const { outbox, dutyProblems } = watched.standing();
  const alarms: Alarm[] = [];
  const problem = outboxProblem(watched);
  if (problem !== '')
    alarms.push({ ...STUCK, count: 1, subject: `outbox: ${problem}`, since: null });
  const found =
    outbox === null ? [] : outboxAlarms(outbox, watched.clock.now(), watched.pickUpAfterMs);
  for (const { sinceMs, ...alarm } of found) {
    alarms.push({ ...alarm, since: sinceMs === null ? null : showTime(taipeiDateTime(sinceMs)) });
  }
  const [first, ...others] = dutyProblems;
  if (first !== undefined) {
    alarms.push({ ...NOT_TAKEN_IN, count: others.length + 1, subject: first, since: null });
  }
  return alarms;
}

/** '' or why the outbox counts as stuck. */
export function outboxProblem({
  standing,
  systemClock,
}: Pick<Watched, 'standing' | 'systemClock'>): string {
  const { outbox, roundEndedAtMs } = standing();
  if (outbox === null) return 'it does not run';
  const silentMs = systemClock.now() - roundEndedAtMs;
  return silentMs <= OUTBOX_STUCK_MS ? '' : `no round ended for ${Math.round(silentMs / 1000)} s`;
}
