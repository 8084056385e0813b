/**
 * What a person should look at on the way to the Ministry, beyond the filings themselves: steps that fail now, a
 * Turnkey that takes nothing, a platform that answers nothing, answers that fit nothing here. Each names cause and
 * remedy, is derived from the outbox's status each time, and ends when its cause does.
 */
import type { OutboxStatus } from './outbox.ts';
import type { StepFailure } from './step-failures.ts';

export interface OutboxAlarm {
  readonly code: string;
  readonly severity: 'warning' | 'critical';
  readonly count: number;
  /** The thing itself, or the first of them. */
  readonly subject: string;
  readonly sinceMs: number | null;
  readonly message: string;
  readonly hint: string;
}

/**
 * A message usually is confirmed within minutes; an hour without an answer is worth a look (practice of operators
 * of the Ministry's platform).
 */
export const SILENT_AFTER_MS = 3_600_000;
/** A Turnkey usually looks into SRC several times a minute; the setting says otherwise. */
export const PICK_UP_AFTER_MS = 45_000;
/** From then on nothing arrives in time by itself. */
const PICK_UP_CRITICAL_AFTER_MS = 3_600_000;

/** What mends a failed step, by the operating system's code. */
const REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full: make room; hand-over goes on by itself',
  EDQUOT: 'the quota is used up: make room; hand-over goes on by itself',
  EACCES:
    'a right is missing: let the user who runs Kaili write and read there (docs/guides/turnkey.md, folders)',
  EPERM:
    'a right is missing: let the user who runs Kaili write and read there (docs/guides/turnkey.md, folders)',
  EROFS: 'the file system is mounted read-only: mount it writable; see the system log for why',
  EIO: 'the device or share fails: see the system log; move the folder to a sound device if it goes on',
  ENOENT: 'a folder is gone or its share is not mounted: mount it, or make it as before',
  ENOTDIR: 'a file lies where a folder should be: move it away and make the folder',
  EEXIST: 'a file lies where a folder should be: move it away and make the folder',
  ESTALE: 'the share lost its handle: mount it anew',
  ELOOP: 'a link lies where a folder should be: put a real folder there',
  EMFILE: 'too many files are open: raise the limit of open files of this process',
};
const REMEDY_UNKNOWN = 'the log names the cause beside this step; run kaili doctor';

/** Alarms of the outbox as it is now. */
export function outboxAlarms(
  status: OutboxStatus,
  nowMs: number,
  pickUpAfterMs = PICK_UP_AFTER_MS,
): readonly OutboxAlarm[] {
  if (!status.isLeader && status.tickedAtMs === null) return status.failures.map(ofFailure);
  return [
    ...status.failures.map(ofFailure),
    ...notPickedUp(status, nowMs, pickUpAfterMs),
    ...silent(status, nowMs),
    ...ofFiles(status),
    ...ofAnswers(status),
  ];
}

function ofFailure({ step, sinceMs, code, text, count }: StepFailure): OutboxAlarm {
  return {
    code: 'OUTBOX_STEP_FAILED',
    severity: 'critical',
    count,
    subject: `${step}: ${text}`,
    sinceMs,
    message: '上傳作業無法進行',
    hint: REMEDIES[code] ?? REMEDY_UNKNOWN,
  };
}

function notPickedUp(
  { waitingSinceMs, waitingFile }: OutboxStatus,
  nowMs: number,
  pickUpAfterMs: number,
): readonly OutboxAlarm[] {
  if (waitingSinceMs === null || nowMs - waitingSinceMs < pickUpAfterMs) return [];
  const isLong = nowMs - waitingSinceMs >= PICK_UP_CRITICAL_AFTER_MS;
  return [
    {
      code: 'TURNKEY_TAKES_NOTHING',
      severity: isLong ? 'critical' : 'warning',
      count: 1,
      subject: waitingFile,
      sinceMs: waitingSinceMs,
      message: 'Turnkey 未取走待上傳檔案',
      hint: 'see that Turnkey runs, that its SRC path is this folder, and that its user may move the file; if it looks less often, set KAILI_TURNKEY_PICKUP_SECONDS',
    },
  ];
}

