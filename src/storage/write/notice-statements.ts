/** The write path of mendings, notices, delayed invoices and consents. */
import { sql } from 'kysely';
import type { Ubn } from '../../domain/ubn.ts';
import type { PendingIssueRow, PendingKey } from '../../ledger/rows.ts';
import { MENDING } from '../mending-schema.ts';
import { CONSENT, NOTICE, PENDING_ISSUE } from '../schema.ts';
import { insertSet, lookupSet, updateSet } from '../sets.ts';
import type { Kit } from '../statement.ts';
import { table } from '../table.ts';

export interface EventKey {
  readonly seller: Ubn;
  readonly event: string;
}
export type PendingReferenceKey = Pick<PendingIssueRow, 'seller' | 'account' | 'referenceKey'>;

const EVENT_KEY = table<EventKey>('item', [], { seller: 'text', event: 'text' });
export const PENDING_KEY = table<PendingKey>('item', [], {
  seller: 'text',
  account: 'text',
  key: 'text',
});
const PENDING_REFERENCE_KEY = table<PendingReferenceKey>('item', [], {
  seller: 'text',
  account: 'text',
  referenceKey: 'text',
});
const SEQUENCE_KEY = table<{ readonly seller: Ubn; readonly sequence: number }>('item', [], {
  seller: 'text',
  sequence: 'integer',
});
const NUMBER_KEY = table<{ readonly seller: Ubn; readonly number: string }>('item', [], {
  seller: 'text',
  number: 'text',
});

/** All that sending changes; what is owed to whom stays. */
const NOTICE_CHANGES = ['state', 'attempts', 'nextAt', 'settledAt', 'result'] as const;

const PENDING_CHANGES = [
  'state',
  'mode',
  'delayDays',
  'dueAt',
  'triggeredAt',
  'nextAt',
  'callbackUrl',
  'referenceKey',
  'command',
  'hash',
  'sequence',
  'period',
  'number',
  'settledAt',
  'problem',
] as const;

export function compileNoticeWrites(kit: Kit) {
  return {
    insertMendings: insertSet(kit, MENDING),
    insertNotices: insertSet(kit, NOTICE),
    saveNotices: updateSet(kit, NOTICE, NOTICE_CHANGES),
    insertPendingIssues: insertSet(kit, PENDING_ISSUE),
    savePendingIssues: updateSet(kit, PENDING_ISSUE, PENDING_CHANGES),
    insertConsents: insertSet(kit, CONSENT),
    saveConsents: updateSet(kit, CONSENT, ['state', 'settledAt']),
    ...lookups(kit),
  };
}

function lookups(kit: Kit) {
  const { db } = kit;
  return {
    findNotices: lookupSet(kit, 'find_notices', SEQUENCE_KEY, (key) =>
      db
        .selectFrom('notice')
        .selectAll()
        .where('seller', '=', key.seller)
        .where('sequence', '=', key.sequence),
    ),
    findNoticesOfEvents: lookupSet(kit, 'find_notices_of_events', EVENT_KEY, (key) =>
      db
        .selectFrom('notice')
        .selectAll()
        .where('seller', '=', key.seller)
        .where('event', '=', key.event),
    ),
    findPendingIssues: lookupSet(kit, 'find_pending_issues', PENDING_KEY, (key) =>
      db
        .selectFrom('pending_issue')
        .selectAll()
        .where('seller', '=', key.seller)
        .where('account', '=', key.account)
        .where('key', '=', key.key),
    ),
    findPendingReferences: lookupSet(kit, 'find_pending_references', PENDING_REFERENCE_KEY, (key) =>
      db
        .selectFrom('pending_issue')
        .selectAll()
        .where('seller', '=', key.seller)
        .where('account', '=', key.account)
        .where('reference_key', '=', key.referenceKey)
        .where('state', '=', sql.lit('waiting' as const)),
    ),
    findConsents: lookupSet(kit, 'find_consents', NUMBER_KEY, (key) =>
      db
        .selectFrom('consent')
        .selectAll()
        .where('seller', '=', key.seller)
        .where('number', '=', key.number),
    ),
  };
}
