/**
 * schedule 延遲開立: keeps an invoice that is to be issued later: after some days, or some days after its
 * client's word. Its content was judged before; its key and its reference must be free.
 */
import { done, fault, type Outcome, refused } from '../domain/fault.ts';
import type { Batch } from './batch.ts';
import { contentHash } from './journal.ts';
import type { ScheduleCommand } from './ledger.ts';
import {
  dueAfter,
  findPending,
  pendingSubject,
  pendingText,
  referenceKeyOf,
  TakenReferences,
} from './pending.ts';
import type { PendingIssueRow } from './rows.ts';
import type { Verb } from './verb.ts';

export const schedule: Verb<ScheduleCommand, PendingIssueRow> = { name: 'schedule', apply };

async function apply(
  batch: Batch,
  commands: readonly ScheduleCommand[],
): Promise<readonly Outcome<PendingIssueRow>[]> {
  const known = await findPending(batch, commands);
  const taken = await TakenReferences.open(batch, commands);
  const rows: PendingIssueRow[] = [];
  const outcomes = commands.map((command): Outcome<PendingIssueRow> => {
    if (known.has(pendingText(command))) {
      return refused(fault('PENDING_KEY_USED', 'key', 'take another key for another invoice'));
    }
    const clash = taken.clash(command.invoice, command);
    if (clash !== null) return refused(clash);
    const row = rowOf(batch, command);
    known.set(pendingText(row), row);
    taken.add(row);
    rows.push(row);
    return done(row);
  });
  await batch.transaction.insertPendingIssues(rows);
  return outcomes;
}

function rowOf(batch: Batch, command: ScheduleCommand): PendingIssueRow {
  const { seller, account, key, mode, delayDays, callbackUrl, invoice } = command;
  const text = JSON.stringify(invoice);
  const hash = contentHash(text);
  const sequence = batch.append(seller, schedule.name, account, pendingSubject(command), hash);
  const dueAt = mode === 'date' ? dueAfter(batch.today, delayDays) : null;
  return {
    seller,
    account,
    key,
    state: 'waiting',
    mode,
    delayDays,
    dueAt,
    triggeredAt: null,
    nextAt: dueAt,
    callbackUrl,
    referenceKey: referenceKeyOf(invoice),
    command: text,
    hash,
    sequence,
    scheduledAt: batch.now,
    period: '',
    number: '',
    settledAt: null,
    problem: '',
  };
}
