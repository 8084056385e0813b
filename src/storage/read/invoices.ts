/** Reads of invoices: one by number or by the client's own reference, and lists with their count. */
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { InvoiceNumber } from '../../domain/invoice-number.ts';
import type { TaipeiDate } from '../../domain/taipei.ts';
import type { InvoiceFilter, InvoiceLookup, Page, StoreReads } from '../../ledger/ports.ts';
import type { InvoiceRecord, ReferenceKey } from '../../ledger/rows.ts';
import type { Session } from '../engine.ts';
import { type Database, INVOICE } from '../schema.ts';
import { lookupSet } from '../sets.ts';
import { compileOnce, type Kit, type Prepared, prepare, slotOf, slotsOf } from '../statement.ts';
import { decode, table } from '../table.ts';
import { sellerOf } from '../without-statistics.ts';
import {
  INVOICE_KEY,
  INVOICE_NUMBER_KEY,
  type InvoiceNumberKey,
  RANGE_KEY,
  type RangeKey,
  REFERENCE_KEY,
} from '../write/statements.ts';
import { invoiceRecordOf, invoiceRecords } from './record.ts';

interface NumberAndDay extends InvoiceNumberKey {
  readonly issuedOn: TaipeiDate;
}
const NUMBER_AND_DAY = table<NumberAndDay>('item', [], {
  seller: 'text',
  number: 'text',
  issuedOn: 'text',
});

type InvoiceReads = Pick<
  StoreReads,
  'findInvoice' | 'findInvoiceRows' | 'listInvoices' | 'lastIssued'
>;

export function invoiceReads(kit: Kit, session: Session): InvoiceReads {
  const statements = compileLookups(kit);
  const byKey = lookupSet(kit, 'read_invoice_rows', INVOICE_KEY, (key) =>
    kit.db
      .selectFrom('invoice')
      .selectAll()
      .where('seller', '=', key.seller)
      .where('number', '=', key.number)
      .where('period', '=', key.period),
  );
  const findOne = async <Key extends object>(prepared: Prepared<Key>, key: Key) => {
    const { rows } = await session.run(prepared.statement, [prepared.bind(key)]);
    const [first] = rows;
    return first === undefined ? null : invoiceRecordOf(first);
  };
  return {
    async findInvoice(lookup: InvoiceLookup): Promise<InvoiceRecord | null> {
      if (lookup.by === 'reference') return findOne(statements.byReference, lookup.key);
      const { seller, number, issuedOn } = lookup;
      return issuedOn === undefined
        ? findOne(statements.byNumber, { seller, number })
        : findOne(statements.byNumberAndDay, { seller, number, issuedOn });
    },
    async lastIssued(seller, period, from, to) {
      const { statement, bind } = statements.lastIssued;
      const { rows } = await session.run(statement, [bind({ seller, period, from, to })]);
      // The column keeps invoice numbers and nothing else.
      return rows[0] === undefined ? null : (rows[0].number as InvoiceNumber);
    },
    async findInvoiceRows(keys) {
      const { rows } = await byKey.run(session, keys);
      return rows.map((row) => decode(INVOICE, row));
    },
    async listInvoices(filter, offset, limit): Promise<Page<InvoiceRecord>> {
      const { statement, values } = compileOnce(kit, pageOfInvoices(kit, filter, offset, limit));
      const { rows } = await session.run(statement, [values]);
      return {
        total: Number(rows[0]?.page_total ?? 0),
        // A page past the end is one row that carries the count alone.
        items: rows.filter((row) => row.i_seller !== null).map(invoiceRecordOf),
      };
    },
  };
}

