/** Reads of notices, delayed invoices and consents: what is due, what came of it, who may agree. */
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import { KINDS_OF_LANE, type NoticeLane } from '../../domain/notice.ts';
import type { TaipeiDateTime } from '../../domain/taipei.ts';
import type { NoticeFilter } from '../../ledger/filters.ts';
import type { Page, StoreReads } from '../../ledger/ports.ts';
import type { NoticeRow } from '../../ledger/rows.ts';
import type { Session } from '../engine.ts';
import { CONSENT, type Database, NOTICE, PENDING_ISSUE } from '../schema.ts';
import {
  type Built,
  compileOnce,
  type Kit,
  type Prepared,
  prepare,
  slotOf,
  slotsOf,
} from '../statement.ts';
import { decode, type Table, table } from '../table.ts';
import { columnsAs } from './record.ts';

type NoticeReads = Pick<
  StoreReads,
  | 'listNotices'
  | 'listDueNotices'
  | 'findNotice'
  | 'findPendingIssue'
  | 'listDuePendingIssues'
  | 'findConsent'
  | 'findConsentOfToken'
  | 'listExpiredConsents'
>;

interface DueBy {
  readonly now: TaipeiDateTime;
  readonly limit: number;
}
const DUE_BY = table<DueBy>('item', [], { now: 'text', limit: 'integer' });

export function noticeReads(kit: Kit, session: Session): NoticeReads {
  const due = dueStatements(kit);
  const run = async (prepared: Prepared<DueBy>, now: TaipeiDateTime, limit: number) =>
    (await session.run(prepared.statement, [prepared.bind({ now, limit })])).rows;
  return {
    async listNotices(filter, offset, limit): Promise<Page<NoticeRow>> {
      const { statement, values } = compileOnce(kit, pageOfNotices(kit, filter, offset, limit));
      const { rows } = await session.run(statement, [values]);
      return {
        total: Number(rows[0]?.page_total ?? 0),
        // A page past the end is one row that carries the count alone.
        items: rows.filter((row) => row.n_seller !== null).map((row) => decode(NOTICE, row, 'n_')),
      };
    },
    listDueNotices: async (lane, now, limit) =>
      (await run(due[lane], now, limit)).map((row) => decode(NOTICE, row)),
    listDuePendingIssues: async (now, limit) =>
      (await run(due.pending, now, limit)).map((row) => decode(PENDING_ISSUE, row)),
    listExpiredConsents: async (now, limit) =>
      (await run(due.consents, now, limit)).map((row) => decode(CONSENT, row)),
    ...singleReads(kit, session),
  };
}

function singleReads(
  kit: Kit,
  session: Session,
): Pick<NoticeReads, 'findNotice' | 'findPendingIssue' | 'findConsent' | 'findConsentOfToken'> {
  const { db } = kit;
  async function one<Row>(source: Table<Row>, built: Built): Promise<Row | null> {
    const { statement, values } = compileOnce(kit, built);
    const [row] = (await session.run(statement, [values])).rows;
    return row === undefined ? null : decode(source, row);
  }
  const consents = db.selectFrom('consent').selectAll();
  return {
    findNotice: (seller, sequence) =>
      one(
        NOTICE,
        db
          .selectFrom('notice')
          .selectAll()
          .where('seller', '=', seller)
          .where('sequence', '=', sequence),
      ),
    findPendingIssue: ({ seller, account, key }) =>
      one(
        PENDING_ISSUE,
        db
          .selectFrom('pending_issue')
          .selectAll()
          .where('seller', '=', seller)
          .where('account', '=', account)
          .where('key', '=', key),
      ),
    findConsent: (seller, number) =>
      one(CONSENT, consents.where('seller', '=', seller).where('number', '=', number)),
    findConsentOfToken: (token) => one(CONSENT, consents.where('token', '=', token)),
  };
}

/** What the clock drives: asked every second, so each reads a partial index of what is still open. */
function dueStatements(kit: Kit) {
  const { db } = kit;
  const slots = slotsOf(DUE_BY, slotOf);
  const notices = (lane: NoticeLane) =>
    prepare<DueBy>(
      kit,
      `read_due_notices_to_${lane}`,
      db
        .selectFrom('notice')
        .selectAll()
        .where('state', '=', sql.lit('due' as const))
        .where('settled_at', 'is', null)
        .where('kind', 'in', KINDS_OF_LANE[lane].map(sql.lit))
        .where('next_at', '<=', slots.now)
        .orderBy('next_at')
        .orderBy('seller')
        .orderBy('sequence')
        .limit(slots.limit),
    );
  return {
    people: notices('people'),
    programs: notices('programs'),
    pending: prepare<DueBy>(
      kit,
      'read_due_pending_issues',
      db
        .selectFrom('pending_issue')
        .selectAll()
        .where('state', '=', sql.lit('waiting' as const))
        .where('next_at', '<=', slots.now)
        .orderBy('next_at')
        .orderBy('seller')
        .orderBy('account')
        .orderBy('key')
        .limit(slots.limit),
    ),
    consents: prepare<DueBy>(
      kit,
      'read_expired_consents',
      db
        .selectFrom('consent')
        .selectAll()
        .where('state', '=', sql.lit('waiting' as const))
        .where('expires_at', '<', slots.now)
        .orderBy('expires_at')
        .orderBy('seller')
        .orderBy('number')
        .limit(slots.limit),
    ),
  };
}

/** Count and page in one statement, so that both speak of the same moment. */
function pageOfNotices(kit: Kit, filter: NoticeFilter, offset: number, limit: number) {
  const page = kit.db
    .selectFrom('notice as n')
    .select(columnsAs(NOTICE, 'n'))
    .where((eb) => eb.and(conditions(eb, filter)))
    .orderBy('n.created_at', 'desc')
    .orderBy('n.seller')
    .orderBy('n.sequence', 'desc')
    .limit(limit)
    .offset(offset);
  const counted = kit.db
    .selectFrom('notice as n')
    .select((eb) => eb.fn.countAll<number>().as('page_total'))
    .where((eb) => eb.and(conditions(eb, filter)));
  return sql`select counted.page_total, found.* from ${counted} as counted
    left join ${page} as found on true
    order by found.n_created_at desc, found.n_seller, found.n_sequence desc`;
}

type NoticeExpressions = ExpressionBuilder<Database & { n: Database['notice'] }, 'n'>;

function conditions(eb: NoticeExpressions, filter: NoticeFilter): Expression<SqlBool>[] {
  const all: Expression<SqlBool>[] = [];
  if (filter.seller !== undefined) all.push(eb('n.seller', '=', filter.seller));
  if (filter.subject !== undefined) all.push(eb('n.subject', '=', filter.subject));
  if (filter.states !== undefined) {
    if (filter.states.length === 0) return [sql<SqlBool>`1 = 0`];
    all.push(eb('n.state', 'in', filter.states));
  }
  if (filter.kinds !== undefined) {
    if (filter.kinds.length === 0) return [sql<SqlBool>`1 = 0`];
    all.push(eb('n.kind', 'in', filter.kinds));
  }
  return all;
}
