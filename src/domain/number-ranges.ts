/**
 * Sets of invoice numbers as ranges in order: joined, and with numbers taken out. From these the blank
 * numbers of a period are gathered.
 */
import type { NumberRange } from './number-book.ts';

/** The same numbers as ranges in order that neither meet nor touch. */
export function joinRanges(ranges: readonly NumberRange[]): readonly NumberRange[] {
  const joined: { first: number; last: number }[] = [];
  for (const { first, last } of ranges.toSorted((left, right) => left.first - right.first)) {
    const before = joined.at(-1);
    if (before !== undefined && first <= before.last + 1) before.last = Math.max(before.last, last);
    else joined.push({ first, last });
  }
  return joined;
}

/** The numbers of `whole` that no range of `taken` holds; both as `joinRanges` leaves them. */
export function withoutRanges(
  whole: readonly NumberRange[],
  taken: readonly NumberRange[],
): readonly NumberRange[] {
  const left: NumberRange[] = [];
  let at = 0;
  for (const range of whole) {
    let first = range.first;
    // Ranges of `taken` that end before this one are behind all later ones too.
    while ((taken[at]?.last ?? Number.POSITIVE_INFINITY) < range.first) at += 1;
    for (let next = at; ; next += 1) {
      const hole = taken[next];
      if (hole === undefined || hole.first > range.last) break;
      if (hole.first > first) left.push({ first, last: hole.first - 1 });
      first = Math.max(first, hole.last + 1);
    }
    if (first <= range.last) left.push({ first, last: range.last });
  }
  return left;
}