function silent({ unansweredSinceMs }: OutboxStatus, nowMs: number): readonly OutboxAlarm[] {
  if (unansweredSinceMs === null || nowMs - unansweredSinceMs < SILENT_AFTER_MS) return [];
  return [
    {
      code: 'NO_RESULTS',
      severity: 'critical',
      count: 1,
      subject: 'Unpack/BAK/ProcessResult',
      sinceMs: unansweredSinceMs,
      message: '已送出逾一小時，未收到財政部回覆',
      hint: 'see in Turnkey whether messages are at G (the platform has not answered) or whether receiving and unpacking are not configured; nothing is sent again by itself',
    },
  ];
}

function ofFiles(status: OutboxStatus): readonly OutboxAlarm[] {
  const [lost] = status.lostFiles;
  const [unreadable] = status.unreadableFiles;
  const [untaken] = status.untakenFiles;
  return [
    ...counted(status.lostFiles.length, {
      code: 'FILE_LOST',
      severity: 'critical',
      subject: lost ?? '',
      message: '已交付之檔案不在 Turnkey 資料夾內',
      hint: 'somebody took it away: put it back into SRC, or resend the filing with the reason (kaili filing resend)',
    }),
    ...counted(status.unreadableFiles.length, {
      code: 'RESULT_UNREADABLE',
      severity: 'warning',
      subject: unreadable ?? '',
      message: '財政部回覆檔案無法讀取',
      hint: 'look at the file: cut short, it is fetched again by Turnkey or settled by the daily summary; it stays where it is and is read when it changes',
    }),
    ...counted(status.untakenFiles.length, {
      code: 'MESSAGE_NOT_TAKEN',
      severity: 'warning',
      subject: untaken ?? '',
      message: '交易對象傳來之訊息無法收下',
      hint: 'the subject ends with why: a message of nobody here, about a document nobody knows, or malformed; ask its sender, then remove the file or mend what it names: it is read again when it changes',
    }),
  ];
}

function ofAnswers(status: OutboxStatus): readonly OutboxAlarm[] {
  const foreign = status.strays.filter(({ isForeign }) => isForeign);
  const unknown = status.strays.filter(({ isForeign }) => !isForeign);
  return [
    ...counted(unknown.length, {
      code: 'ANSWER_UNKNOWN',
      severity: 'warning',
      subject: unknown.at(-1)?.subject ?? '',
      message: '財政部回覆了此處沒有的訊息',
      hint: 'another program uses the same Turnkey, or the data was restored from a backup: compare with the platform before anything is sent again',
    }),
    ...counted(foreign.length, {
      code: 'ANSWER_OF_ANOTHER_SELLER',
      severity: 'warning',
      subject: foreign.at(-1)?.subject ?? '',
      message: '收到非本系統營業人之回覆',
      hint: 'its tax ID is not set up here: add the seller, or see why this Turnkey fetches the results of others',
    }),
    ...counted(status.unresolved.length, {
      code: 'ENVELOPE_UNRESOLVED',
      severity: 'warning',
      subject: status.unresolved.at(-1)?.subject ?? '',
      message: '無法得知財政部回覆之信封內容',
      hint: 'keep Pack/BAK and SendFile/BAK of Turnkey; the daily SummaryResult settles these filings',
    }),
    ...counted(status.skews.length, {
      code: 'CLOCK_DIFFERS',
      severity: 'critical',
      subject: status.skews.at(-1)?.subject ?? '',
      message: '本機與 Turnkey 主機時間不一致',
      hint: 'synchronise the clocks of both machines (NTP): invoices bear the time of this one, and old answers are told from new ones by it',
    }),
  ];
}

function counted(
  count: number,
  alarm: Omit<OutboxAlarm, 'count' | 'sinceMs'>,
): readonly OutboxAlarm[] {
  return count === 0 ? [] : [{ ...alarm, count, sinceMs: null }];
}
