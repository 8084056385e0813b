/**
 * What happens to a report of blank numbers (E0402) when a client brings an invoice of one of them after all: a
 * machine that was offline, a program that uploads late. The invoice is a fact and is kept; its number
 * leaves the report, whose next version is owed. The Ministry counts the last upload of a range.
 */
import type { Track } from '../domain/invoice-number.ts';
import type { NumberRange } from '../domain/number-book.ts';
import { joinRanges, withoutRanges } from '../domain/number-ranges.ts';
import type { Period } from '../domain/period.ts';
import type { Ubn } from '../domain/ubn.ts';
import type { Batch } from './batch.ts';
import { report } from './close-period.ts';
import { latestReports, parseReport } from './number-report.ts';
import type { AccountId, FilingRow } from './rows.ts';

/** A number that was reported blank and is an invoice's now. */
export interface LateNumber {
  readonly seller: Ubn;
  /** Whose client brought it. */
  readonly account: AccountId;
  readonly period: Period;
  readonly track: Track;
  readonly position: number;
}

/** Whether the Ministry may know this report, so that what contradicts it waits for the correction. */
export function isTold(filing: FilingRow): boolean {
  return ['handed', 'sent', 'confirmed'].includes(filing.state);
}

/**
 * Owes the next version of each report that names one of the numbers. A report that is on its way stays: the
 * close of the next day corrects it. One that would be left empty stays too, for a message needs a
 * range: a person settles that with the platform.
 */
export async function correctReports(batch: Batch, late: readonly LateNumber[]): Promise<void> {
  const places = Map.groupBy(late, ({ seller, period }) => `${seller}/${period}`);
  for (const numbers of places.values()) {
    const [some] = numbers;
    if (some === undefined) continue;
    const { seller, period, account } = some;
    const reports = latestReports(await batch.transaction.findNumberReports(seller, period));
    const filings = await batch.transaction.findNumberFilings(seller, period);
    for (const before of reports.filter(({ message }) => message === 'E0402')) {
      const content = parseReport(before);
      const ranges = withoutRanges(content.ranges, issuedOf(numbers, content.track));
      if (ranges.length === 0) continue;
      const own = filings.filter(
        (filing) => filing.message === 'E0402' && filing.numbers === before.numbers,
      );
      const command = { seller, period, account, ip: '', isResent: false };
      const next = { ...content, ranges };
      await report(batch, command, before.numbers, next, { report: before, filings: own });
    }
  }
}

function issuedOf(numbers: readonly LateNumber[], track: Track): readonly NumberRange[] {
  return joinRanges(
    numbers
      .filter((number) => number.track === track)
      .map(({ position }) => ({ first: position, last: position })),
  );
}
