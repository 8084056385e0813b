/**
 * What a person should look at now, derived from filings and number books; nothing is stored. One
 * alarm a kind, with how many things it is about and the oldest of them.
 */

import type { z } from 'zod';
import type { FilingMessage, FilingState } from '../domain/filing.ts';
import type { HoldReason } from '../domain/invoice.ts';
import { type TaipeiDateTime, taipeiDateTime } from '../domain/taipei.ts';
import type { Ubn } from '../domain/ubn.ts';
import type { FilingFilter } from '../ledger/filters.ts';
import type { Clock, StoreReads } from '../ledger/ports.ts';
import type { FilingRow } from '../ledger/rows.ts';
import { numberAlarms } from './number-alarms.ts';
import { reconciliationAlarms } from './reconciliation-alarms.ts';
import { showTime } from './show.ts';
import type { alarmView } from './views.ts';

export type Alarm = z.input<typeof alarmView>;

/** Filings read to find those that concern a person; beyond it the count says "at least". */
const FILINGS_READ_MAX = 1_000;
/**
 * A message usually is confirmed within minutes; an hour without an answer is worth a look (practice of
 * operators of the Ministry's platform, see docs/reference/api.md).
 */
const UNCONFIRMED_AFTER_MS = 3_600_000;
/** Time before the legal deadline in which a person can still act (VAT Act §32-1). */
const DUE_SOON_MS = 24 * 3_600_000;
/** Holds that end by themselves, and one that has an alarm of its own (`blank-alarms.ts`). */
const PASSING_HOLDS: readonly HoldReason[] = ['earlier-filing', 'edit-window', 'blank-reported'];
const OPEN_STATES: readonly FilingState[] = ['held', 'ready', 'handed', 'sent', 'refused'];
const TRAVELLING_STATES: readonly FilingState[] = ['ready', 'handed', 'sent'];

/** Every alarm of a seller, the gravest first. */
export async function findAlarms(
  reads: StoreReads,
  clock: Clock,
  seller: Ubn,
): Promise<readonly Alarm[]> {
  const alarms = [
    ...(await filingAlarms(reads, clock, seller)),
    ...(await reconciliationAlarms(reads, clock, seller)),
    ...(await numberAlarms(reads, clock, seller)),
  ];
  return alarms.sort((one, other) => rank(one) - rank(other));
}

/** An alarm and whose it is; null: the center's own. */
export type OwnedAlarm = Alarm & { readonly seller: Ubn | null };

/** Every alarm of these sellers and of the center, the gravest first. */
export async function findEveryAlarm(
  reads: StoreReads,
  clock: Clock,
  sellers: readonly { readonly ubn: Ubn }[],
  ofCenter: readonly Alarm[],
): Promise<readonly OwnedAlarm[]> {
  const all: OwnedAlarm[] = ofCenter.map((alarm) => ({ ...alarm, seller: null }));
  for (const { ubn: seller } of sellers) {
    for (const alarm of await findAlarms(reads, clock, seller)) all.push({ ...alarm, seller });
  }
  return all.sort((one, other) => rank(one) - rank(other));
}

function rank(alarm: Pick<Alarm, 'severity'>): number {
  return alarm.severity === 'critical' ? 0 : 1;
}

async function filingAlarms(
  reads: StoreReads,
  clock: Clock,
  seller: Ubn,
): Promise<readonly Alarm[]> {
  const now = taipeiDateTime(clock.now());
  const hourAgo = taipeiDateTime(clock.now() - UNCONFIRMED_AFTER_MS);
  const find = (filter: Omit<FilingFilter, 'seller'>, limit: number) =>
    reads.listFilings({ seller, ...filter }, 0, limit);
  const overdue = await find({ states: OPEN_STATES, dueBefore: now }, 1);
  const soon = taipeiDateTime(clock.now() + DUE_SOON_MS);
  const due = (await find({ states: OPEN_STATES, dueBefore: soon }, FILINGS_READ_MAX)).items.filter(
    ({ dueAt }) => dueAt > now,
  );
  const refused = await find({ states: ['refused'] }, 1);
  const held = (await find({ states: ['held'] }, FILINGS_READ_MAX)).items.filter((filing) =>
    filing.holds.some((hold) => !PASSING_HOLDS.includes(hold)),
  );
  const late = (await find({ states: TRAVELLING_STATES }, FILINGS_READ_MAX)).items.filter(
    (filing) => filing.createdAt < hourAgo,
  );
  return [
    ...filingAlarm(FILING_OVERDUE, overdue.total, overdue.items[0], (filing) => filing.dueAt),
    ...filingAlarm(FILING_DUE_SOON, due.length, due[0], (filing) => filing.dueAt),
    ...filingAlarm(FILING_REFUSED, refused.total, refused.items[0], (filing) => filing.settledAt),
    ...filingAlarm(FILING_HELD, held.length, held[0], (filing) => filing.createdAt),
    ...filingAlarm(FILING_UNCONFIRMED, late.length, late[0], (filing) => filing.createdAt),
  ];
}

interface AlarmKind {
  readonly code: string;
  readonly severity: Alarm['severity'];
  readonly message: string;
  readonly hint: string;
}
const FILING_OVERDUE: AlarmKind = {
  code: 'FILING_OVERDUE',
  severity: 'critical',
  message: '上傳已逾期限',
  hint: 'the legal time for upload has passed without confirmation: look at the filings and their reasons',
};
const FILING_DUE_SOON: AlarmKind = {
  code: 'FILING_DUE_SOON',
  severity: 'warning',
  message: '上傳期限將於一日內屆滿',
  hint: 'two days for consumers, seven for businesses, counted from the day after: see what keeps the filings',
};
const FILING_REFUSED: AlarmKind = {
  code: 'FILING_REFUSED',
  severity: 'critical',
  message: '財政部平台退回訊息',
  hint: 'mend what resultCode and resultText say, then release the filing',
};
const FILING_HELD: AlarmKind = {
  code: 'FILING_HELD',
  severity: 'warning',
  message: '上傳暫停，待處理',
  hint: 'its holds name the setting to complete or the decision to take',
};
const FILING_UNCONFIRMED: AlarmKind = {
  code: 'FILING_UNCONFIRMED',
  severity: 'warning',
  message: '上傳逾一小時未獲確認',
  hint: 'see whether Turnkey runs and watches the folders of KAILI_TURNKEY_DIR',
};

function filingAlarm(
  kind: AlarmKind,
  count: number,
  oldest: FilingRow | undefined,
  sinceOf: (filing: FilingRow) => TaipeiDateTime | null,
): readonly Alarm[] {
  if (count === 0 || oldest === undefined) return [];
  const since = sinceOf(oldest);
  return [
    {
      ...kind,
      count,
      subject: filingSubject(oldest.message, oldest),
      since: since === null ? null : showTime(since),
    },
  ];
}

function filingSubject(message: FilingMessage, filing: FilingRow): string {
  const document = filing.numbers || filing.allowanceNumber || filing.invoiceNumber;
  return `filing/${filing.sequence} ${message} ${document}`;
}
