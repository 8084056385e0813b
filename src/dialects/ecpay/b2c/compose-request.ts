/**
 * From the members of an Issue request to the invoice that they mean, for every action that bears them:
 * Issue itself, the new content of a reissue, a machine's own invoice. Needs no data; every fault is
 * found, not the first.
 */
import type { JsonObject } from '#wire/exact-json.ts';
import type { WireTable } from '#wire/field.ts';
import { composeInvoice } from '../../../domain/compose-invoice.ts';
import { done, type Fault, type Outcome, refused } from '../../../domain/fault.ts';
import type { ComposedInvoice } from '../../../domain/invoice.ts';
import type { Seller } from '../../../domain/seller.ts';
import { readMembers } from '../parse.ts';
import type { WireFault } from '../wire-fault.ts';
import { invoiceDraftOf, onWire } from './fields.ts';
import { hasZeroRate, type IssueRequest, type PartialIssueRequest } from './issue-request.ts';
import { checkIssue } from './issue-rules.ts';

/** The member that states the invoice's total. */
export const TOTAL = 'SalesAmount';

export interface Composed<Request> {
  readonly request: Request;
  readonly invoice: ComposedInvoice;
}

/** Reads, judges and composes by a table that has Issue's members, and perhaps some beside them. */
export function composeRequest<Request extends IssueRequest>(
  table: WireTable,
  data: JsonObject,
  seller: Seller,
): Outcome<Composed<Request>> {
  const reading = readMembers(table, data);
  // The table has Issue's members, each of which the reader left out where it was bad.
  const members = reading.members as PartialIssueRequest;
  const faults = judged(members, reading.faults, reading.bad);
  const request = wholeOf<Request>(members, faults);
  if (request === null) return refused(...faults);
  const outcome = composeInvoice(invoiceDraftOf(request), seller);
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
function wholeOf<Request extends IssueRequest>(
  members: PartialIssueRequest,
  faults: readonly Fault[],
): Request | null {
  for (const { code } of faults) {
    if (code.startsWith('FIELD_') || code === 'LINES_TOO_MANY') return null;
  }
  // Without a field fault everything that the table requires was read.
  return members as Request;
}
