/** What the simulated platform says about ranges of numbers. */
import type { PlatformMemory } from './platform-memory.ts';
import { at, type ReadMessage, type Tree, textAt } from './read-message.ts';
import type { PlatformBook, Standpoint } from './standpoint.ts';

/**
 * The code that refuses the message, or null: ranges overlap each other (E0609), cut across one reported before
 * (E0612; reporting it again, or more of it, is a correction), or were not allotted (E0613).
 */
export async function judgeNumbers(
  message: ReadMessage,
  memory: PlatformMemory,
  { books }: Standpoint,
): Promise<string | null> {
  let last = -1;
  const ranges = rangesOf(message);
  for (const [first, end] of ranges) {
    if (end < first || first <= last) return 'E0609';
    last = end;
  }
  if (books !== null && !ranges.every((range) => isAllotted(message, range, books))) return 'E0613';
  for (const text of await memory.ranges(message)) {
    const [first = 0, end = 0] = text.split('-').map(Number);
    const cuts = ranges.some(([from, to]) => {
      const isApart = to < first || end < from;
      const isWithin = (from <= first && end <= to) || (first <= from && to <= end);
      return !isApart && !isWithin;
    });
    if (cuts) return 'E0612';
  }
  return null;
}

export async function storeNumbers(message: ReadMessage, memory: PlatformMemory): Promise<void> {
  const ranges = rangesOf(message).map(([first, end]) => `${first}-${end}`);
  await memory.putRanges(message, ranges);
}

type Range = readonly [first: number, last: number];

function rangesOf({ kind, tree }: ReadMessage): readonly Range[] {
  const item = kind === 'E0401' ? 'BranchTrackItem' : 'BranchTrackBlankItem';
  return itemsOf(tree, item)
    .map((range): Range => {
      return [Number(textAt(range, 'InvoiceBeginNo')), Number(textAt(range, 'InvoiceEndNo'))];
    })
    .sort(([left], [right]) => left - right);
}

/** Whether every number of the range lies in books of this seller, track and period. */
function isAllotted(
  { seller, date: period, tree }: ReadMessage,
  [first, last]: Range,
  books: readonly PlatformBook[],
): boolean {
  const track = textAt(tree, 'Main/InvoiceTrack');
  const own = books
    .filter((book) => book.seller === seller && book.period === period && book.track === track)
    .sort((left, right) => left.first - right.first);
  let next = first;
  for (const book of own) if (book.first <= next && next <= book.last) next = book.last + 1;
  return next > last;
}

/** Whether every range is of eight digits each, and there is one at least. */
export function areRanges({ kind, tree }: ReadMessage): boolean {
  const items = itemsOf(tree, kind === 'E0401' ? 'BranchTrackItem' : 'BranchTrackBlankItem');
  const names = ['InvoiceBeginNo', 'InvoiceEndNo'];
  const isWhole = (range: Tree) => names.every((name) => /^\d{8}$/.test(textAt(range, name)));
  return items.length > 0 && items.every(isWhole);
}

/** The ranges that a number message tells of. */
export function rangeTreesOf({ kind, tree }: ReadMessage): readonly Tree[] {
  return itemsOf(tree, kind === 'E0401' ? 'BranchTrackItem' : 'BranchTrackBlankItem');
}

function itemsOf(tree: Tree, name: string): readonly Tree[] {
  const details = at(tree, 'Details');
  if (details === undefined || typeof details === 'string') return [];
  return Object.hasOwn(details, name) ? (details[name] ?? []) : [];
}
