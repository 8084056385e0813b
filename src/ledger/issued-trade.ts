/** What an issue adds for a traded invoice: its seller's record, and its buyer's where both are here. */
import type { InvoiceContent } from '../domain/invoice.ts';
import { purchasedOf } from '../domain/trade.ts';
import type { Batch } from './batch.ts';
import { firstStep, purchaseRow, TOLD_BY_CENTER } from './trade-book.ts';
import type { TradeTerms } from './trade-commands.ts';
import type { TradeRow } from './trade-rows.ts';

/** `sequence`: of the entry of the issue. */
export function issuedTrades(
  batch: Batch,
  content: InvoiceContent,
  terms: TradeTerms,
  sequence: number,
): readonly TradeRow[] {
  const { seller, number, period, issuedAt: at, buyer } = content;
  const partner = buyer.ubn;
  if (partner === null) throw new Error('a traded invoice has a buyer with a tax ID');
  const { mode } = terms;
  const sale: TradeRow = {
    ...{ seller, kind: 'invoice', number, side: 'sales', partner, period },
    ...{ invoiceNumber: number, at, mode, steps: [firstStep(at)] },
    ...{ content: '', hash: '', referenceKey: null, sequence },
  };
  if (mode === 'storage' || !batch.knows(partner)) return [sale];
  return [sale, purchaseRow(batch, sale, purchasedOf(content, terms.supplier), TOLD_BY_CENTER)];
}
