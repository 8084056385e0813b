/**
 * Reject 退回: the buyer returns an invoice that it has not confirmed (ECPay B2B API, Reject). In storage
 * mode only the seller keeps a record, so the call is the seller's entry of a return and owes no message.
 */
import { B2B_REJECT, B2B_REJECT_REQUEST } from '#wire/ecpay-b2b/reject.ts';
import { fault, type Outcome, refused } from '../../../domain/fault.ts';
import { taipeiDateOf } from '../../../domain/taipei.ts';
import type { TradeRow } from '../../../ledger/trade-rows.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, originOf } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';
import { taken, unknown } from './confirm-step.ts';
import { findInvoiceTrade } from './find-document.ts';
import { onB2bWire } from './values.ts';

export const reject: Endpoint = { action: 'B2B/Reject', wire: B2B_REJECT, answer };

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(B2B_REJECT_REQUEST, call.data);
  if (!isWhole(reading)) return refused(...reading.faults);
  const { InvoiceNumber, InvoiceDate, Reason, Remark = '' } = reading.members;
  const trade = await findInvoiceTrade(call, context, InvoiceNumber, InvoiceDate);
  if (trade === null) return unknown();
  if (trade.mode === 'storage' && (await isVoided(context, trade))) {
    return onB2bWire([fault('INVOICE_VOIDED', 'number', 'a voided invoice is not returned')]);
  }
  const [outcome] = await context.ledger.reject([
    {
      ...originOf(call),
      counterparty: trade.partner,
      trade,
      reason: Reason,
      remark: Remark,
    },
  ]);
  if (outcome === undefined) throw new Error('the ledger answered no return');
  return outcome.ok ? taken() : onB2bWire(outcome.faults);
}

async function isVoided(
  { ledger }: DialectContext,
  { seller, invoiceNumber: number, at }: TradeRow,
): Promise<boolean> {
  const lookup = { by: 'number', seller, number, issuedOn: taipeiDateOf(at) } as const;
  return (await ledger.reads.findInvoice(lookup))?.row.state === 'voided';
}
