/** What the queries about one step of an invoice have in common: the invoice, and the party's filings. */
import { fault, type Outcome, refused } from '../../../domain/fault.ts';
import { taipeiDateOf } from '../../../domain/taipei.ts';
import type { Ubn } from '../../../domain/ubn.ts';
import type { StoreReads } from '../../../ledger/ports.ts';
import type { FilingRow } from '../../../ledger/rows.ts';
import type { TradeRow } from '../../../ledger/trade-rows.ts';
import type { DialectContext } from '../../dialect.ts';
import type { Call } from '../envelope.ts';
import { type WireFault, wireFault } from '../wire-fault.ts';
import { findQueried, type InvoiceQuery, sideOf } from './find-document.ts';
import { chainOf } from './trade-view.ts';

export interface QueriedTrade {
  readonly trade: TradeRow;
  readonly filings: readonly FilingRow[];
}

export async function queryInvoice(
  call: Call,
  context: DialectContext,
  query: InvoiceQuery & { readonly InvoiceCategory?: string | undefined },
): Promise<Outcome<QueriedTrade>> {
  const missing = missingOf(query);
  if (missing !== null) return refused(missing);
  const trade = await findQueried(call, context, query, sideOf(query.InvoiceCategory));
  if (trade === null) return notFound('InvoiceNumber');
  return { ok: true, value: await withFilings(context, trade) };
}

export async function withFilings(
  { ledger }: DialectContext,
  trade: TradeRow,
): Promise<QueriedTrade> {
  const filings = await ledger.reads.findFilingsOf(chainOf(trade));
  return { trade: { ...trade, partner: await partnerNow(ledger.reads, trade) }, filings };
}

/** A stored invoice may have been issued again to another buyer, while its trade goes by the first one's name. */
async function partnerNow(reads: StoreReads, trade: TradeRow): Promise<Ubn> {
  const { seller, kind, side, mode, invoiceNumber: number, at, partner } = trade;
  if (kind !== 'invoice' || side !== 'sales' || mode !== 'storage') return partner;
  const lookup = { by: 'number', seller, number, issuedOn: taipeiDateOf(at) } as const;
  return (await reads.findInvoice(lookup))?.content.buyer.ubn ?? partner;
}

export function notFound(member: string): { ok: false; faults: readonly WireFault[] } {
  const isAllowance = member === 'AllowanceNo';
  const hint = 'nothing of the kind was done with such a document on this side';
  return refused(fault(isAllowance ? 'ALLOWANCE_NOT_FOUND' : 'INVOICE_NOT_FOUND', member, hint));
}

/** InvoiceNumber with InvoiceDate, or RelateNumber. */
function missingOf({ InvoiceNumber, InvoiceDate, RelateNumber }: InvoiceQuery): WireFault | null {
  const hint = 'send InvoiceNumber with InvoiceDate, or RelateNumber';
  if (InvoiceNumber !== undefined && InvoiceDate === undefined) {
    return wireFault('FIELD_REQUIRED', 'InvoiceDate', 'a day', 'nothing', hint);
  }
  if (InvoiceNumber !== undefined || RelateNumber !== undefined) return null;
  return wireFault('FIELD_REQUIRED', 'InvoiceNumber', 'a number', 'nothing', hint);
}
