/**
 * Sends what is due, lane by lane. Each attempt is recorded before it is made and its outcome after it; an
 * attempt that was cut off in between is found at the next start. Programs are asked again then, people
 * are not written to a second time. A notice that the ledger throws at keeps no other one waiting.
 */

import type { Outcome } from '../domain/fault.ts';
import { KINDS_OF_LANE, type NoticeLane } from '../domain/notice.ts';
import { taipeiDateTime } from '../domain/taipei.ts';
import type { Ledger, NoticeRecorded, RecordNoticeCommand } from '../ledger/ledger.ts';
import type { Clock } from '../ledger/ports.ts';
import type { NoticeRow } from '../ledger/rows.ts';
import { attemptsMax, pauseAfter } from './back-off.ts';
import type { Delivery, Log } from './ports.ts';
import { PutOff } from './put-off.ts';

/** Attempts of one lane at once. */
export const SENDS_AT_ONCE = 16;
/** The same while clients crowd the process. */
export const CROWDED_SENDS_AT_ONCE = 4;
/** Cut-off attempts looked at in one go. */
const CUT_OFF_PAGE = 100;

export interface SendParts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether clients crowd the process. */
  readonly isCrowded: () => boolean;
  /** Makes the message and hands it over. */
  readonly deliver: (notice: NoticeRow) => Promise<Delivery>;
}

const CUT_OFF = 'cut off: whether it went out is unknown; make it again on request';

function originOf({ seller, sequence }: NoticeRow) {
  return { seller, account: 'system', ip: '', sequence } as const;
}

/** What a lane remembers between its rounds. */
export class LaneMemory {
  /** Notices whose attempt could not be begun, because the ledger threw at them. */
  readonly notBegun: PutOff;
  /** Outcomes of attempts that the ledger has not taken yet: it was busy, or it threw. */
  readonly notRecorded = new Map<string, RecordNoticeCommand>();
  /** Those of them that it threw at. */
  readonly notTaken: PutOff;

  constructor(clock: Clock) {
    this.notBegun = new PutOff(clock);
    this.notTaken = new PutOff(clock);
  }
}

function nameOf({ seller, sequence }: Pick<NoticeRow, 'seller' | 'sequence'>): string {
  return `${seller}/${sequence}`;
}

/** One round of a lane; answers how many attempts it made, 0 where a pause is due in any case. */
export async function sendDue(
  parts: SendParts,
  lane: NoticeLane,
  memory: LaneMemory,
): Promise<number> {
  const { ledger, clock } = parts;
  await recordLeft(parts, memory);
  // A ledger that takes no outcomes is told of no more attempts.
  if (memory.notRecorded.size >= SENDS_AT_ONCE) return 0;
  const isCrowded = parts.isCrowded();
  const bite = isCrowded ? CROWDED_SENDS_AT_ONCE : SENDS_AT_ONCE;
  const { notBegun } = memory;
  const limit = bite + notBegun.size;
  const listed = await ledger.reads.listDueNotices(lane, taipeiDateTime(clock.now()), limit);
  if (listed.length < limit) notBegun.keepOnly(new Set(listed.map(nameOf)));
  const due = listed.filter((notice) => !notBegun.isPutOff(nameOf(notice))).slice(0, bite);
  if (due.length === 0) return 0;
  const mine = await begin(parts, due, memory);
  await Promise.all(mine.map((notice) => attempt(parts, notice, memory)));
  return isCrowded ? 0 : mine.length;
}

/** Records that the attempts begin; answers the notices that are this process's to send. */
async function begin(
  parts: SendParts,
  due: readonly NoticeRow[],
  { notBegun }: LaneMemory,
): Promise<readonly NoticeRow[]> {
  const begun = await recordEach(
    parts,
    due.map((notice) => ({ ...originOf(notice), to: 'sending' })),
  );
  return due.flatMap((notice, index) => {
    const outcome = begun[index] ?? null;
    if (outcome === null) notBegun.add(nameOf(notice));
    else notBegun.delete(nameOf(notice));
    return outcome?.ok === true && outcome.value.isMoved ? [outcome.value.notice] : [];
  });
}

