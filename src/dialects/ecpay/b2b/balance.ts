/** What is left of an invoice to allow, without tax, as ECPay's B2B queries show it to either party. */
import { partsOf, reservesAmount } from '../../../domain/allowance.ts';
import { scaled } from '../../../domain/decimal.ts';
import { wholeDollars } from '../../../domain/decimal-arithmetic.ts';
import { taipeiDateOf } from '../../../domain/taipei.ts';
import { isInForce } from '../../../domain/trade.ts';
import { parsePurchasedAllowance } from '../../../ledger/content.ts';
import type { StoreReads } from '../../../ledger/ports.ts';
import type { TradeRow } from '../../../ledger/trade-rows.ts';
import { chainOf } from './trade-view.ts';

/** `net`: the invoice's sales without tax. `trade`: the invoice's. */
export async function balanceOf(reads: StoreReads, trade: TradeRow, net: number): Promise<number> {
  return trade.side === 'sales'
    ? net - (await allowedBySeller(reads, trade))
    : net - (await allowedToBuyer(reads, trade));
}

async function allowedBySeller(reads: StoreReads, trade: TradeRow): Promise<number> {
  const { seller, invoiceNumber: number, period, at } = trade;
  const lookup = { by: 'invoice', seller, number, issuedOn: taipeiDateOf(at) } as const;
  let sum = 0;
  for (const { row, content } of await reads.findAllowances(lookup)) {
    if (!reservesAmount(row.state)) continue;
    for (const { invoice, amounts } of partsOf(content)) {
      if (invoice.number === number && invoice.period === period) sum += amounts.net;
    }
  }
  return sum;
}

async function allowedToBuyer(reads: StoreReads, trade: TradeRow): Promise<number> {
  let sum = 0n;
  for (const row of await reads.findTradesOf(chainOf(trade))) {
    if (row.kind !== 'allowance' || row.side !== 'purchase' || isInForce(row, 'void')) continue;
    if (row.partner !== trade.partner) continue;
    for (const line of parsePurchasedAllowance(row.content).lines) {
      if (line.invoiceNumber === trade.invoiceNumber) sum += scaled(line.amount);
    }
  }
  return Number(wholeDollars(sum));
}
