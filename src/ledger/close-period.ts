/**
 * closePeriod: gathers the numbers of a past period that were never issued 空白未使用字軌 and owes an E0402 for
 * each track and type. Closing again is free: what did not change is not reported again; what did
 * replaces the report that is not handed over yet, or follows the one that is settled, since the
 * Ministry counts the last upload of a range.
 */
import { blankDueAt } from '../domain/deadlines.ts';
import { done, fault, type Outcome, refused } from '../domain/fault.ts';
import { joinRanges, withoutRanges } from '../domain/number-ranges.ts';
import { periodOf } from '../domain/period.ts';
import type { Batch } from './batch.ts';
import { findBlankRanges } from './blank-ranges.ts';
import { contentHash } from './journal.ts';
import type { ClosePeriodCommand } from './ledger.ts';
import {
  branchAllotments,
  branchRanges,
  type ClosedTrack,
  latestReports,
  type NumberReportContent,
  numbersText,
  reportSubject,
} from './number-report.ts';
import type { FilingRow, NumberReportRow } from './rows.ts';
import type { Verb } from './verb.ts';

export const closePeriod: Verb<ClosePeriodCommand, readonly ClosedTrack[]> = {
  name: 'closePeriod',
  apply,
};

async function apply(
  batch: Batch,
  commands: readonly ClosePeriodCommand[],
): Promise<readonly Outcome<readonly ClosedTrack[]>[]> {
  const outcomes: Outcome<readonly ClosedTrack[]>[] = [];
  for (const command of commands) {
    if (command.period >= periodOf(batch.today)) {
      const hint = `numbers of ${command.period} can still be issued; close it once it is over`;
      outcomes.push(refused(fault('PERIOD_OPEN', 'period', hint)));
      continue;
    }
    outcomes.push(done(await closeOne(batch, command)));
  }
  return outcomes;
}

async function closeOne(
  batch: Batch,
  command: ClosePeriodCommand,
): Promise<readonly ClosedTrack[]> {
  const { seller, period } = command;
  const { transaction } = batch;
  const rows = await transaction.findNumberReports(seller, period);
  const reports = latestReports(rows);
  const allotments = branchAllotments(rows);
  const filings = await transaction.findNumberFilings(seller, period);
  const closed: ClosedTrack[] = [];
  for (const found of await findBlankRanges(batch, command, reports)) {
    const { head, track, invoiceType } = found;
    // A branch reports its own part.
    const ranges = withoutRanges(found.ranges, joinRanges(branchRanges(allotments, found)));
    if (ranges.length === 0) continue;
    const numbers = numbersText(track, invoiceType);
    const isSame = (row: { message: string; numbers: string }): boolean =>
      row.message === 'E0402' && row.numbers === numbers;
    const content: NumberReportContent = {
      ...{ head: head || seller, branch: seller, period, track, invoiceType, allotted: null },
      ranges,
    };
    const before = { report: reports.find(isSame), filings: filings.filter(isSame) };
    const state = await report(batch, command, numbers, content, before);
    closed.push({ track, invoiceType, ranges, state });
  }
  return closed;
}

export interface Before {
  readonly report: NumberReportRow | undefined;
  readonly filings: readonly FilingRow[];
}

/** Keeps the next version of a report and owes its E0402, where it differs from the last one. */
export async function report(
  batch: Batch,
  command: ClosePeriodCommand,
  numbers: string,
  content: NumberReportContent,
  before: Before,
): Promise<ClosedTrack['state']> {
  const text = JSON.stringify(content);
  const last = before.filings.at(-1);
  const isResent = command.isResent && last?.state !== 'ready' && last?.state !== 'held';
  if (before.report?.content === text && !isResent) return 'unchanged';
  if (last?.state === 'handed' || last?.state === 'sent') return 'underway';
  const { seller, period } = command;
  const version = (before.report?.version ?? 0) + 1;
  const hash = contentHash(text);
  const row = { seller, period, message: 'E0402', numbers, version, content: text, hash } as const;
  await batch.transaction.insertNumberReports([{ ...row, reportedAt: batch.now }]);
  batch.append(seller, closePeriod.name, command.account, reportSubject(row), hash);
  if (last !== undefined && last.state !== 'confirmed') {
    // Not handed over, or refused: the same filing goes on with what is right now.
    const next: FilingRow = {
      ...last,
      ...{ version, state: 'ready', holds: [], resultCode: '', resultText: '' },
    };
    await batch.transaction.saveFilings([next]);
    return 'replaced';
  }
  const filing = batch.file({
    ...{
      seller,
      message: 'E0402',
      period,
      invoiceNumber: '',
      version,
      allowanceNumber: '',
      numbers,
    },
    ...{
      eventAt: batch.now,
      reason: '',
      keyDate: batch.today,
      dueAt: blankDueAt(period),
      holds: [],
    },
  });
  await batch.transaction.insertFilings([filing]);
  return 'reported';
}
