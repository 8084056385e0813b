/**
 * What an allowance adds on traded invoices: whether the trades of its invoices take it, its seller's
 * record, and its buyer's where they exchange and both are of this center.
 */
import { type AllowanceContent, invoiceOfLine } from '../domain/allowance.ts';
import { type Fault, fault } from '../domain/fault.ts';
import type { InvoiceContent } from '../domain/invoice.ts';
import { taipeiDateOf } from '../domain/taipei.ts';
import { actFault, isInForce, type PurchasedAllowance, type TradeParty } from '../domain/trade.ts';
import type { Batch } from './batch.ts';
import type { AllowStatedCommand } from './ledger.ts';
import type { InvoiceKey } from './rows.ts';
import { firstStep, purchaseRow, TOLD_BY_CENTER, TradeBook } from './trade-book.ts';
import type { TradeTerms } from './trade-commands.ts';
import type { TradeRow } from './trade-rows.ts';

/** Opens the trades of the invoices that traded allowances name. */
export function openSales(
  batch: Batch,
  commands: readonly AllowStatedCommand[],
): Promise<TradeBook> {
  return TradeBook.open(
    batch,
    commands.flatMap(({ seller, draft, trade }) =>
      trade === undefined
        ? []
        : draft.lines.map(({ invoice: { number } }) => ({ seller, kind: 'invoice', number })),
    ),
  );
}

export function saleOf(book: TradeBook, { seller, period, number }: InvoiceKey): TradeRow | null {
  const found = book.of({ seller, kind: 'invoice', number });
  return found.find((row) => row.side === 'sales' && row.period === period) ?? null;
}

/** Why the exchanged invoices take no allowance now; null where they do. */
export function salesFault(sales: readonly (TradeRow | null)[]): Fault | null {
  const modes = new Set(sales.map((sale) => sale?.mode ?? 'storage'));
  if (modes.size > 1) {
    const hint = 'one allowance is filed in one mode: give back on each mode’s invoices apart';
    return fault('ALLOWANCE_MODES_MIXED', 'lines', hint);
  }
  for (const sale of sales) {
    if (sale?.mode !== 'exchange') continue;
    // What may not be voided, may not be allowed either: unconfirmed, returned, a void on its way.
    const problem = actFault(sale, 'void', true);
    if (problem !== null) return { ...problem, path: 'lines' };
    if (!isInForce(sale, 'issue')) throw new Error('an unconfirmed invoice passed for confirmed');
  }
  return null;
}

/** The rows of a new allowance on traded invoices, the seller's first. `sequence`: of the entry of the allowance. */
export function allowedTrades(
  batch: Batch,
  content: AllowanceContent,
  invoice: InvoiceContent,
  { mode, supplier }: TradeTerms,
  sequence: number,
): readonly TradeRow[] {
  const { seller, number, allowedAt: at } = content;
  const partner = content.invoice.buyerUbn;
  if (partner === null) throw new Error('a traded invoice has a buyer with a tax ID');
  const sale: TradeRow = {
    ...{ seller, kind: 'allowance', number, side: 'sales', partner },
    ...{ period: content.invoice.period, invoiceNumber: content.invoice.number, at, mode },
    ...{ steps: [firstStep(at)], content: '', hash: '', referenceKey: null, sequence },
  };
  if (mode === 'storage' || !batch.knows(partner)) return [sale];
  const purchased = purchasedAllowanceOf(content, invoice, supplier);
  return [sale, purchaseRow(batch, sale, purchased, TOLD_BY_CENTER)];
}

function purchasedAllowanceOf(
  content: AllowanceContent,
  { buyer }: InvoiceContent,
  supplier: TradeParty,
): PurchasedAllowance {
  if (buyer.ubn === null) throw new Error('a traded invoice has a buyer with a tax ID');
  const { ubn, name, address, phone, email } = buyer;
  return {
    number: content.number,
    allowedAt: content.allowedAt,
    supplier,
    buyer: { ubn, name, address, phone, fax: '', email },
    net: content.amounts.net,
    tax: content.amounts.tax,
    lines: content.lines.map((line) => {
      const original = invoiceOfLine(content, line);
      return {
        sequence: line.sequence,
        invoiceNumber: original.number,
        invoiceDay: taipeiDateOf(original.issuedAt),
        originalSequence: line.originalSequence,
        description: line.description,
        quantity: line.quantity,
        unit: line.unit,
        unitPrice: line.filedUnitPrice,
        amount: line.net,
        tax: line.tax,
        taxType: line.taxClass,
      };
    }),
  };
}
