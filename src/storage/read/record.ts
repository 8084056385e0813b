/**
 * What the reads share: invoices and allowances with all that queries show of them, put together by
 * one statement from rows, current version, allowed sum and filings.
 */
import assert from 'node:assert/strict';
import {
  type AliasedExpression,
  type AliasedRawBuilder,
  type ExpressionBuilder,
  sql,
} from 'kysely';
import type { AllowanceContent } from '../../domain/allowance.ts';
import type { InvoiceContent } from '../../domain/invoice.ts';
import { twd } from '../../domain/twd.ts';
import type { AllowanceRecord, FilingRow, InvoiceRecord } from '../../ledger/rows.ts';
import { ALLOWANCE, type Database, FILING, INVOICE } from '../schema.ts';
import type { Kit } from '../statement.ts';
import { decode, type RawRow, type Table } from '../table.ts';
import { sellerOf } from '../without-statistics.ts';

/** Every column of a table that is joined as `alias`, named `<alias>_<column>`. */
export function columnsAs<Row>(
  source: Table<Row>,
  alias: string,
): AliasedRawBuilder<unknown, string>[] {
  return source.columns.map(({ name }) => sql.ref(`${alias}.${name}`).as(`${alias}_${name}`));
}

/** Sum of the allowances that reserve a part of the invoice `i`: live and awaiting consent. */
export function allowedSum(eb: ExpressionBuilder<Database & { i: Database['invoice'] }, 'i'>) {
  return eb
    .selectFrom('allowance_part as part')
    .innerJoin('allowance as taken', (join) =>
      join.on('taken.seller', '=', sellerOf('part')).onRef('taken.number', '=', 'part.number'),
    )
    .select(sql<number>`cast(coalesce(sum(part.total), 0) as bigint)`.as('sum'))
    .where('part.seller', '=', sellerOf('i'))
    .whereRef('part.invoice_number', '=', 'i.number')
    .whereRef('part.period', '=', 'i.period')
    .where('taken.state', 'in', [sql.lit('live' as const), sql.lit('awaiting-consent' as const)])
    .as('allowed');
}

/** Where the invoices of a read come from: the table, or a part of it chosen before. */
type InvoiceSource = AliasedExpression<Database['invoice'], 'i'>;
const ALL_INVOICES: InvoiceSource = sql<Database['invoice']>`invoice`.as('i');

/**
 * Invoices `i` with their current version, F0401 or A0101 `f`, F0501 or A0201 `w`. Outer joins all of them, though a
 * version and an F0401 always exist: so no planner starts anywhere but at the invoices.
 */
export function invoiceRecords({ db }: Kit, source: InvoiceSource = ALL_INVOICES) {
  return db
    .selectFrom(source)
    .leftJoin('version as v', (join) =>
      join
        .on('v.seller', '=', sellerOf('i'))
        .onRef('v.number', '=', 'i.number')
        .onRef('v.period', '=', 'i.period')
        .onRef('v.version', '=', 'i.version'),
    )
    .leftJoin('filing as f', (join) =>
      join
        .on('f.seller', '=', sellerOf('i'))
        .onRef('f.invoice_number', '=', 'i.number')
        .onRef('f.period', '=', 'i.period')
        .on('f.message', 'in', [sql.lit('F0401' as const), sql.lit('A0101' as const)])
        .onRef('f.version', '=', 'i.version'),
    )
    .leftJoin('filing as w', (join) =>
      join
        .on('w.seller', '=', sellerOf('i'))
        .onRef('w.invoice_number', '=', 'i.number')
        .onRef('w.period', '=', 'i.period')
        .on('w.message', 'in', [sql.lit('F0501' as const), sql.lit('A0201' as const)]),
    )
    .select(columnsAs(INVOICE, 'i'))
    .select(columnsAs(FILING, 'f'))
    .select(columnsAs(FILING, 'w'))
    .select('v.content as content')
    .select(allowedSum);
}

/** Allowances `a` with their G0401 or B0101 `f` and G0501 or B0201 `w`. */
export function allowanceRecords({ db }: Kit) {
  return db
    .selectFrom('allowance as a')
    .leftJoin('filing as f', (join) =>
      join
        .on('f.seller', '=', sellerOf('a'))
        .onRef('f.invoice_number', '=', 'a.invoice_number')
        .onRef('f.period', '=', 'a.period')
        .on('f.message', 'in', [sql.lit('G0401' as const), sql.lit('B0101' as const)])
        .onRef('f.allowance_number', '=', 'a.number'),
    )
    .leftJoin('filing as w', (join) =>
      join
        .on('w.seller', '=', sellerOf('a'))
        .onRef('w.invoice_number', '=', 'a.invoice_number')
        .onRef('w.period', '=', 'a.period')
        .on('w.message', 'in', [sql.lit('G0501' as const), sql.lit('B0201' as const)])
        .onRef('w.allowance_number', '=', 'a.number'),
    )
    .select(columnsAs(ALLOWANCE, 'a'))
    .select(columnsAs(FILING, 'f'))
    .select(columnsAs(FILING, 'w'));
}

export function invoiceRecordOf(raw: RawRow): InvoiceRecord {
  assert(typeof raw.content === 'string', 'every invoice has its current version');
  const issueFiling = filingOf(raw, 'f_');
  assert(issueFiling !== null, 'every version of an invoice has its F0401 or A0101');
  const allowed = twd(Number(raw.allowed));
  assert(allowed !== undefined, 'the sum of allowances is a whole amount');
  return {
    row: decode(INVOICE, raw, 'i_'),
    // Written by the ledger as the canonical JSON of this type, and never changed since.
    content: JSON.parse(raw.content) as InvoiceContent,
    allowed,
    issueFiling,
    voidFiling: filingOf(raw, 'w_'),
  };
}

export function allowanceRecordOf(raw: RawRow): AllowanceRecord {
  const row = decode(ALLOWANCE, raw, 'a_');
  return {
    row,
    // Written by the ledger as the canonical JSON of this type, and never changed since.
    content: JSON.parse(row.content) as AllowanceContent,
    allowFiling: filingOf(raw, 'f_'),
    voidFiling: filingOf(raw, 'w_'),
  };
}

/** The filing that an outer join found, or null. */
function filingOf(raw: RawRow, prefix: string): FilingRow | null {
  return raw[`${prefix}seller`] === null ? null : decode(FILING, raw, prefix);
}
