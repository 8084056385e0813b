/**
 * One exchange with an ECPay server: seal a request in its envelope, post it, open the answer. Knows
 * nothing of single endpoints beyond their tables. Sends once: whether a call may be repeated is the
 * caller's to decide.
 */

import {
  ENVELOPE_ACCEPTED,
  REPLY_ENVELOPE,
  REQUEST_ENVELOPE,
  RTN_CODE_SUCCESS,
} from '../wire/ecpay-b2c/envelope.ts';
import { DataError, decodeData, type EcpayKeys, encodeData } from '../wire/ecpay-envelope.ts';
import {
  isJsonObject,
  JsonError,
  type JsonValue,
  readJson,
  writeJson,
} from '../wire/exact-json.ts';
import type { Wire, WireEndpoint, WireTable } from '../wire/field.ts';
import { pickMembers } from '../wire/members.ts';
import { readMessage, wholeNumber } from '../wire/read-message.ts';
import { WireValueError, writeMessage } from '../wire/write-message.ts';
import { EcpayNetworkError, type EcpayResult, type EcpayUnreadable } from './result.ts';

/** An answer larger than this is not read: 200 rows of a list are far below it. */
export const REPLY_BYTES_MAX = 33_554_432;

/** How much of an unreadable answer is kept. */
export const UNREADABLE_BODY_LENGTH_MAX = 2_000;

/** What every call of one client has in common. */
export interface Transport {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly merchantId: string;
  readonly platformId: string | undefined;
  readonly keys: EcpayKeys;
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds since 1970, as `Date.now`. */
  readonly clock: () => number;
  readonly timeoutMs: number;
  /** ECPay's Revision of the API. */
  readonly revision: string;
}

/** Settings of one call. */
export interface CallOptions {
  /** Ends the call early; it may have taken effect. */
  readonly signal?: AbortSignal | undefined;
  /** Instead of the client's time-out. */
  readonly timeoutMs?: number | undefined;
}

/** Posts `data` to the endpoint and opens the answer. Throws `EcpayNetworkError` when none comes. */
export async function exchange<E extends WireEndpoint>(
  transport: Transport,
  endpoint: E,
  data: object,
  options: CallOptions,
): Promise<EcpayResult<Wire<E['reply']>>> {
  const body = seal(transport, endpoint, data);
  const answer = await post(transport, endpoint.path, body, options);
  if (answer.bytes === null) return unreadable(answer.status, 'the answer is too large', '');
  return open(transport, endpoint, answer.status, answer.bytes);
}

/** As `exchange`, for a call whose success is a PDF instead of a reply. */
export async function download(
  transport: Transport,
  endpoint: WireEndpoint,
  data: object,
  options: CallOptions,
): Promise<EcpayResult<Uint8Array>> {
  const body = seal(transport, endpoint, data);
  const { status, bytes } = await post(transport, endpoint.path, body, options);
  if (bytes === null) return unreadable(status, 'the answer is too large', '');
  if (new TextDecoder().decode(bytes.subarray(0, PDF_MAGIC.length)) === PDF_MAGIC) {
    return { kind: 'ok', data: bytes };
  }
  const answer = open(transport, endpoint, status, bytes);
  return answer.kind === 'ok' ? unreadable(status, 'a success without a PDF', '') : answer;
}

const PDF_MAGIC = '%PDF-';

function seal(transport: Transport, endpoint: WireEndpoint, data: object): string {
  const json = writeMessage<WireTable>(endpoint.request, {
    ...data,
    MerchantID: transport.merchantId,
  });
  return writeMessage(REQUEST_ENVELOPE, {
    PlatformID: transport.platformId,
    MerchantID: transport.merchantId,
    RqHeader: { Timestamp: Math.floor(transport.clock() / 1000), Revision: transport.revision },
    Data: encodeData(json, transport.keys),
  });
}

interface Answer {
  readonly status: number;
  /** null: more than `REPLY_BYTES_MAX`. */
  readonly bytes: Uint8Array | null;
}

async function post(
  transport: Transport,
  path: string,
  body: string,
  options: CallOptions,
): Promise<Answer> {
  const timeoutMs = options.timeoutMs ?? transport.timeoutMs;
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal =
    options.signal === undefined ? timeout : AbortSignal.any([timeout, options.signal]);
  try {
    const response = await transport.fetch(`${transport.baseUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body,
      // A call never follows to another host: its envelope was meant for this one.
      redirect: 'manual',
      signal,
    });
    return { status: response.status, bytes: await readBytes(response) };
  } catch (cause) {
    const isTimeout = timeout.aborted && options.signal?.aborted !== true;
    const reason = isTimeout ? `no answer within ${timeoutMs} ms` : 'no answer';
    throw new EcpayNetworkError(`${path}: ${reason}`, isTimeout, cause);
  }
}

async function readBytes(response: Response): Promise<Uint8Array | null> {
  if (response.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body) {
    length += chunk.length;
    if (length > REPLY_BYTES_MAX) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

function open<E extends WireEndpoint>(
  transport: Transport,
  endpoint: E,
  status: number,
  bytes: Uint8Array,
): EcpayResult<Wire<E['reply']>> {
  const body = new TextDecoder().decode(bytes);
  try {
    const outer = readJson(body);
    if (!isJsonObject(outer)) return unreadable(status, 'the answer is no JSON object', body);
    const envelope = pickMembers(REPLY_ENVELOPE, outer);
    const transCode = wholeNumber(envelope.TransCode);
    if (transCode === undefined) return unreadable(status, 'the answer has no TransCode', body);
    if (transCode !== ENVELOPE_ACCEPTED.transCode) {
      return { kind: 'rejected', transCode, message: textOf(envelope.TransMsg), status };
    }
    return openData(endpoint, status, plainData(envelope.Data, transport.keys));
  } catch (cause) {
    if (cause instanceof JsonError || cause instanceof DataError) {
      return unreadable(status, cause.message, body);
    }
    throw cause;
  }
}

/** JSON text of Data: decrypted, or, for the one call that has it so, already an object. */
function plainData(data: JsonValue | undefined, keys: EcpayKeys): JsonValue | undefined {
  return typeof data === 'string' ? readJson(decodeData(data, keys)) : data;
}

/** An endpoint has its own only where the document says so. */
const SUCCESS_CODES: readonly number[] = [RTN_CODE_SUCCESS];

function openData<E extends WireEndpoint>(
  endpoint: E,
  status: number,
  data: JsonValue | undefined,
): EcpayResult<Wire<E['reply']>> {
  if (!isJsonObject(data)) return unreadable(status, 'Data is no object', writeJson(data ?? null));
  const code = wholeNumber(data.RtnCode);
  if (code === undefined) return unreadable(status, 'Data has no RtnCode', writeJson(data));
  if (!(endpoint.successCodes ?? SUCCESS_CODES).includes(code)) {
    return { kind: 'refused', code, message: textOf(data.RtnMsg), reply: data };
  }
  try {
    return { kind: 'ok', data: readMessage<E['reply']>(endpoint.reply, data) };
  } catch (cause) {
    if (!(cause instanceof WireValueError)) throw cause;
    return unreadable(status, cause.message, writeJson(data));
  }
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function unreadable(status: number, message: string, body: string): EcpayUnreadable {
  return { kind: 'unreadable', status, message, body: body.slice(0, UNREADABLE_BODY_LENGTH_MAX) };
}
