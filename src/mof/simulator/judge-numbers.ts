/** What the simulated platform says about ranges of numbers: in order, apart from each other (E0609). */
import { at, type ReadMessage, type Tree, textAt } from './read-message.ts';

/** The code that refuses the message, or null. */
export function judgeNumbers({ kind, tree }: ReadMessage): string | null {
  const item = kind === 'E0401' ? 'BranchTrackItem' : 'BranchTrackBlankItem';
  let last = -1;
  const ranges = itemsOf(tree, item)
    .map((range) => [textAt(range, 'InvoiceBeginNo'), textAt(range, 'InvoiceEndNo')] as const)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  for (const [first, end] of ranges) {
    if (Number(end) < Number(first) || Number(first) <= last) return 'E0609';
    last = Number(end);
  }
  return null;
}

/** Whether every range is of eight digits each, and there is one at least. */
export function areRanges({ kind, tree }: ReadMessage): boolean {
  const items = itemsOf(tree, kind === 'E0401' ? 'BranchTrackItem' : 'BranchTrackBlankItem');
  const names = ['InvoiceBeginNo', 'InvoiceEndNo'];
  const isWhole = (range: Tree) => names.every((name) => /^\d{8}$/.test(textAt(range, name)));
  return items.length > 0 && items.every(isWhole);
}

function itemsOf(tree: Tree, name: string): readonly Tree[] {
  const details = at(tree, 'Details');
  if (details === undefined || typeof details === 'string') return [];
  return Object.hasOwn(details, name) ? (details[name] ?? []) : [];
}
