/**
 * The Ministry's business API 財政部電子發票應用 API: asks whether a mobile barcode or a donation code exists.
 * One POST a question, never repeated by itself. Anything but a clear Y or N is an error: an answer that
 * was not understood must not become "unknown".
 *
 * Form and actions: MOF business API 1.0, `bcv` (mobile barcode) and `preserveCodeCheck` (donation code).
 * The Ministry answers only addresses that the operator has registered with it.
 */
import type { Random } from '../../ledger/ports.ts';

/** Where the Ministry's service lives. */
export const MINISTRY_SERVICE_URL = 'https://www-vc.einvoice.nat.gov.tw/BIZAPIVAN/biz';
/** How long one question may take, the connection included. */
export const QUESTION_MS_MAX = 5_000;
/** Questions under way at once; more would only queue at the Ministry. */
export const QUESTIONS_AT_ONCE_MAX = 50;
/** An answer is a few members; more is none of its answers. */
const ANSWER_BYTES_MAX = 64 * 1024;
const TRANSACTION_ID_BYTES = 16;

export interface MinistryServiceParts {
  readonly url: string;
  /** Given by the Ministry to the operator (AppID). */
  readonly appId: string;
  readonly random: Random;
  readonly questionMsMax?: number;
}

export interface MinistryService {
  hasMobileBarcode(barcode: string): Promise<boolean>;
  hasDonationCode(code: string): Promise<boolean>;
}

/** The service gave no usable answer. Its message names no secret and no carrier. */
export class MinistryServiceError extends Error {
  override readonly name = 'MinistryServiceError';
}

export function createMinistryService(parts: MinistryServiceParts): MinistryService {
  let underWay = 0;
  async function ask(members: Readonly<Record<string, string>>): Promise<boolean> {
    if (underWay >= QUESTIONS_AT_ONCE_MAX) {
      throw new MinistryServiceError(`${QUESTIONS_AT_ONCE_MAX} questions are under way`);
    }
    underWay += 1;
    try {
      return await question(parts, members);
    } finally {
      underWay -= 1;
    }
  }
  return {
    hasMobileBarcode: (barCode) => ask({ action: 'bcv', barCode }),
    hasDonationCode: (pCode) => ask({ action: 'preserveCodeCheck', pCode }),
  };
}

async function question(
  { url, appId, random, questionMsMax = QUESTION_MS_MAX }: MinistryServiceParts,
  members: Readonly<Record<string, string>>,
): Promise<boolean> {
  const TxID = Buffer.from(random.bytes(TRANSACTION_ID_BYTES)).toString('hex');
  const body = new URLSearchParams({ version: '1.0', ...members, TxID, appId });
  let text: string;
  try {
    const reply = await fetch(url, {
      method: 'POST',
      body,
      // A redirect would take the operator's AppID to another host.
      redirect: 'error',
      signal: AbortSignal.timeout(questionMsMax),
    });
    text = await readAnswer(reply);
    if (!reply.ok) throw new MinistryServiceError(`HTTP status ${reply.status}`);
  } catch (cause) {
    if (cause instanceof MinistryServiceError) throw cause;
    const isLate = cause instanceof Error && cause.name === 'TimeoutError';
    const what = isLate ? `no answer within ${questionMsMax} ms` : 'it cannot be reached';
    throw new MinistryServiceError(what, { cause });
  }
  return yesOrNo(text);
}

async function readAnswer(reply: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of reply.body ?? []) {
    bytes += chunk.length;
    if (bytes > ANSWER_BYTES_MAX) throw new MinistryServiceError('its answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function yesOrNo(text: string): boolean {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch (cause) {
    throw new MinistryServiceError('its answer is no JSON', { cause });
  }
  const isExist =
    typeof answer === 'object' && answer !== null && 'isExist' in answer ? answer.isExist : null;
  if (isExist === 'Y') return true;
  if (isExist === 'N') return false;
  throw new MinistryServiceError('its answer says neither Y nor N');
}
