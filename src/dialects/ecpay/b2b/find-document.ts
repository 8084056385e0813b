/**
 * Which document a call speaks of: the merchant's own, or one that it received. A number that is no trade
 * of the merchant's is unknown here, be it an invoice of another API of the same merchant.
 */
import type { TradeSide } from '../../../domain/trade.ts';
import { findTrade } from '../../../ledger/find-trade.ts';
import type { TradeRow } from '../../../ledger/trade-rows.ts';
import type { DialectContext } from '../../dialect.ts';
import { dayOf } from '../dates.ts';
import { accountIdOf } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { RELATE_KIND } from './issue.ts';

export interface InvoiceQuery {
  readonly InvoiceNumber?: string | undefined;
  readonly InvoiceDate?: string | undefined;
  readonly RelateNumber?: string | undefined;
}

/** The invoice of a number and day. Without a side, the merchant's own comes before a received one. */
export function findInvoiceTrade(
  call: Call,
  { ledger }: DialectContext,
  number: string,
  day: string | undefined,
  side?: TradeSide,
): Promise<TradeRow | null> {
  return findTrade(ledger.reads, {
    seller: call.seller.ubn,
    kind: 'invoice',
    number,
    ...(day !== undefined && { day: dayOf(day) }),
    ...(side !== undefined && { side }),
  });
}

/** The invoice of a query: by number and day, else by its seller's own number of it. */
export async function findQueried(
  call: Call,
  context: DialectContext,
  { InvoiceNumber: number, InvoiceDate: day, RelateNumber: relate }: InvoiceQuery,
  side: TradeSide,
): Promise<TradeRow | null> {
  if (number !== undefined) return findInvoiceTrade(call, context, number, day, side);
  if (relate === undefined) return null;
  const seller = call.seller.ubn;
  if (side === 'purchase') {
    const [newest] = await context.ledger.reads.findPurchases(seller, relate.toUpperCase());
    return newest ?? null;
  }
  const key = { seller, account: accountIdOf(call), kind: RELATE_KIND, key: relate.toUpperCase() };
  const record = await context.ledger.reads.findInvoice({ by: 'reference', key });
  if (record === null) return null;
  const found = await context.ledger.reads.findTrades({
    ...{ seller, kind: 'invoice', number: record.row.number },
  });
  return found.find((row) => row.side === 'sales' && row.period === record.row.period) ?? null;
}

export function findAllowanceTrade(
  call: Call,
  { ledger }: DialectContext,
  number: string,
): Promise<TradeRow | null> {
  return findTrade(ledger.reads, { seller: call.seller.ubn, kind: 'allowance', number });
}

/** 0 or missing: what the merchant sold; 1: what it bought. */
export function sideOf(category: string | undefined): TradeSide {
  return category === '1' ? 'purchase' : 'sales';
}
