/**
 * allotToBranch: a head office 總公司 gives free whole booklets of a book to a branch 分支機構. The numbers leave the
 * segments for good, and an E0401 for the book is owed. Each allotment is a message of its own that adds to
 * those before; what is reported cannot be taken back here. Giving the same again changes nothing.
 */
import { filingDueAt } from '../domain/deadlines.ts';
import { done, type Fault, fault, type Outcome, refused } from '../domain/fault.ts';
import { invoiceNumberAt } from '../domain/invoice-number.ts';
import { checkBook, isWithin, type NumberRange, rangesOverlap } from '../domain/number-book.ts';
import { periodOf } from '../domain/period.ts';
import type { Batch } from './batch.ts';
import type { AllotToBranchCommand, BranchAllotted } from './branch-ports.ts';
import { contentHash } from './journal.ts';
import {
  branchAllotments,
  branchNumbersText,
  branchRanges,
  type NumberReportContent,
  reportSubject,
} from './number-report.ts';
import type { BookRow, NumberReportRow, SegmentRow } from './rows.ts';
import { Segments } from './segments.ts';
import { cut } from './split-segment.ts';
import type { Verb } from './verb.ts';

export const allotToBranch: Verb<AllotToBranchCommand, BranchAllotted> = {
  name: 'allotToBranch',
  apply,
};

/** Ranges of one command; an E0401 would take 25,000 (MIG 4.1 E0401). */
export const BRANCH_RANGES_MAX = 1_000;

async function apply(
  batch: Batch,
  commands: readonly AllotToBranchCommand[],
): Promise<readonly Outcome<BranchAllotted>[]> {
  const outcomes: Outcome<BranchAllotted>[] = [];
  // One by one: a later command of the batch sees what an earlier one gave away. Splits are few.
  for (const command of commands) outcomes.push(await allotOne(batch, command));
  return outcomes;
}

async function allotOne(
  batch: Batch,
  command: AllotToBranchCommand,
): Promise<Outcome<BranchAllotted>> {
  const { seller, period, track, branch } = command;
  const reports = await batch.transaction.findNumberReports(seller, period);
  const books = await batch.transaction.findBooks(seller, period);
  const book = books.find(
    (row) =>
      row.track === track &&
      row.head === '' &&
      command.ranges.every(({ first, last }) => isWithin(row, first) && isWithin(row, last)),
  );
  const problem = rangeProblem(batch, command);
  if (problem !== null) return refused(problem);
  if (book === undefined) {
    const hint = `no one book of ${track} in ${period}, allotted to the seller itself, holds all ranges`;
    return refused(fault('BOOK_RANGE_INVALID', 'ranges', hint));
  }
  const ranges = command.ranges.toSorted((left, right) => left.first - right.first);
  const allotments = branchAllotments(reports);
  const isKnown = allotments.some(
    (one) =>
      one.branch === branch &&
      one.track === track &&
      JSON.stringify(one.ranges) === JSON.stringify(ranges.map(bare)),
  );
  if (isKnown) return done({ book, isNew: false });
  const taken = await takenProblem(batch, command, book, allotments);
  if (taken !== null) return refused(taken);
  const segments = new Segments(batch);
  for (const row of await segments.ofTrack(command)) giveAway(segments, row, ranges);
  await segments.save();
  await report(batch, command, book, ranges.map(bare), reports);
  return done({ book, isNew: true });
}

function bare({ first, last }: NumberRange): NumberRange {
  return { first, last };
}

/** What is wrong with the command by itself. */
function rangeProblem(batch: Batch, command: AllotToBranchCommand): Fault | null {
  const { seller, branch, period, ranges } = command;
  if (branch === seller) {
    return fault('BRANCH_UNKNOWN', 'branch', 'a head office keeps its own numbers as they are');
  }
  if (period < periodOf(batch.today)) {
    return fault('BOOK_RANGE_INVALID', 'period', `${period} is over; its numbers serve nobody`);
  }
  if (ranges.length === 0 || ranges.length > BRANCH_RANGES_MAX) {
    return fault('BOOK_RANGE_INVALID', 'ranges', `give 1 to ${BRANCH_RANGES_MAX} ranges`);
  }
  for (const [index, range] of ranges.entries()) {
    const [problem] = checkBook(range, ranges.slice(0, index));
    if (problem !== undefined) return { ...problem, path: `ranges[${index}]` };
  }
  return null;
}

