/**
 * Alarms of the center itself, of no one seller: what the outbox stumbled over, and downloads that were not
 * taken in. They count since the start of the process and end when the cause does, or with a restart.
 */
import type { Alarm } from '../api/alarms.ts';
import { type OutboxAlarmKind, outboxAlarms } from '../mof/turnkey/alarms.ts';
import type { Workers } from './workers.ts';

type Told = Pick<Alarm, 'code' | 'severity' | 'message' | 'hint'>;

const OF_OUTBOX: Readonly<Record<OutboxAlarmKind, Told>> = {
  'result-unreadable': {
    code: 'RESULT_UNREADABLE',
    severity: 'warning',
    message: '財政部回覆檔案無法讀取',
    hint: 'the log names the file; it stays where it is until it can be read',
  },
  'file-lost': {
    code: 'FILE_LOST',
    severity: 'critical',
    message: '已交付之檔案不在 Turnkey 資料夾內',
    hint: 'somebody took files away from SRC: put them back, or hold and release the filings',
  },
  'answer-unknown': {
    code: 'ANSWER_UNKNOWN',
    severity: 'warning',
    message: '財政部回覆了此處沒有的訊息',
    hint: 'another program may use the same Turnkey, or the data was restored from a backup',
  },
  'envelope-unresolved': {
    code: 'ENVELOPE_UNRESOLVED',
    severity: 'warning',
    message: '無法得知財政部回覆之信封內容',
    hint: 'keep Pack/BAK and SendFile/BAK of Turnkey; the daily SummaryResult settles these filings',
  },
  'step-failed': {
    code: 'OUTBOX_STEP_FAILED',
    severity: 'warning',
    message: '上傳作業有步驟失敗',
    hint: 'the log names step and cause; run kaili doctor',
  },
};
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
  workers: Pick<Workers, 'problem' | 'outbox' | 'dutyProblems'>,
): readonly Alarm[] {
  const alarms: Alarm[] = [];
  const problem = workers.problem();
  if (problem !== '')
    alarms.push({ ...STUCK, count: 1, subject: `outbox: ${problem}`, since: null });
  const status = workers.outbox()?.status();
  for (const { kind, count } of status === undefined ? [] : outboxAlarms(status)) {
    alarms.push({ ...OF_OUTBOX[kind], count, subject: 'outbox', since: null });
  }
  const [first, ...others] = workers.dutyProblems();
  if (first !== undefined) {
    alarms.push({ ...NOT_TAKEN_IN, count: others.length + 1, subject: first, since: null });
  }
  return alarms;
}
