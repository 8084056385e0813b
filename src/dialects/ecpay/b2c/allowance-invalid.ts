/**
 * AllowanceInvalid 作廢折讓: takes an allowance back (ECPay B2C API, AllowanceInvalid). Observed: the
 * success text 該折讓單已作廢 reads like a refusal; clients look at RtnCode 1.
 */
import { ALLOWANCE_INVALID, ALLOWANCE_INVALID_REQUEST } from '#wire/ecpay-b2c/allowance-invalid.ts';
import { done, type Outcome, refused } from '../../../domain/fault.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, originOf, SUCCESS } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';
import { onWire } from './fields.ts';
import { invoiceNumberOf } from './numbers.ts';

export const allowanceInvalid: Endpoint = {
  action: 'AllowanceInvalid',
  wire: ALLOWANCE_INVALID,
  answer,
};

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(ALLOWANCE_INVALID_REQUEST, call.data);
  if (!isWhole(reading)) return refused(...reading.faults);
  const { InvoiceNo, AllowanceNo, Reason } = reading.members;
  const [outcome] = await context.ledger.voidAllowance([
    {
      ...originOf(call),
      number: invoiceNumberOf(InvoiceNo),
      allowanceNumber: AllowanceNo,
      reason: Reason,
    },
  ]);
  if (outcome === undefined) throw new Error('the ledger answered no void of an allowance');
  if (!outcome.ok) return onWire(outcome.faults, '');
  return done(
    JSON.stringify({
      RtnCode: SUCCESS,
      RtnMsg: '該折讓單已作廢',
      IA_Invoice_No: outcome.value.number,
    }),
  );
}
