/** Reads of allowances: by their own number, by their invoice, by invoice and day. Oldest first. */
import { sql } from 'kysely';
import type { TaipeiDate } from '../../domain/taipei.ts';
import type { AllowanceLookup, StoreReads } from '../../ledger/ports.ts';
import type { AllowanceRecord } from '../../ledger/rows.ts';
import type { Session } from '../engine.ts';
import { ALLOWANCE } from '../schema.ts';
import { lookupSet } from '../sets.ts';
import { type Kit, type Prepared, prepare, slotOf, slotsOf } from '../statement.ts';
import { decode, table } from '../table.ts';
import { sellerOf } from '../without-statistics.ts';
import {
  INVOICE_NUMBER_KEY,
  type InvoiceNumberKey,
  NUMBER_KEY,
  type NumberKey,
} from '../write/statements.ts';
import { allowanceRecordOf, allowanceRecords } from './record.ts';

interface NumberAndDay extends InvoiceNumberKey {
  readonly day: TaipeiDate;
}
const NUMBER_AND_DAY = table<NumberAndDay>('item', [], {
  seller: 'text',
  number: 'text',
  day: 'text',
});

type AllowanceReads = Pick<StoreReads, 'findAllowances' | 'findAllowanceRows'>;

export function allowanceReads(kit: Kit, session: Session): AllowanceReads {
  const statements = compileLookups(kit);
  const byKey = lookupSet(kit, 'read_allowance_rows', NUMBER_KEY, (key) =>
    kit.db
      .selectFrom('allowance')
      .selectAll()
      .where('seller', '=', key.seller)
      .where('number', '=', key.number),
  );
  const find = async <Key extends object>(prepared: Prepared<Key>, key: Key) => {
    const { rows } = await session.run(prepared.statement, [prepared.bind(key)]);
    return rows.map(allowanceRecordOf);
  };
  return {
    async findAllowanceRows(keys) {
      const { rows } = await byKey.run(session, keys);
      return rows.map((row) => decode(ALLOWANCE, row));
    },
    async findAllowances(lookup: AllowanceLookup): Promise<readonly AllowanceRecord[]> {
      const { seller, number } = lookup;
      switch (lookup.by) {
        case 'allowance':
          return find(statements.byNumber, { seller, number });
        case 'invoice':
          return lookup.issuedOn === undefined
            ? find(statements.ofInvoice, { seller, number: lookup.number })
            : find(statements.ofInvoiceAndDay, {
                seller,
                number: lookup.number,
                day: lookup.issuedOn,
              });
        case 'allowance-date':
          return find(statements.byDay, { seller, number: lookup.number, day: lookup.allowedOn });
      }
    },
  };
}

function compileLookups(kit: Kit) {
  const byNumber = slotsOf(NUMBER_KEY, slotOf);
  const ofInvoice = slotsOf(INVOICE_NUMBER_KEY, slotOf);
  const byDay = slotsOf(NUMBER_AND_DAY, slotOf);
  const oldestFirst = allowanceRecords(kit).orderBy('a.sequence');
  // By the invoices that an allowance takes from, of which it may have several.
  const ofParts = oldestFirst.innerJoin('allowance_part as p', (join) =>
    join.on('a.seller', '=', sellerOf('p')).onRef('p.number', '=', 'a.number'),
  );
  // Tracks recur in later years: "the invoice" of a number is its newest.
  const newestPeriod = kit.db
    .selectFrom('invoice as i')
    .select('i.period')
    .orderBy('i.period', 'desc')
    .limit(sql.lit(1));
  return {
    byNumber: prepare<NumberKey>(
      kit,
      'read_allowance',
      oldestFirst.where('a.seller', '=', byNumber.seller).where('a.number', '=', byNumber.number),
    ),
    ofInvoice: prepare<InvoiceNumberKey>(
      kit,
      'read_allowances_of_invoice',
      ofParts
        .where('p.seller', '=', ofInvoice.seller)
        .where('p.invoice_number', '=', ofInvoice.number)
        .where(
          'p.period',
          '=',
          newestPeriod
            .where('i.seller', '=', ofInvoice.seller)
            .where('i.number', '=', ofInvoice.number),
        ),
    ),
    ofInvoiceAndDay: prepare<NumberAndDay>(
      kit,
      'read_allowances_of_invoice_day',
      ofParts
        .where('p.seller', '=', byDay.seller)
        .where('p.invoice_number', '=', byDay.number)
        .where(
          'p.period',
          '=',
          newestPeriod
            .where('i.seller', '=', byDay.seller)
            .where('i.number', '=', byDay.number)
            .where(sql<string>`substr(i.issued_at, 1, 10)`, '=', byDay.day),
        ),
    ),
    byDay: prepare<NumberAndDay>(
      kit,
      'read_allowances_by_day',
      ofParts
        .where('p.seller', '=', byDay.seller)
        .where('p.invoice_number', '=', byDay.number)
        .where(sql<string>`substr(a.allowed_at, 1, 10)`, '=', byDay.day),
    ),
  };
}
