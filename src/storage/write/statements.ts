/** Every statement of the write path, compiled once when the store opens. */

import { sql } from 'kysely';
import type { InvoiceNumber } from '../../domain/invoice-number.ts';
import type { Ubn } from '../../domain/ubn.ts';
import type { BookRow, InvoiceKey, ReferenceKey } from '../../ledger/rows.ts';
import {
  ALLOWANCE,
  ALLOWANCE_PART,
  BLANK,
  BOOK,
  ENTRY,
  FILING,
  HEAD,
  INVOICE,
  NUMBER_REPORT,
  REFERENCE,
  SEGMENT,
  VERSION,
} from '../schema.ts';
import { changeSet, insertSet, lookupRows, lookupSet, updateSet } from '../sets.ts';
import { type Kit, prepare, slotOf, slotsOf } from '../statement.ts';
import { table } from '../table.ts';
import { sellerOf } from '../without-statistics.ts';
import { filingStatements } from './filing-statements.ts';
import { machineStatements } from './machine-statements.ts';
import { compileNoticeWrites } from './notice-statements.ts';
import { numberLookups } from './number-statements.ts';
import { compilePrintWrites } from './print-statements.ts';
import { tradeStatements } from './trade-statements.ts';

/** A number of a seller whatever its period, or an allowance's number. */
export interface NumberKey {
  readonly seller: Ubn;
  readonly number: string;
}
export interface InvoiceNumberKey {
  readonly seller: Ubn;
  readonly number: InvoiceNumber;
}
export interface SequenceKey {
  readonly seller: Ubn;
  readonly sequence: number;
}

export const SELLER_KEY = table<{ readonly seller: Ubn }>('item', [], { seller: 'text' });
export const INVOICE_KEY = table<InvoiceKey>('item', [], {
  seller: 'text',
  period: 'text',
  number: 'text',
});
export const INVOICE_NUMBER_KEY = table<InvoiceNumberKey>('item', [], {
  seller: 'text',
  number: 'text',
});
export const NUMBER_KEY = table<NumberKey>('item', [], { seller: 'text', number: 'text' });
export const SEQUENCE_KEY = table<SequenceKey>('item', [], { seller: 'text', sequence: 'integer' });
export const REFERENCE_KEY = table<ReferenceKey>('item', [], {
  seller: 'text',
  account: 'text',
  kind: 'text',
  key: 'text',
});
/** Numbers of one track and period, both ends included. */
export interface RangeKey {
  readonly seller: Ubn;
  readonly period: BookRow['period'];
  readonly from: InvoiceNumber;
  readonly to: InvoiceNumber;
}
export const RANGE_KEY = table<RangeKey>('item', [], {
  seller: 'text',
  period: 'text',
  from: 'text',
  to: 'text',
});

export type WriteStatements = ReturnType<typeof compileWrites>;

/** Compiles the write path for an engine. */
export function compileWrites(kit: Kit) {
  return {
    ...changes(kit),
    ...heads(kit),
    ...numberLookups(kit),
    ...invoiceLookups(kit),
    ...referenceLookups(kit),
    ...documentLookups(kit),
    ...filingLookups(kit),
    ...filingStatements(kit),
    ...compileNoticeWrites(kit),
    ...compilePrintWrites(kit),
    ...machineStatements(kit),
    ...tradeStatements(kit),
  };
}

