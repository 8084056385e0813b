/** The segments 切本 of the sellers that ask, read once a request. */
import type { Ubn } from '../../domain/ubn.ts';
import type { SegmentRow } from '../../ledger/rows.ts';
import type { DialectContext } from '../dialect.ts';
import type { Item } from './endpoint.ts';

export async function segmentsOf(
  items: readonly Item[],
  { ledger }: DialectContext,
): Promise<ReadonlyMap<Ubn, readonly SegmentRow[]>> {
  const segments = new Map<Ubn, readonly SegmentRow[]>();
  for (const { caller } of items) {
    const { ubn } = caller.seller;
    if (!segments.has(ubn)) segments.set(ubn, await ledger.reads.listSegments(ubn));
  }
  return segments;
}
