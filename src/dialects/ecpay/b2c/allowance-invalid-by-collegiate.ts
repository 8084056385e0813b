/**
 * AllowanceInvalidByCollegiate 取消線上折讓: withdraws an online allowance that the buyer has not agreed to
 * (ECPay B2C API, AllowanceInvalidByCollegiate). Guides also call it CancelAllowance.
 */
import {
  ALLOWANCE_INVALID_BY_COLLEGIATE,
  ALLOWANCE_INVALID_BY_COLLEGIATE_REQUEST,
} from '#wire/ecpay-b2c/allowance-invalid-by-collegiate.ts';
import { done, type Outcome, refused } from '../../../domain/fault.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, originOf, SUCCESS } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';
import { onWire } from './fields.ts';
import { invoiceNumberOf } from './numbers.ts';

export const allowanceInvalidByCollegiate: Endpoint = {
  action: 'AllowanceInvalidByCollegiate',
  wire: ALLOWANCE_INVALID_BY_COLLEGIATE,
  answer,
};

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(ALLOWANCE_INVALID_BY_COLLEGIATE_REQUEST, call.data);
  if (!isWhole(reading)) return refused(...reading.faults);
  const { InvoiceNo, AllowanceNo, Reason } = reading.members;
  const [outcome] = await context.ledger.withdrawAllowance([
    {
      ...originOf(call),
      number: invoiceNumberOf(InvoiceNo),
      allowanceNumber: AllowanceNo,
      reason: Reason,
    },
  ]);
  if (outcome === undefined) throw new Error('the ledger answered no withdrawal');
  if (!outcome.ok) return onWire(outcome.faults, '');
  return done(
    JSON.stringify({
      RtnCode: SUCCESS,
      RtnMsg: '取消成功',
      IA_Invoice_No: outcome.value.invoiceNumber,
    }),
  );
}
