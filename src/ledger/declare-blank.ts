/**
 * declareBlank: numbers of a period that were never issued and never will be 空白發票. A declared number
 * cannot be issued any more. What is filed of them (E0402) is made from these ranges.
 */
import { done, type Fault, fault, type Outcome, refused } from '../domain/fault.ts';
import { invoiceNumberAt } from '../domain/invoice-number.ts';
import { POSITION_MAX, rangesOverlap } from '../domain/number-book.ts';
import type { Batch } from './batch.ts';
import { contentHash } from './journal.ts';
import type { DeclareBlankCommand } from './ledger.ts';
import type { BlankRow, SegmentRow } from './rows.ts';
import { Segments } from './segments.ts';
import { takeOut } from './take-out.ts';
import type { Verb } from './verb.ts';

export const declareBlank: Verb<DeclareBlankCommand, BlankRow> = { name: 'declareBlank', apply };

/** What a period of a seller holds. */
interface Place {
  readonly blanks: BlankRow[];
  readonly segments: readonly SegmentRow[];
}

async function apply(
  batch: Batch,
  commands: readonly DeclareBlankCommand[],
): Promise<readonly Outcome<BlankRow>[]> {
  const places = new Map<string, Place>();
  const rows: BlankRow[] = [];
  const segments = new Segments(batch);
  const outcomes: Outcome<BlankRow>[] = [];
  for (const command of commands) {
    const name = `${command.seller}/${command.period}`;
    const place = places.get(name) ?? (await findPlace(batch, command));
    places.set(name, place);
    const problem = whyNot(command, place) ?? (await findIssued(batch, command));
    if (problem !== null) {
      outcomes.push(refused(problem));
      continue;
    }
    const row = rowOf(batch, command);
    place.blanks.push(row);
    await takeOut(segments, command);
    rows.push(row);
    const subject = `blank/${row.period}/${row.track}/${row.first}`;
    const hash = contentHash(JSON.stringify(row));
    batch.append(command.seller, declareBlank.name, command.account, subject, hash);
    outcomes.push(done(row));
  }
  await batch.transaction.insertBlanks(rows);
  await segments.save();
  return outcomes;
}

async function findPlace(batch: Batch, command: DeclareBlankCommand): Promise<Place> {
  const { seller, period } = command;
  const blanks = await batch.transaction.findBlanks(seller, period);
  return { blanks: [...blanks], segments: await batch.transaction.findSegments(seller, period) };
}

function whyNot(command: DeclareBlankCommand, place: Place): Fault | null {
  const { track, first, last } = command;
  const isRange =
    Number.isInteger(first) && Number.isInteger(last) && first >= 0 && last <= POSITION_MAX;
  if (!isRange || last < first) {
    return fault('BLANK_RANGE_INVALID', 'last', 'the last number is the first one or after it');
  }
  const sameTrack = place.blanks.filter((blank) => blank.track === track);
  if (sameTrack.some((blank) => blank.first === first && blank.last === last)) {
    return fault('BLANK_RANGE_KNOWN', 'first', 'this very range was declared before');
  }
  if (sameTrack.some((blank) => rangesOverlap(blank, command))) {
    return fault('BLANK_OVERLAP', 'first', 'part of this range was declared before');
  }
  const isKnown = place.segments.length > 0;
  if (isKnown && !isCovered(command, place.segments)) {
    return fault(
      'BLANK_OUTSIDE_TRACKS',
      'first',
      'the range leaves the seller’s books of this period',
    );
  }
  return null;
}

/** Whether segments of the track hold every number of the range. */
function isCovered(command: DeclareBlankCommand, segments: readonly SegmentRow[]): boolean {
  let next = command.first;
  const ordered = segments
    .filter((segment) => segment.track === command.track)
    .toSorted((left, right) => left.first - right.first);
  for (const segment of ordered) {
    if (segment.first <= next && next <= segment.last) next = segment.last + 1;
  }
  return next > command.last;
}

async function findIssued(batch: Batch, command: DeclareBlankCommand): Promise<Fault | null> {
  const { seller, period, track, first, last } = command;
  const [from, to] = [invoiceNumberAt(track, first), invoiceNumberAt(track, last)];
  const [issued] = await batch.transaction.findInvoicesInRange(seller, period, from, to);
  if (issued === undefined) return null;
  return fault('BLANK_NUMBER_ISSUED', 'first', `${issued.number} was issued; it is not blank`);
}

function rowOf(batch: Batch, command: DeclareBlankCommand): BlankRow {
  const { seller, period, track, first, last, invoiceType, account } = command;
  return {
    ...{ seller, period, track, first, last, invoiceType, account, report: '' },
    declaredAt: batch.now,
  };
}
