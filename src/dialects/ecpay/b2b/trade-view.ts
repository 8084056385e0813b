/**
 * What ECPay's B2B queries show of a trade and its steps: parties on the right side, times, whether the
 * message of a step was uploaded. Each party sees its own messages' way and nobody else's.
 */
import type { FilingMessage } from '../../../domain/filing.ts';
import type { TaipeiDateTime } from '../../../domain/taipei.ts';
import type { TradeKind, TradeStep } from '../../../domain/trade.ts';
import type { FilingRow } from '../../../ledger/rows.ts';
import type { TradeRow } from '../../../ledger/trade-rows.ts';
import { ipv4Of } from '../endpoint.ts';

/** 0 no, 1 yes, 2 failed; null where the message is none of this party's. */
export function uploadOf(filing: FilingRow | null | undefined) {
  if (filing === null || filing === undefined) return { Upload_Status: null, Upload_Date: null };
  const { state, settledAt } = filing;
  const status = state === 'confirmed' ? 1 : state === 'refused' ? 2 : 0;
  return { Upload_Status: status, Upload_Date: state === 'confirmed' ? settledAt : null };
}

/** The party's own filing of a message of the trade; the last one, where a number was filed again. */
export function filingOf(
  filings: readonly FilingRow[],
  trade: TradeRow,
  ...messages: readonly FilingMessage[]
): FilingRow | undefined {
  const allowance = trade.kind === 'allowance' ? trade.number : '';
  return filings.findLast(
    ({ message, allowanceNumber }) => messages.includes(message) && allowanceNumber === allowance,
  );
}

/** Tax IDs of seller and buyer, whichever side asks. */
export function partiesOf({ seller, partner, side }: TradeRow) {
  const isSale = side === 'sales';
  return { sellerId: isSale ? seller : partner, buyerId: isSale ? partner : seller };
}

/** 1 confirmed, 0 not, or storage mode. */
export function exchangeStatusOf(step: TradeStep | undefined): number {
  return step?.confirmedAt == null ? 0 : 1;
}

export function dayText(time: TaipeiDateTime): string {
  return time.slice(0, 10);
}
export function clockText(time: TaipeiDateTime): string {
  return time.slice(11);
}

/** An IPv4 address as a number, as the .NET SDK reads it; null for any other. */
export function ipNumber(ip: string): number | null {
  const text = ipv4Of(ip);
  if (text === '') return null;
  return text.split('.').reduce((value, part) => value * 256 + Number(part), 0);
}

/** The invoice in whose chain the trade's filings stand. */
export function chainOf({ seller, period, invoiceNumber }: TradeRow) {
  return { seller, period, number: invoiceNumber };
}

/** Messages by which a seller voids, in either mode. */
export const VOID_MESSAGES: Readonly<Record<TradeKind, readonly FilingMessage[]>> = {
  invoice: ['F0501', 'A0201'],
  allowance: ['G0501', 'B0201'],
};
