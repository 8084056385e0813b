/** Statements of the write path for trading partners and trades. */
import { sql } from 'kysely';
import type { PartnerKey } from '../../ledger/trade-ports.ts';
import type { TradeKey } from '../../ledger/trade-rows.ts';
import { changeSet, insertSet, lookupSet, updateSet } from '../sets.ts';
import type { Kit } from '../statement.ts';
import { table } from '../table.ts';
import { PARTNER, TRADE, TRADE_INVOICE } from '../trade-schema.ts';

export const PARTNER_KEY = table<PartnerKey>('item', [], { seller: 'text', partner: 'text' });
export const TRADE_KEY = table<TradeKey>('item', [], {
  seller: 'text',
  kind: 'text',
  number: 'text',
});

/** All of a partner but whose it is and who. */
const PARTNER_CHANGES = [
  ...(['kind', 'name', 'customerNumber', 'personInCharge', 'address', 'phone', 'fax'] as const),
  ...(['mode', 'email', 'salesName', 'contactAddress', 'passPhrase', 'sequence'] as const),
] as const;

export function tradeStatements(kit: Kit) {
  const { db } = kit;
  return {
    insertPartners: insertSet(kit, PARTNER),
    savePartners: updateSet(kit, PARTNER, PARTNER_CHANGES),
    deletePartners: changeSet(kit, 'delete_partners', PARTNER, (row, items) => {
      const using = items === null ? sql`` : sql` using ${items}`;
      return sql`delete from partner${using}
        where partner.seller = ${row.seller} and partner.partner = ${row.partner}`;
    }),
    insertTrades: insertSet(kit, TRADE),
    insertTradeInvoices: insertSet(kit, TRADE_INVOICE),
    saveTrades: updateSet(kit, TRADE, ['steps']),
    findPartners: lookupSet(kit, 'find_partners', PARTNER_KEY, (key) =>
      db
        .selectFrom('partner')
        .selectAll()
        .where('seller', '=', key.seller)
        .where('partner', '=', key.partner),
    ),
    findTrades: lookupSet(kit, 'find_trades', TRADE_KEY, (key) =>
      db
        .selectFrom('trade')
        .selectAll()
        .where('seller', '=', key.seller)
        .where('kind', '=', key.kind)
        .where('number', '=', key.number),
    ),
  };
}
