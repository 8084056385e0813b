/**
 * One exchange with an e首發票 server: sign, post, read the results. A single item travels as one envelope,
 * several as an array of envelopes that share time stamp and signature, as the vendor's own sample does.
 */

import { isJsonObject, JsonError, type JsonObject, readJson } from '../wire/exact-json.ts';
import type { Wire, WireInput } from '../wire/field.ts';
import { readMessage, wholeNumber } from '../wire/read-message.ts';
import type { SystemleadEndpoint } from '../wire/systemlead/endpoint.ts';
import { signatureF1 } from '../wire/systemlead/signature.ts';
import { WireValueError, writeMessage } from '../wire/write-message.ts';

/** An answer larger than this is not read. */
const REPLY_BYTES_MAX = 33_554_432;
/** How much of an unreadable answer is kept. */
const UNREADABLE_BODY_LENGTH_MAX = 2_000;

/** What every call of one client has in common. */
export interface SystemleadTransport {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly companyId: string;
  readonly salt: string;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: () => number;
  readonly timeoutMs: number;
}

/** Settings of one call. */
export interface SystemleadCallOptions {
  /** Ends the call early; it may have taken effect. */
  readonly signal?: AbortSignal | undefined;
  /** Instead of the client's time-out. */
  readonly timeoutMs?: number | undefined;
}

/** The outcome of one item; switch on `kind`. */
export type SystemleadResult<T> =
  | { readonly kind: 'ok'; readonly data: T }
  /** The server says no: nothing was changed. `code` is Kaili's ErrorCode, '' from other servers. */
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly message: string;
      readonly reply: JsonObject;
    }
  /** The answer is none of this API's; whether the call took effect is unknown. */
  | {
      readonly kind: 'unreadable';
      readonly status: number;
      readonly message: string;
      readonly body: string;
    };

/** No answer arrived. The call may have taken effect all the same. */
export class SystemleadNetworkError extends Error {
  override readonly name = 'SystemleadNetworkError';
  /** The client's own time-out struck. */
  readonly isTimeout: boolean;

  constructor(message: string, isTimeout: boolean, cause: unknown) {
    super(message, { cause });
    this.isTimeout = isTimeout;
  }
}

/** Posts the items and reads as many results. Throws `SystemleadNetworkError` when no answer comes. */
export async function send<E extends SystemleadEndpoint>(
  transport: SystemleadTransport,
  endpoint: E,
  inputs: readonly WireInput<E['request']>[],
  options: SystemleadCallOptions,
  isSingle: boolean,
): Promise<readonly SystemleadResult<Wire<E['reply']>>[]> {
  if (inputs.length === 0) return [];
  const envelopes = sealAll(transport, endpoint, inputs);
  const body = isSingle ? (envelopes[0] ?? '') : `[${envelopes.join(',')}]`;
  const { status, text } = await post(transport, endpoint.path, body, options);
  const replies = text === null ? null : readReplies(text);
  if (replies === null || replies.length !== inputs.length) {
    const message = text === null ? 'the answer is too large' : 'the answer has no such results';
    const kept = (text ?? '').slice(0, UNREADABLE_BODY_LENGTH_MAX);
    return inputs.map(() => ({ kind: 'unreadable', status, message, body: kept }));
  }
  return replies.map((reply) => resultOf(endpoint, status, reply));
}

function sealAll(
  { companyId, salt, clock }: SystemleadTransport,
  endpoint: SystemleadEndpoint,
  inputs: readonly object[],
): readonly string[] {
  const timestamp = String(Math.floor(clock() / 1000));
  const head = JSON.stringify({
    CompanyID: companyId,
    Timestamp: timestamp,
    Signature: signatureF1(timestamp, salt),
  });
  return inputs.map(
    (input) => `${head.slice(0, -1)},"Data":${writeMessage(endpoint.request, input)}}`,
  );
}

async function post(
  transport: SystemleadTransport,
  path: string,
  body: string,
  options: SystemleadCallOptions,
): Promise<{ readonly status: number; readonly text: string | null }> {
  const timeoutMs = options.timeoutMs ?? transport.timeoutMs;
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal =
    options.signal === undefined ? timeout : AbortSignal.any([timeout, options.signal]);
  try {
    const response = await transport.fetch(`${transport.baseUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' },
      body,
      redirect: 'manual',
      signal,
    });
    const bytes = await response.arrayBuffer();
    const isWhole = bytes.byteLength <= REPLY_BYTES_MAX;
    return { status: response.status, text: isWhole ? new TextDecoder().decode(bytes) : null };
  } catch (cause) {
    const isTimeout = timeout.aborted && options.signal?.aborted !== true;
    const reason = isTimeout ? `no answer within ${timeoutMs} ms` : 'no answer';
    throw new SystemleadNetworkError(`${path}: ${reason}`, isTimeout, cause);
  }
}

function readReplies(text: string): readonly JsonObject[] | null {
  try {
    const value = readJson(text);
    const all = Array.isArray(value) ? value : [value];
    return all.every(isJsonObject) ? all : null;
  } catch (error) {
    if (error instanceof JsonError) return null;
    throw error;
  }
}

function resultOf<E extends SystemleadEndpoint>(
  endpoint: E,
  status: number,
  reply: JsonObject,
): SystemleadResult<Wire<E['reply']>> {
  const message = textOf(reply.Message) || textOf(reply.ErrorMessage);
  if (message !== '' || wholeNumber(reply.StatusCode) === 0) {
    const text = message || textOf(reply.ResultMessage);
    return { kind: 'refused', code: textOf(reply.ErrorCode), message: text, reply };
  }
  const body = JSON.stringify(reply).slice(0, UNREADABLE_BODY_LENGTH_MAX);
  if (status !== 200) return { kind: 'unreadable', status, message: 'no result', body };
  try {
    return { kind: 'ok', data: readMessage<E['reply']>(endpoint.reply, reply) };
  } catch (cause) {
    if (!(cause instanceof WireValueError)) throw cause;
    return { kind: 'unreadable', status, message: cause.message, body };
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
