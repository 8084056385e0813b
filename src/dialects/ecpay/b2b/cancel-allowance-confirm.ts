/** CancelAllowanceConfirm 作廢折讓確認: the buyer agrees to the void of an allowance (ECPay B2B API, CancelAllowanceConfirm). */
import {
  B2B_CANCEL_ALLOWANCE_CONFIRM,
  B2B_CANCEL_ALLOWANCE_CONFIRM_REQUEST,
} from '#wire/ecpay-b2b/cancel-allowance-confirm.ts';
import { type Outcome, refused } from '../../../domain/fault.ts';
import type { DialectContext } from '../../dialect.ts';
import type { Endpoint } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';
import { confirmStep } from './confirm-step.ts';
import { findAllowanceTrade } from './find-document.ts';

export const cancelAllowanceConfirm: Endpoint = {
  action: 'B2B/CancelAllowanceConfirm',
  wire: B2B_CANCEL_ALLOWANCE_CONFIRM,
  answer,
};

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(B2B_CANCEL_ALLOWANCE_CONFIRM_REQUEST, call.data);
  if (!isWhole(reading)) return refused(...reading.faults);
  const { AllowanceNo, Remark = '' } = reading.members;
  const trade = await findAllowanceTrade(call, context, AllowanceNo);
  return confirmStep(call, context, trade, 'void', Remark);
}
