/**
 * What the simulated platform says about a head office and its branches (MOF Turnkey, codes of number messages):
 * who was given which part of a range, and who may report it. Where it is told the allotments, it also checks
 * the whole range against them.
 */
import { rangeTreesOf } from './judge-numbers.ts';
import type { BranchRange, BranchTrackName, PlatformMemory } from './platform-memory.ts';
import { type ReadMessage, textAt } from './read-message.ts';
import type { PlatformBook } from './standpoint.ts';

const BOOKLET = 50;

/** Whether a branch speaks, not its head office. */
export function isOfBranch({ tree }: ReadMessage): boolean {
  return textAt(tree, 'Main/BranchBan') !== textAt(tree, 'Main/HeadBan');
}

/** The code that refuses the message, or null. */
export async function judgeBranches(
  message: ReadMessage,
  memory: PlatformMemory,
  books: readonly PlatformBook[] | null,
): Promise<string | null> {
  const given = await memory.branchRanges(trackOf(message));
  const ranges = rangesOf(message);
  const branch = textAt(message.tree, 'Main/BranchBan');
  if (message.kind === 'E0401') return judgeSplit(message, ranges, given, books);
  const own = given.filter((range) => range.branch === branch);
  if (!isOfBranch(message))
    return given.some((one) => ranges.some((range) => meet(one, range))) ? 'E0613' : null;
  if (own.length === 0) return 'E0606';
  return ranges.every((range) => own.some((one) => within(range, one))) ? null : 'E0613';
}

export async function storeBranches(message: ReadMessage, memory: PlatformMemory): Promise<void> {
  const name = trackOf(message);
  const fresh = rangesOf(message);
  const given = await memory.branchRanges(name);
  // Stored again after a stop, it is the same.
  const others = given.filter((one) => !fresh.some((range) => range.first === one.first));
  await memory.putBranchRanges(name, [...others, ...fresh]);
}

function judgeSplit(
  { tree }: ReadMessage,
  ranges: readonly BranchRange[],
  given: readonly BranchRange[],
  books: readonly PlatformBook[] | null,
): string | null {
  const text = (name: string) => textAt(tree, `Main/${name}`);
  const whole = { first: Number(text('InvoiceBeginNo')), last: Number(text('InvoiceEndNo')) };
  const holders = books?.filter(
    (book) =>
      book.period === text('YearMonth') &&
      book.track === text('InvoiceTrack') &&
      book.type === text('InvoiceType') &&
      book.first === whole.first &&
      book.last === whole.last,
  );
  if (holders !== undefined && !holders.some(({ seller }) => seller === text('HeadBan'))) {
    // Who sends it calls itself the head office of numbers that are not its own.
    return holders.length > 0 ? 'E0614' : 'E0601';
  }
  if (!ranges.every((range) => within(range, whole))) return 'E0603';
  if (ranges.some(({ first, last }) => first % BOOKLET !== 0 || (last + 1) % BOOKLET !== 0)) {
    return 'E0608';
  }
  return given.some((one) => ranges.some((range) => meet(one, range))) ? 'E0612' : null;
}

function trackOf({ tree, date: period }: ReadMessage): BranchTrackName {
  const track = `${textAt(tree, 'Main/InvoiceTrack')}${textAt(tree, 'Main/InvoiceType')}`;
  return { head: textAt(tree, 'Main/HeadBan'), period, track };
}

function rangesOf(message: ReadMessage): readonly BranchRange[] {
  const branch = textAt(message.tree, 'Main/BranchBan');
  return rangeTreesOf(message).map((tree) => ({
    branch,
    first: Number(textAt(tree, 'InvoiceBeginNo')),
    last: Number(textAt(tree, 'InvoiceEndNo')),
  }));
}

interface Ends {
  readonly first: number;
  readonly last: number;
}

function within(range: Ends, whole: Ends): boolean {
  return whole.first <= range.first && range.last <= whole.last;
}

function meet(left: Ends, right: Ends): boolean {
  return left.first <= right.last && right.first <= left.last;
}
