/**
 * Since when nothing has come back, for a process that has just begun to work the outbox: the ledger knows when
 * Turnkey took each message, the results' own times say when the platform last spoke.
 */
import type { OutboxContext } from './outbox-context.ts';
import { epochMsOf } from './taipei-days.ts';

/** Sent filings looked at; with more, one of these is as old as any by an hour's measure. */
const SENT_READ_MAX = 1000;

/** When Turnkey took the first message after the last result; null where none is outstanding. */
export async function unansweredAtStart(
  { ledger }: Pick<OutboxContext, 'ledger'>,
  lastResultMs: number,
): Promise<number | null> {
  const { items } = await ledger.reads.listFilings({ states: ['sent'] }, 0, SENT_READ_MAX);
  const since = items
    .map(({ sentAt }) => epochMsOf(sentAt))
    .filter((sentMs): sentMs is number => sentMs !== null && sentMs > lastResultMs);
  return since.length === 0 ? null : Math.min(...since);
}
