/** CancelDelayIssue 取消延遲開立: drops a delayed invoice that waits (ECPay B2C API, CancelDelayIssue). */
import {
  CANCEL_DELAY_ISSUE,
  CANCEL_DELAY_ISSUE_REQUEST,
} from '#wire/ecpay-b2c/cancel-delay-issue.ts';
import { done, type Outcome, refused } from '../../../domain/fault.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, originOf, SUCCESS } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';
import { onWire } from './fields.ts';

export const cancelDelayIssue: Endpoint = {
  action: 'CancelDelayIssue',
  wire: CANCEL_DELAY_ISSUE,
  answer,
};

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(CANCEL_DELAY_ISSUE_REQUEST, call.data);
  if (!isWhole(reading)) return refused(...reading.faults);
  const { Tsr } = reading.members;
  const [outcome] = await context.ledger.cancelSchedule([{ ...originOf(call), key: Tsr }]);
  if (outcome === undefined) throw new Error('the ledger answered no cancellation');
  if (!outcome.ok) return onWire(outcome.faults, '');
  return done(JSON.stringify({ RtnCode: SUCCESS, RtnMsg: '取消成功' }));
}
