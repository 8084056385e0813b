/** How a document was voided: by the trade's steps in exchange mode, by the ledger's record in storage mode. */
import type { TaipeiDateTime } from '../../../domain/taipei.ts';
import { taipeiDateOf } from '../../../domain/taipei.ts';
import { stepOf } from '../../../domain/trade.ts';
import type { FilingRow } from '../../../ledger/rows.ts';
import type { TradeRow } from '../../../ledger/trade-rows.ts';
import type { DialectContext } from '../../dialect.ts';
import { filingOf, VOID_MESSAGES } from './trade-view.ts';

export interface VoidFacts {
  readonly at: TaipeiDateTime;
  readonly reason: string;
  readonly remark: string;
  readonly confirmedAt: TaipeiDateTime | null;
}

/** Null where the document is not voided, nor a void asked for. */
export async function voidFactsOf(
  { ledger: { reads } }: DialectContext,
  trade: TradeRow,
  filings: readonly FilingRow[],
): Promise<VoidFacts | null> {
  if (trade.mode === 'exchange') return stepOf(trade, 'void') ?? null;
  const { seller, invoiceNumber: number, at } = trade;
  const row =
    trade.kind === 'invoice'
      ? (await reads.findInvoice({ by: 'number', seller, number, issuedOn: taipeiDateOf(at) }))?.row
      : (await reads.findAllowances({ by: 'allowance', seller, number: trade.number }))[0]?.row;
  if (row === undefined || row.voidedAt === null) return null;
  const remark = filingOf(filings, trade, ...VOID_MESSAGES[trade.kind])?.remark ?? '';
  return { at: row.voidedAt, reason: row.voidReason, remark, confirmedAt: null };
}
