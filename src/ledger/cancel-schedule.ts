/**
 * cancelSchedule 取消延遲開立: drops a delayed invoice before its hour on the day of issue. One that could
 * not be issued then may still be dropped: otherwise nothing would ever end it.
 */
import { done, fault, type Outcome, refused } from '../domain/fault.ts';
import type { Batch } from './batch.ts';
import { contentHash } from './journal.ts';
import type { PendingCommand } from './ledger.ts';
import { findPending, pendingSubject, pendingText, whyClosed } from './pending.ts';
import type { PendingIssueRow } from './rows.ts';
import type { Verb } from './verb.ts';

export const cancelSchedule: Verb<PendingCommand, PendingIssueRow> = {
  name: 'cancelSchedule',
  apply,
};

async function apply(
  batch: Batch,
  commands: readonly PendingCommand[],
): Promise<readonly Outcome<PendingIssueRow>[]> {
  const known = await findPending(batch, commands);
  const changed: PendingIssueRow[] = [];
  const outcomes = commands.map((command): Outcome<PendingIssueRow> => {
    const before = known.get(pendingText(command));
    const problem = whyClosed(before);
    if (problem !== null || before === undefined) return refused(...(problem ? [problem] : []));
    if (before.dueAt !== null && batch.now >= before.dueAt && before.problem === '') {
      const hint = `it could be cancelled before ${before.dueAt}`;
      return refused(fault('PENDING_CANCEL_DEADLINE_PASSED', 'key', hint));
    }
    const hash = contentHash(JSON.stringify({ cancelledAt: batch.now }));
    const subject = pendingSubject(before);
    batch.append(command.seller, cancelSchedule.name, command.account, subject, hash);
    const row: PendingIssueRow = {
      ...before,
      state: 'cancelled',
      nextAt: null,
      settledAt: batch.now,
    };
    known.set(pendingText(row), row);
    changed.push(row);
    return done(row);
  });
  await batch.transaction.savePendingIssues(changed);
  return outcomes;
}
