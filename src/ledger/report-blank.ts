/**
 * reportBlank: a client tells the next number it would use of a range; the rest of the range is blank
 * 空白發票. A later report of the same range replaces what the earlier one declared (SystemLead e首發票 API,
 * Update/SetBlankInvoiceID). A segment from which Kaili gives numbers ends before the next number.
 */
import { done, type Fault, fault, type Outcome, refused } from '../domain/fault.ts';
import { invoiceNumberAt } from '../domain/invoice-number.ts';
import { POSITION_MAX, rangesOverlap } from '../domain/number-book.ts';
import type { Batch } from './batch.ts';
import { contentHash } from './journal.ts';
import type { BlankReported, ReportBlankCommand } from './ledger.ts';
import type { BlankRow } from './rows.ts';
import { Segments } from './segments.ts';
import { takeOut } from './take-out.ts';
import type { Verb } from './verb.ts';

export const reportBlank: Verb<ReportBlankCommand, BlankReported> = { name: 'reportBlank', apply };

async function apply(
  batch: Batch,
  commands: readonly ReportBlankCommand[],
): Promise<readonly Outcome<BlankReported>[]> {
  const outcomes: Outcome<BlankReported>[] = [];
  const segments = new Segments(batch);
  for (const command of commands) outcomes.push(await applyOne(batch, segments, command));
  await segments.save();
  return outcomes;
}

async function applyOne(
  batch: Batch,
  segments: Segments,
  command: ReportBlankCommand,
): Promise<Outcome<BlankReported>> {
  const { transaction } = batch;
  const { seller, period, track, first, last, next } = command;
  const isRange = 0 <= first && first <= next && next <= last + 1 && last <= POSITION_MAX;
  if (![first, last, next].every(Number.isInteger) || !isRange) {
    const hint = 'the next number lies in the range, or is the one after its last';
    return refused(fault('BLANK_RANGE_INVALID', 'next', hint));
  }
  const report = `${track}${first}-${last}`;
  const blanks = (await transaction.findBlanks(seller, period)).filter(
    (blank) => blank.track === track,
  );
  const earlier = blanks.filter((blank) => blank.report === report);
  const lastIssued = await isIssued(batch, command, last, last);
  // The last number of the range was used: the client can only name it, or the one after it.
  const isUsedUp = next > last || (next === last && lastIssued);
  const problem = isUsedUp
    ? null
    : ((await issuedFault(batch, command)) ?? overlapFault(command, blanks, report));
  const isFreed = earlier.some((blank) => isUsedUp || blank.first < next);
  const final = problem ?? (isFreed ? await handedFault(batch, command) : null);
  if (final !== null) return refused(final);
  await transaction.deleteBlanks(earlier);
  const blank: BlankRow | null = isUsedUp ? null : rowOf(batch, command, report);
  if (blank !== null) {
    await transaction.insertBlanks([blank]);
    await takeOut(segments, blank);
  }
  const subject = `blank/${period}/${track}/${first}`;
  const hash = contentHash(JSON.stringify({ report, blank }));
  batch.append(seller, reportBlank.name, command.account, subject, hash);
  return done({ blank });
}

async function isIssued(
  batch: Batch,
  { seller, period, track }: ReportBlankCommand,
  from: number,
  to: number,
): Promise<boolean> {
  const [first, last] = [invoiceNumberAt(track, from), invoiceNumberAt(track, to)];
  return (await batch.transaction.findInvoicesInRange(seller, period, first, last)).length > 0;
}

async function issuedFault(batch: Batch, command: ReportBlankCommand): Promise<Fault | null> {
  if (!(await isIssued(batch, command, command.next, command.last))) return null;
  return fault('BLANK_NUMBER_ISSUED', 'next', 'a number from the next one on was issued');
}

/** A blank number is free again only while the Ministry was not told of it. */
async function handedFault(
  batch: Batch,
  { seller, period, track }: ReportBlankCommand,
): Promise<Fault | null> {
  const filings = await batch.transaction.findNumberFilings(seller, period);
  const isHanded = filings.some(
    ({ message, numbers, attempts }) =>
      message === 'E0402' && numbers.startsWith(`${track}/`) && attempts > 0,
  );
  if (!isHanded) return null;
  const hint = 'the blank numbers of this track were reported to the Ministry (E0402) already';
  return fault('BLANK_OVERLAP', 'next', hint);
}

function overlapFault(
  { next, last }: ReportBlankCommand,
  blanks: readonly BlankRow[],
  report: string,
): Fault | null {
  const others = blanks.filter((blank) => blank.report !== report);
  if (!others.some((blank) => rangesOverlap(blank, { first: next, last }))) return null;
  return fault('BLANK_OVERLAP', 'next', 'part of the rest was declared blank in another way');
}

function rowOf(batch: Batch, command: ReportBlankCommand, report: string): BlankRow {
  const { seller, period, track, next, last, invoiceType, account } = command;
  return {
    ...{ seller, period, track, first: next, last, invoiceType, account, report },
    declaredAt: batch.now,
  };
}
