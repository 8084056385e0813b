/**
 * The platform's side: judges each message of an envelope against what it stored before, keeps what is
 * good, and sends a ProcessResult. Every envelope is judged exactly once, whatever stops in between.
 */
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { noteWinner } from './draws.ts';
import { GOOD, judge, store } from './judge.ts';
import { dayOf, type Layout, type SimulatedMessage, writeWhole } from './layout.ts';
import { answerAsPartner } from './outside-partner.ts';
import type { Pending, PendingEnvelopes } from './pending.ts';
import type { SimulatorPlan } from './plan.ts';
import type { PlatformMemory } from './platform-memory.ts';
import { at, identify, type ReadMessage, readDocument, type Tree } from './read-message.ts';
import { type Answer, processResultXml, type SummaryDetail } from './result-xml.ts';
import type { PlatformBook, Standpoint } from './standpoint.ts';

/** Envelopes answered in one tick. */
const ENVELOPES_PER_TICK_MAX = 50;

export interface AnswerContext {
  readonly layout: Layout;
  readonly pending: PendingEnvelopes;
  readonly memory: PlatformMemory;
  readonly answerAfterMs: number;
  plan(): SimulatorPlan;
  /** The numbers that the platform allotted; null: it looks none up. */
  books(): Promise<readonly PlatformBook[] | null>;
  /** Counts the results sent since the start. */
  nextResult(): number;
  /** Whether a tax ID is a seller's of this center; any other is the simulated outside partner. */
  isHere(taxId: string): boolean;
  /** Counts the messages judged since the start. */
  nextOrdinal(): number;
}

export async function answerEnvelopes(context: AnswerContext, nowMs: number): Promise<void> {
  const plan = context.plan();
  if (plan.isSilent === true) return;
  const waitMs = context.answerAfterMs + (plan.slowerByMs ?? 0);
  const due = context.pending.heads.filter(
    // A clock that was set back does not make an answer wait for years.
    ({ packedAtMs }) => nowMs >= packedAtMs + waitMs || nowMs < packedAtMs,
  );
  for (const { id } of due.slice(0, ENVELOPES_PER_TICK_MAX)) {
    const pending = await context.pending.read(id);
    if (pending !== null) await answer(context, pending, nowMs);
  }
}

async function answer(context: AnswerContext, pending: Pending, nowMs: number): Promise<void> {
  const { layout, memory } = context;
  const messages = messagesOf(pending.route.message, await readFile(pending.envelopePath));
  memory.forget();
  const standpoint = { today: dayOf(nowMs), books: await context.books() };
  const answers = pending.answers ?? (await judgeAll(context, messages, standpoint));
  if (pending.answers === null) {
    await context.pending.save({ ...pending, answers }, nowMs);
  } else {
    // Judged before a stop: what was good is stored again, which changes nothing.
    for (const [index, message] of messages.entries()) {
      if (answers[index]?.code === GOOD) await store(message, memory);
    }
  }
  await memory.flush(nowMs);
  const firstGood = messages.find((_, index) => answers[index]?.code === GOOD);
  if (firstGood !== undefined) await noteWinner(layout, firstGood, nowMs);
  const { route } = pending;
  await sendResult(context, route.envelopeId, processResultXml(route, answers), nowMs);
  for (const [index, message] of messages.entries()) {
    if (answers[index]?.code !== GOOD) continue;
    await answerAsPartner(layout, message, memory, context.isHere, nowMs);
  }
  await memory.flush(nowMs);
  await keepForSummary(layout, { route, answers }, nowMs);
  await context.pending.remove(route.envelopeId);
}

/** Sends a result, twice or cut in half where the plan says so. */
async function sendResult(
  { layout, plan, nextResult }: AnswerContext,
  envelopeId: string,
  xml: string,
  nowMs: number,
): Promise<void> {
  const { duplicateEvery, truncateEvery } = plan();
  const ordinal = nextResult();
  const isNth = (nth: number | undefined) => nth !== undefined && ordinal % nth === 0;
  const folder = layout.result('ProcessResult', nowMs);
  const text = isNth(truncateEvery) ? xml.slice(0, Math.floor(xml.length / 2)) : xml;
  await writeWhole(layout, join(folder, `${envelopeId}.ProcessResult`), text, nowMs);
  if (isNth(duplicateEvery)) {
    await writeWhole(layout, join(folder, `${envelopeId}-again.ProcessResult`), text, nowMs);
  }
}

async function judgeAll(
  { memory, plan, nextOrdinal }: AnswerContext,
  messages: readonly ReadMessage[],
  standpoint: Standpoint,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (const message of messages) {
    const refusal = plan().refuseEvery;
    const isPlanned = nextOrdinal() % (refusal?.nth ?? Number.POSITIVE_INFINITY) === 0;
    const code =
      refusal !== undefined && isPlanned ? refusal.code : await judge(message, memory, standpoint);
    if (code === GOOD) await store(message, memory);
    answers.push({ number: message.number, date: message.date, code });
  }
  return answers;
}

function messagesOf(kind: SimulatedMessage, bytes: Uint8Array): readonly ReadMessage[] {
  const envelope = readDocument(bytes);
  const pack = typeof envelope === 'string' ? undefined : at(envelope.tree, 'InvoicePack');
  if (pack === undefined || typeof pack === 'string') return [];
  return Object.entries(pack).flatMap(([root, trees]) =>
    // Blanks between the messages are a text, not a list.
    Array.isArray(trees) ? trees.flatMap((tree: Tree) => identify(kind, { root, tree }) ?? []) : [],
  );
}

export function summaryPath(layout: Layout, day: string): string {
  return join(layout.memory, 'answered', `${day}.jsonl`);
}

async function keepForSummary(layout: Layout, detail: SummaryDetail, nowMs: number): Promise<void> {
  const path = summaryPath(layout, dayOf(nowMs));
  await mkdir(dirname(path), { recursive: true });
  await appendFile(path, `${JSON.stringify(detail)}\n`);
}
