/**
 * Prints 列印 of an invoice: the log, a new print (a page's address or a printer's job), the buyer's page,
 * and a person's word on a job of which nobody knows whether it is on paper.
 */
import { z } from 'zod';
import type { Fault } from '../domain/fault.ts';
import type { InvoiceNumber } from '../domain/invoice-number.ts';
import type { Period } from '../domain/period.ts';
import { taipeiDateOf, taipeiDateTime } from '../domain/taipei.ts';
import type { Ubn } from '../domain/ubn.ts';
import type { PrintRow } from '../ledger/rows.ts';
import { ApiError } from './error.ts';
import { invoiceNumberParameter, periodParameter, ubnParameter } from './parameters.ts';
import { type ApiContext, type ApiRoute, defineRoute } from './route.ts';
import { seenSeller } from './sellers.ts';

const PRINTS_SHOWN_MAX = 200;

const printView = z.object({
  sequence: z.int().describe('Of the journal entry'),
  period: z.string(),
  number: z.string(),
  version: z.int(),
  medium: z.enum(['page', 'pdf', 'thermal']),
  isOriginal: z.boolean().describe('False: it says 補印'),
  printer: z.string(),
  account: z.string().describe('Who asked for it'),
  createdAt: z.string(),
  state: z.enum(['due', 'sending', 'printed', 'unsure']),
  attempts: z.int(),
  result: z.string().describe('What the last attempt came to'),
});

function showPrint(print: PrintRow): z.input<typeof printView> {
  const { sequence, period, number, version, medium, isOriginal, printer, account } = print;
  const { createdAt, state, attempts, result } = print;
  return {
    ...{ sequence, period, number, version, medium, isOriginal, printer, account },
    ...{ createdAt, state, attempts, result },
  };
}

const invoiceParams = z.strictObject({
  ubn: ubnParameter,
  period: periodParameter,
  number: invoiceNumberParameter,
});

const printBody = z.strictObject({
  form: z.enum(['strip', 'A4', 'A5']).default('strip').describe('strip: the 57 mm certificate'),
  hasDetails: z.boolean().default(true),
  isTwoSided: z.boolean().default(false),
  isReprint: z.boolean().default(false).describe('補印, even where nothing was printed before'),
  printer: z
    .string()
    .regex(/^[0-9A-Za-z]{1,10}$/, 'the code of a thermal printer')
    .optional()
    .describe('Queues a job for this printer instead of answering a page'),
});

const INVOICE_PATH = '/sellers/{ubn}/invoices/{period}/{number}';

export const printRoutes: readonly ApiRoute[] = [
  defineRoute({
    method: 'GET',
    path: `${INVOICE_PATH}/prints`,
    operationId: 'listPrints',
    summary: 'Who printed an invoice and when, newest first; and its page for the buyer',
    params: invoiceParams,
    query: z.strictObject({}),
    response: z.object({ buyerUrl: z.string(), items: z.array(printView) }),
    async handle({ params }, context, authority) {
      const { ubn } = seenSeller(params.ubn, context, authority);
      const { period, number } = params;
      await issuedOn(context, ubn, period, number);
      const filter = { seller: ubn, invoice: { period, number } };
      const prints = await context.reads.listPrints(filter, PRINTS_SHOWN_MAX);
      const buyerUrl = context.documents.buyerLink({ seller: ubn, period, number });
      return { buyerUrl, items: prints.map(showPrint) };
    },
  }),
  defineRoute({
    method: 'POST',
    path: `${INVOICE_PATH}/prints`,
    operationId: 'printInvoice',
    summary: 'Print an invoice: an address that is there for an hour, or a job of a printer',
    params: invoiceParams,
    query: z.strictObject({}),
    body: printBody,
    response: z.object({ url: z.string().nullable(), print: printView.nullable() }),
    async handle({ params, body }, context, authority) {
      const { ubn } = seenSeller(params.ubn, context, authority);
      const { period, number } = params;
      const { form, hasDetails, isTwoSided, isReprint, printer } = body ?? printBody.parse({});
      const origin = { seller: ubn, account: 'api', ip: '' };
      const day = await issuedOn(context, ubn, period, number);
      const style = { form, hasDetails, isTwoSided };
      const request = { number, issuedOn: day, style, isReprint };
      if (printer === undefined) {
        const link = await context.documents.printLink(origin, request);
        if (!link.ok) throw refusal(link.faults);
        return { url: link.value, print: null };
      }
      const queued = await context.documents.queuePrint(origin, request, printer);
      if (!queued.ok) throw refusal(queued.faults);
      return { url: null, print: showPrint(queued.value) };
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/sellers/{ubn}/print-jobs',
    operationId: 'listPrintJobs',
    summary: 'Jobs of thermal printers that are not on paper, or of which nobody is sure',
    params: z.strictObject({ ubn: ubnParameter }),
    query: z.strictObject({}),
    response: z.object({ items: z.array(printView) }),
    async handle({ params }, context, authority) {
      const { ubn } = seenSeller(params.ubn, context, authority);
      const states = ['due', 'sending', 'unsure'] as const;
      const filter = { seller: ubn, medium: 'thermal', states } as const;
      const prints = await context.reads.listPrints(filter, PRINTS_SHOWN_MAX);
      return { items: prints.map(showPrint) };
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/sellers/{ubn}/print-jobs/{sequence}/decision',
    operationId: 'decidePrintJob',
    summary: 'What a person found of an unsure job: it is on paper, or it is to be printed again',
    params: z.strictObject({ ubn: ubnParameter, sequence: z.coerce.number().int().min(1) }),
    query: z.strictObject({}),
    body: z.strictObject({ isOnPaper: z.boolean() }),
    response: printView,
    async handle({ params, body }, context, authority) {
      const { ubn } = seenSeller(params.ubn, context, authority);
      const { sequence } = params;
      if ((await context.reads.findPrint(ubn, sequence)) === null) {
        throw new ApiError('NOT_FOUND', 'params.sequence', 'this seller has no such print');
      }
      const job = { seller: ubn, account: 'api', ip: '', sequence } as const;
      const nextAt = taipeiDateTime(context.clock.now());
      const [outcome] = await context.ledger.recordPrintJob([
        body?.isOnPaper === true
          ? { ...job, to: 'printed', result: 'found on paper' }
          : { ...job, to: 'due', nextAt, result: 'not found on paper' },
      ]);
      if (outcome?.ok !== true || !outcome.value.isMoved) {
        throw new ApiError('PARAMETER_INVALID', 'params.sequence', 'the job is not unsure');
      }
      return showPrint(outcome.value.print);
    },
  }),
];

/** The invoice's own day, by which the newest of a recurring number is told from the others. */
async function issuedOn({ reads }: ApiContext, seller: Ubn, period: Period, number: InvoiceNumber) {
  const record = await reads.findInvoice({ by: 'number', seller, number });
  if (record === null || record.row.period !== period) {
    throw new ApiError('NOT_FOUND', 'params.number', 'this seller has no such invoice');
  }
  return taipeiDateOf(record.row.issuedAt);
}

function refusal(faults: readonly Fault[]): ApiError {
  const [first] = faults;
  const text = first === undefined ? '' : `${first.code} ${first.message}: ${first.hint}`;
  return new ApiError('PARAMETER_INVALID', first?.path ?? '', text);
}
