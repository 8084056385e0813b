/** Reads of filings: what the outbox works off, what a result names, what the alarms count. */
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import { type FilingState, isAllowanceMessage, NUMBER_MESSAGES } from '../../domain/filing.ts';
import type { TaipeiDate } from '../../domain/taipei.ts';
import type { Ubn } from '../../domain/ubn.ts';
import type { DayCount, FilingFilter, FilingResultKey } from '../../ledger/filters.ts';
import type { Page, StoreReads } from '../../ledger/ports.ts';
import type { FilingPlace, FilingRow } from '../../ledger/rows.ts';
import type { Session } from '../engine.ts';
import { MENDING } from '../mending-schema.ts';
import { type Database, FILING } from '../schema.ts';
import { lookupSet } from '../sets.ts';
import { compileOnce, type Kit, prepare, slotOf, slotsOf } from '../statement.ts';
import { decode, table } from '../table.ts';
import { unindexed } from '../without-statistics.ts';
import { columnsAs } from './record.ts';

const RESULT_KEY = table<FilingResultKey>('item', [], {
  seller: 'text',
  message: 'text',
  number: 'text',
  keyDate: 'text',
});

type FilingReads = Pick<
  StoreReads,
  | 'firstFilings'
  | 'listFilings'
  | 'findFilingsByResult'
  | 'countFilings'
  | 'countDay'
  | 'listMendings'
>;
type FilingCount = Awaited<ReturnType<StoreReads['countFilings']>>[number];

export function filingReads(kit: Kit, session: Session): FilingReads {
  const results = resultLookups(kit);
  const counts = compileOnce(kit, openCounts(kit));
  const first = firstOfState(kit);
  const ofDay = countsOfDay(kit);
  const mendings = mendingsOf(kit);
  return {
    async firstFilings(from, limit) {
      const { rows } = await session.run(first.statement, [first.bind({ ...from, limit })]);
      return rows.map((row) => decode(FILING, row));
    },
    async listFilings(filter, offset, limit): Promise<Page<FilingRow>> {
      const { statement, values } = compileOnce(kit, pageOfFilings(kit, filter, offset, limit));
      const { rows } = await session.run(statement, [values]);
      return {
        total: Number(rows[0]?.page_total ?? 0),
        // A page past the end is one row that carries the count alone.
        items: rows.filter((row) => row.f_seller !== null).map((row) => decode(FILING, row, 'f_')),
      };
    },
    async findFilingsByResult(keys) {
      const ofAllowances = keys.filter(({ message }) => isAllowanceMessage(message));
      const ofNumbers = keys.filter(({ message }) => NUMBER_MESSAGES.includes(message));
      const ofInvoices = keys.filter(
        ({ message }) => !isAllowanceMessage(message) && !NUMBER_MESSAGES.includes(message),
      );
      const answers = await Promise.all([
        results.ofInvoices.run(session, ofInvoices),
        results.ofAllowances.run(session, ofAllowances),
        results.ofNumbers.run(session, ofNumbers),
      ]);
      return answers.flatMap(({ rows }) => rows.map((row) => decode(FILING, row)));
    },
    async countDay(seller, date) {
      const { rows } = await session.run(ofDay.statement, [ofDay.bind({ seller, date })]);
      return rows.map(({ summarized, ...row }) => {
        // The statement selects exactly the other members of a count, as their columns are typed.
        return { ...row, isSummarized: Number(summarized) === 1 } as unknown as DayCount;
      });
    },
    async listMendings(seller, filing) {
      const { rows } = await session.run(mendings.statement, [mendings.bind({ seller, filing })]);
      return rows.map((row) => decode(MENDING, row));
    },
    async countFilings(states) {
      const { statement, values } =
        states === undefined ? counts : compileOnce(kit, openCounts(kit, states));
      const { rows } = await session.run(statement, [values]);
      // The statement selects exactly the members of a count, as their columns are typed.
      return rows.map((row) => ({ ...row }) as unknown as FilingCount);
    },
  };
}

function resultLookups(kit: Kit) {
  return {
    ofInvoices: lookupSet(kit, 'read_results_of_invoices', RESULT_KEY, (key) =>
      kit.db
        .selectFrom('filing')
        .selectAll()
        .where('seller', '=', key.seller)
        .where(sql<string>`invoice_number`, '=', key.number)
        .where(unindexed<FilingRow['message']>('message'), '=', key.message)
        .where(unindexed<TaipeiDate>('key_date'), '=', key.keyDate),
    ),
    ofNumbers: lookupSet(kit, 'read_results_of_numbers', RESULT_KEY, (key) =>
      kit.db
        .selectFrom('filing')
        .selectAll()
        .where('seller', '=', key.seller)
        .where('message', '=', key.message)
        .where('numbers', '=', key.number)
        .where('numbers', '<>', sql.lit('')),
    ),
    ofAllowances: lookupSet(kit, 'read_results_of_allowances', RESULT_KEY, (key) =>
      kit.db
        .selectFrom('filing')
        .selectAll()
        .where('seller', '=', key.seller)
        .where('allowance_number', '=', key.number)
        // Says what the partial index is over, so that the planner may use it.
        .where('allowance_number', '<>', sql.lit(''))
        .where(unindexed<FilingRow['message']>('message'), '=', key.message)
        .where(unindexed<TaipeiDate>('key_date'), '=', key.keyDate),
    ),
  };
}

interface FirstKey extends FilingPlace {
  readonly limit: number;
}
const FIRST_KEY = table<FirstKey>('item', [], {
  seller: 'text',
  state: 'text',
  past: 'integer',
  limit: 'integer',
});

