/**
 * The body of a request: one envelope, one envelope with an array as `Data`, or an array of envelopes
 * (shapes S, D and A), flattened into elements in their order. What is no such thing is answered with the
 * whole request refused.
 */
import {
  isJsonObject,
  JsonError,
  type JsonObject,
  type JsonValue,
  readJson,
  writeJson,
} from '#wire/exact-json.ts';
import { pickMembers } from '#wire/members.ts';
import { ITEMS_MAX } from '#wire/systemlead/endpoint.ts';
import { withoutTrailingCommas } from './trailing-commas.ts';

const BODY = {
  CompanyID: { kind: 'text', need: 'required', lengthMax: 8 },
  Timestamp: { kind: 'text', need: 'required', lengthMax: 20 },
  Signature: { kind: 'text', need: 'required', lengthMax: 128 },
  Data: { kind: 'text', need: 'required', lengthMax: 0 },
} as const;

/** The outer part of an element; each member as sent. */
export interface Envelope {
  readonly companyId: JsonValue | undefined;
  readonly timestamp: JsonValue | undefined;
  readonly signature: JsonValue | undefined;
  /** The text by which a repetition of this element's `Data` is known. */
  readonly dataText: string;
}

export interface Element {
  /** Null where the element is no object. */
  readonly envelope: Envelope | null;
  /** Null where `Data` is absent or no object. */
  readonly data: JsonObject | null;
}

export type Body =
  | { readonly ok: true; readonly isSingle: boolean; readonly elements: readonly Element[] }
  | { readonly ok: false; readonly status: 400 | 413; readonly message: string };

const INVALID: Body = { ok: false, status: 400, message: 'The request is invalid.' };
const TOO_MANY: Body = {
  ok: false,
  status: 413,
  message: `At most ${ITEMS_MAX} items in one request.`,
};
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Reads the bytes, with a byte order mark or without. */
export function readBody(bytes: Uint8Array): Body {
  const value = readTolerantly(bytes);
  if (isJsonObject(value)) {
    const envelope = readEnvelope(value);
    if (!Array.isArray(envelope.data)) {
      return { ok: true, isSingle: true, elements: [elementOf(envelope.envelope, envelope.data)] };
    }
    if (envelope.data.length > ITEMS_MAX) return TOO_MANY;
    return many(envelope.data.map((data) => elementOf(envelope.envelope, data)));
  }
  if (!Array.isArray(value)) return INVALID;
  // Counted before they are read: whoever sent them is not known yet.
  if (value.length > ITEMS_MAX) return TOO_MANY;
  const elements: Element[] = [];
  for (const entry of value) {
    if (!isJsonObject(entry)) elements.push({ envelope: null, data: null });
    else {
      const { envelope, data } = readEnvelope(entry);
      const all = Array.isArray(data) ? data : [data];
      if (elements.length + all.length > ITEMS_MAX) return TOO_MANY;
      elements.push(...all.map((one: JsonValue | undefined) => elementOf(envelope, one)));
    }
  }
  return many(elements);
}

function many(elements: readonly Element[]): Body {
  if (elements.length === 0) return INVALID;
  if (elements.length > ITEMS_MAX) return TOO_MANY;
  return { ok: true, isSingle: false, elements };
}

function readEnvelope(object: JsonObject): {
  readonly envelope: Envelope;
  readonly data: JsonValue | undefined;
} {
  const { CompanyID, Timestamp, Signature, Data } = pickMembers(BODY, object);
  const data = dataOf(Data);
  const envelope = {
    companyId: CompanyID,
    timestamp: Timestamp,
    signature: Signature,
    dataText: data === undefined ? '' : writeJson(data),
  };
  return { envelope, data };
}

/** `Data` may be a text that holds JSON: String is its documented type. */
function dataOf(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value !== 'string') return value;
  return parse(value) ?? value;
}

function elementOf(envelope: Envelope, data: JsonValue | undefined): Element {
  return { envelope, data: isJsonObject(data) ? data : null };
}

function readTolerantly(bytes: Uint8Array): JsonValue | undefined {
  try {
    return parse(UTF8.decode(bytes));
  } catch {
    // Not UTF-8, hence not JSON.
    return undefined;
  }
}

/** JSON, also with commas before a closing bracket: the vendor's own sample of a void has one. */
function parse(text: string): JsonValue | undefined {
  const strict = parseStrictly(text);
  if (strict !== undefined) return strict;
  const mended = withoutTrailingCommas(text);
  return mended === undefined ? undefined : parseStrictly(mended);
}

function parseStrictly(text: string): JsonValue | undefined {
  try {
    return readJson(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return undefined;
  }
}
