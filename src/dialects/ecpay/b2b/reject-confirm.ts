/** RejectConfirm 退回確認: the seller agrees to a return (ECPay B2B API, RejectConfirm). */
import { B2B_REJECT_CONFIRM, B2B_REJECT_CONFIRM_REQUEST } from '#wire/ecpay-b2b/reject-confirm.ts';
import { type Outcome, refused } from '../../../domain/fault.ts';
import type { DialectContext } from '../../dialect.ts';
import type { Endpoint } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';
import { confirmStep } from './confirm-step.ts';
import { findInvoiceTrade } from './find-document.ts';

export const rejectConfirm: Endpoint = {
  action: 'B2B/RejectConfirm',
  wire: B2B_REJECT_CONFIRM,
  answer,
};

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(B2B_REJECT_CONFIRM_REQUEST, call.data);
  if (!isWhole(reading)) return refused(...reading.faults);
  const { InvoiceNumber, InvoiceDate, Remark = '' } = reading.members;
  const trade = await findInvoiceTrade(call, context, InvoiceNumber, InvoiceDate);
  return confirmStep(call, context, trade, 'return', Remark);
}
