/**
 * What one action is to the dialect: reads `Data`, asks the ledger, writes the reply's `Data`. The
 * envelope, the codes of faults and the log line are common to all and done in `index.ts`.
 */
import { RTN_CODE_SUCCESS } from '#wire/ecpay-b2c/envelope.ts';
import type { WireEndpoint, WireTable } from '#wire/field.ts';
import type { Outcome } from '../../domain/fault.ts';
import type { Origin } from '../../ledger/origin.ts';
import type { AccountId } from '../../ledger/rows.ts';
import type { DialectContext } from '../dialect.ts';
import { type Call, DIALECT } from './envelope.ts';
import type { Answer } from './fault-fields.ts';
import type { Action } from './faults.ts';

export interface Endpoint {
  readonly action: Action;
  readonly wire: WireEndpoint;
  /** JSON text of the reply's `Data`, or every fault of the request. */
  answer(call: Call, context: DialectContext): Promise<Outcome<string>>;
  /** Instead of `answer`: a file as the whole body. A refusal is told as by any other action. */
  file?(call: Call, context: DialectContext): Promise<Outcome<WireFile>>;
  /** Members that a refusal shows beside RtnCode and RtnMsg, where they differ from the wire table's. */
  refusedMembers?(call: Call, answer: Answer): Readonly<Record<string, string>>;
}

/** A file that a client downloads. */
export interface WireFile {
  readonly contentType: string;
  /** Name under which it is saved; ASCII. */
  readonly name: string;
  readonly body: Uint8Array;
}

/** RtnCode of a success. */
export const SUCCESS = RTN_CODE_SUCCESS;

/** `Data` of a refusal: the answer, and the reply's other members as empty as its table says. */
export function refusalJson(endpoint: Endpoint, call: Call, answer: Answer): string {
  const members: Record<string, unknown> = {};
  const table: WireTable = endpoint.wire.reply;
  for (const [name, field] of Object.entries(table)) {
    if (name === 'RtnCode') {
      members[name] = field.kind === 'text' ? String(answer.rtnCode) : answer.rtnCode;
    } else if (name === 'RtnMsg') members[name] = answer.text;
    else if (field.refused !== undefined) members[name] = field.refused;
  }
  return JSON.stringify({ ...members, ...endpoint.refusedMembers?.(call, answer) });
}

/** Who asks, for whom, from where. */
export function originOf(call: Call): Origin {
  return { seller: call.seller.ubn, account: accountIdOf(call), ip: ipv4Of(call.request.ip) };
}

/** The merchant's account, also when a platform calls for it: both see the same references. */
export function accountIdOf(call: Call): AccountId {
  return `${DIALECT}:${call.account.localId}`;
}

const IPV4_SHAPE = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const IPV4_MAPPED = '::ffff:';

/**
 * The client's address if it is an IPv4 one, also in IPv6 form; otherwise '': the reply's String(20)
 * cannot hold another (ECPay B2C API, GetIssue, IIS_IP).
 */
export function ipv4Of(ip: string): string {
  const text = ip.startsWith(IPV4_MAPPED) ? ip.slice(IPV4_MAPPED.length) : ip;
  return IPV4_SHAPE.test(text) ? text : '';
}
