/**
 * Which numbers of some ranges invoices bear, whoever gave them: what a book brings in and what a close
 * reports are measured against this, never against a cursor alone.
 */
import { invoiceNumberAt, type Track } from '../domain/invoice-number.ts';
import type { NumberRange } from '../domain/number-book.ts';
import { joinRanges } from '../domain/number-ranges.ts';
import type { Period } from '../domain/period.ts';
import type { Ubn } from '../domain/ubn.ts';
import type { Batch } from './batch.ts';

/** Positions whose invoices are read at once, so that a large book needs little memory. */
const POSITIONS_AT_ONCE_MAX = 10_000;

export interface TrackOfSeller {
  readonly seller: Ubn;
  readonly period: Period;
  readonly track: Track;
}

/** Numbers of these ranges that invoices of the period bear, as `joinRanges` leaves them. */
export async function issuedRanges(
  batch: Batch,
  { seller, period, track }: TrackOfSeller,
  ranges: readonly NumberRange[],
): Promise<readonly NumberRange[]> {
  const issued: NumberRange[] = [];
  for (const range of ranges) {
    for (let first = range.first; first <= range.last; first += POSITIONS_AT_ONCE_MAX) {
      const last = Math.min(range.last, first + POSITIONS_AT_ONCE_MAX - 1);
      const [from, to] = [invoiceNumberAt(track, first), invoiceNumberAt(track, last)];
      const rows = await batch.transaction.findInvoicesInRange(seller, period, from, to);
      for (const { number } of rows) {
        const position = Number(number.slice(2));
        issued.push({ first: position, last: position });
      }
    }
  }
  return joinRanges(issued);
}
