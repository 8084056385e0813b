/** GET /sellers/{ubn}/invoices and /sellers/{ubn}/invoices/{period}/{number}. */
import { z } from 'zod';
import { FILING_STATES } from '../domain/filing.ts';
import type { Ubn } from '../domain/ubn.ts';
import type { InvoiceFilter } from '../ledger/ports.ts';
import { ApiError } from './error.ts';
import {
  flagParameter,
  invoiceNumberParameter,
  pageParameters,
  periodParameter,
  timeParameter,
  ubnParameter,
} from './parameters.ts';
import { type ApiRoute, defineRoute } from './route.ts';
import { seenSeller } from './sellers.ts';
import { showInvoice, showInvoiceSummary } from './show.ts';
import { invoiceSummaryView, invoiceView, pageOf } from './views.ts';

const listQuery = z.strictObject({
  ...pageParameters,
  from: timeParameter.optional().describe('Issued at or after'),
  before: timeParameter.optional().describe('Issued before'),
  state: z.enum(['issued', 'voided']).optional(),
  filingState: z.enum(FILING_STATES).optional().describe('Of the F0401 of the current version'),
  isPrinted: flagParameter.optional(),
  hasBuyerUbn: flagParameter.optional().describe('Business buyers only, or consumers only'),
  taxType: z.enum(['1', '2', '3', '4', '9']).optional(),
  channel: z.enum(['api', 'pos', 'offline']).optional(),
  channelPartner: z.string().max(100).optional(),
  buyerName: z.string().max(100).optional(),
  buyerPhone: z.string().max(100).optional(),
});

function filterOf(seller: Ubn, query: z.output<typeof listQuery>): InvoiceFilter {
  const { from, before, state, filingState, isPrinted, hasBuyerUbn } = query;
  const { taxType, channel, channelPartner, buyerName, buyerPhone } = query;
  return {
    seller,
    ...(from === undefined ? {} : { issuedFrom: from }),
    ...(before === undefined ? {} : { issuedBefore: before }),
    ...(state === undefined ? {} : { isVoided: state === 'voided' }),
    ...(filingState === undefined ? {} : { filingStates: [filingState] }),
    ...(isPrinted === undefined ? {} : { isPrinted }),
    ...(hasBuyerUbn === undefined ? {} : { hasBuyerUbn }),
    ...(taxType === undefined ? {} : { taxType }),
    ...(channel === undefined ? {} : { channel }),
    ...(channelPartner === undefined ? {} : { channelPartner }),
    ...(buyerName === undefined ? {} : { buyerName }),
    ...(buyerPhone === undefined ? {} : { buyerPhone }),
  };
}

export const invoiceRoutes: readonly ApiRoute[] = [
  defineRoute({
    method: 'GET',
    path: '/sellers/{ubn}/invoices',
    operationId: 'listInvoices',
    summary: 'Invoices 發票, newest first',
    params: z.strictObject({ ubn: ubnParameter }),
    query: listQuery,
    response: pageOf(invoiceSummaryView),
    async handle({ params, query }, context, authority) {
      const { ubn } = seenSeller(params.ubn, context, authority);
      const { offset, limit } = query;
      const page = await context.reads.listInvoices(filterOf(ubn, query), offset, limit);
      return { total: page.total, offset, limit, items: page.items.map(showInvoiceSummary) };
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/sellers/{ubn}/invoices/{period}/{number}',
    operationId: 'getInvoice',
    summary: 'One invoice with its lines, amounts and filings',
    params: z.strictObject({
      ubn: ubnParameter,
      period: periodParameter,
      number: invoiceNumberParameter,
    }),
    query: z.strictObject({}),
    response: invoiceView,
    async handle({ params }, context, authority) {
      const { ubn } = seenSeller(params.ubn, context, authority);
      const { period, number } = params;
      const record = await context.reads.findInvoice({ by: 'number', seller: ubn, number });
      if (record === null || record.row.period !== period) {
        throw new ApiError('NOT_FOUND', 'params.number', 'this seller has no such invoice');
      }
      return showInvoice(record);
    },
  }),
];
