/** Reads of trading partners and trades. */

import { sql } from 'kysely';
import type { Ubn } from '../../domain/ubn.ts';
import type { TradeReads } from '../../ledger/trade-ports.ts';
import type { Session } from '../engine.ts';
import { FILING } from '../schema.ts';
import { type Kit, prepare, slotOf, slotsOf } from '../statement.ts';
import { decode, table } from '../table.ts';
import { PARTNER, TRADE } from '../trade-schema.ts';
import { sellerOf } from '../without-statistics.ts';
import { INVOICE_KEY } from '../write/statements.ts';
import { PARTNER_KEY, TRADE_KEY } from '../write/trade-statements.ts';

const REFERENCE_KEY = table<{ readonly seller: Ubn; readonly referenceKey: string }>('item', [], {
  seller: 'text',
  referenceKey: 'text',
});

export function tradeReads(kit: Kit, session: Session): TradeReads {
  const { byPartner, ofSeller } = partnerLookups(kit);
  const { byNumber, byReference } = tradeLookups(kit);
  const { ofInvoice, namedFurther, filings } = invoiceLookups(kit);
  return {
    async findTradesOf(key) {
      const first = await session.run(ofInvoice.statement, [ofInvoice.bind(key)]);
      const further = await session.run(namedFurther.statement, [namedFurther.bind(key)]);
      return [...first.rows, ...further.rows]
        .map((row) => decode(TRADE, row))
        .sort((a, b) => a.sequence - b.sequence);
    },
    async findFilingsOf(key) {
      const { rows } = await session.run(filings.statement, [filings.bind(key)]);
      return rows.map((row) => decode(FILING, row));
    },
    async findPartner(key) {
      const { rows } = await session.run(byPartner.statement, [byPartner.bind(key)]);
      const [row] = rows;
      return row === undefined ? null : decode(PARTNER, row);
    },
    async listPartners(seller) {
      const { rows } = await session.run(ofSeller.statement, [ofSeller.bind({ seller })]);
      return rows.map((row) => decode(PARTNER, row));
    },
    async findPurchases(seller, referenceKey) {
      const values = byReference.bind({ seller, referenceKey });
      const { rows } = await session.run(byReference.statement, [values]);
      return rows.map((row) => decode(TRADE, row));
    },
    async findTrades(key) {
      const { rows } = await session.run(byNumber.statement, [byNumber.bind(key)]);
      return rows.map((row) => decode(TRADE, row));
    },
  };
}

function partnerLookups(kit: Kit) {
  const { db } = kit;
  const partner = slotsOf(PARTNER_KEY, slotOf);
  const byPartner = prepare(
    kit,
    'read_partner',
    db
      .selectFrom('partner')
      .selectAll()
      .where('seller', '=', partner.seller)
      .where('partner', '=', partner.partner),
  );
  const ofSeller = prepare(
    kit,
    'read_partners',
    db.selectFrom('partner').selectAll().where('seller', '=', partner.seller).orderBy('partner'),
  );
  return { byPartner, ofSeller };
}

function tradeLookups(kit: Kit) {
  const { db } = kit;
  const trade = slotsOf(TRADE_KEY, slotOf);
  const byNumber = prepare(
    kit,
    'read_trades',
    db
      .selectFrom('trade')
      .selectAll()
      .where('seller', '=', trade.seller)
      .where('kind', '=', trade.kind)
      .where('number', '=', trade.number)
      .orderBy('at', 'desc')
      .orderBy('sequence', 'desc'),
  );
  const reference = slotsOf(REFERENCE_KEY, slotOf);
  const byReference = prepare(
    kit,
    'read_purchases',
    db
      .selectFrom('trade')
      .selectAll()
      .where('seller', '=', reference.seller)
      .where('reference_key', '=', reference.referenceKey)
      .orderBy('at', 'desc')
      .orderBy('sequence', 'desc'),
  );
  return { byNumber, byReference };
}

function invoiceLookups(kit: Kit) {
  const { db } = kit;
  const invoice = slotsOf(INVOICE_KEY, slotOf);
  const ofInvoice = prepare(
    kit,
    'read_trades_of_invoice',
    db
      .selectFrom('trade')
      .selectAll()
      .where('seller', '=', invoice.seller)
      .where('invoice_number', '=', invoice.number)
      .where('period', '=', invoice.period)
      .orderBy('sequence'),
  );
  const namedFurther = prepare(
    kit,
    'read_trades_naming_invoice',
    db
      .selectFrom('trade_invoice')
      .innerJoin('trade', (join) =>
        join
          .on('trade.seller', '=', sellerOf('trade_invoice'))
          .onRef('trade.number', '=', 'trade_invoice.number')
          .onRef('trade.partner', '=', 'trade_invoice.partner')
          .onRef('trade.period', '=', 'trade_invoice.period')
          .on('trade.kind', '=', sql.lit('allowance'))
          .on('trade.side', '=', sql.lit('purchase')),
      )
      .selectAll('trade')
      .where('trade_invoice.seller', '=', invoice.seller)
      .where('trade_invoice.invoice_number', '=', invoice.number)
      .where('trade_invoice.invoice_period', '=', invoice.period),
  );
  const filings = prepare(
    kit,
    'read_filings_of_invoice',
    db
      .selectFrom('filing')
      .selectAll()
      .where('seller', '=', invoice.seller)
      .where('invoice_number', '=', invoice.number)
      .where('period', '=', invoice.period)
      .orderBy('sequence'),
  );
  return { ofInvoice, namedFurther, filings };
}
