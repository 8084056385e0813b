/** What the confirmations of ECPay's B2B API have in common: find the document, confirm one act of it. */
import { done, fault, type Outcome } from '../../../domain/fault.ts';
import type { TradeAct } from '../../../domain/trade.ts';
import type { TradeRow } from '../../../ledger/trade-rows.ts';
import type { DialectContext } from '../../dialect.ts';
import { originOf, SUCCESS } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { onB2bWire } from './values.ts';

/** RtnMsg of a confirmation, a return and the void of an allowance (ECPay B2B API). */
export const TAKEN_TEXT = '新增成功';

export async function confirmStep(
  call: Call,
  { ledger }: DialectContext,
  trade: TradeRow | null,
  act: TradeAct,
  remark: string,
): Promise<Outcome<string>> {
  if (trade === null) return unknown();
  const [outcome] = await ledger.confirm([
    { ...originOf(call), counterparty: trade.partner, trade, act, remark },
  ]);
  if (outcome === undefined) throw new Error('the ledger answered no confirmation');
  return outcome.ok ? taken() : onB2bWire(outcome.faults);
}

/** The document is none of this merchant's. */
export function unknown(): Outcome<string> {
  const hint = 'no document of this number and day is this merchant’s, sold or bought';
  return onB2bWire([fault('TRADE_UNKNOWN', 'number', hint)]);
}

export function taken(): Outcome<string> {
  return done(JSON.stringify({ RtnCode: SUCCESS, RtnMsg: TAKEN_TEXT }));
}
