/**
 * SystemLead e首發票: its API in both generations of client, so that they work against Kaili when only
 * their base URL changes. Here are name, mounts and routes.
 */
import type { Dialect } from '../dialect.ts';
import { allowanceInvoice } from './allowance-invoice.ts';
import {
  appendInvoices,
  appendOrder,
  appendOrders,
  appendPrintInvoices,
} from './append-invoices.ts';
import { blankCancel } from './blank-cancel.ts';
import { cancelAllowances } from './cancel-allowances.ts';
import { cancelInvoices } from './cancel-invoices.ts';
import type { Endpoint } from './endpoint.ts';
import { exchange, messageReply } from './exchange.ts';
import { getInvoiceIdList } from './get-invoice-id-list.ts';
import { canonicalPath, MOUNT } from './paths.ts';
import { ReplayGuard } from './replay-guard.ts';
import { setBlankInvoiceId } from './set-blank-invoice-id.ts';
import { DIALECT } from './settings.ts';
import { getInvoicesAppendStatus, getInvoicesStatus } from './status-inquiries.ts';
import { trackBlank } from './track-blank.ts';
import { updateInvoices } from './update-invoices.ts';

const ENDPOINTS: readonly Endpoint[] = [
  getInvoiceIdList,
  trackBlank,
  setBlankInvoiceId,
  appendInvoices,
  updateInvoices,
  appendPrintInvoices,
  getInvoicesAppendStatus,
  getInvoicesStatus,
  cancelInvoices,
  blankCancel,
  allowanceInvoice,
  cancelAllowances,
  appendOrder,
  appendOrders,
];

const FAILURES: Readonly<Record<number, string>> = {
  400: 'The request is invalid.',
  413: 'The request is too large.',
};

export const systemlead: Dialect = {
  name: DIALECT,
  prefixes: [`${MOUNT}/`],
  canonicalPath: (path, settings) => {
    const mount = settings?.[DIALECT]?.mount;
    return canonicalPath(path, typeof mount === 'string' ? mount.replace(/\/+$/, '') : '');
  },
  unknown: ({ method, path }) => {
    const isKnown = canonicalPath(path) !== null;
    if (isKnown) {
      return messageReply(405, `The requested resource does not support http method '${method}'.`);
    }
    return messageReply(404, 'No HTTP resource was found that matches the request URI.');
  },
  failed: (status) => messageReply(status, FAILURES[status] ?? 'An error has occurred.'),
  routes(context) {
    const guard = new ReplayGuard();
    return ENDPOINTS.map((endpoint) => ({
      method: 'POST',
      path: `${MOUNT}${endpoint.wire.path}`,
      handle: (request) => exchange(endpoint, request, context, guard),
    }));
  },
};