function changes(kit: Kit) {
  return {
    insertReferences: insertSet(kit, REFERENCE),
    insertBooks: insertSet(kit, BOOK),
    insertSegments: insertSet(kit, SEGMENT),
    insertBlanks: insertSet(kit, BLANK),
    insertInvoices: insertSet(kit, INVOICE),
    insertVersions: insertSet(kit, VERSION),
    insertAllowances: insertSet(kit, ALLOWANCE),
    insertAllowanceParts: insertSet(kit, ALLOWANCE_PART),
    insertFilings: insertSet(kit, FILING),
    insertNumberReports: insertSet(kit, NUMBER_REPORT),
    insertEntries: insertSet(kit, ENTRY),
    saveHeads: updateSet(kit, HEAD, ['sequence', 'hash', 'filingSequence', 'allowanceNumber']),
    saveSegments: updateSet(kit, SEGMENT, SEGMENT_CHANGES),
    saveInvoices: updateSet(kit, INVOICE, INVOICE_CHANGES),
    saveAllowances: updateSet(kit, ALLOWANCE, ALLOWANCE_CHANGES),
    saveFilings: updateSet(kit, FILING, FILING_CHANGES),
    deleteBlanks: changeSet(kit, 'delete_blanks', BLANK, (row, items) => {
      const using = items === null ? sql`` : sql` using ${items}`;
      return sql`delete from blank${using}
        where blank.seller = ${row.seller} and blank.period = ${row.period}
          and blank.track = ${row.track} and blank.first = ${row.first}`;
    }),
    deleteReferences: changeSet(kit, 'delete_references', REFERENCE_KEY, (key, items) => {
      const using = items === null ? sql`` : sql` using ${items}`;
      return sql`delete from reference${using}
        where reference.seller = ${key.seller} and reference.account = ${key.account}
          and reference.kind = ${key.kind} and reference.key = ${key.key}`;
    }),
    freeReferences: changeSet(kit, 'free_references', INVOICE_KEY, (key, items) => {
      const using = items === null ? sql`` : sql` using ${items}`;
      return sql`delete from reference${using}
        where reference.seller = ${key.seller} and reference.number = ${key.number}
          and reference.period = ${key.period} and reference.until = 'voided'`;
    }),
  };
}

/** What its end changes, and the buyer's consent: from then on it counts. */
const ALLOWANCE_CHANGES = [
  'state',
  'allowedAt',
  'content',
  'hash',
  'voidedAt',
  'voidReason',
] as const;

const SEGMENT_CHANGES = [
  'last',
  'code',
  'category',
  'allotter',
  'status',
  'next',
  'lastIssuedAt',
] as const;

/** All that a void or a new version may change; key, account, time and sequence of issue stay. */
const INVOICE_CHANGES = [
  'version',
  'state',
  'channelPartner',
  'reference',
  'taxType',
  'invoiceType',
  'buyerUbn',
  'buyerName',
  'buyerPhone',
  'isPrinted',
  'total',
  'voidedAt',
  'voidReason',
] as const;

/**
 * All that hand-over, results and an amended content change, and which version of a number report is filed;
 * what it files and since when stay.
 */
const FILING_CHANGES = [
  'version',
  'state',
  'holds',
  'releaseAt',
  'attempts',
  'fileName',
  'isWritten',
  'dueAt',
  'handedAt',
  'sentAt',
  'settledAt',
  'resultCode',
  'resultText',
  'summarizedOn',
] as const;

function heads(kit: Kit) {
  const { db } = kit;
  return {
    lockHeads: lookupSet(kit, 'lock_heads', SELLER_KEY, (key) => {
      const head = db.selectFrom('head').selectAll('head').where('seller', '=', key.seller);
      return kit.traits.locksRows ? head.forUpdate() : head;
    }),
  };
}

function invoiceLookups(kit: Kit) {
  const { db } = kit;
  const range = slotsOf(RANGE_KEY, slotOf);
  return {
    findInvoices: lookupSet(kit, 'find_invoices', INVOICE_KEY, (key) =>
      db
        .selectFrom('invoice')
        .selectAll()
        .where('seller', '=', key.seller)
        .where('number', '=', key.number)
        .where('period', '=', key.period),
    ),
    findInvoicesInRange: prepare<RangeKey>(
      kit,
      'find_invoices_in_range',
      db
        .selectFrom('invoice')
        .selectAll()
        .where('seller', '=', range.seller)
        .where('period', '=', range.period)
        .where('number', '>=', range.from)
        .where('number', '<=', range.to)
        .orderBy('number'),
    ),
    findNewestInvoices: lookupSet(kit, 'find_newest_invoices', INVOICE_NUMBER_KEY, (key) =>
      db
        .selectFrom('invoice')
        .selectAll()
        .where('seller', '=', key.seller)
        .where('number', '=', key.number)
        .orderBy('period', 'desc')
        .limit(sql.lit(1)),
    ),
    findCurrentVersions: lookupSet(kit, 'find_current_versions', INVOICE_KEY, (key) =>
      db
        .selectFrom('invoice')
        .innerJoin('version', (join) =>
          join
            .on('version.seller', '=', sellerOf('invoice'))
            .onRef('version.number', '=', 'invoice.number')
            .onRef('version.period', '=', 'invoice.period')
            .onRef('version.version', '=', 'invoice.version'),
        )
        .selectAll('version')
        .where('invoice.seller', '=', key.seller)
        .where('invoice.number', '=', key.number)
        .where('invoice.period', '=', key.period),
    ),
  };
}

