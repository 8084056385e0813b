/**
 * Issue 開立: a business invoice to a trading partner (ECPay B2B API, Issue). The partner's mode decides
 * whether it is stored with the Ministry or exchanged with the partner, and stays with the invoice.
 */
import { B2B_ISSUE, B2B_ISSUE_REQUEST } from '#wire/ecpay-b2b/issue.ts';
import { addDays } from '../../../domain/calendar.ts';
import { done, type Fault, fault, type Outcome, refused } from '../../../domain/fault.ts';
import type { TradeMode } from '../../../domain/partner.ts';
import { type TaipeiDateTime, taipeiDateOf, taipeiDateTime } from '../../../domain/taipei.ts';
import { partyOf } from '../../../domain/trade.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, originOf, SUCCESS } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { readMembers } from '../parse.ts';
import { lengthOf, wireFault } from '../wire-fault.ts';
import { composeIssue } from './issue-draft.ts';
import { onB2bWire, timeOf, ubnOf } from './values.ts';

export const issue: Endpoint = { action: 'B2B/Issue', wire: B2B_ISSUE, answer };

/** Days back that a client may date an invoice or an allowance. */
export const DAYS_BACK_MAX = 6;
/** Of a RelateNumber in exchange mode. */
const EXCHANGE_RELATE_LENGTH_MAX = 20;
/** Kind under which the ledger keeps a B2B RelateNumber apart from those of B2C. */
export const RELATE_KIND = 'b2b-relate';

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(B2B_ISSUE_REQUEST, call.data);
  const buyer = ubnOf(reading.members.CustomerIdentifier ?? '');
  const seller = call.seller.ubn;
  const partner =
    buyer === undefined ? null : await context.ledger.reads.findPartner({ seller, partner: buyer });
  const found = composeIssue(reading, partner, call.seller);
  const time = issueTimeOf(reading.members.InvoiceTime, context);
  const faults: Fault[] = [...(found.ok ? [] : found.faults)];
  if (time !== undefined && typeof time !== 'string') faults.push(time);
  if (buyer !== undefined && partner === null) {
    const hint = 'add the buyer by MaintainMerchantCustomerData first';
    faults.push(fault('PARTNER_UNKNOWN', 'CustomerIdentifier', hint));
  }
  const relate = relateFault(reading.members.RelateNumber, partner?.mode);
  if (relate !== null) faults.push(relate);
  if (!found.ok || partner === null || faults.length > 0) return refused(...faults);
  const { request, composed } = found.value;
  const [outcome] = await context.ledger.issue([
    {
      ...originOf(call),
      counterparty: partner.partner,
      composed,
      references: [{ kind: RELATE_KIND, key: request.RelateNumber.toUpperCase(), until: 'ever' }],
      reference: request.RelateNumber,
      billingReference: '',
      channel: 'api',
      channelPartner: '',
      segment: { category: 'b2b', code: '' },
      ...(typeof time === 'string' && { issuedAt: time }),
      trade: { mode: partner.mode, supplier: partyOf(call.seller) },
    },
  ]);
  if (outcome === undefined) throw new Error('the ledger answered no issue');
  if (!outcome.ok) return onB2bWire(outcome.faults);
  const { number, randomNumber } = outcome.value;
  const members = { InvoiceNumber: number, RandomNumber: randomNumber };
  return done(JSON.stringify({ RtnCode: SUCCESS, RtnMsg: '發票開立成功', ...members }));
}

function relateFault(relate: string | undefined, mode: TradeMode | undefined): Fault | null {
  if (relate === undefined || mode !== 'exchange') return null;
  if (relate.length <= EXCHANGE_RELATE_LENGTH_MAX) return null;
  const expected = `at most ${EXCHANGE_RELATE_LENGTH_MAX} characters in exchange mode`;
  return wireFault('FIELD_LENGTH', 'RelateNumber', expected, lengthOf(relate), expected);
}

/** The client's time of the invoice, undefined for now; or why it may not be. */
function issueTimeOf(
  text: string | undefined,
  context: DialectContext,
): TaipeiDateTime | Fault | undefined {
  if (text === undefined) return undefined;
  const time = timeOf(text);
  if (time === undefined) {
    const hint = 'yyyy-MM-dd HH:mm:ss of a real day';
    return wireFault('FIELD_FORMAT', 'InvoiceTime', hint, lengthOf(text), hint);
  }
  if (isWithinDaysBack(time, context)) return time;
  const hint = `from ${DAYS_BACK_MAX} days back until now, got ${time}`;
  return fault('ISSUE_TIME_OUT_OF_RANGE', 'InvoiceTime', hint);
}

/** Whether a client's time is not in the future and at most six days back. */
export function isWithinDaysBack(time: TaipeiDateTime, { clock }: DialectContext): boolean {
  const now = taipeiDateTime(clock.now());
  return time <= now && taipeiDateOf(time) >= addDays(taipeiDateOf(now), -DAYS_BACK_MAX);
}
