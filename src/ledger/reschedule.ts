/**
 * reschedule: replaces the content of a delayed invoice while it waits. Its key, its day and its callback
 * stay. One that could not be issued is tried again at once.
 */
import { done, type Outcome, refused } from '../domain/fault.ts';
import type { Batch } from './batch.ts';
import { contentHash } from './journal.ts';
import type { RescheduleCommand } from './ledger.ts';
import {
  findPending,
  pendingSubject,
  pendingText,
  referenceKeyOf,
  TakenReferences,
  whyClosed,
} from './pending.ts';
import type { PendingIssueRow } from './rows.ts';
import type { Verb } from './verb.ts';

export const reschedule: Verb<RescheduleCommand, PendingIssueRow> = { name: 'reschedule', apply };

async function apply(
  batch: Batch,
  commands: readonly RescheduleCommand[],
): Promise<readonly Outcome<PendingIssueRow>[]> {
  const known = await findPending(batch, commands);
  const taken = await TakenReferences.open(batch, commands);
  const changed = new Map<string, PendingIssueRow>();
  const outcomes = commands.map((command): Outcome<PendingIssueRow> => {
    const before = known.get(pendingText(command));
    const problem = whyClosed(before) ?? taken.clash(command.invoice, command);
    if (problem !== null || before === undefined) return refused(...(problem ? [problem] : []));
    const text = JSON.stringify(command.invoice);
    const hash = contentHash(text);
    const subject = pendingSubject(command);
    const row: PendingIssueRow = {
      ...before,
      command: text,
      hash,
      sequence: batch.append(command.seller, reschedule.name, command.account, subject, hash),
      referenceKey: referenceKeyOf(command.invoice),
      nextAt: before.dueAt,
      problem: '',
    };
    known.set(pendingText(row), row);
    taken.add(row);
    changed.set(pendingText(row), row);
    return done(row);
  });
  await batch.transaction.savePendingIssues([...changed.values()]);
  return outcomes;
}
