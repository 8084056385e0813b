/**
 * The outer part of every call: opens a request (JSON, merchant, time window, cipher of `Data`) and
 * seals a reply. Failures before `Data` is readable are answered in the envelope itself, as ECPay does:
 * HTTP 500, a TransCode other than 1 and `Data` null. What is inside `Data` is the endpoints' business.
 */
import { createHash } from 'node:crypto';
import {
  ENVELOPE_ACCEPTED,
  ENVELOPE_FAILURES,
  REQUEST_ENVELOPE,
  TIMESTAMP_SKEW_SECONDS_MAX,
} from '#wire/ecpay-b2c/envelope.ts';
import {
  DataError,
  decodeData,
  type EcpayKeys,
  ecpayKeys,
  encodeData,
} from '#wire/ecpay-envelope.ts';
import {
  isJsonObject,
  JsonError,
  type JsonObject,
  type JsonValue,
  readJson,
} from '#wire/exact-json.ts';
import { pickMembers } from '#wire/members.ts';
import { type Fault, fault } from '../../domain/fault.ts';
import type { Seller } from '../../domain/seller.ts';
import type { Account, Accounts, Clock } from '../../ledger/ports.ts';
import type { DialectContext, WireReply, WireRequest } from '../dialect.ts';
import { isAbsent, scalarText } from './parse.ts';

export const DIALECT = 'ecpay';
export const JSON_TYPE = 'application/json; charset=utf-8';

/** What a reply repeats of its request. */
interface ReplyHead {
  /** B2B replies have a header of their own. */
  readonly isB2b: boolean;
  readonly platformId: string;
  readonly merchantId: string;
  readonly rqId: string;
  readonly revision: string | null;
}

/** A request whose `Data` was read. */
export interface Call {
  readonly request: WireRequest;
  readonly head: ReplyHead;
  readonly account: Account;
  readonly seller: Seller;
  readonly data: JsonObject;
  /** Keys of whoever encrypted the request; the reply is encrypted with the same. */
  readonly keys: EcpayKeys;
  /** Why the call must be refused inside `Data`, whatever it asks for. */
  readonly faults: readonly Fault[];
}

export type Opening =
  | { readonly ok: true; readonly call: Call }
  | { readonly ok: false; readonly reply: WireReply };

interface EnvelopeFailure {
  readonly transCode: number;
  readonly transMsg: string;
  readonly status: number;
}

/**
 * The body is no JSON object. No source knows ECPay's answer, so the code is Kaili's own; status and
 * shape are those of every other envelope failure.
 */
export const BODY_UNREADABLE: EnvelopeFailure = {
  transCode: 8900001,
  transMsg: 'The request body is not a JSON object.',
  status: 500,
};

const UTF8 = new TextDecoder('utf-8', { fatal: true });
/** Longest ids and header texts that a reply repeats; anything longer is not one of ours. */
const ECHO_CHARACTERS_MAX = 64;
const MERCHANT_ID_CHARACTERS_MAX = 10;

/**
 * Opens a request. Order of the checks: JSON, merchant, time window, Data present, cipher. ECPay's own
 * order is not known; a client with several mistakes meets them in this one.
 */
export function openEnvelope(
  request: WireRequest,
  { accounts, clock, clientClocks }: Pick<DialectContext, 'accounts' | 'clock' | 'clientClocks'>,
): Opening {
  const body = readBody(request.body);
  if (body === null) {
    const head: ReplyHead = {
      isB2b: isB2bPath(request.path),
      platformId: '',
      merchantId: '',
      rqId: freshId(request),
      revision: null,
    };
    return refuse(request, clock, head, BODY_UNREADABLE, 'send one JSON object as the body');
  }
  const outer = pickMembers(REQUEST_ENVELOPE, body);
  const header = readHeader(outer.RqHeader, request);
  const head: ReplyHead = {
    isB2b: isB2bPath(request.path),
    platformId: platformIdOf(outer.PlatformID),
    merchantId: echoed(outer.MerchantID),
    rqId: header.rqId,
    revision: header.revision,
  };
  const parties = findParties(head, accounts);
  if (parties === null) {
    const hint = 'no such MerchantID (or PlatformID) here, or it has no usable keys';
    return refuse(request, clock, head, ENVELOPE_FAILURES.MERCHANT, hint);
  }
  if (!clientClocks.some((each) => isTimely(header.timestamp, each))) {
    const skew = secondsBehind(header.timestamp, clock);
    const off = Number.isNaN(skew)
      ? 'no number of seconds'
      : `${skew} s behind this server's clock`;
    const hint = `RqHeader.Timestamp is ${off}; send Unix seconds`;
    return refuse(request, clock, head, ENVELOPE_FAILURES.TIMESTAMP, hint);
  }
  if (isAbsent(outer.Data)) {
    return refuse(request, clock, head, ENVELOPE_FAILURES.DATA_EMPTY, 'send the encrypted Data');
  }
  const data = readData(outer.Data, parties.keys);
  if (data === null) {
    const hint = 'Data is not JSON encrypted with this merchant’s HashKey and HashIV';
    return refuse(request, clock, head, ENVELOPE_FAILURES.DECRYPT, hint);
  }
  const { account, seller, keys, isBound } = parties;
  const faults = accountFaults(data, account, isBound);
  return { ok: true, call: { request, head, account, seller, data, keys, faults } };
}

