/**
 * Sends what is due, lane by lane. Each attempt is recorded before it is made and its outcome after it; an
 * attempt that was cut off in between is found at the next start. Programs are asked again then, people
 * are not written to a second time.
 */
import { KINDS_OF_LANE, type NoticeLane } from '../domain/notice.ts';
import { taipeiDateTime } from '../domain/taipei.ts';
import type { Ledger, RecordNoticeCommand } from '../ledger/ledger.ts';
import type { Clock } from '../ledger/ports.ts';
import type { NoticeRow } from '../ledger/rows.ts';
import { attemptsMax, pauseAfter } from './back-off.ts';
import type { Delivery, Log } from './ports.ts';

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

/** One round of a lane; answers how many attempts it made, 0 where a pause is due in any case. */
export async function sendDue(parts: SendParts, lane: NoticeLane): Promise<number> {
  const { ledger, clock } = parts;
  const isCrowded = parts.isCrowded();
  const bite = isCrowded ? CROWDED_SENDS_AT_ONCE : SENDS_AT_ONCE;
  const due = await ledger.reads.listDueNotices(lane, taipeiDateTime(clock.now()), bite);
  if (due.length === 0) return 0;
  const begun = await ledger.recordNotice(
    due.map((notice) => ({ ...originOf(notice), to: 'sending' })),
  );
  const mine = begun.flatMap((outcome) =>
    outcome.ok && outcome.value.isMoved ? [outcome.value.notice] : [],
  );
  // To the end of each, whatever becomes of the others: what still goes out must not count as cut off.
  const ends = await Promise.allSettled(mine.map((notice) => attempt(parts, notice)));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return isCrowded ? 0 : mine.length;
}

async function attempt(parts: SendParts, notice: NoticeRow): Promise<void> {
  const delivery = await deliverSafely(parts, notice);
  const step = stepAfter(parts.clock, notice, delivery);
  const [outcome] = await parts.ledger.recordNotice([step]);
  const { seller, sequence, kind, tag, attempts } = notice;
  const facts = { seller, notice: sequence, kind, tag, attempts, to: step.to, note: delivery.note };
  if (outcome?.ok !== true || step.to === 'failed')
    parts.log.warn(facts, 'a notice did not go out');
  else parts.log.info(facts, step.to === 'sent' ? 'a notice went out' : 'a notice is tried again');
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

/** What another run of the program, or another process, had begun and not recorded the outcome of. */
export async function settleCutOff(
  { ledger, clock, log }: SendParts,
  lane: NoticeLane,
): Promise<void> {
  const filter = { states: ['sending'], kinds: KINDS_OF_LANE[lane] } as const;
  for (;;) {
    const { items } = await ledger.reads.listNotices(filter, 0, CUT_OFF_PAGE);
    if (items.length === 0) return;
    const nextAt = taipeiDateTime(clock.now());
    const outcomes = await ledger.recordNotice(
      items.map(
        (notice): RecordNoticeCommand =>
          lane === 'people'
            ? { ...originOf(notice), to: 'failed', result: CUT_OFF }
            : { ...originOf(notice), to: 'due', nextAt, result: 'cut off' },
      ),
    );
    // Asked again after a pause instead of at once.
    if (outcomes.some(({ ok }) => !ok))
      throw new Error('the ledger was busy: cut-off notices wait');
    log.warn({ count: items.length }, 'attempts at notices had been cut off');
  }
}
