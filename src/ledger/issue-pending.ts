/**
 * issuePending: the clock's own verb: issues delayed invoices whose hour has come. The invoice, the end of
 * its waiting and the callback that is owed for it are one transaction. What cannot be issued (no numbers
 * left, its reference taken meanwhile) stays, its client is told why, and it is tried again later.
 */
import { minutesAfter } from '../domain/calendar.ts';
import { done, type Outcome } from '../domain/fault.ts';
import type { Batch } from './batch.ts';
import { contentHash } from './journal.ts';
import type { IssuePendingCommand, NotifyCommand } from './ledger.ts';
import { oweNotices } from './notify.ts';
import {
  callbackOf,
  findPending,
  issuedRow,
  issueNow,
  pendingSubject,
  pendingText,
} from './pending.ts';
import type { PendingIssueRow, PendingKey } from './rows.ts';
import type { Verb } from './verb.ts';

/** Pause before one that could not be issued is tried again: new numbers take a person's work. */
export const PENDING_RETRY_MINUTES = 10;

/** Answers each row as it is afterwards; null where nothing was due any more. */
export const issuePending: Verb<IssuePendingCommand, PendingIssueRow | null> = {
  name: 'issuePending',
  apply,
};

function keyOf(command: IssuePendingCommand): PendingKey {
  return { seller: command.seller, account: command.pending.account, key: command.pending.key };
}

async function apply(
  batch: Batch,
  commands: readonly IssuePendingCommand[],
): Promise<readonly Outcome<PendingIssueRow | null>[]> {
  const known = await findPending(batch, commands.map(keyOf));
  const due = [...known.values()].filter(
    (row) => row.state === 'waiting' && row.nextAt !== null && row.nextAt <= batch.now,
  );
  const outcomes = await issueNow(batch, due);
  const after = new Map<string, PendingIssueRow>();
  const callbacks: NotifyCommand[] = [];
  due.forEach((row, index) => {
    const outcome = outcomes[index];
    if (outcome === undefined) throw new Error('issue answered fewer invoices than it got');
    const changed = outcome.ok
      ? issuedRow(batch, row, outcome.value)
      : postponed(batch, row, outcome.faults[0]?.code ?? '');
    after.set(pendingText(row), changed);
    // The same failure again is no news.
    if (changed.state === 'issued' || changed.problem !== row.problem) {
      journal(batch, changed);
      const tag = changed.state === 'issued' ? 'delayed-issued' : 'delayed-failed';
      callbacks.push(...callbackOf(changed, tag));
    }
  });
  await batch.transaction.savePendingIssues([...after.values()]);
  await oweNotices(batch, callbacks);
  return commands.map((command) => done(after.get(pendingText(keyOf(command))) ?? null));
}

function postponed(batch: Batch, row: PendingIssueRow, problem: string): PendingIssueRow {
  return { ...row, problem, nextAt: minutesAfter(batch.now, PENDING_RETRY_MINUTES) };
}

function journal(batch: Batch, row: PendingIssueRow): void {
  const { seller, state, number, problem } = row;
  const hash = contentHash(JSON.stringify({ state, number, problem }));
  batch.append(seller, issuePending.name, row.account, pendingSubject(row), hash);
}