/** How many seconds a time stamp lies behind a clock; NaN for one that is no number. */
function secondsBehind(timestamp: number, clock: Clock): number {
  return Math.floor(clock.now() / 1000) - timestamp;
}

function isTimely(timestamp: number, clock: Clock): boolean {
  return Math.abs(secondsBehind(timestamp, clock)) <= TIMESTAMP_SKEW_SECONDS_MAX;
}

/** A reply with `Data` encrypted. */
export function sealEncrypted(call: Call, json: string, clock: Clock): WireReply {
  return accepted(call, `"${encodeData(json, call.keys)}"`, clock);
}

/** A reply with `Data` as a plain object: GetIssueList alone (observed 2026-08, three clients). */
export function sealPlain(call: Call, json: string, clock: Clock): WireReply {
  return accepted(call, json, clock);
}

function accepted(call: Call, data: string, clock: Clock): WireReply {
  const { transCode, transMsg, status } = ENVELOPE_ACCEPTED;
  const result = `"TransCode":${transCode},"TransMsg":"${transMsg}","Data":${data}`;
  return { status, contentType: JSON_TYPE, body: `${headJson(call.head, clock)},${result}}` };
}

function refuse(
  request: WireRequest,
  clock: Clock,
  head: ReplyHead,
  failure: EnvelopeFailure,
  hint: string,
): Opening {
  const { transCode, transMsg, status } = failure;
  const { merchantId: merchant, rqId } = head;
  request.note({ dialect: DIALECT, merchant, rqId, transCode, hint });
  const text = JSON.stringify(transMsg);
  const body = `${headJson(head, clock)},"TransCode":${transCode},"TransMsg":${text},"Data":null}`;
  return { ok: false, reply: { status, contentType: JSON_TYPE, body } };
}

/** The reply's beginning, up to and without `TransCode`; ids as numbers (observed 2026-08). */
function headJson(head: ReplyHead, clock: Clock): string {
  const timestamp = Math.floor(clock.now() / 1000);
  const revision = head.revision === null ? 'null' : JSON.stringify(head.revision);
  if (head.isB2b) {
    // Observed (2026-09, stage): no PlatformID, and the misspelt Reversion. Both spellings are sent.
    return (
      `{"MerchantID":${idJson(head.merchantId)},"RpHeader":{"Timestamp":${timestamp},` +
      `"RqID":${JSON.stringify(head.rqId)},"Reversion":${revision},"Revision":${revision}}`
    );
  }
  return (
    `{"PlatformID":${idJson(head.platformId)},"MerchantID":${idJson(head.merchantId)},` +
    `"RpHeader":{"Timestamp":${timestamp},"RqID":${JSON.stringify(head.rqId)},"Revision":${revision}}`
  );
}

function isB2bPath(path: string): boolean {
  return path.startsWith('/B2BInvoice/');
}

/** An id as a number, 0 where there is none, text where it is not all digits. */
export function merchantIdValue(id: string): number | string {
  if (id === '') return 0;
  return /^(?:0|[1-9]\d*)$/.test(id) ? Number(id) : id;
}

function idJson(id: string): string {
  return JSON.stringify(merchantIdValue(id));
}

function readBody(bytes: Uint8Array): JsonObject | null {
  let text: string;
  try {
    text = UTF8.decode(bytes);
  } catch {
    // Not UTF-8, hence not JSON.
    return null;
  }
  return readObject(text);
}

function readObject(text: string): JsonObject | null {
  try {
    const value = readJson(text);
    return isJsonObject(value) ? value : null;
  } catch (error) {
    if (error instanceof JsonError) return null;
    throw error;
  }
}

