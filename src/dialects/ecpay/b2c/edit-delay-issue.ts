/**
 * EditDelayIssue: replaces the content of a delayed invoice that still waits (ECPay B2C API,
 * EditDelayIssue). Day, flag and callback stay; members that say otherwise are ignored.
 */
import { DELAY_MEMBERS } from '#wire/ecpay-b2c/delay-issue.ts';
import { EDIT_DELAY_ISSUE } from '#wire/ecpay-b2c/edit-delay-issue.ts';
import { ISSUE_REQUEST } from '#wire/ecpay-b2c/issue.ts';
import { done, type Outcome, refused } from '../../../domain/fault.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, originOf, SUCCESS } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';
import { composeRequest, TOTAL } from './compose-request.ts';
import { onWire } from './fields.ts';
import { issueCommandOf } from './issue.ts';
import type { IssueRequest } from './issue-request.ts';

export const editDelayIssue: Endpoint = {
  action: 'EditDelayIssue',
  wire: EDIT_DELAY_ISSUE,
  answer,
};

const KEY = { Tsr: DELAY_MEMBERS.Tsr };

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const composed = composeRequest<IssueRequest>(ISSUE_REQUEST, call.data, call.seller);
  const reading = readMembers(KEY, call.data);
  if (!composed.ok || !isWhole(reading)) {
    return refused(...(composed.ok ? [] : composed.faults), ...reading.faults);
  }
  const invoice = await issueCommandOf(call, context, composed.value);
  const [outcome] = await context.ledger.reschedule([
    { ...originOf(call), key: reading.members.Tsr, invoice },
  ]);
  if (outcome === undefined) throw new Error('the ledger answered no reschedule');
  if (!outcome.ok) return onWire(outcome.faults, TOTAL);
  return done(JSON.stringify({ RtnCode: SUCCESS, RtnMsg: '更新成功' }));
}
