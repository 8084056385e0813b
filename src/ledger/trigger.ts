/**
 * trigger 觸發開立: the client's word for a delayed invoice that waits for it. Without further days it is
 * issued now, with them on its day. One that waits for a day anyway keeps it (observed on ECPay's stage
 * in 2026-09: the answer is "later"). A second word while the days run is refused.
 */
import { done, fault, type Outcome, refused } from '../domain/fault.ts';
import type { Batch } from './batch.ts';
import { contentHash } from './journal.ts';
import type { PendingCommand, Triggered } from './ledger.ts';
import { oweNotices } from './notify.ts';
import {
  callbackOf,
  dueAfter,
  findPending,
  issuedRow,
  issueNow,
  pendingSubject,
  pendingText,
  whyClosed,
} from './pending.ts';
import type { PendingIssueRow } from './rows.ts';
import type { Verb } from './verb.ts';

export const trigger: Verb<PendingCommand, Triggered> = { name: 'trigger', apply };

async function apply(
  batch: Batch,
  commands: readonly PendingCommand[],
): Promise<readonly Outcome<Triggered>[]> {
  const known = await findPending(batch, commands);
  const changed = new Map<string, PendingIssueRow>();
  const issued: PendingIssueRow[] = [];
  const outcomes: Outcome<Triggered>[] = [];
  for (const command of commands) {
    const before = known.get(pendingText(command));
    const problem = whyClosed(before);
    if (problem !== null || before === undefined) {
      outcomes.push(refused(...(problem ? [problem] : [])));
      continue;
    }
    if (before.triggeredAt !== null) {
      const hint = `it was triggered at ${before.triggeredAt}`;
      outcomes.push(refused(fault('PENDING_TRIGGERED', 'key', hint)));
      continue;
    }
    const isNow = before.mode === 'trigger' && before.delayDays === 0;
    const outcome = isNow ? await triggerNow(batch, before) : done(triggerLater(batch, before));
    if (!outcome.ok) {
      outcomes.push(outcome);
      continue;
    }
    const row = outcome.value;
    batch.append(
      command.seller,
      trigger.name,
      command.account,
      pendingSubject(row),
      contentHash(JSON.stringify({ triggeredAt: batch.now })),
    );
    known.set(pendingText(row), row);
    changed.set(pendingText(row), row);
    if (row.state === 'issued') issued.push(row);
    outcomes.push(done({ row, isIssued: row.state === 'issued' }));
  }
  await batch.transaction.savePendingIssues([...changed.values()]);
  await oweNotices(
    batch,
    issued.flatMap((row) => callbackOf(row, 'delayed-issued')),
  );
  return outcomes;
}

/** Issued at once; where that is refused nothing has happened and the client is told why. */
async function triggerNow(
  batch: Batch,
  before: PendingIssueRow,
): Promise<Outcome<PendingIssueRow>> {
  const [outcome] = await issueNow(batch, [before]);
  if (outcome === undefined) throw new Error('issue answered nothing');
  if (!outcome.ok) return outcome;
  const row = issuedRow(batch, before, outcome.value);
  return done({ ...row, triggeredAt: batch.now, dueAt: batch.now });
}

function triggerLater(batch: Batch, before: PendingIssueRow): PendingIssueRow {
  if (before.mode === 'date') return { ...before, triggeredAt: batch.now };
  const dueAt = dueAfter(batch.today, before.delayDays);
  return { ...before, triggeredAt: batch.now, dueAt, nextAt: dueAt };
}
