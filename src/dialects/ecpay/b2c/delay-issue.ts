/**
 * DelayIssue 延遲開立: keeps an invoice to be issued after some days, or on TriggerIssue (ECPay B2C API,
 * DelayIssue). Judged as Issue judges it, now; a Tsr is used once for ever.
 */
import { DELAY_ISSUE, DELAY_MEMBERS } from '#wire/ecpay-b2c/delay-issue.ts';
import { ISSUE_REQUEST } from '#wire/ecpay-b2c/issue.ts';
import { done, type Outcome, refused } from '../../../domain/fault.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, SUCCESS } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';
import { type WireFault, wireFault } from '../wire-fault.ts';
import { checkAddress } from './address.ts';
import { composeRequest, TOTAL } from './compose-request.ts';
import { onWire } from './fields.ts';
import { issueCommandOf } from './issue.ts';
import type { IssueRequest } from './issue-request.ts';

export const delayIssue: Endpoint = { action: 'DelayIssue', wire: DELAY_ISSUE, answer };

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const composed = composeRequest<IssueRequest>(ISSUE_REQUEST, call.data, call.seller);
  const reading = readMembers(DELAY_MEMBERS, call.data);
  const { DelayFlag, DelayDay, NotifyURL } = reading.members;
  const broken = [...checkDays(DelayFlag, DelayDay), ...checkAddress('NotifyURL', NotifyURL)];
  if (!composed.ok || !isWhole(reading) || broken.length > 0) {
    return refused(...(composed.ok ? [] : composed.faults), ...reading.faults, ...broken);
  }
  const { Tsr } = reading.members;
  const invoice = await issueCommandOf(call, context, composed.value);
  const [outcome] = await context.ledger.schedule([
    {
      seller: invoice.seller,
      account: invoice.account,
      ip: invoice.ip,
      key: Tsr,
      mode: reading.members.DelayFlag === '1' ? 'date' : 'trigger',
      delayDays: reading.members.DelayDay,
      callbackUrl: NotifyURL ?? '',
      invoice,
    },
  ]);
  if (outcome === undefined) throw new Error('the ledger answered no schedule');
  if (!outcome.ok) return onWire(outcome.faults, TOTAL);
  return done(JSON.stringify({ RtnCode: SUCCESS, RtnMsg: '開立發票成功', OrderNumber: Tsr }));
}

/** One that is issued by itself is issued on a later day. */
function checkDays(flag: string | undefined, days: number | undefined): readonly WireFault[] {
  if (flag !== '1' || days !== 0) return [];
  const hint = 'with DelayFlag 1 an invoice waits at least one day';
  return [wireFault('FIELD_FORMAT', 'DelayDay', 'from 1 to 15', '0', hint)];
}
