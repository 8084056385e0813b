/** Statements about numbers: books, segments, blanks, reports of a period, and the next open segments. */
import { sql } from 'kysely';
import type { SegmentQuery } from '../../ledger/ports.ts';
import type { BookRow, SegmentRow } from '../../ledger/rows.ts';
import { type Kit, prepare, slotOf, slotsOf } from '../statement.ts';
import { table } from '../table.ts';

type PeriodKey = Pick<BookRow, 'seller' | 'period'>;
const PERIOD_KEY = table<PeriodKey>('item', [], {
  seller: 'text',
  period: 'text',
});
const SEGMENT_KEY = table<SegmentQuery>('item', [], {
  seller: 'text',
  period: 'text',
  invoiceType: 'text',
  category: 'text',
  code: 'text',
});

/** Everything of one period of a seller, and what is open to be taken from. */
export function numberLookups(kit: Kit) {
  return {
    findBooks: ranges(kit, 'find_books', 'book'),
    findSegments: ranges(kit, 'find_segments', 'segment'),
    findBlanks: ranges(kit, 'find_blanks', 'blank'),
    ...reports(kit),
    findOpenSegments: prepare<SegmentQuery>(kit, 'find_open_segments', openSegments(kit)),
  };
}

/** By track and first number. */
function ranges(kit: Kit, name: string, source: 'book' | 'segment' | 'blank') {
  const period = slotsOf(PERIOD_KEY, slotOf);
  return prepare<PeriodKey>(
    kit,
    name,
    kit.db
      .selectFrom(source)
      .selectAll()
      .where('seller', '=', period.seller)
      .where('period', '=', period.period)
      .orderBy('track')
      .orderBy('first'),
  );
}

function reports(kit: Kit) {
  const { db } = kit;
  const period = slotsOf(PERIOD_KEY, slotOf);
  return {
    findNumberReports: prepare<PeriodKey>(
      kit,
      'find_number_reports',
      db
        .selectFrom('number_report')
        .selectAll()
        .where('seller', '=', period.seller)
        .where('period', '=', period.period)
        .orderBy('message')
        .orderBy('numbers')
        .orderBy('version'),
    ),
    findNumberFilings: prepare<PeriodKey>(
      kit,
      'find_number_filings',
      db
        .selectFrom('filing')
        .selectAll()
        .where('seller', '=', period.seller)
        .where('period', '=', period.period)
        // Says what the partial index is over, so that the planner may use it.
        .where('numbers', '<>', sql.lit(''))
        .orderBy('sequence'),
    ),
  };
}

/** `category` itself before `any`, then by track and first number: the order in which they are used. */
function openSegments({ db }: Kit) {
  const query = slotsOf(SEGMENT_KEY, slotOf);
  const center: SegmentRow['allotter'] = 'center';
  const active: SegmentRow['status'] = 'active';
  return db
    .selectFrom('segment')
    .selectAll()
    .where('seller', '=', query.seller)
    .where('period', '=', query.period)
    .where('invoice_type', '=', query.invoiceType)
    .where('code', '=', query.code)
    .where('allotter', '=', sql.lit(center))
    .where('status', '=', sql.lit(active))
    .whereRef('next', '<=', 'last')
    .where((eb) =>
      eb.or([eb('category', '=', query.category), eb('category', '=', sql.lit('any' as const))]),
    )
    .orderBy(sql`case when category = 'any' then 1 else 0 end`)
    .orderBy('track')
    .orderBy('first');
}
