/**
 * Which numbers of a period are blank 空白未使用字軌: every number of its books and segments, and every declared
 * one, that no invoice bears. Numbers that a machine or a client's own program takes may have been issued
 * long before their invoices arrive here: those are told apart from what is blank for certain.
 */
import type { InvoiceType } from '../domain/invoice.ts';
import type { Track } from '../domain/invoice-number.ts';
import type { NumberRange } from '../domain/number-book.ts';
import { joinRanges, withoutRanges } from '../domain/number-ranges.ts';
import type { Batch } from './batch.ts';
import { issuedRanges } from './issued-ranges.ts';
import type { ClosePeriodCommand } from './ledger.ts';
import { reportedBlanks } from './number-report.ts';
import type { BlankRow, BookRow, NumberReportRow, SegmentRow } from './rows.ts';

export interface BlankTrack {
  /** See `BookRow`. */
  readonly head: BookRow['head'];
  readonly track: Track;
  readonly invoiceType: InvoiceType;
  readonly ranges: readonly NumberRange[];
}

/** What a period of a seller holds. */
interface Place {
  readonly books: readonly BookRow[];
  readonly segments: readonly SegmentRow[];
  readonly blanks: readonly BlankRow[];
}

/** Blank numbers by track and type; with scope `settled` only those that nobody can bring any more. */
export async function findBlankRanges(
  batch: Batch,
  command: Pick<ClosePeriodCommand, 'seller' | 'period' | 'scope'>,
  reports: readonly NumberReportRow[],
): Promise<readonly BlankTrack[]> {
  const { seller, period } = command;
  const { transaction } = batch;
  const all: Place = {
    books: await transaction.findBooks(seller, period),
    segments: await transaction.findSegments(seller, period),
    blanks: await transaction.findBlanks(seller, period),
  };
  const places = Map.groupBy<string, BookRow | SegmentRow | BlankRow>(
    [...all.books, ...all.segments, ...all.blanks],
    ({ track, invoiceType }) => `${track}/${invoiceType}`,
  );
  const found: BlankTrack[] = [];
  for (const [, rows] of [...places].toSorted(([left], [right]) => (left < right ? -1 : 1))) {
    const [some] = rows;
    if (some === undefined) continue;
    const { track, invoiceType } = some;
    const place = placeOf(all, track, invoiceType);
    const waiting = command.scope === 'settled' ? mayStillCome(place, track, reports) : [];
    const whole = withoutRanges(joinRanges(rows), waiting);
    // Kaili's own numbers run without a gap: all before the next one are issued. Of any other number,
    // whoever allots it, only the invoices themselves tell.
    const given = joinRanges(
      place.segments
        .filter(({ allotter }) => allotter === 'center')
        .flatMap(({ first, next }) => (next > first ? [{ first, last: next - 1 }] : [])),
    );
    const open = withoutRanges(whole, given);
    const issued = await issuedRanges(batch, { seller, period, track }, open);
    const ranges = withoutRanges(whole, joinRanges([...given, ...issued]));
    const [book] = place.books;
    if (ranges.length > 0) found.push({ head: book?.head ?? '', track, invoiceType, ranges });
  }
  return found;
}

function placeOf(all: Place, track: Track, invoiceType: InvoiceType): Place {
  const isOwn = (row: { track: Track; invoiceType: InvoiceType }): boolean =>
    row.track === track && row.invoiceType === invoiceType;
  return {
    books: all.books.filter(isOwn),
    segments: all.segments.filter(isOwn),
    blanks: all.blanks.filter(isOwn),
  };
}

/**
 * Numbers that a client may still bring (`given-number.ts`): of merchant-allotted segments that are not
 * stopped, and of books where no segment lies. Not those that were declared blank, or reported already.
 */
function mayStillCome(
  { books, segments, blanks }: Place,
  track: Track,
  reports: readonly NumberReportRow[],
): readonly NumberRange[] {
  const merchants = segments.filter(
    ({ allotter, status }) => allotter === 'merchant' && status !== 'stopped',
  );
  const unsegmented = withoutRanges(joinRanges(books), joinRanges(segments));
  const reported = reportedBlanks(reports).filter((range) => range.track === track);
  return withoutRanges(
    joinRanges([...merchants, ...unsegmented]),
    joinRanges([...blanks, ...reported]),
  );
}
