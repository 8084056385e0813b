/**
 * recordNotice: moves a notice by what sending did. An attempt is recorded before it is made: whoever
 * loses the race for it, or finds it begun, does not send. Attempts are book-keeping; what became of a
 * notice in the end goes into the journal.
 */
import { done, type Outcome } from '../domain/fault.ts';
import { canMoveNotice } from '../domain/notice.ts';
import type { Batch } from './batch.ts';
import { contentHash } from './journal.ts';
import type { NoticeRecorded, RecordNoticeCommand } from './ledger.ts';
import type { NoticeRow } from './rows.ts';
import type { Verb } from './verb.ts';

export const recordNotice: Verb<RecordNoticeCommand, NoticeRecorded> = {
  name: 'recordNotice',
  apply,
};

async function apply(
  batch: Batch,
  commands: readonly RecordNoticeCommand[],
): Promise<readonly Outcome<NoticeRecorded>[]> {
  const keys = new Map(
    commands.map(({ seller, sequence }) => [`${seller}/${sequence}`, { seller, sequence }]),
  );
  const found = await batch.transaction.findNotices([...keys.values()]);
  const notices = new Map(found.map((row) => [`${row.seller}/${row.sequence}`, row]));
  const changed = new Map<string, NoticeRow>();
  const outcomes = commands.map((command): Outcome<NoticeRecorded> => {
    const key = `${command.seller}/${command.sequence}`;
    const before = notices.get(key);
    if (before === undefined) throw new Error(`notice ${key} does not exist`);
    if (!canMoveNotice(before.state, command.to)) return done({ notice: before, isMoved: false });
    const notice = movedBy(batch, before, command);
    notices.set(key, notice);
    changed.set(key, notice);
    return done({ notice, isMoved: true });
  });
  await batch.transaction.saveNotices([...changed.values()]);
  return outcomes;
}

function movedBy(batch: Batch, before: NoticeRow, command: RecordNoticeCommand): NoticeRow {
  switch (command.to) {
    case 'sending':
      return { ...before, state: 'sending', attempts: before.attempts + 1 };
    case 'due':
      return { ...before, state: 'due', nextAt: command.nextAt, result: command.result };
    case 'sent':
    case 'failed': {
      const { seller, account, sequence, to, result } = command;
      const hash = contentHash(JSON.stringify({ state: to, settledAt: batch.now, result }));
      batch.append(seller, recordNotice.name, account, `notice/${sequence}`, hash);
      return { ...before, state: to, settledAt: batch.now, result };
    }
  }
}
