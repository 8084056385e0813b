/** What the ledger needs from the store for trading partners and trades; part of `ports.ts`. */
import type { Ubn } from '../domain/ubn.ts';
import type { FilingRow, InvoiceKey } from './rows.ts';
import type { PartnerRow, TradeInvoiceRow, TradeKey, TradeRow } from './trade-rows.ts';

export interface PartnerKey {
  readonly seller: Ubn;
  readonly partner: Ubn;
}

/** Within a transaction. */
export interface TradeChanges {
  findPartners(keys: readonly PartnerKey[]): Promise<readonly PartnerRow[]>;
  insertPartners(rows: readonly PartnerRow[]): Promise<void>;
  savePartners(rows: readonly PartnerRow[]): Promise<void>;
  deletePartners(rows: readonly PartnerRow[]): Promise<void>;

  /** Every trade of these numbers, on either side. */
  findTrades(keys: readonly TradeKey[]): Promise<readonly TradeRow[]>;
  /** `others`: further invoices that received allowances among them name. */
  insertTrades(rows: readonly TradeRow[], others?: readonly TradeInvoiceRow[]): Promise<void>;
  /** Saves the steps. */
  saveTrades(rows: readonly TradeRow[]): Promise<void>;
}

/** Outside any transaction. */
export interface TradeReads {
  findPartner(key: PartnerKey): Promise<PartnerRow | null>;
  /** By tax ID. */
  listPartners(seller: Ubn): Promise<readonly PartnerRow[]>;
  /** The trades of an invoice: itself, and the allowances that name it; an own one where it names it first. */
  findTradesOf(invoice: InvoiceKey): Promise<readonly TradeRow[]>;
  /** Every filing of an invoice and of its allowances, by sequence. */
  findFilingsOf(invoice: InvoiceKey): Promise<readonly FilingRow[]>;
  /** The purchased invoices that bear a supplier's own number, newest first. */
  findPurchases(seller: Ubn, referenceKey: string): Promise<readonly TradeRow[]>;
  /** The trades of a number on either side, newest document first. */
  findTrades(key: TradeKey): Promise<readonly TradeRow[]>;
}
