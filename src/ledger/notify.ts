/**
 * notify: owes a mail, a text message, a callback or a webhook for one event. The event names itself,
 * so that asking twice for the same one owes it once; `isAgain` makes it again on somebody's request.
 * What is owed is on disk before anything is sent.
 */
import { done, type Outcome } from '../domain/fault.ts';
import type { Batch } from './batch.ts';
import { contentHash } from './journal.ts';
import type { NotifyCommand } from './ledger.ts';
import type { NoticeRow } from './rows.ts';
import type { Verb } from './verb.ts';

export const notify: Verb<NotifyCommand, NoticeRow> = {
  name: 'notify',
  async apply(batch, commands) {
    const rows = await oweNotices(batch, commands);
    return rows.map((row): Outcome<NoticeRow> => done(row));
  },
};

/** Owes these notices within a batch; answers those that were owed already as they are. */
export async function oweNotices(
  batch: Batch,
  commands: readonly NotifyCommand[],
): Promise<readonly NoticeRow[]> {
  const keys = new Map(
    commands.map(({ seller, event }) => [`${seller} ${event}`, { seller, event }]),
  );
  const found = await batch.transaction.findNoticesOfEvents([...keys.values()]);
  const known = new Map(found.map((row) => [`${row.seller} ${row.event}`, row]));
  const made: NoticeRow[] = [];
  const rows = commands.map((command) => {
    const key = `${command.seller} ${command.event}`;
    const owed = known.get(key);
    if (owed !== undefined && !command.isAgain) return owed;
    const row = rowOf(batch, command, owed !== undefined);
    if (owed === undefined) known.set(key, row);
    made.push(row);
    return row;
  });
  await batch.transaction.insertNotices(made);
  return rows;
}

function rowOf(batch: Batch, command: NotifyCommand, isRepeated: boolean): NoticeRow {
  const { seller, account, kind, tag, audience, recipient, subject } = command;
  const sequence = batch.head(seller).sequence + 1;
  // Once more the same event: told apart by the entry that asks for it.
  const event = isRepeated ? `${command.event} again ${sequence}` : command.event;
  const owed = { kind, tag, audience, recipient, subject, account, event };
  const hash = contentHash(noticeText(owed));
  batch.append(seller, notify.name, account, `notice/${sequence}`, hash);
  return {
    seller,
    sequence,
    ...owed,
    state: 'due',
    attempts: 0,
    createdAt: batch.now,
    nextAt: batch.now,
    settledAt: null,
    result: '',
  };
}

type Owed = Pick<
  NoticeRow,
  'kind' | 'tag' | 'audience' | 'recipient' | 'subject' | 'account' | 'event'
>;

/** What a notice's journal entry hashes. */
export function noticeText(notice: Owed): string {
  const { kind, tag, audience, recipient, subject, account, event } = notice;
  return JSON.stringify({ kind, tag, audience, recipient, subject, account, event });
}
