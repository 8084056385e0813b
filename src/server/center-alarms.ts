/**
 * Alarms of the center itself, of no one seller: what the outbox stumbled over, and downloads that were not
 * taken in. Each ends when its cause does.
 */
import type { Alarm } from '../api/alarms.ts';
import { showTime } from '../api/show.ts';
import { taipeiDateTime } from '../domain/taipei.ts';
import type { Workers } from './workers.ts';

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

export function centerAlarms(
  workers: Pick<Workers, 'problem' | 'outboxAlarms' | 'dutyProblems'>,
): readonly Alarm[] {
  const alarms: Alarm[] = [];
  const problem = workers.problem();
  if (problem !== '')
    alarms.push({ ...STUCK, count: 1, subject: `outbox: ${problem}`, since: null });
  for (const { sinceMs, ...alarm } of workers.outboxAlarms()) {
    alarms.push({ ...alarm, since: sinceMs === null ? null : showTime(taipeiDateTime(sinceMs)) });
  }
  const [first, ...others] = workers.dutyProblems();
  if (first !== undefined) {
    alarms.push({ ...NOT_TAKEN_IN, count: others.length + 1, subject: first, since: null });
  }
  return alarms;
}
