/** How many numbers are left where: segments that serve the same requests, taken together. */
import type { SegmentRow } from '../ledger/rows.ts';
import { numbersLeft } from './show.ts';

export interface NumberSupply {
  readonly invoiceType: SegmentRow['invoiceType'];
  readonly category: SegmentRow['category'];
  readonly code: string;
  readonly total: number;
  readonly left: number;
  /** Numbers given so far. */
  readonly used: number;
}

/** Numbers of the segments from which Kaili itself may still take, by what they serve. */
export function numberSupplies(segments: readonly SegmentRow[]): readonly NumberSupply[] {
  const supplies = new Map<string, NumberSupply>();
  for (const segment of segments) {
    const left = numbersLeft(segment);
    // Stopped before its first number, as a branch's part is: nobody counts on it.
    const isGivenAway = segment.status === 'stopped' && segment.next === segment.first;
    // What nobody enabled yet serves nothing, so nothing can run out of it.
    const isUnused = isGivenAway || segment.status === 'idle';
    if (left === null || isUnused) continue;
    const { invoiceType, category, code } = segment;
    const key = `${invoiceType} ${category} ${code}`;
    const known = supplies.get(key) ?? { invoiceType, category, code, total: 0, left: 0, used: 0 };
    const isOpen = segment.status === 'active' || segment.status === 'exhausted';
    supplies.set(key, {
      ...known,
      total: known.total + segment.last - segment.first + 1,
      left: known.left + (isOpen ? left : 0),
      used: known.used + segment.next - segment.first,
    });
  }
  return [...supplies.values()];
}
