/**
 * Issue 開立: issues an invoice at once and answers its number, time and random code (ECPay B2C API,
 * Issue). Sent again with the same RelateNumber it is refused with 5070357: never a second invoice.
 */
import { ISSUE, ISSUE_REQUEST } from '#wire/ecpay-b2c/issue.ts';
import { composeInvoice } from '../../../domain/compose-invoice.ts';
import { done, type Fault, type Outcome, refused } from '../../../domain/fault.ts';
import type { ComposedInvoice, InvoiceContent } from '../../../domain/invoice.ts';
import { periodOf } from '../../../domain/period.ts';
import { taipeiDateOf, taipeiDateTime } from '../../../domain/taipei.ts';
import type { IssueCommand } from '../../../ledger/ledger.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, originOf, SUCCESS } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { readMembers } from '../parse.ts';
import type { WireFault } from '../wire-fault.ts';
import { channelPartnerOf, invoiceDraftOf, onWire, referenceKeyOf } from './fields.ts';
import { hasZeroRate, type IssueRequest, type PartialIssueRequest } from './issue-request.ts';
import { checkIssue } from './issue-rules.ts';

export const issue: Endpoint = { action: 'Issue', wire: ISSUE, answer };

/** The member that states the invoice's total. */
const TOTAL = 'SalesAmount';

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const composed = composeIssue(call);
  if (!composed.ok) return composed;
  const command = await commandOf(call, context, composed.value);
  const [outcome] = await context.ledger.issue([command]);
  if (outcome === undefined) throw new Error('the ledger answered no issue');
  return outcome.ok ? done(issuedJson(outcome.value)) : onWire(outcome.faults, TOTAL);
}

interface Composed {
  readonly request: IssueRequest;
  readonly invoice: ComposedInvoice;
}

/** Everything that needs no data: reads, judges and composes, collecting every fault. */
function composeIssue(call: Call): Outcome<Composed> {
  const reading = readMembers(ISSUE_REQUEST, call.data);
  const faults = judged(reading.members, reading.faults, reading.bad);
  const request = wholeOf(reading.members, faults);
  if (request === null) return refused(...faults);
  const outcome = composeInvoice(invoiceDraftOf(request), call.seller);
  if (outcome.ok && faults.length === 0) return done({ request, invoice: outcome.value });
  return refused(...faults, ...(outcome.ok ? [] : onWire(outcome.faults, TOTAL).faults));
}

function judged(
  request: PartialIssueRequest,
  read: readonly WireFault[],
  bad: ReadonlySet<string>,
): readonly WireFault[] {
  const broken = checkIssue(request, bad);
  if (read.length === 0) return broken;
  return [...read.filter((fault) => !isIgnored(fault.path, request, bad)), ...broken];
}

/** Whether ECPay ignores the member in this request, so that its form does not matter. */
function isIgnored(path: string, request: PartialIssueRequest, bad: ReadonlySet<string>): boolean {
  if (path === 'LoveCode') return request.Donation === '0';
  if (bad.has('TaxType') || request.TaxType === undefined) return false;
  if (path.endsWith('.ItemTaxType')) return request.TaxType !== '9';
  if (path === 'SpecialTaxType') return request.TaxType !== '4';
  if (path === 'ClearanceMark' || path === 'ZeroTaxRateReason') return !hasZeroRate(request);
  return false;
}

/** The request, if its draft can be made: cross rules may be broken, no member is missing or bad. */
function wholeOf(members: PartialIssueRequest, faults: readonly Fault[]): IssueRequest | null {
  for (const { code } of faults) {
    if (code.startsWith('FIELD_') || code === 'LINES_TOO_MANY') return null;
  }
  // Without a field fault everything that the table requires was read.
  return members as IssueRequest;
}

async function commandOf(
  call: Call,
  context: DialectContext,
  { request, invoice }: Composed,
): Promise<IssueCommand> {
  const key = referenceKeyOf(request.RelateNumber);
  return {
    ...originOf(call),
    composed: invoice,
    references: [{ kind: 'relate', key, until: 'ever' }],
    reference: request.RelateNumber,
    billingReference: '',
    channel: 'api',
    channelPartner: channelPartnerOf(request.ChannelPartner),
    segment: { category: 'b2c', code: await segmentCodeOf(call, context, request) },
  };
}

/**
 * ProductServiceID chooses a track only for a seller that has several tracks by code; otherwise it is
 * ignored (ECPay B2C API, Issue). Such a seller is one with a segment of the period that bears a code.
 */
async function segmentCodeOf(
  call: Call,
  context: DialectContext,
  { ProductServiceID: code }: IssueRequest,
): Promise<string> {
  if (code === undefined) return '';
  const period = periodOf(taipeiDateOf(taipeiDateTime(context.clock.now())));
  const segments = await context.ledger.reads.listSegments(call.seller.ubn, period);
  const isByCode = segments.some(
    (segment) => segment.code !== '' && (segment.category === 'b2c' || segment.category === 'any'),
  );
  return isByCode ? code : '';
}

function issuedJson({ number, issuedAt, randomNumber }: InvoiceContent): string {
  return JSON.stringify({
    RtnCode: SUCCESS,
    RtnMsg: '開立發票成功',
    InvoiceNo: number,
    InvoiceDate: issuedAt,
    RandomNumber: randomNumber,
  });
}
