/**
 * Who asks: checks an element's envelope in the order envelope, tenant, signature, time stamp, repetition.
 * An unknown seller and a wrong signature get the same answer, so that nobody learns who is a seller here.
 */
import { timingSafeEqual } from 'node:crypto';
import { ExactNumber, type JsonValue, numberText } from '#wire/exact-json.ts';
import { signatureF1, signatureF2 } from '#wire/systemlead/signature.ts';
import type { Seller } from '../../domain/seller.ts';
import type { Account, Clock } from '../../ledger/ports.ts';
import type { DialectContext } from '../dialect.ts';
import type { Envelope } from './body.ts';
import { missing, type Refusal, refusal } from './refusal.ts';
import { type ReplayGuard, replayKey } from './replay-guard.ts';
import { DIALECT, type Settings, settingsOf } from './settings.ts';

/** Seconds that a client is ahead which takes Taipei's wall clock for UTC. */
const TAIPEI_AHEAD_SEC = 28_800;
/** How long a request counts as seen where time stamps are not compared. */
const WINDOW_SEC_WITHOUT_TOLERANCE = 600;
/** Milliseconds have thirteen digits until the year 2286. */
const MILLISECONDS_SHAPE = /^\d{13}$/;

/** A seller that has proved to be one. */
export interface Caller {
  readonly account: Account;
  readonly seller: Seller;
  readonly settings: Settings;
}

export type Verdict =
  | { readonly ok: true; readonly caller: Caller; readonly replayKey: string | null }
  | { readonly ok: false; readonly kind: 'envelope' | 'auth'; readonly refusal: Refusal };

export interface Gatekeeper {
  readonly context: DialectContext;
  readonly guard: ReplayGuard;
  readonly path: string;
  readonly isInquiry: boolean;
}

/** Judges one envelope. `note` is told by which formula it passed. */
export function authenticate(
  keeper: Gatekeeper,
  envelope: Envelope | null,
  note: (formula: string) => void,
): Verdict {
  const companyId = textOf(envelope?.companyId);
  const timestamp = textOf(envelope?.timestamp);
  const signature = textOf(envelope?.signature);
  for (const [name, text] of Object.entries({ companyId, timestamp, signature })) {
    if (text !== '') continue;
    return { ok: false, kind: 'envelope', refusal: missing(WIRE_NAMES[name] ?? name) };
  }
  if (envelope === null || envelope.dataText === '') {
    return { ok: false, kind: 'envelope', refusal: missing('Data') };
  }
  const { context } = keeper;
  const account = context.accounts.find(DIALECT, companyId);
  const settings = settingsOf(context, account?.seller ?? null);
  const formula = formulaOf(companyId, timestamp, signature, account?.secrets.salt, settings);
  if (account === undefined || account.seller === null || formula === null) {
    return denied(refusal('E-INV-900', '簽章驗證錯誤'));
  }
  note(formula);
  const seconds = secondsOf(timestamp);
  if (seconds === null || !isInTime(seconds, settings, context.clientClocks)) {
    return denied(refusal('E-INV-901', '時間戳記逾期'));
  }
  const caller = { account, seller: account.seller, settings };
  const key = keyOf(keeper, settings, companyId, timestamp, envelope.dataText);
  if (key !== null && keeper.guard.has(key, nowSec(context.clock))) {
    return denied(refusal('E-INV-902', '時間戳記重複使用'));
  }
  return { ok: true, caller, replayKey: key };
}

/** Remembers what passed, until its time stamp would pass no more. */
export function remember(keeper: Gatekeeper, verdict: Verdict, envelope: Envelope): void {
  if (!verdict.ok || verdict.replayKey === null) return;
  const now = nowSec(keeper.context.clock);
  const { timestampToleranceSec: tolerance } = verdict.caller.settings;
  const stamp = secondsOf(textOf(envelope.timestamp)) ?? now;
  // A stamp eight hours ahead passes again eight hours later, as true UTC.
  const until = tolerance === 0 ? now + WINDOW_SEC_WITHOUT_TOLERANCE : stamp + tolerance;
  keeper.guard.add(verdict.replayKey, until, now);
}

const WIRE_NAMES: Readonly<Record<string, string>> = {
  companyId: 'CompanyID',
  timestamp: 'Timestamp',
  signature: 'Signature',
};

function denied(why: Refusal): Verdict {
  return { ok: false, kind: 'auth', refusal: why };
}

function textOf(value: JsonValue | undefined): string {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' || value instanceof ExactNumber ? numberText(value) : '';
}

/** The formula that the signature satisfies; compared in constant time, also for an unknown seller. */
function formulaOf(
  companyId: string,
  timestamp: string,
  signature: string,
  salt: string | undefined,
  { signatureFormulas }: Settings,
): 'F1' | 'F2' | null {
  const secret = salt ?? '';
  const given = signature.toUpperCase();
  const isF1 = isEqual(given, signatureF1(timestamp, secret));
  const isF2 = isEqual(given, signatureF2(companyId, timestamp, secret));
  if (secret === '') return null;
  if (isF1 && signatureFormulas.includes('F1')) return 'F1';
  return isF2 && signatureFormulas.includes('F2') ? 'F2' : null;
}

function isEqual(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Seconds of a stamp in seconds or, undocumented, milliseconds; it is signed as sent. */
function secondsOf(timestamp: string): number | null {
  if (MILLISECONDS_SHAPE.test(timestamp)) return Math.floor(Number(timestamp) / 1000);
  return /^\d{1,12}$/.test(timestamp) ? Number(timestamp) : null;
}

function nowSec(clock: Clock): number {
  return Math.floor(clock.now() / 1000);
}

function isInTime(seconds: number, settings: Settings, clocks: readonly Clock[]): boolean {
  const { timestampToleranceSec: tolerance, timestampAllowLocalAsUtc } = settings;
  if (tolerance === 0) return true;
  return clocks.some((clock) => {
    const ahead = seconds - nowSec(clock);
    if (Math.abs(ahead) <= tolerance) return true;
    return timestampAllowLocalAsUtc && Math.abs(ahead - TAIPEI_AHEAD_SEC) <= tolerance;
  });
}

function keyOf(
  { path, isInquiry }: Gatekeeper,
  { timestampReuse }: Settings,
  companyId: string,
  timestamp: string,
  dataText: string,
): string | null {
  if (isInquiry || timestampReuse === 'off') return null;
  return timestampReuse === 'strict'
    ? replayKey(path, companyId, timestamp)
    : replayKey(path, companyId, timestamp, dataText);
}
