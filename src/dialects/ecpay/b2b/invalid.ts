/**
 * Invalid 作廢: voids an invoice by its number and its own day (ECPay B2B API, Invalid). In exchange mode
 * this asks the buyer, whose confirmation voids it. Observed: the length of Reason is checked before the
 * invoice is looked for (2103005; 2026-09, stage).
 */
import { B2B_INVALID, B2B_INVALID_REQUEST } from '#wire/ecpay-b2b/invalid.ts';
import { done, fault, type Outcome, refused } from '../../../domain/fault.ts';
import type { TradeRow } from '../../../ledger/trade-rows.ts';
import type { DialectContext } from '../../dialect.ts';
import { dayOf } from '../dates.ts';
import { type Endpoint, originOf, SUCCESS } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';
import { unknown } from './confirm-step.ts';
import { findInvoiceTrade } from './find-document.ts';
import { onB2bWire } from './values.ts';

export const invalid: Endpoint = { action: 'B2B/Invalid', wire: B2B_INVALID, answer };

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(B2B_INVALID_REQUEST, call.data);
  if (!isWhole(reading)) return refused(...reading.faults);
  const { InvoiceNumber, InvoiceDate, Reason, Remark = '' } = reading.members;
  const trade = await findInvoiceTrade(call, context, InvoiceNumber, InvoiceDate);
  if (trade === null) return unknown();
  const outcome =
    trade.mode === 'exchange'
      ? await voidExchanged(call, context, trade, Reason, Remark)
      : await voidStored(call, context, trade, InvoiceDate, Reason, Remark);
  if (!outcome.ok) return onB2bWire(outcome.faults);
  return done(
    JSON.stringify({ RtnCode: SUCCESS, RtnMsg: '發票作廢成功', InvoiceNumber: trade.number }),
  );
}

async function voidExchanged(
  call: Call,
  { ledger }: DialectContext,
  trade: TradeRow,
  reason: string,
  remark: string,
): Promise<Outcome<unknown>> {
  const origin = { ...originOf(call), counterparty: trade.partner };
  const [outcome] = await ledger.voidTrade([{ ...origin, trade, reason, remark }]);
  if (outcome === undefined) throw new Error('the ledger answered no void');
  return outcome;
}

async function voidStored(
  call: Call,
  { ledger }: DialectContext,
  trade: TradeRow,
  day: string,
  reason: string,
  remark: string,
): Promise<Outcome<unknown>> {
  if (trade.side === 'purchase') {
    return refused(fault('TRADE_PARTY_WRONG', 'number', 'the seller voids its invoice'));
  }
  const [outcome] = await ledger.void([
    { ...originOf(call), number: trade.invoiceNumber, issuedOn: dayOf(day), reason, remark },
  ]);
  if (outcome === undefined) throw new Error('the ledger answered no void');
  return outcome;
}