/** Whether somebody has the numbers already: another branch, an invoice, a client's declaration. */
async function takenProblem(
  batch: Batch,
  { seller, period, track, branch, ranges }: AllotToBranchCommand,
  { invoiceType }: BookRow,
  allotments: readonly NumberReportContent[],
): Promise<Fault | null> {
  const { transaction } = batch;
  const given = branchRanges(allotments, { track, invoiceType });
  const blanks = (await transaction.findBlanks(seller, period)).filter(
    (blank) => blank.track === track,
  );
  for (const [index, range] of ranges.entries()) {
    const path = `ranges[${index}]`;
    if (given.some((other) => rangesOverlap(other, range))) {
      return fault('BOOK_OVERLAP', path, 'numbers of it are a branch’s already');
    }
    const [from, to] = [invoiceNumberAt(track, range.first), invoiceNumberAt(track, range.last)];
    const issued = await transaction.findInvoicesInRange(seller, period, from, to);
    if (issued.length > 0 || blanks.some((blank) => rangesOverlap(blank, range))) {
      const hint = 'numbers of it were issued or declared blank; only free ones can be given away';
      return fault('SEGMENT_PART_USED', path, hint);
    }
  }
  const numbers = branchNumbersText(track, invoiceType, branch);
  const filings = await transaction.findNumberFilings(seller, period);
  const isOpen = filings.some(
    (row) => row.message === 'E0401' && row.numbers === numbers && row.state !== 'confirmed',
  );
  // The platform's answers name branch, track and type: two on their way could not be told apart.
  if (!isOpen) return null;
  const hint = 'the E0401 before it is not confirmed yet; try again once it is';
  return fault('BRANCH_REPORT_UNDERWAY', 'branch', hint);
}

/** Cuts what the ranges take of a segment out of it; that part gives numbers never again. */
function giveAway(segments: Segments, segment: SegmentRow, ranges: readonly NumberRange[]): void {
  let rest: SegmentRow | null = segment;
  for (const range of ranges) {
    if (rest === null || !rangesOverlap(rest, range)) continue;
    const first = Math.max(rest.first, range.first);
    const last = Math.min(rest.last, range.last);
    const { code, category } = rest;
    const wanted = { first, last, code, category, allotter: 'center', status: 'stopped' } as const;
    const { before, part, after } = cut(rest, wanted);
    for (const row of [before, part, after]) if (row !== null) segments.put(row);
    rest = after;
  }
}

async function report(
  batch: Batch,
  command: AllotToBranchCommand,
  book: BookRow,
  ranges: readonly NumberRange[],
  reports: readonly NumberReportRow[],
): Promise<void> {
  const { seller, period, track, branch, account } = command;
  const { invoiceType } = book;
  const numbers = branchNumbersText(track, invoiceType, branch);
  const content: NumberReportContent = {
    ...{ head: seller, branch, period, track, invoiceType, allotted: bare(book), ranges },
  };
  const text = JSON.stringify(content);
  const before = reports.filter((row) => row.message === 'E0401' && row.numbers === numbers);
  const version = before.length + 1;
  const hash = contentHash(text);
  const row = { seller, period, message: 'E0401', numbers, version, content: text, hash } as const;
  await batch.transaction.insertNumberReports([{ ...row, reportedAt: batch.now }]);
  batch.append(seller, allotToBranch.name, account, reportSubject(row), hash);
  const filing = batch.file({
    ...{ seller, message: 'E0401', period, invoiceNumber: '', version, allowanceNumber: '' },
    ...{ numbers, eventAt: batch.now, reason: '', keyDate: batch.today, holds: [] },
    // No rule names a day: as soon as the branch's first invoice could be due.
    dueAt: filingDueAt(batch.today, false),
  });
  await batch.transaction.insertFilings([filing]);
}