function referenceLookups(kit: Kit) {
  const { db } = kit;
  return {
    findReferencesOf: lookupSet(kit, 'find_references_of', INVOICE_KEY, (key) =>
      db
        .selectFrom('reference')
        .selectAll()
        .where('seller', '=', key.seller)
        .where(sql<string>`number`, '=', key.number)
        .where('period', '=', key.period)
        .where('until', '=', sql.lit('voided' as const)),
    ),
    findReferences: lookupRows(kit, 'find_references', REFERENCE_KEY, REFERENCE),
  };
}

function documentLookups(kit: Kit) {
  const { db } = kit;
  return {
    findAllowancesOf: lookupSet(kit, 'find_allowances_of', INVOICE_KEY, (key) =>
      db
        .selectFrom('allowance_part')
        .innerJoin('allowance', (join) =>
          join
            .on('allowance.seller', '=', sellerOf('allowance_part'))
            .onRef('allowance.number', '=', 'allowance_part.number'),
        )
        .select(AS_INVOICE_SEES)
        .where('allowance_part.seller', '=', key.seller)
        .where('allowance_part.invoice_number', '=', key.number)
        .where('allowance_part.period', '=', key.period),
    ),
    findAllowanceParts: lookupSet(kit, 'find_allowance_parts', NUMBER_KEY, (key) =>
      db
        .selectFrom('allowance_part')
        .selectAll()
        .where('seller', '=', key.seller)
        .where('number', '=', key.number),
    ),
    findAllowances: lookupSet(kit, 'find_allowances', NUMBER_KEY, (key) =>
      db
        .selectFrom('allowance')
        .selectAll()
        .where('seller', '=', key.seller)
        .where('number', '=', key.number),
    ),
  };
}

function filingLookups(kit: Kit) {
  const { db } = kit;
  return {
    findFilings: lookupSet(kit, 'find_filings', SEQUENCE_KEY, (key) =>
      db
        .selectFrom('filing')
        .selectAll()
        .where('seller', '=', key.seller)
        .where('sequence', '=', key.sequence),
    ),
    findFilingsOf: lookupSet(kit, 'find_filings_of', INVOICE_KEY, (key) =>
      db
        .selectFrom('filing')
        .selectAll()
        .where('seller', '=', key.seller)
        .where('invoice_number', '=', key.number)
        .where('period', '=', key.period),
    ),
    findFilingsBeyondFirst: lookupSet(kit, 'find_filings_beyond_first', INVOICE_KEY, (key) =>
      db
        .selectFrom('allowance_part')
        .innerJoin('filing', (join) =>
          join
            .on('filing.seller', '=', sellerOf('allowance_part'))
            .onRef('filing.allowance_number', '=', 'allowance_part.number')
            // Says what the partial index is over, so that the planner may use it.
            .on('filing.allowance_number', '<>', sql.lit('')),
        )
        .selectAll('filing')
        .where('allowance_part.seller', '=', key.seller)
        .where('allowance_part.invoice_number', '=', key.number)
        .where('allowance_part.period', '=', key.period)
        .where('allowance_part.position', '>', sql.lit(0)),
    ),
  };
}

/** An allowance's columns, with invoice and amounts of its part. */
const OF_PART: readonly string[] = ['period', 'invoice_number', 'net', 'tax', 'total'];
const AS_INVOICE_SEES = ALLOWANCE.columns.map(({ name }) =>
  sql.ref(`${OF_PART.includes(name) ? 'allowance_part' : 'allowance'}.${name}`).as(name),
);
