/**
 * Ranges of invoice numbers 配號: what a book that the Ministry allots looks like, how it is cut into
 * segments, and that no two of them meet. Positions are the eight digits of a number, 0–99,999,999.
 * Which number comes next is the ledger's.
 */
import { type Fault, fault } from './fault.ts';

/** A booklet 本 has fifty numbers; allotments are whole booklets. */
export const BOOKLET_NUMBERS = 50;
export const POSITION_MAX = 99_999_999;

/**
 * What a segment 切本 does: `idle` is known but not enabled yet, `active` gives numbers, `paused` gives none
 * for now, `stopped` none ever again, `exhausted` has given its last.
 */
export const SEGMENT_STATUSES = ['idle', 'active', 'paused', 'stopped', 'exhausted'] as const;
export type SegmentStatus = (typeof SEGMENT_STATUSES)[number];

const NEXT: Readonly<Record<SegmentStatus, readonly SegmentStatus[]>> = {
  idle: ['active', 'stopped'],
  active: ['paused', 'stopped'],
  paused: ['active', 'stopped'],
  stopped: [],
  exhausted: [],
};

/** Whether a person may move a segment from one status to another (ECPay B2C API, UpdateInvoiceWordStatus). */
export function canMoveSegment(from: SegmentStatus, to: SegmentStatus): boolean {
  return NEXT[from].includes(to);
}

/** Both ends belong to the range. */
export interface NumberRange {
  readonly first: number;
  readonly last: number;
}

/** How many numbers a range has. */
export function countOf(range: NumberRange): number {
  return range.last - range.first + 1;
}

/** How many booklets a book has. */
export function bookletsOf(book: NumberRange): number {
  return countOf(book) / BOOKLET_NUMBERS;
}

export function rangesOverlap(left: NumberRange, right: NumberRange): boolean {
  return left.first <= right.last && right.first <= left.last;
}

export function isWithin(range: NumberRange, position: number): boolean {
  return position >= range.first && position <= range.last;
}

/**
 * Faults of a book to be imported. It starts at …00 or …50 and ends at …49 or …99 (whole booklets),
 * and shares no number with `existing`, the seller's books of the same period and track. Sources: MIG
 * 4.1 E0401 and E0501; MOF self-check form, items 1–2.
 */
export function checkBook(book: NumberRange, existing: readonly NumberRange[]): readonly Fault[] {
  if (
    !isRange(book) ||
    book.first % BOOKLET_NUMBERS !== 0 ||
    countOf(book) % BOOKLET_NUMBERS !== 0
  ) {
    const hint = `a book starts at …00 or …50 and ends at …49 or …99, got ${rangeText(book)}`;
    return [fault('BOOK_RANGE_INVALID', 'first', hint)];
  }
  const taken = existing.find((other) => rangesOverlap(book, other));
  if (taken === undefined) return [];
  const hint = `numbers ${rangeText(taken)} of this track are in a book already`;
  return [fault('BOOK_OVERLAP', 'first', hint)];
}

/**
 * Faults of a book's segments: each lies within the book, no two share a number. A segment may be cut
 * anywhere: booklets bind what the Ministry allots, not how a seller deals it out (Kaili's rule; no
 * provider's document speaks of it).
 */
export function checkSegments(
  book: NumberRange,
  segments: readonly NumberRange[],
): readonly Fault[] {
  const faults: Fault[] = [];
  for (const [index, segment] of segments.entries()) {
    if (isRange(segment) && isWithin(book, segment.first) && isWithin(book, segment.last)) continue;
    const hint = `a segment lies within ${rangeText(book)}, got ${rangeText(segment)}`;
    faults.push(fault('BOOK_RANGE_INVALID', `segments[${index}]`, hint));
  }
  // Along the first numbers, each segment must start behind all before it: one may reach over several.
  const ordered = [...segments].sort((left, right) => left.first - right.first);
  let reaching = ordered[0];
  for (const segment of ordered.slice(1)) {
    if (reaching !== undefined && rangesOverlap(reaching, segment)) {
      const hint = `segments ${rangeText(reaching)} and ${rangeText(segment)} share numbers`;
      faults.push(fault('BOOK_OVERLAP', 'segments', hint));
    }
    if (reaching === undefined || segment.last > reaching.last) reaching = segment;
  }
  return faults;
}

function isRange({ first, last }: NumberRange): boolean {
  if (!Number.isInteger(first) || !Number.isInteger(last)) return false;
  return first >= 0 && first <= last && last <= POSITION_MAX;
}

function rangeText({ first, last }: NumberRange): string {
  return `${String(first).padStart(8, '0')}–${String(last).padStart(8, '0')}`;
}