/** The newest invoice of a number wins, since tracks recur in later years. */
function compileLookups(kit: Kit) {
  const byNumber = slotsOf(INVOICE_NUMBER_KEY, slotOf);
  const byDay = slotsOf(NUMBER_AND_DAY, slotOf);
  const range = slotsOf(RANGE_KEY, slotOf);
  const byReference = slotsOf(REFERENCE_KEY, slotOf);
  return {
    byNumber: prepare<InvoiceNumberKey>(
      kit,
      'read_invoice_by_number',
      invoiceRecords(kit)
        .where('i.seller', '=', byNumber.seller)
        .where('i.number', '=', byNumber.number)
        .orderBy('i.period', 'desc')
        .limit(sql.lit(1)),
    ),
    byNumberAndDay: prepare<NumberAndDay>(
      kit,
      'read_invoice_by_day',
      invoiceRecords(kit)
        .where('i.seller', '=', byDay.seller)
        .where('i.number', '=', byDay.number)
        .where(sql<string>`substr(i.issued_at, 1, 10)`, '=', byDay.issuedOn)
        .orderBy('i.period', 'desc')
        .limit(sql.lit(1)),
    ),
    lastIssued: prepare<RangeKey>(
      kit,
      'read_last_issued',
      kit.db
        .selectFrom('invoice')
        .select('number')
        .where('seller', '=', range.seller)
        .where('period', '=', range.period)
        .where('number', '>=', range.from)
        .where('number', '<=', range.to)
        .orderBy('number', 'desc')
        .limit(sql.lit(1)),
    ),
    byReference: prepare<ReferenceKey>(
      kit,
      'read_invoice_by_reference',
      invoiceRecords(kit)
        .innerJoin('reference as r', (join) =>
          join
            .on('i.seller', '=', sellerOf('r'))
            .onRef('r.number', '=', 'i.number')
            .onRef('r.period', '=', 'i.period'),
        )
        .where('r.seller', '=', byReference.seller)
        .where('r.account', '=', byReference.account)
        .where('r.kind', '=', byReference.kind)
        .where('r.key', '=', byReference.key),
    ),
  };
}

/**
 * Count and page in one statement, so that both speak of the same moment. The page is chosen by the
 * list's index before anything is joined to it.
 */
function pageOfInvoices(kit: Kit, filter: InvoiceFilter, offset: number, limit: number) {
  const page = kit.db
    .selectFrom('invoice as i')
    .selectAll('i')
    .where((eb) => eb.and(conditions(eb, filter)))
    .orderBy('i.issued_at', 'desc')
    .orderBy('i.sequence', 'desc')
    .limit(limit)
    .offset(offset);
  const records = invoiceRecords(kit, page.as('i'));
  const counted = kit.db
    .selectFrom('invoice as i')
    .select((eb) => eb.fn.countAll<number>().as('page_total'))
    .where((eb) => eb.and(conditions(eb, filter)));
  return sql`select counted.page_total, found.* from ${counted} as counted
    left join ${records} as found on true
    order by found.i_issued_at desc, found.i_sequence desc`;
}

type InvoiceExpressions = ExpressionBuilder<Database & { i: Database['invoice'] }, 'i'>;

function conditions(eb: InvoiceExpressions, filter: InvoiceFilter): Expression<SqlBool>[] {
  const all: Expression<SqlBool>[] = [eb('i.seller', '=', filter.seller)];
  if (filter.issuedFrom !== undefined) all.push(eb('i.issued_at', '>=', filter.issuedFrom));
  if (filter.issuedBefore !== undefined) all.push(eb('i.issued_at', '<', filter.issuedBefore));
  if (filter.channelPartner !== undefined) {
    all.push(eb('i.channel_partner', '=', filter.channelPartner));
  }
  if (filter.isVoided !== undefined) {
    all.push(eb('i.state', '=', filter.isVoided ? 'voided' : 'issued'));
  }
  if (filter.isPrinted !== undefined) all.push(eb('i.is_printed', '=', filter.isPrinted ? 1 : 0));
  if (filter.hasBuyerUbn !== undefined) {
    all.push(eb('i.buyer_ubn', filter.hasBuyerUbn ? 'is not' : 'is', null));
  }
  if (filter.taxType !== undefined) all.push(eb('i.tax_type', '=', filter.taxType));
  if (filter.channel !== undefined) all.push(eb('i.channel', '=', filter.channel));
  if (filter.buyerName !== undefined) all.push(eb('i.buyer_name', '=', filter.buyerName));
  if (filter.buyerPhone !== undefined) all.push(eb('i.buyer_phone', '=', filter.buyerPhone));
  if (filter.filingStates !== undefined) all.push(hasIssueFilingIn(eb, filter.filingStates));
  return all;
}

/** Whether the F0401 or A0101 of the current version is in any of the states. */
function hasIssueFilingIn(
  eb: InvoiceExpressions,
  states: NonNullable<InvoiceFilter['filingStates']>,
): Expression<SqlBool> {
  if (states.length === 0) return sql<SqlBool>`1 = 0`;
  return eb.exists(
    eb
      .selectFrom('filing as s')
      .select('s.sequence')
      .where('s.seller', '=', sellerOf('i'))
      .whereRef('s.invoice_number', '=', 'i.number')
      .whereRef('s.period', '=', 'i.period')
      .where('s.message', 'in', [sql.lit('F0401' as const), sql.lit('A0101' as const)])
      .whereRef('s.version', '=', 'i.version')
      .where('s.state', 'in', states),
  );
}