function firstOfState(kit: Kit) {
  const key = slotsOf(FIRST_KEY, slotOf);
  return prepare<FirstKey>(
    kit,
    'read_first_filings',
    kit.db
      .selectFrom('filing')
      .selectAll()
      .where('state', '=', key.state)
      // Implied, but only spelled out does it open the partial index of open filings.
      .where('state', '<>', sql.lit('confirmed' as const))
      .where('seller', '=', key.seller)
      .where('sequence', '>', key.past)
      .orderBy('sequence')
      .limit(key.limit),
  );
}

interface DayKey {
  readonly seller: Ubn;
  readonly date: TaipeiDate;
}
const DAY_KEY = table<DayKey>('item', [], { seller: 'text', date: 'text' });

function countsOfDay(kit: Kit) {
  const key = slotsOf(DAY_KEY, slotOf);
  const summarized = sql<number>`case when summarized_on is null then 0 else 1 end`;
  return prepare<DayKey>(
    kit,
    'read_counts_of_day',
    kit.db
      .selectFrom('filing')
      .select(['message', 'state', summarized.as('summarized')])
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('seller', '=', key.seller)
      .where('key_date', '=', key.date)
      .groupBy(['message', 'state', summarized])
      .orderBy('message')
      .orderBy('state')
      .orderBy('summarized'),
  );
}

interface MendedKey {
  readonly seller: Ubn;
  readonly filing: number;
}
const MENDED_KEY = table<MendedKey>('item', [], { seller: 'text', filing: 'integer' });

function mendingsOf(kit: Kit) {
  const key = slotsOf(MENDED_KEY, slotOf);
  return prepare<MendedKey>(
    kit,
    'read_mendings',
    kit.db
      .selectFrom('mending')
      .selectAll()
      .where('seller', '=', key.seller)
      .where('filing', '=', key.filing)
      .orderBy('sequence'),
  );
}

function openCounts({ db }: Kit, states: readonly FilingState[] | null = null) {
  const open = db.selectFrom('filing').where('state', '<>', sql.lit('confirmed' as const));
  return (states === null ? open : open.where('state', 'in', states))
    .select(['seller', 'message', 'state'])
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .groupBy(['state', 'seller', 'message'])
    .orderBy('seller')
    .orderBy('message')
    .orderBy('state');
}

/** Count and page in one statement, so that both speak of the same moment. */
function pageOfFilings(kit: Kit, filter: FilingFilter, offset: number, limit: number) {
  const page = kit.db
    .selectFrom('filing as f')
    .select(columnsAs(FILING, 'f'))
    .where((eb) => eb.and(conditions(eb, filter)))
    .orderBy('f.seller')
    .orderBy('f.sequence')
    .limit(limit)
    .offset(offset);
  const counted = kit.db
    .selectFrom('filing as f')
    .select((eb) => eb.fn.countAll<number>().as('page_total'))
    .where((eb) => eb.and(conditions(eb, filter)));
  return sql`select counted.page_total, found.* from ${counted} as counted
    left join ${page} as found on true
    order by found.f_seller, found.f_sequence`;
}

type FilingExpressions = ExpressionBuilder<Database & { f: Database['filing'] }, 'f'>;

function conditions(eb: FilingExpressions, filter: FilingFilter): Expression<SqlBool>[] {
  const all: Expression<SqlBool>[] = [];
  if (filter.seller !== undefined) all.push(eb('f.seller', '=', filter.seller));
  if (filter.message !== undefined) all.push(eb('f.message', '=', filter.message));
  if (filter.heldFor !== undefined) all.push(eb('f.holds', 'like', `%"${filter.heldFor}"%`));
  if (filter.isWritten !== undefined) all.push(eb('f.is_written', '=', filter.isWritten ? 1 : 0));
  if (filter.sequence !== undefined) all.push(eb('f.sequence', '=', filter.sequence));
  all.push(...daysOf(eb, filter));
  if (filter.isOfNumbers !== undefined) {
    all.push(eb('f.numbers', filter.isOfNumbers ? '<>' : '=', ''));
  }
  if (filter.isSummarized !== undefined) {
    all.push(eb('f.summarized_on', filter.isSummarized ? 'is not' : 'is', null));
  }
  if (filter.dueBefore !== undefined) all.push(eb('f.due_at', '<=', filter.dueBefore));
  if (filter.releaseBefore !== undefined) {
    all.push(eb('f.release_at', '<=', filter.releaseBefore));
  }
  if (filter.states !== undefined) {
    if (filter.states.length === 0) return [sql<SqlBool>`1 = 0`];
    all.push(eb('f.state', 'in', filter.states));
    // Implied, but only spelled out does it open the partial index of open filings, or of confirmed ones.
    if (!filter.states.includes('confirmed')) {
      all.push(eb('f.state', '<>', sql.lit('confirmed' as const)));
    } else if (filter.states.length === 1) {
      all.push(eb('f.state', '=', sql.lit('confirmed' as const)));
    }
  }
  return all;
}

/** A single day is asked for as such, since an index by day then leads on to the seller. */
function daysOf(eb: FilingExpressions, { keyDateFrom, keyDateTo }: FilingFilter) {
  if (keyDateFrom !== undefined && keyDateFrom === keyDateTo) {
    return [eb('f.key_date', '=', keyDateFrom)];
  }
  const days: Expression<SqlBool>[] = [];
  if (keyDateFrom !== undefined) days.push(eb('f.key_date', '>=', keyDateFrom));
  if (keyDateTo !== undefined) days.push(eb('f.key_date', '<=', keyDateTo));
  return days;
}
