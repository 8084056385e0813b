/**
 * A typed client of SystemLead's e首發票 API, for SystemLead itself and for Kaili, which speaks the same API.
 * One method an endpoint, for one item or, as `.batch`, for many in one request: items are independent of
 * each other, and results come in their order. Nothing is repeated by itself.
 */

import type { Wire, WireInput } from '../wire/field.ts';
import { ALLOWANCE_INVOICE, CANCEL_ALLOWANCES } from '../wire/systemlead/allowance.ts';
import { SET_BLANK_INVOICE_ID, TRACK_BLANK } from '../wire/systemlead/blank.ts';
import { BLANK_CANCEL, CANCEL_INVOICES } from '../wire/systemlead/cancel.ts';
import type { SystemleadEndpoint } from '../wire/systemlead/endpoint.ts';
import {
  GET_INVOICE_ID_LIST,
  GET_INVOICES_APPEND_STATUS,
  GET_INVOICES_STATUS,
} from '../wire/systemlead/inquiry.ts';
import {
  APPEND_INVOICES,
  APPEND_ORDER,
  APPEND_ORDERS,
  APPEND_PRINT_INVOICES,
  UPDATE_INVOICES,
} from '../wire/systemlead/invoice.ts';
import {
  type SystemleadCallOptions,
  type SystemleadResult,
  type SystemleadTransport,
  send,
} from './transport.ts';

/** How long a call may take when nothing else is said. */
const TIMEOUT_MS = 30_000;

/** Where and as whom a client calls. */
export interface SystemleadClientOptions {
  /** With the API's own part: `http://127.0.0.1:8787/terpapi`. */
  readonly baseUrl: string;
  /** The seller's tax ID. */
  readonly companyId: string;
  /** The seller's HashSalt. */
  readonly salt: string;
  /** Milliseconds for a whole call; 30,000 when not given. */
  readonly timeoutMs?: number | undefined;
  /** Instead of the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Instead of `Date.now`: milliseconds since 1970. */
  readonly clock?: (() => number) | undefined;
}

/** What an endpoint takes, and one of its results. */
export type SystemleadInput<E extends SystemleadEndpoint> = WireInput<E['request']>;
export type SystemleadData<E extends SystemleadEndpoint> = Wire<E['reply']>;

/** One endpoint as a method. Throws `SystemleadNetworkError`, or `WireValueError` for an unwritable input. */
export interface SystemleadMethod<E extends SystemleadEndpoint> {
  (
    input: SystemleadInput<E>,
    options?: SystemleadCallOptions,
  ): Promise<SystemleadResult<SystemleadData<E>>>;
  /** Many items in one request; as many results, in the same order. */
  batch(
    inputs: readonly SystemleadInput<E>[],
    options?: SystemleadCallOptions,
  ): Promise<readonly SystemleadResult<SystemleadData<E>>[]>;
}

/** A client of one seller. */
export interface SystemleadClient {
  /** The seller's tracks of a year or period. */
  readonly getInvoiceIdList: SystemleadMethod<typeof GET_INVOICE_ID_LIST>;
  /** Declare ranges of numbers blank. */
  readonly trackBlank: SystemleadMethod<typeof TRACK_BLANK>;
  /** Report the next unused number of a range. */
  readonly setBlankInvoiceId: SystemleadMethod<typeof SET_BLANK_INVOICE_ID>;
  /** Issue under one's own number. */
  readonly appendInvoices: SystemleadMethod<typeof APPEND_INVOICES>;
  /** Replace an invoice that was not uploaded yet. */
  readonly updateInvoices: SystemleadMethod<typeof UPDATE_INVOICES>;
  /** Issue under one's own number and print. */
  readonly appendPrintInvoices: SystemleadMethod<typeof APPEND_PRINT_INVOICES>;
  /** Issue under the center's next number. */
  readonly appendOrder: SystemleadMethod<typeof APPEND_ORDER>;
  readonly appendOrders: SystemleadMethod<typeof APPEND_ORDERS>;
  /** Whether an invoice was uploaded. */
  readonly getInvoicesAppendStatus: SystemleadMethod<typeof GET_INVOICES_APPEND_STATUS>;
  /** The state of the latest operation on an invoice. */
  readonly getInvoicesStatus: SystemleadMethod<typeof GET_INVOICES_STATUS>;
  /** Void an invoice. */
  readonly cancelInvoices: SystemleadMethod<typeof CANCEL_INVOICES>;
  /** Declare a skipped number blank. */
  readonly blankCancel: SystemleadMethod<typeof BLANK_CANCEL>;
  /** Make an allowance. */
  readonly allowanceInvoice: SystemleadMethod<typeof ALLOWANCE_INVOICE>;
  /** Void an allowance. */
  readonly cancelAllowances: SystemleadMethod<typeof CANCEL_ALLOWANCES>;
}

/** Makes a client; connects to nothing yet. Throws a RangeError when the base URL is none of HTTP. */
export function createSystemleadClient(options: SystemleadClientOptions): SystemleadClient {
  if (!/^https?:\/\/[^/?#]/.test(options.baseUrl) || !URL.canParse(options.baseUrl)) {
    throw new RangeError('baseUrl is no http or https address');
  }
  const transport: SystemleadTransport = {
    baseUrl: options.baseUrl.replace(/\/+$/, ''),
    companyId: options.companyId,
    salt: options.salt,
    fetch: options.fetch ?? globalThis.fetch,
    clock: options.clock ?? Date.now,
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
  };
  const method = <E extends SystemleadEndpoint>(endpoint: E): SystemleadMethod<E> => {
    const one = async (input: SystemleadInput<E>, callOptions: SystemleadCallOptions = {}) => {
      const [result] = await send(transport, endpoint, [input], callOptions, true);
      if (result === undefined) throw new Error('an exchange without a result');
      return result;
    };
    return Object.assign(one, {
      batch: (inputs: readonly SystemleadInput<E>[], callOptions: SystemleadCallOptions = {}) =>
        send(transport, endpoint, inputs, callOptions, false),
    });
  };
  return {
    getInvoiceIdList: method(GET_INVOICE_ID_LIST),
    trackBlank: method(TRACK_BLANK),
    setBlankInvoiceId: method(SET_BLANK_INVOICE_ID),
    appendInvoices: method(APPEND_INVOICES),
    updateInvoices: method(UPDATE_INVOICES),
    appendPrintInvoices: method(APPEND_PRINT_INVOICES),
    appendOrder: method(APPEND_ORDER),
    appendOrders: method(APPEND_ORDERS),
    getInvoicesAppendStatus: method(GET_INVOICES_APPEND_STATUS),
    getInvoicesStatus: method(GET_INVOICES_STATUS),
    cancelInvoices: method(CANCEL_INVOICES),
    blankCancel: method(BLANK_CANCEL),
    allowanceInvoice: method(ALLOWANCE_INVOICE),
    cancelAllowances: method(CANCEL_ALLOWANCES),
  };
}
