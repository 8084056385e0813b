/**
 * CancelAllowance 作廢折讓: the seller voids an allowance (ECPay B2B API, CancelAllowance; older pages let the
 * buyer). In exchange mode this asks the buyer, whose confirmation voids it.
 */
import {
  B2B_CANCEL_ALLOWANCE,
  B2B_CANCEL_ALLOWANCE_REQUEST,
} from '#wire/ecpay-b2b/cancel-allowance.ts';
import { type Outcome, refused } from '../../../domain/fault.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, originOf } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';
import { taken, unknown } from './confirm-step.ts';
import { findAllowanceTrade } from './find-document.ts';
import { onB2bWire } from './values.ts';

export const cancelAllowance: Endpoint = {
  action: 'B2B/CancelAllowance',
  wire: B2B_CANCEL_ALLOWANCE,
  answer,
};

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(B2B_CANCEL_ALLOWANCE_REQUEST, call.data);
  if (!isWhole(reading)) return refused(...reading.faults);
  const { AllowanceNo, Reason: reason, Remark: remark = '' } = reading.members;
  const trade = await findAllowanceTrade(call, context, AllowanceNo);
  if (trade === null) return unknown();
  const origin = originOf(call);
  const [outcome] =
    trade.mode === 'exchange'
      ? await context.ledger.voidTrade([
          { ...origin, counterparty: trade.partner, trade, reason, remark },
        ])
      : await context.ledger.voidAllowance([
          { ...origin, allowanceNumber: AllowanceNo, reason, remark },
        ]);
  if (outcome === undefined) throw new Error('the ledger answered no void of an allowance');
  return outcome.ok ? taken() : onB2bWire(outcome.faults);
}
