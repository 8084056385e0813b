/**
 * What an operator should look at on the way to the Ministry: filings that are refused, held for a person,
 * near or past their deadline, or unanswered; and what the outbox itself stumbled over. Derived from the
 * ledger's reads and the outbox's status each time; nothing is stored, so an alarm ends by being mended.
 */
import type { FilingState } from '../../domain/filing.ts';
import type { HoldReason } from '../../domain/invoice.ts';
import { taipeiDateTime } from '../../domain/taipei.ts';
import type { Ubn } from '../../domain/ubn.ts';
import type { FilingFilter } from '../../ledger/filters.ts';
import type { StoreReads } from '../../ledger/ports.ts';
import type { FilingRow } from '../../ledger/rows.ts';
import type { OutboxStatus } from './outbox.ts';

export type FilingAlarmKind =
  | 'deadline-passed'
  | 'refused'
  | 'held'
  | 'deadline-near'
  | 'unconfirmed';

export interface FilingAlarm {
  readonly kind: FilingAlarmKind;
  /** How many filings; at least so many where `isCountCut`. */
  readonly count: number;
  readonly isCountCut: boolean;
  /** The first of them by seller and sequence. */
  readonly first: FilingRow;
}

export type OutboxAlarmKind =
  | 'result-unreadable'
  | 'file-lost'
  | 'answer-unknown'
  | 'envelope-unresolved'
  | 'step-failed';

/**
 * Messages are usually confirmed within minutes; an hour without an answer is worth a look (practice of
 * operators of the Ministry's platform).
 */
export const UNCONFIRMED_AFTER_MS = 3_600_000;
/** Time left before the legal deadline (VAT Act §32-1: two or seven days) in which a person can still act. */
export const DEADLINE_NEAR_MS = 24 * 3_600_000;
/** Rows read to find those that concern a person. */
const ROWS_READ_MAX = 1000;

const UNSETTLED: readonly FilingState[] = ['held', 'ready', 'handed', 'sent', 'refused'];
/** Holds that end by themselves. */
const PASSING: readonly HoldReason[] = ['earlier-filing', 'edit-window'];

/** Alarms about the filings of one seller, or of all, the gravest first. */
export async function filingAlarms(
  reads: StoreReads,
  nowMs: number,
  seller?: Ubn,
): Promise<readonly FilingAlarm[]> {
  const now = taipeiDateTime(nowMs);
  const soon = taipeiDateTime(nowMs + DEADLINE_NEAR_MS);
  const hourAgo = taipeiDateTime(nowMs - UNCONFIRMED_AFTER_MS);
  const find = (filter: FilingFilter, limit: number) =>
    reads.listFilings(seller === undefined ? filter : { seller, ...filter }, 0, limit);
  const [overdue, refused, due, held, travelling] = await Promise.all([
    find({ states: UNSETTLED, dueBefore: now }, 1),
    find({ states: ['refused'] }, 1),
    find({ states: UNSETTLED, dueBefore: soon }, ROWS_READ_MAX),
    find({ states: ['held'] }, ROWS_READ_MAX),
    find({ states: ['handed', 'sent'] }, ROWS_READ_MAX),
  ]);
  const isCut = ({ total }: { readonly total: number }) => total > ROWS_READ_MAX;
  return [
    ...alarm('deadline-passed', overdue.items, overdue.total, false),
    ...alarm('refused', refused.items, refused.total, false),
    ...chosen('held', held.items, isCut(held), ({ holds }) =>
      holds.some((hold) => !PASSING.includes(hold)),
    ),
    ...chosen('deadline-near', due.items, isCut(due), ({ dueAt }) => dueAt > now),
    ...chosen('unconfirmed', travelling.items, isCut(travelling), ({ handedAt }) =>
      isBefore(handedAt, hourAgo),
    ),
  ];
}

function isBefore(time: string | null, limit: string): boolean {
  return time !== null && time < limit;
}

function chosen(
  kind: FilingAlarmKind,
  rows: readonly FilingRow[],
  isCountCut: boolean,
  concerns: (filing: FilingRow) => boolean,
): readonly FilingAlarm[] {
  const found = rows.filter(concerns);
  return alarm(kind, found, found.length, isCountCut);
}

function alarm(
  kind: FilingAlarmKind,
  [first]: readonly FilingRow[],
  count: number,
  isCountCut: boolean,
): readonly FilingAlarm[] {
  return first === undefined ? [] : [{ kind, count, isCountCut, first }];
}

/** Alarms about the outbox's own work since the start of the process. */
export function outboxAlarms(
  status: OutboxStatus,
): readonly { readonly kind: OutboxAlarmKind; readonly count: number }[] {
  const counts: readonly (readonly [OutboxAlarmKind, number])[] = [
    ['result-unreadable', status.filesGivenUp],
    ['file-lost', status.filesLost],
    ['answer-unknown', status.unknownAnswers],
    ['envelope-unresolved', status.unresolvedEnvelopes],
    ['step-failed', status.failedSteps],
  ];
  return counts.filter(([, count]) => count > 0).map(([kind, count]) => ({ kind, count }));
}
