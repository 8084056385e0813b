/** Whether what a notice would tell has happened, and which allowance of an invoice it is about. */
import { partsOf } from '../../../domain/allowance.ts';
import type { NoticeTag } from '../../../domain/notice.ts';
import { taipeiDateOf } from '../../../domain/taipei.ts';
import { stepOf, type TradeAct } from '../../../domain/trade.ts';
import { parsePurchasedAllowance } from '../../../ledger/content.ts';
import type { StoreReads } from '../../../ledger/ports.ts';
import type { TradeRow } from '../../../ledger/trade-rows.ts';

/** The allowance of this number, given or received on the side of the invoice, that names the invoice. */
export async function findToldAllowance(
  reads: StoreReads,
  invoice: TradeRow,
  number: string,
): Promise<TradeRow | null> {
  const { seller, side, partner } = invoice;
  const found = await reads.findTrades({ seller, kind: 'allowance', number });
  for (const trade of found) {
    const isSameSide = trade.side === side && (side === 'sales' || trade.partner === partner);
    if (isSameSide && (await doesName(reads, trade, invoice))) return trade;
  }
  return null;
}

async function doesName(
  reads: StoreReads,
  trade: TradeRow,
  { invoiceNumber, period, at }: TradeRow,
): Promise<boolean> {
  if (trade.side === 'purchase') {
    const { lines } = parsePurchasedAllowance(trade.content);
    const day = taipeiDateOf(at);
    return lines.some((line) => line.invoiceNumber === invoiceNumber && line.invoiceDay === day);
  }
  const { seller, number } = trade;
  const [record] = await reads.findAllowances({ by: 'allowance', seller, number });
  return (
    record !== undefined &&
    partsOf(record.content).some(
      ({ invoice }) => invoice.number === invoiceNumber && invoice.period === period,
    )
  );
}

const DEEDS: Readonly<Partial<Record<NoticeTag, TradeAct>>> = {
  voided: 'void',
  returned: 'return',
  'allowance-voided': 'void',
};
const CONFIRMED: Readonly<Partial<Record<NoticeTag, TradeAct>>> = {
  'issue-confirmed': 'issue',
  'void-confirmed': 'void',
  'return-confirmed': 'return',
  'allowance-confirmed': 'issue',
  'allowance-void-confirmed': 'void',
};

/** A document that is there was issued; of anything else there is a step, or a stored invoice's void. */
export async function hasHappened(
  reads: StoreReads,
  trade: TradeRow,
  tag: NoticeTag,
): Promise<boolean> {
  const confirmed = CONFIRMED[tag];
  if (confirmed !== undefined) return stepOf(trade, confirmed)?.confirmedAt != null;
  const deed = DEEDS[tag];
  if (deed === undefined || stepOf(trade, deed) !== undefined) return true;
  if (tag !== 'voided' || trade.mode === 'exchange') return false;
  const { seller, invoiceNumber: number, at } = trade;
  const lookup = { by: 'number', seller, number, issuedOn: taipeiDateOf(at) } as const;
  return (await reads.findInvoice(lookup))?.row.state === 'voided';
}
