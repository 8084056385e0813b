/**
 * Lets filings go that waited for the other party's message: both parties' messages pass the same platform,
 * which takes an answer only after what it answers to. Only where both parties are of this center; what
 * comes from outside came through the platform already.
 */
import type { OutboxContext } from './outbox-context.ts';

/** Looks at a bounded piece of them a tick; `offset` is where the last look ended. Answers the next. */
export async function releasePartnerFilings(
  { ledger, limits }: OutboxContext,
  offset: number,
): Promise<number> {
  const filter = { states: ['held'], heldFor: 'partner-filing' } as const;
  const { items } = await ledger.reads.listFilings(filter, offset, limits.heldBatchMax);
  if (items.length === 0) return 0;
  const states = await ledger.releasePartnerFiling(
    items.map(({ seller, sequence, partner }) => ({
      ...{ seller, account: 'system', ip: '', sequence },
      ...(partner !== '' && { counterparty: partner }),
    })),
  );
  // What was let go leaves the list, so the next piece begins that much earlier.
  const left = states.filter((outcome) => outcome.ok && outcome.value === 'held').length;
  return items.length < limits.heldBatchMax ? 0 : offset + left;
}
