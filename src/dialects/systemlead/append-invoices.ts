/**
 * Issue 開立: under the client's own number (`Append/Invoices`, with print `Append/PrintInvoices`) or under
 * the center's next one (`Append/Order`, `Append/Orders`). Sent again, an invoice is refused by its number,
 * an order by its RelateNumber: never a second invoice.
 */
import type { JsonObject } from '#wire/exact-json.ts';
import type { SystemleadEndpoint } from '#wire/systemlead/endpoint.ts';
import {
  APPEND_INVOICES,
  APPEND_ORDER,
  APPEND_ORDERS,
  APPEND_PRINT_INVOICES,
  INVOICE,
} from '#wire/systemlead/invoice.ts';
import type { InvoiceContent, IssuedInvoice } from '../../domain/invoice.ts';
import { wholeOf } from '../../ledger/carried-invoice.ts';
import type { IssueCommand } from '../../ledger/ledger.ts';
import type { DialectContext } from '../dialect.ts';
import { authCodeOf } from './auth-code.ts';
import {
  answerAll,
  type Endpoint,
  failure,
  type Item,
  originOf,
  type Prepared,
  type Result,
  SUCCESS,
} from './endpoint.ts';
import { refusalOf } from './faults.ts';
import { claimsOf, composeRequest } from './invoice-draft.ts';
import { type InvoiceRequest, type Mode, readInvoice } from './invoice-request.ts';
import { checkInvoice } from './invoice-rules.ts';
import { queuePrints, type Stored } from './print-jobs.ts';
import { MemberReader } from './read-members.ts';
import type { Refusal } from './refusal.ts';
import { shownDateTime } from './times.ts';

export const appendInvoices = endpointOf(APPEND_INVOICES, 'number');
export const appendPrintInvoices = endpointOf(APPEND_PRINT_INVOICES, 'print');
export const appendOrder = endpointOf(APPEND_ORDER, 'order');
export const appendOrders = endpointOf(APPEND_ORDERS, 'order');

function endpointOf(wire: SystemleadEndpoint, mode: Mode): Endpoint {
  const refused = (data: JsonObject | null, why: Refusal): Result => ({
    ...(data === null ? {} : keyEcho(data, mode)),
    ...failure(why),
  });
  return { wire, refused, answer: (items, context) => answer(items, context, mode, refused) };
}

async function answer(
  items: readonly Item[],
  context: DialectContext,
  mode: Mode,
  refused: Endpoint['refused'],
): Promise<readonly Result[]> {
  const stored: Stored[] = [];
  const results = await answerAll(
    items.map((item) => prepare(item, mode)),
    context.ledger.issue,
    {
      done(issued, index, { composed, reference }) {
        const { buyer, sense } = wholeOf(composed);
        const item = items[index];
        if (item === undefined) throw new Error('a result without its item');
        stored.push({ item, issued });
        return issuedResult(item, { ...issued, buyer, sense, reference }, mode);
      },
      refused: (why, index) => refused(items[index]?.data ?? null, why),
      refusalOf: (fault) => refusalOf('issue', fault),
    },
  );
  if (mode === 'print') await queuePrints(stored, context);
  return results;
}

function prepare(item: Item, mode: Mode): Prepared<IssueCommand> {
  const request = readInvoice(item, mode);
  if ('code' in request && 'text' in request) return { command: null, refusal: request };
  const broken = checkInvoice(request, mode);
  if (broken !== null) return { command: null, refusal: broken };
  const composed = composeRequest(request, item.caller.seller);
  if ('text' in composed) return { command: null, refusal: composed };
  const { settings } = item.caller;
  const isOrder = mode === 'order';
  return {
    refusal: null,
    command: {
      ...originOf(item),
      composed,
      references: claimsOf(request, isOrder),
      reference: request.relateNumber,
      billingReference: request.billingNo,
      channel: 'api',
      channelPartner: '',
      segment: { category: 'systemlead', code: request.useFor },
      ...givenOf(request, settings.enforceTrack),
      ...(isOrder && request.code !== '' && { randomNumber: request.code }),
      editHours: request.isBusiness ? settings.holdHoursB : settings.holdHoursC,
      overdue: settings.overduePolicy,
    },
  };
}

/** The client's own number, time and code; nothing in order mode. */
function givenOf(
  { number, issuedAt, code }: InvoiceRequest,
  enforceTrack: 'whenKnown' | 'always',
): Pick<IssueCommand, 'given'> | Record<never, never> {
  if (number === null || issuedAt === null) return {};
  const tracks = enforceTrack === 'always' ? 'always' : 'when-known';
  return { given: { number, issuedAt, randomNumber: code, tracks } };
}

/** Key members of a request, as sent. */
export function keyEcho(data: JsonObject, mode: Mode): Result {
  const reader = new MemberReader(INVOICE, data);
  if (mode === 'order') return { RelateNumber: reader.sent('RelateNumber') };
  const number = reader.sent('InvoiceID', 'InvoiceNumber');
  return {
    InvoiceID: number,
    InvoiceNumber: number,
    InvoiceDateTime: reader.sent('InvoiceDateTime'),
  };
}

/** The result of an issue or an amendment. */
export function issuedResult(
  item: Item | undefined,
  content: IssuedInvoice & Pick<InvoiceContent, 'buyer' | 'sense' | 'reference'>,
  mode: Mode,
): Result {
  if (item === undefined) throw new Error('a result without its item');
  const { number, issuedAt, randomNumber, buyer, sense } = content;
  const time = new MemberReader(INVOICE, item.data).sent('InvoiceDateTime');
  const isOrder = mode === 'order';
  const isBusiness = buyer.ubn !== null && sense === 'tax-apart';
  const codes = isBusiness ? { CheckNumber: randomNumber } : { RandomNumber: randomNumber };
  return {
    InvoiceID: number,
    InvoiceNumber: number,
    InvoiceDateTime: isOrder ? shownDateTime(issuedAt) : (time ?? shownDateTime(issuedAt)),
    ...(isOrder && { RelateNumber: content.reference, ...codes }),
    AuthCode: authCodeOf(item.caller.account.secrets.salt ?? '', content),
    ...SUCCESS,
  };
}
