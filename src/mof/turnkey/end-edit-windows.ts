/**
 * Ends edit windows whose time has come: the filing was held so that its invoice could still be amended,
 * and goes out from now on. A bounded piece a tick; nothing is read while no window is open.
 */
import { taipeiDateTime } from '../../domain/taipei.ts';
import type { OutboxContext } from './outbox-context.ts';

export async function endEditWindows(context: OutboxContext): Promise<void> {
  const { ledger, clock, limits } = context;
  const releaseBefore = taipeiDateTime(clock.now());
  const filter = { states: ['held'], releaseBefore } as const;
  const { items } = await ledger.reads.listFilings(filter, 0, limits.heldBatchMax);
  if (items.length === 0) return;
  await ledger.endEditWindow(
    items.map(({ seller, sequence }) => ({ seller, sequence, account: 'system', ip: '' })),
  );
}
