/** Which trade something is about: a filing's own, or the one that a party names by number and day. */
import { type FilingMessage, isAllowanceMessage } from '../domain/filing.ts';
import { type TaipeiDate, taipeiDateOf } from '../domain/taipei.ts';
import type { TradeKind, TradeSide } from '../domain/trade.ts';
import type { Ubn } from '../domain/ubn.ts';
import type { StoreReads } from './ports.ts';
import type { FilingRow } from './rows.ts';
import type { TradeRow } from './trade-rows.ts';

/** Messages that a buyer sends; all others are their seller's. */
const OF_BUYER: ReadonlySet<FilingMessage> = new Set([
  ...(['A0102', 'A0202', 'A0301', 'B0102', 'B0202'] as const),
]);

/** The side on which the sender of a message stands. */
export function senderSide(message: FilingMessage): TradeSide {
  return OF_BUYER.has(message) ? 'purchase' : 'sales';
}

/** The trade that a filing of the exchange tells of. */
export async function findTradeOf(
  reads: Pick<StoreReads, 'findTrades'>,
  filing: FilingRow,
): Promise<TradeRow | null> {
  const { seller, message } = filing;
  const isAllowance = isAllowanceMessage(message);
  const number = isAllowance ? filing.allowanceNumber : filing.invoiceNumber;
  const kind: TradeKind = isAllowance ? 'allowance' : 'invoice';
  const found = await reads.findTrades({ seller, kind, number });
  const side = senderSide(message);
  return (
    found.find(
      (trade) =>
        trade.side === side && trade.partner === filing.partner && trade.period === filing.period,
    ) ?? null
  );
}

export interface TradeName {
  readonly seller: Ubn;
  readonly kind: TradeKind;
  readonly number: string;
  /** The document's own day; absent: any. */
  readonly day?: TaipeiDate;
  readonly side?: TradeSide;
}

/**
 * The newest trade of a name; a party's own document before one that it received. Tracks recur in later
 * years, and two suppliers may number an allowance alike.
 */
export async function findTrade(
  reads: Pick<StoreReads, 'findTrades'>,
  { seller, kind, number, day, side }: TradeName,
): Promise<TradeRow | null> {
  const found = (await reads.findTrades({ seller, kind, number })).filter(
    (trade) =>
      (day === undefined || taipeiDateOf(trade.at) === day) &&
      (side === undefined || trade.side === side),
  );
  return found.find((trade) => trade.side === 'sales') ?? found[0] ?? null;
}
