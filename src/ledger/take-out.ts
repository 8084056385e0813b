/**
 * Numbers that are blank leave the segments from which Kaili itself gives numbers, or they would be issued
 * after all. What is taken out is stopped for good; a client's own numbers are judged when it brings them.
 */
import type { Track } from '../domain/invoice-number.ts';
import { type NumberRange, rangesOverlap } from '../domain/number-book.ts';
import type { Period } from '../domain/period.ts';
import type { Ubn } from '../domain/ubn.ts';
import type { SegmentRow } from './rows.ts';
import type { Segments } from './segments.ts';
import { cut } from './split-segment.ts';

interface BlankNumbers extends NumberRange {
  readonly seller: Ubn;
  readonly period: Period;
  readonly track: Track;
}

/** Takes numbers that nobody issued out of the seller's segments of their track. */
export async function takeOut(segments: Segments, blank: BlankNumbers): Promise<void> {
  for (const whole of await segments.ofTrack(blank)) {
    if (isTouched(whole, blank)) for (const row of cutOut(whole, blank)) segments.put(row);
  }
}

/** The segment in parts, that of the range stopped; the segment as it is where the range leaves it alone. */
export function cutOut(whole: SegmentRow, range: NumberRange): readonly SegmentRow[] {
  if (!isTouched(whole, range)) return [whole];
  const first = Math.max(range.first, whole.first);
  const last = Math.min(range.last, whole.last);
  const { before, part, after } = cut(whole, { ...whole, first, last, status: 'stopped' });
  return [before, part, after].filter((row) => row !== null);
}

function isTouched(whole: SegmentRow, range: NumberRange): boolean {
  return whole.allotter === 'center' && whole.status !== 'stopped' && rangesOverlap(whole, range);
}