function readData(value: JsonValue, keys: EcpayKeys): JsonObject | null {
  if (typeof value !== 'string') return null;
  try {
    return readObject(decodeData(value, keys));
  } catch (error) {
    if (error instanceof DataError) return null;
    throw error;
  }
}

/** An id as the reply repeats it; '' for one that no account can have. */
function echoed(value: JsonValue | undefined): string {
  const text = isAbsent(value) ? '' : (scalarText(value) ?? '');
  return text.length <= MERCHANT_ID_CHARACTERS_MAX && text.isWellFormed() ? text : '';
}

/** The platform's id; the 0 of our own replies means none, as nothing and "" do. */
function platformIdOf(value: JsonValue | undefined): string {
  const id = echoed(value);
  return id === '0' ? '' : id;
}

function readHeader(
  value: JsonValue | undefined,
  request: WireRequest,
): { readonly timestamp: number; readonly rqId: string; readonly revision: string | null } {
  const members = isJsonObject(value) ? pickMembers(REQUEST_ENVELOPE.RqHeader.members, value) : {};
  const seconds = scalarText(members.Timestamp) ?? '';
  return {
    timestamp: /^\d{1,12}(?:\.\d+)?$/.test(seconds) ? Math.floor(Number(seconds)) : Number.NaN,
    rqId: headerText(members.RqID) ?? freshId(request),
    revision: headerText(members.Revision),
  };
}

function headerText(value: JsonValue | undefined): string | null {
  if (isAbsent(value)) return null;
  const text = scalarText(value);
  if (text === undefined || text === '' || text.length > ECHO_CHARACTERS_MAX) return null;
  return text;
}

const UUID_SHAPE = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * A UUID for a request that brought no RqID: the request's own id, or made from it. The log line has
 * it too, so that a request is found by what its client saw.
 */
function freshId(request: WireRequest): string {
  const { requestId } = request;
  if (UUID_SHAPE.test(requestId)) return requestId;
  const digits = createHash('sha256').update(requestId).digest('hex');
  const parts = [digits.slice(0, 8), digits.slice(8, 12), `8${digits.slice(13, 16)}`];
  return [...parts, `a${digits.slice(17, 20)}`, digits.slice(20, 32)].join('-');
}

interface Parties {
  readonly account: Account;
  readonly seller: Seller;
  readonly keys: EcpayKeys;
  readonly isBound: boolean;
}

/** The merchant, and the keys of whoever calls for it: a platform encrypts with its own. */
function findParties(head: ReplyHead, accounts: Accounts): Parties | null {
  const account = accounts.find(DIALECT, head.merchantId);
  if (account === undefined || account.kind === 'platform' || account.seller === null) return null;
  const platform = head.platformId === '' ? undefined : accounts.find(DIALECT, head.platformId);
  if (head.platformId !== '' && platform?.kind !== 'platform') return null;
  const keys = keysOf(platform ?? account);
  if (keys === null) return null;
  const isBound = platform === undefined || platform.boundAccounts.includes(account.localId);
  return { account, seller: account.seller, keys, isBound };
}

const keysByAccount = new WeakMap<Account, EcpayKeys | null>();

function keysOf(account: Account): EcpayKeys | null {
  const kept = keysByAccount.get(account);
  if (kept !== undefined) return kept;
  const keys = makeKeys(account);
  keysByAccount.set(account, keys);
  return keys;
}

function makeKeys({ secrets }: Account): EcpayKeys | null {
  try {
    return ecpayKeys(secrets.hashKey ?? '', secrets.hashIv ?? '');
  } catch (error) {
    // An account stored without proper keys is not enabled; the error names no key.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The one member of `Data` that the envelope looks at. */
const INSIDE = { MerchantID: REQUEST_ENVELOPE.MerchantID };

/** Refusals that concern the account and hold for every action. */
function accountFaults(data: JsonObject, account: Account, isBound: boolean): readonly Fault[] {
  const faults: Fault[] = [];
  const { MerchantID: inside } = pickMembers(INSIDE, data);
  if (!isAbsent(inside) && scalarText(inside) !== account.localId) {
    const hint = 'MerchantID inside Data must equal the envelope’s';
    faults.push(fault('ACCOUNT_MISMATCH', 'MerchantID', hint));
  }
  if (!isBound) {
    const hint = 'this platform account is not bound to the merchant';
    faults.push(fault('PLATFORM_NOT_BOUND', 'PlatformID', hint));
  }
  return faults;
}
