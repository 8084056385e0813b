/**
 * Where e首發票's actions are found. Clients slip: `base/` + `/Append`, another case, the `/api` of before
 * 2019. Whatever names one of the API's actions under one of its mounts is that action; nothing else is
 * claimed (SystemLead e首發票 API, GitBook README and InvoiceApiList; rules of tolerance are Kaili's).
 */
import { ALLOWANCE_INVOICE, CANCEL_ALLOWANCES } from '#wire/systemlead/allowance.ts';
import { SET_BLANK_INVOICE_ID, TRACK_BLANK } from '#wire/systemlead/blank.ts';
import { BLANK_CANCEL, CANCEL_INVOICES } from '#wire/systemlead/cancel.ts';
import type { SystemleadEndpoint } from '#wire/systemlead/endpoint.ts';
import {
  GET_INVOICE_ID_LIST,
  GET_INVOICES_APPEND_STATUS,
  GET_INVOICES_STATUS,
} from '#wire/systemlead/inquiry.ts';
import {
  APPEND_INVOICES,
  APPEND_ORDER,
  APPEND_ORDERS,
  APPEND_PRINT_INVOICES,
  UPDATE_INVOICES,
} from '#wire/systemlead/invoice.ts';

/** The mount under which routes are registered. */
export const MOUNT = '/terpapi';
/** The other mounts: bare, the path of before 2019, and both together. */
const MOUNTS: readonly string[] = [MOUNT, '', '/api', `${MOUNT}/api`];

const ENDPOINTS: readonly SystemleadEndpoint[] = [
  GET_INVOICE_ID_LIST,
  TRACK_BLANK,
  SET_BLANK_INVOICE_ID,
  APPEND_INVOICES,
  UPDATE_INVOICES,
  APPEND_PRINT_INVOICES,
  GET_INVOICES_APPEND_STATUS,
  GET_INVOICES_STATUS,
  CANCEL_INVOICES,
  BLANK_CANCEL,
  ALLOWANCE_INVOICE,
  CANCEL_ALLOWANCES,
  APPEND_ORDER,
  APPEND_ORDERS,
];

/** Lower-case path below a mount -> path of the route. */
const ACTIONS: ReadonlyMap<string, string> = new Map(
  ENDPOINTS.flatMap(({ path, aliases = [] }) =>
    [path, ...aliases].map((name) => [name.toLowerCase(), `${MOUNT}${path}`] as const),
  ),
);

/** Longest path that is looked at: none of ours is longer. */
const PATH_LENGTH_MAX = 200;

/** The route's path that a path means, or null where it is none of this API's. `mount` is a further mount. */
export function canonicalPath(path: string, mount = ''): string | null {
  if (path.length > PATH_LENGTH_MAX) return null;
  const plain = path
    .replace(/\/{2,}/g, '/')
    .replace(/\/$/, '')
    .toLowerCase();
  const mounts = mount === '' ? MOUNTS : [...MOUNTS, mount, `${mount}/api`];
  for (const base of mounts) {
    const start = base.toLowerCase();
    const action = plain.startsWith(start) ? ACTIONS.get(plain.slice(start.length)) : undefined;
    if (action !== undefined) return action;
  }
  return null;
}
