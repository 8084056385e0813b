/** AllowanceConfirm 折讓確認: the buyer has received an exchanged allowance (ECPay B2B API, AllowanceConfirm). */
import {
  B2B_ALLOWANCE_CONFIRM,
  B2B_ALLOWANCE_CONFIRM_REQUEST,
} from '#wire/ecpay-b2b/allowance-confirm.ts';
import { type Outcome, refused } from '../../../domain/fault.ts';
import type { DialectContext } from '../../dialect.ts';
import type { Endpoint } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';
import { confirmStep } from './confirm-step.ts';
import { findAllowanceTrade } from './find-document.ts';

export const allowanceConfirm: Endpoint = {
  action: 'B2B/AllowanceConfirm',
  wire: B2B_ALLOWANCE_CONFIRM,
  answer,
};

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(B2B_ALLOWANCE_CONFIRM_REQUEST, call.data);
  if (!isWhole(reading)) return refused(...reading.faults);
  const { AllowanceNo, Remark = '' } = reading.members;
  const trade = await findAllowanceTrade(call, context, AllowanceNo);
  return confirmStep(call, context, trade, 'issue', Remark);
}
