/**
 * Issue 開立: issues an invoice at once and answers its number, time and random code (ECPay B2C API,
 * Issue). Sent again with the same RelateNumber it is refused with 5070357: never a second invoice.
 */
import { ISSUE, ISSUE_REQUEST } from '#wire/ecpay-b2c/issue.ts';
import { done, type Outcome } from '../../../domain/fault.ts';
import type { IssuedInvoice } from '../../../domain/invoice.ts';
import { periodOf } from '../../../domain/period.ts';
import { taipeiDateOf, taipeiDateTime } from '../../../domain/taipei.ts';
import type { IssueCommand } from '../../../ledger/ledger.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, originOf, SUCCESS } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { type Composed, composeRequest, TOTAL } from './compose-request.ts';
import { channelPartnerOf, onWire, referenceKeyOf } from './fields.ts';
import type { IssueRequest } from './issue-request.ts';

export const issue: Endpoint = { action: 'Issue', wire: ISSUE, answer };

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const composed = composeRequest<IssueRequest>(ISSUE_REQUEST, call.data, call.seller);
  if (!composed.ok) return composed;
  const command = await issueCommandOf(call, context, composed.value);
  const [outcome] = await context.ledger.issue([command]);
  if (outcome === undefined) throw new Error('the ledger answered no issue');
  return outcome.ok ? done(issuedJson(outcome.value)) : onWire(outcome.faults, TOTAL);
}

/** The command that issues it for the caller; a delayed invoice keeps it until its day. */
export async function issueCommandOf(
  call: Call,
  context: DialectContext,
  { request, invoice }: Composed<IssueRequest>,
): Promise<IssueCommand> {
  const key = referenceKeyOf(request.RelateNumber);
  const { ProductServiceID: wanted } = request;
  const code = wanted === undefined ? '' : await segmentCodeOf(call, context, wanted);
  return {
    ...originOf(call),
    composed: invoice,
    references: [{ kind: 'relate', key, until: 'ever' }],
    reference: request.RelateNumber,
    billingReference: '',
    // Query_Category 2 is what POS merchants issue (ECPay B2C API, GetIssueList).
    channel: call.account.kind === 'pos' ? 'pos' : 'api',
    channelPartner: channelPartnerOf(request.ChannelPartner),
    segment: { category: 'b2c', code },
  };
}

/**
 * ProductServiceID chooses a track only for a seller that has several tracks by code; otherwise it is
 * ignored (ECPay B2C API, Issue). Such a seller is one with a segment of the period that bears a code.
 */
async function segmentCodeOf(call: Call, context: DialectContext, code: string): Promise<string> {
  const period = periodOf(taipeiDateOf(taipeiDateTime(context.clock.now())));
  const segments = await context.ledger.reads.listSegments(call.seller.ubn, period);
  const isByCode = segments.some(
    (segment) => segment.code !== '' && (segment.category === 'b2c' || segment.category === 'any'),
  );
  return isByCode ? code : '';
}

/** The reply of an issue, and of a reissue. */
export function issuedJson({ number, issuedAt, randomNumber }: IssuedInvoice): string {
  return JSON.stringify({
    RtnCode: SUCCESS,
    RtnMsg: '開立發票成功',
    InvoiceNo: number,
    InvoiceDate: issuedAt,
    RandomNumber: randomNumber,
  });
}