/** What the ledger answers to each step; null where it threw, which keeps no other step from its answer. */
async function recordEach(
  { ledger, log }: Pick<SendParts, 'ledger' | 'log'>,
  steps: readonly RecordNoticeCommand[],
): Promise<readonly (Outcome<NoticeRecorded> | null)[]> {
  try {
    return await ledger.recordNotice(steps);
  } catch (error) {
    if (steps.length > 1) {
      const alone = await Promise.all(steps.map((step) => recordEach({ ledger, log }, [step])));
      return alone.flat();
    }
    log.error({ error, notice: steps[0]?.sequence }, 'a step of a notice was not recorded');
    return [null];
  }
}

async function attempt(parts: SendParts, notice: NoticeRow, memory: LaneMemory): Promise<void> {
  const delivery = await deliverSafely(parts, notice);
  const step = stepAfter(parts.clock, notice, delivery);
  const { seller, sequence, kind, tag, attempts } = notice;
  const facts = { seller, notice: sequence, kind, tag, attempts, to: step.to, note: delivery.note };
  if (step.to === 'failed') parts.log.warn(facts, 'a notice did not go out');
  else parts.log.info(facts, step.to === 'sent' ? 'a notice went out' : 'a notice is tried again');
  const [outcome = null] = await recordEach(parts, [step]);
  if (outcome?.ok === true) return;
  memory.notRecorded.set(nameOf(notice), step);
  if (outcome === null) memory.notTaken.add(nameOf(notice));
}

/** Tells the ledger what it did not take before. What was settled in another way meanwhile stays so. */
async function recordLeft(parts: SendParts, memory: LaneMemory): Promise<void> {
  const { notRecorded, notTaken } = memory;
  const left = [...notRecorded].filter(([name]) => !notTaken.isPutOff(name));
  if (left.length === 0) return;
  const outcomes = await recordEach(
    parts,
    left.map(([, step]) => step),
  );
  for (const [index, [name]] of left.entries()) {
    const outcome = outcomes[index] ?? null;
    if (outcome === null) notTaken.add(name);
    if (outcome?.ok !== true) continue;
    notRecorded.delete(name);
    notTaken.delete(name);
  }
}

async function deliverSafely(parts: SendParts, notice: NoticeRow): Promise<Delivery> {
  try {
    return await parts.deliver(notice);
  } catch (error) {
    parts.log.error({ error, notice: notice.sequence }, 'a notice could not be made');
    return { kind: 'failed', note: 'a failure of Kaili’s own; see the log' };
  }
}

function stepAfter(clock: Clock, notice: NoticeRow, delivery: Delivery): RecordNoticeCommand {
  const { note } = delivery;
  if (delivery.kind === 'delivered') return { ...originOf(notice), to: 'sent', result: note };
  const pauseMs = pauseAfter(notice.kind, notice.attempts);
  if (delivery.kind === 'failed') return { ...originOf(notice), to: 'failed', result: note };
  if (pauseMs === null) {
    const result = `${note}; given up after ${attemptsMax(notice.kind)} attempts`;
    return { ...originOf(notice), to: 'failed', result };
  }
  const nextAt = taipeiDateTime(clock.now() + pauseMs);
  return { ...originOf(notice), to: 'due', nextAt, result: note };
}

/**
 * What another run of the program, or another process, had begun and not recorded the outcome of. Outcomes
 * that this process knows and the ledger did not take are told first.
 */
export async function settleCutOff(
  parts: SendParts,
  lane: NoticeLane,
  memory: LaneMemory,
): Promise<void> {
  const { ledger, clock, log } = parts;
  await recordLeft(parts, memory);
  const filter = { states: ['sending'], kinds: KINDS_OF_LANE[lane] } as const;
  /** Attempts that the ledger throws at: they stay in front of the list. */
  let left = 0;
  for (;;) {
    const { items } = await ledger.reads.listNotices(filter, left, CUT_OFF_PAGE);
    if (items.length === 0) return;
    const nextAt = taipeiDateTime(clock.now());
    const outcomes = await recordEach(
      parts,
      items.map(
        (notice): RecordNoticeCommand =>
          lane === 'people'
            ? { ...originOf(notice), to: 'failed', result: CUT_OFF }
            : { ...originOf(notice), to: 'due', nextAt, result: 'cut off' },
      ),
    );
    // Asked again after a pause instead of at once.
    if (outcomes.some((outcome) => outcome?.ok === false))
      throw new Error('the ledger was busy: cut-off notices wait');
    const settled = outcomes.filter((outcome) => outcome !== null).length;
    left += outcomes.length - settled;
    if (settled > 0) log.warn({ count: settled }, 'attempts at notices had been cut off');
  }
}
