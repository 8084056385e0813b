/**
 * splitSegment: cuts a part out of a segment 切本, to serve other requests: another usage code, category or
 * allotter, or a branch. Only numbers that nobody has issued or declared blank move; what is cut stays
 * cut. The segment must still serve what the caller saw it serve: of two who want one range, one wins.
 */
import { done, type Fault, fault, type Outcome, refused } from '../domain/fault.ts';
import { invoiceNumberAt } from '../domain/invoice-number.ts';
import { isWithin, rangesOverlap } from '../domain/number-book.ts';
import type { Batch } from './batch.ts';
import { contentHash } from './journal.ts';
import type { SplitSegmentCommand } from './ledger.ts';
import type { SegmentRow } from './rows.ts';
import { Segments, segmentSubject } from './segments.ts';
import type { Verb } from './verb.ts';

export const splitSegment: Verb<SplitSegmentCommand, SegmentRow> = { name: 'splitSegment', apply };

async function apply(
  batch: Batch,
  commands: readonly SplitSegmentCommand[],
): Promise<readonly Outcome<SegmentRow>[]> {
  const segments = new Segments(batch);
  const outcomes: Outcome<SegmentRow>[] = [];
  for (const command of commands) {
    const rows = await segments.ofTrack(command);
    const whole = rows.find(
      (row) => isWithin(row, command.first) && isWithin(row, command.last) && isRange(command),
    );
    if (whole === undefined || !servesAsSeen(whole, command)) {
      const hint =
        whole === undefined
          ? 'no one segment of this track and period holds the whole range'
          : 'the segment serves other requests by now; read the segments again';
      outcomes.push(refused(fault('SEGMENT_NOT_FOUND', 'first', hint)));
      continue;
    }
    const problem = await whyNot(batch, command, whole);
    if (problem !== null) {
      outcomes.push(refused(problem));
      continue;
    }
    const { before, part, after } = cut(whole, { ...command, status: command.status ?? 'active' });
    for (const row of [before, part, after]) if (row !== null) segments.put(row);
    const hash = contentHash(JSON.stringify([before, part, after]));
    batch.append(command.seller, splitSegment.name, command.account, segmentSubject(part), hash);
    outcomes.push(done(part));
  }
  await segments.save();
  return outcomes;
}

export interface Cut {
  readonly before: SegmentRow | null;
  readonly part: SegmentRow;
  readonly after: SegmentRow | null;
}

function isRange({ first, last }: SplitSegmentCommand): boolean {
  return Number.isInteger(first) && Number.isInteger(last) && first <= last;
}

function servesAsSeen(whole: SegmentRow, { from }: SplitSegmentCommand): boolean {
  return whole.category === from.category && whole.code === from.code;
}

async function whyNot(
  batch: Batch,
  { seller, period, track, first, last, allotter }: SplitSegmentCommand,
  whole: SegmentRow,
): Promise<Fault | null> {
  if (allotter === 'center') {
    const blanks = await batch.transaction.findBlanks(seller, period);
    const isBlank = blanks.some(
      (row) => row.track === track && rangesOverlap(row, { first, last }),
    );
    const why = 'numbers of this range are declared blank; Kaili gives them to nobody';
    if (isBlank) return fault('SEGMENT_PART_USED', 'first', why);
  }
  const hint = 'numbers of this range were issued; only free ones can be cut off';
  if (whole.allotter === 'center') {
    return first < whole.next ? fault('SEGMENT_PART_USED', 'first', hint) : null;
  }
  const [from, to] = [invoiceNumberAt(track, first), invoiceNumberAt(track, last)];
  const issued = await batch.transaction.findInvoicesInRange(seller, period, from, to);
  return issued.length > 0 ? fault('SEGMENT_PART_USED', 'first', hint) : null;
}

/**
 * The part as it shall be, and what is left of the segment on both sides of it. All keep the time of the
 * last number, so that times never decrease along the numbers.
 */
export function cut(
  whole: SegmentRow,
  wanted: Pick<SegmentRow, 'first' | 'last' | 'code' | 'category' | 'allotter' | 'status'>,
): Cut {
  const { first, last, code, category, allotter, status } = wanted;
  const part: SegmentRow = {
    ...whole,
    ...{ first, last, code, category, allotter, status },
    next: first,
  };
  const isWhole = first === whole.first;
  const before: SegmentRow | null = isWhole ? null : leftOf(whole, first - 1);
  const after: SegmentRow | null =
    last === whole.last ? null : { ...whole, first: last + 1, next: last + 1 };
  return { before, part, after };
}

/** What stays in front of the part: used up where the part began at the next number. */
function leftOf(whole: SegmentRow, last: number): SegmentRow {
  const isUsedUp = whole.allotter === 'center' && whole.next > last;
  return { ...whole, last, status: isUsedUp ? 'exhausted' : whole.status };
}
