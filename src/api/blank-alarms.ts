/**
 * What the numbers of the last period ask for once it is over: blank ones that no confirmed report names
 * (E0402, due by the 10th), and invoices that came after their numbers had been reported blank.
 */
import type { z } from 'zod';
import { addDays } from '../domain/calendar.ts';
import { blankDueAt, givenNumbersSettledOn } from '../domain/deadlines.ts';
import { invoiceNumberAt } from '../domain/invoice-number.ts';
import { isWithin } from '../domain/number-book.ts';
import { joinRanges, withoutRanges } from '../domain/number-ranges.ts';
import { type Period, periodOf, previousPeriod } from '../domain/period.ts';
import { taipeiDateOf, taipeiDateTime } from '../domain/taipei.ts';
import type { Ubn } from '../domain/ubn.ts';
import { branchAllotments, branchRanges, reportedBlanks } from '../ledger/number-report.ts';
import type { Clock, StoreReads } from '../ledger/ports.ts';
import type { FilingRow, NumberReportRow, SegmentRow } from '../ledger/rows.ts';
import { showTime } from './show.ts';
import type { alarmView } from './views.ts';

type Alarm = z.input<typeof alarmView>;

/** Days before the legal one on which unreported blank numbers are worth a look. */
const BLANKS_DAYS_BEFORE = 3;
/** Days that the report of numbers of machines and clients may take once they are settled. */
const GIVEN_DAYS_AFTER = 1;
/** Open E0402 read at once: one for each track. */
const FILINGS_READ_MAX = 200;
/** Numbers of a machine or a client looked up at once, the last ones first. */
const NUMBERS_READ_MAX = 500;

export async function blankAlarms(
  reads: StoreReads,
  clock: Clock,
  seller: Ubn,
): Promise<readonly Alarm[]> {
  return [
    ...(await unreportedAlarms(reads, clock, seller)),
    ...(await issuedLateAlarms(reads, seller)),
  ];
}

/** A seller that has no blank number owes nothing. */
async function unreportedAlarms(
  reads: StoreReads,
  clock: Clock,
  seller: Ubn,
): Promise<readonly Alarm[]> {
  const now = taipeiDateTime(clock.now());
  const today = taipeiDateOf(now);
  const period = previousPeriod(periodOf(today));
  const dueAt = blankDueAt(period);
  if (today < addDays(taipeiDateOf(dueAt), -BLANKS_DAYS_BEFORE)) return [];
  const segments = await reads.listSegments(seller, period);
  const reports = await reads.listNumberReports(seller, period);
  const { items } = await reads.listFilings(
    { seller, message: 'E0402', states: ['held', 'ready', 'handed', 'sent', 'refused'] },
    0,
    FILINGS_READ_MAX,
  );
  const isGivenLate = today >= addDays(givenNumbersSettledOn(period), GIVEN_DAYS_AFTER);
  const open = new Set([
    ...openTracks(period, segments, reports, items),
    ...(isGivenLate ? await openGivenTracks(reads, segments, reports) : []),
  ]);
  if (open.size === 0) return [];
  return [
    {
      code: 'BLANKS_UNREPORTED',
      severity: now > dueAt ? 'critical' : 'warning',
      count: open.size,
      subject: `period/${period}: ${[...open].join(', ')}`,
      since: showTime(dueAt),
      message: '空白未使用字軌尚未申報完成',
      hint: 'they are due by the 10th: close the period (kaili period close) and see what holds its E0402',
    },
  ];
}

/** Tracks with free numbers of Kaili's that no report names, and those whose report is not confirmed. */
function openTracks(
  period: Period,
  segments: readonly SegmentRow[],
  reports: readonly NumberReportRow[],
  filings: readonly FilingRow[],
): readonly string[] {
  const reported = new Set(
    reports.filter(({ message }) => message === 'E0402').map(({ numbers }) => numbers),
  );
  const allotments = branchAllotments(reports);
  const isBranches = (segment: SegmentRow): boolean =>
    branchRanges(allotments, segment).some(
      (range) => isWithin(range, segment.first) && isWithin(range, segment.last),
    );
  const free = segments
    .filter(({ allotter, next, last }) => allotter === 'center' && next <= last)
    .filter((segment) => !isBranches(segment))
    .map(({ track, invoiceType }) => `${track}/${invoiceType}`)
    .filter((numbers) => !reported.has(numbers));
  const unconfirmed = filings.filter((filing) => filing.period === period);
  return [...free, ...unconfirmed.map(({ numbers }) => numbers)];
}

/** Tracks of machines and clients with a number that neither an invoice nor a report bears. */
async function openGivenTracks(
  reads: StoreReads,
  segments: readonly SegmentRow[],
  reports: readonly NumberReportRow[],
): Promise<readonly string[]> {
  const reported = reportedBlanks(reports);
  const allotments = branchAllotments(reports);
  const open: string[] = [];
  for (const segment of segments) {
    if (segment.allotter !== 'merchant') continue;
    const settled = [
      ...reported.filter(({ track }) => track === segment.track),
      ...branchRanges(allotments, segment),
    ];
    for (const { first, last } of withoutRanges([segment], joinRanges(settled))) {
      if (!(await hasBlank(reads, segment, first, last))) continue;
      open.push(`${segment.track}/${segment.invoiceType}`);
      break;
    }
  }
  return open;
}

/** Read from the end, where the unused ones are. */
async function hasBlank(
  reads: StoreReads,
  { seller, period, track }: SegmentRow,
  first: number,
  last: number,
): Promise<boolean> {
  for (let end = last; end >= first; end -= NUMBERS_READ_MAX) {
    const begin = Math.max(first, end - NUMBERS_READ_MAX + 1);
    const keys = Array.from({ length: end - begin + 1 }, (_, index) => {
      return { seller, period, number: invoiceNumberAt(track, begin + index) };
    });
    if ((await reads.findInvoiceRows(keys)).length < keys.length) return true;
  }
  return false;
}

/** Their filings wait for the corrected report; after the 10th the platform may not take one. */
async function issuedLateAlarms(reads: StoreReads, seller: Ubn): Promise<readonly Alarm[]> {
  const filter = { seller, states: ['held'], heldFor: 'blank-reported' } as const;
  const { total, items } = await reads.listFilings(filter, 0, 1);
  const [first] = items;
  if (first === undefined) return [];
  return [
    {
      code: 'BLANK_ISSUED_LATE',
      severity: 'critical',
      count: total,
      subject: `filing/${first.sequence} ${first.message} ${first.invoiceNumber}`,
      since: showTime(first.createdAt),
      message: '已申報空白之號碼補上傳發票',
      hint: 'a corrected E0402 is owed and the invoice goes out once it is confirmed; is it refused, or was this the only number of its report, mend the report on the platform and then kaili filing release',
    },
  ];
}
