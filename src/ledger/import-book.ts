/**
 * importBook: takes in a number book 配號 that the Ministry allotted, cut into segments. A range of
 * booklets of fifty; no number of a period is ever in two books. Numbers that were used before the book
 * was known (a client brought them) stay in the book, but in no segment: a book without stated segments is
 * cut around them, a stated one over them is refused. Declared blanks are a stopped part of their own.
 */
import { done, type Fault, fault, type Outcome, refused } from '../domain/fault.ts';
import {
  checkBook,
  checkSegments,
  type NumberRange,
  rangesOverlap,
} from '../domain/number-book.ts';
import { joinRanges, withoutRanges } from '../domain/number-ranges.ts';
import type { Batch } from './batch.ts';
import { issuedRanges } from './issued-ranges.ts';
import { contentHash } from './journal.ts';
import type { ImportBookCommand, SegmentCut } from './ledger.ts';
import { reportedBlanks } from './number-report.ts';
import type { BookRow, SegmentRow } from './rows.ts';
import { cutOut } from './take-out.ts';
import type { Verb } from './verb.ts';

export const importBook: Verb<ImportBookCommand, BookRow> = { name: 'importBook', apply };

async function apply(
  batch: Batch,
  commands: readonly ImportBookCommand[],
): Promise<readonly Outcome<BookRow>[]> {
  const known = new Map<string, BookRow[]>();
  const books: BookRow[] = [];
  const segments: SegmentRow[] = [];
  const outcomes: Outcome<BookRow>[] = [];
  for (const command of commands) {
    const key = `${command.seller}/${command.period}`;
    const others = known.get(key) ?? [
      ...(await batch.transaction.findBooks(command.seller, command.period)),
    ];
    known.set(key, others);
    const wrong = problems(command, others);
    // The range is known to be one before it is read.
    const taken = wrong.length > 0 ? [] : await findTaken(batch, command);
    const faults = wrong.length > 0 ? wrong : clashes(command, taken);
    if (faults.length > 0) {
      outcomes.push(refused(...faults));
      continue;
    }
    const book = bookRow(batch, command);
    others.push(book);
    books.push(book);
    const rows = await withoutBlanks(batch, command, taken);
    segments.push(...rows);
    const subject = `book/${book.period}/${book.track}/${book.first}`;
    const hash = contentHash(JSON.stringify([book, rows]));
    batch.append(command.seller, importBook.name, command.account, subject, hash);
    outcomes.push(done(book));
  }
  await batch.transaction.insertBooks(books);
  await batch.transaction.insertSegments(segments);
  return outcomes;
}

function problems(command: ImportBookCommand, others: readonly BookRow[]): readonly Fault[] {
  const sameTrack = others.filter((book) => book.track === command.track);
  const faults = checkBook(command, sameTrack);
  const head = command.head ?? '';
  const isMixed = sameTrack.some(
    (book) => book.invoiceType === command.invoiceType && book.head !== head,
  );
  // One report of blank numbers a track names one head office (MIG 4.1 E0402).
  if (isMixed) {
    const hint = 'numbers of one track and type come from one head office';
    return [...faults, fault('BOOK_RANGE_INVALID', 'head', hint)];
  }
  return faults.length > 0 ? faults : checkSegments(command, command.segments);
}

/** Numbers of the book that invoices bear, or that were reported blank to the Ministry. */
async function findTaken(
  batch: Batch,
  command: ImportBookCommand,
): Promise<readonly NumberRange[]> {
  const { seller, period, track } = command;
  const reported = reportedBlanks(await batch.transaction.findNumberReports(seller, period));
  const blank = reported.filter((range) => range.track === track && rangesOverlap(range, command));
  return joinRanges([...(await issuedRanges(batch, command, [command])), ...blank]);
}

/** Faults of stated segments: who states them counts on their first number. */
function clashes({ segments }: ImportBookCommand, taken: readonly NumberRange[]): readonly Fault[] {
  return segments.flatMap((segment, index) => {
    const isFree = !taken.some((range) => rangesOverlap(range, segment));
    if (segment.allotter !== 'center' || isFree) return [];
    const hint = 'numbers of this segment were used or reported blank; cut it around them';
    return [fault('SEGMENT_PART_USED', `segments[${index}]`, hint)];
  });
}

function bookRow(batch: Batch, command: ImportBookCommand): BookRow {
  return {
    seller: command.seller,
    period: command.period,
    track: command.track,
    first: command.first,
    last: command.last,
    invoiceType: command.invoiceType,
    source: command.source,
    head: command.head ?? '',
    importedAt: batch.now,
  };
}

/** Numbers may have been declared blank before their book came: Kaili gives none of them. */
async function withoutBlanks(
  batch: Batch,
  command: ImportBookCommand,
  taken: readonly NumberRange[],
): Promise<readonly SegmentRow[]> {
  const blanks = await batch.transaction.findBlanks(command.seller, command.period);
  return blanks
    .filter(({ track }) => track === command.track)
    .reduce(
      (rows, blank) => rows.flatMap((row) => cutOut(row, blank)),
      segmentRows(command, taken),
    );
}

function segmentRows(
  command: ImportBookCommand,
  taken: readonly NumberRange[],
): readonly SegmentRow[] {
  const { seller, period, track, invoiceType } = command;
  const cuts = command.segments.length > 0 ? command.segments : freeParts(command, taken);
  return cuts.map((cut) => ({
    seller,
    period,
    track,
    first: cut.first,
    last: cut.last,
    code: cut.code,
    category: cut.category,
    allotter: cut.allotter,
    invoiceType,
    status: cut.status ?? 'active',
    next: cut.first,
    lastIssuedAt: null,
  }));
}

/** The whole book for everybody, without the numbers that are taken. */
function freeParts(
  { first, last }: ImportBookCommand,
  taken: readonly NumberRange[],
): readonly SegmentCut[] {
  const free = withoutRanges([{ first, last }], taken);
  return free.map((range) => ({ ...range, code: '', category: 'any', allotter: 'center' }));
}
