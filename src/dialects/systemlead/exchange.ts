/**
 * One request from bytes to bytes: shapes S, D and A, each element's envelope, the action over all items
 * that are authentic, results in the order of the elements. A single envelope that is not authentic or not
 * whole also shows in the HTTP status; in an array it shows in its own result alone.
 */
import type { JsonObject } from '#wire/exact-json.ts';
import { writeJson } from '#wire/exact-json.ts';
import type { DialectContext, WireReply, WireRequest } from '../dialect.ts';
import { authenticate, type Gatekeeper, remember, type Verdict } from './authenticate.ts';
import { type Element, type Envelope, readBody } from './body.ts';
import { type Endpoint, failure, type Item, type Result } from './endpoint.ts';
import { malformed, missing, type Refusal } from './refusal.ts';
import type { ReplayGuard } from './replay-guard.ts';
import { DIALECT, settingsOf } from './settings.ts';

const JSON_TYPE = 'application/json; charset=utf-8';
/** Refusals of one request that the log line lists. */
const LOGGED_REFUSALS_MAX = 20;

/** A reply that is one message and no result. */
export function messageReply(status: number, message: string): WireReply {
  return { status, contentType: JSON_TYPE, body: JSON.stringify({ Message: message }) };
}

/** What one request adds up to, for its log line. */
class Notes {
  readonly #request: WireRequest;
  readonly #formulas = new Set<string>();
  readonly #flags = new Set<string>();
  readonly #refusals: { code: string; text: string; at: number }[] = [];
  refused = 0;

  constructor(request: WireRequest) {
    this.#request = request;
  }

  formula(name: string): void {
    this.#formulas.add(name);
  }

  flag(mark: string): void {
    this.#flags.add(mark);
  }

  refusal(at: number, code: string, text: string): void {
    this.refused += 1;
    if (this.#refusals.length < LOGGED_REFUSALS_MAX) this.#refusals.push({ code, text, at });
  }

  write(action: string, seller: string, items: number): void {
    this.#request.note({
      dialect: DIALECT,
      action,
      seller,
      items,
      refused: this.refused,
      refusals: this.#refusals,
      signature: [...this.#formulas].join('+'),
      flags: [...this.#flags],
    });
  }
}

/** Answers a request to an action. */
export async function exchange(
  endpoint: Endpoint,
  request: WireRequest,
  context: DialectContext,
  guard: ReplayGuard,
): Promise<WireReply> {
  const body = readBody(request.body);
  if (!body.ok) {
    request.note({ dialect: DIALECT, action: endpoint.wire.path, refused: body.message });
    return messageReply(body.status, body.message);
  }
  const { path, isInquiry = false } = endpoint.wire;
  const keeper: Gatekeeper = { context, guard, path, isInquiry };
  const notes = new Notes(request);
  const verdicts = judge(keeper, body.elements, notes);
  const keys = [...verdicts.values()].flatMap((verdict) =>
    verdict.ok && verdict.replayKey !== null ? [verdict.replayKey] : [],
  );
  let results: readonly Result[];
  try {
    results = await resultsOf(endpoint, body.elements, verdicts, { request, context, notes });
  } catch (error) {
    guard.forget(keys);
    request.note({ dialect: DIALECT, action: path, failure: failureFacts(error) });
    return messageReply(500, 'An error has occurred.');
  }
  const [first] = body.elements;
  const verdict = verdictOf(verdicts, first?.envelope ?? null);
  notes.write(path, callerOf(verdict), body.elements.length);
  if (!body.isSingle) return reply(200, results);
  const [only = {}] = results;
  const status = statusOf(verdict, context);
  const isBare = !verdict.ok && verdict.kind === 'envelope';
  if (isBare) return reply(status, failure(verdict.refusal));
  return reply(status, endpoint.wire.isReplyArray === true ? [only] : only);
}

const NO_ENVELOPE: Verdict = { ok: false, kind: 'envelope', refusal: missing('CompanyID') };

function verdictOf(verdicts: ReadonlyMap<Envelope, Verdict>, envelope: Envelope | null): Verdict {
  return envelope === null ? NO_ENVELOPE : (verdicts.get(envelope) ?? NO_ENVELOPE);
}

/** Judges every envelope once, then remembers those that passed: one request is never its own repetition. */
function judge(
  keeper: Gatekeeper,
  elements: readonly Element[],
  notes: Notes,
): ReadonlyMap<Envelope, Verdict> {
  const verdicts = new Map<Envelope, Verdict>();
  for (const { envelope } of elements) {
    if (envelope === null || verdicts.has(envelope)) continue;
    verdicts.set(
      envelope,
      authenticate(keeper, envelope, (formula) => notes.formula(formula)),
    );
  }
  for (const [envelope, verdict] of verdicts) remember(keeper, verdict, envelope);
  return verdicts;
}

async function resultsOf(
  endpoint: Endpoint,
  elements: readonly Element[],
  verdicts: ReadonlyMap<Envelope, Verdict>,
  { request, context, notes }: { request: WireRequest; context: DialectContext; notes: Notes },
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const items: Item[] = [];
  const places: number[] = [];
  for (const [index, { envelope, data }] of elements.entries()) {
    const verdict = verdictOf(verdicts, envelope);
    if (!verdict.ok || data === null) {
      const why = verdict.ok ? malformed('Data') : verdict.refusal;
      results[index] = refusedResult(endpoint, data, why);
      continue;
    }
    places.push(index);
    items.push({
      caller: verdict.caller,
      data,
      ip: request.ip,
      flag: (mark) => notes.flag(mark),
    });
  }
  const answers = items.length === 0 ? [] : await endpoint.answer(items, context);
  if (answers.length !== items.length)
    throw new Error('an action answered fewer items than it got');
  places.forEach((place, index) => {
    results[place] = answers[index] ?? {};
  });
  for (const [index, { ErrorCode, Message }] of results.entries()) {
    if (typeof Message === 'string') notes.refusal(index, String(ErrorCode ?? ''), Message);
  }
  return results;
}

function refusedResult(endpoint: Endpoint, data: JsonObject | null, why: Refusal): Result {
  return endpoint.refused(data, why);
}

function statusOf(verdict: Verdict, context: DialectContext): number {
  if (verdict.ok) return 200;
  // Whose settings would count is not known of a caller that is not authentic.
  return verdict.kind === 'envelope' ? 400 : settingsOf(context, null).authFailureStatus;
}

function callerOf(verdict: Verdict): string {
  return verdict.ok ? verdict.caller.account.localId : '';
}

function reply(status: number, value: Result | readonly Result[]): WireReply {
  return { status, contentType: JSON_TYPE, body: writeJson(value) };
}

/** An error for the log line, with what caused it. */
function failureFacts(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  return { name, message, stack, ...(cause !== undefined && { cause: failureFacts(cause) }) };
}
