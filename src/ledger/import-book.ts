/**
 * importBook: takes in a number book 配號 that the Ministry allotted, cut into segments. A range of
 * booklets of fifty; no number of a period is ever in two books.
 */
import { done, type Fault, type Outcome, refused } from '../domain/fault.ts';
import { checkBook, checkSegments } from '../domain/number-book.ts';
import type { Batch } from './batch.ts';
import { contentHash } from './journal.ts';
import type { ImportBookCommand } from './ledger.ts';
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
    const faults = problems(command, others);
    if (faults.length > 0) {
      outcomes.push(refused(...faults));
      continue;
    }
    const book = bookRow(batch, command);
    others.push(book);
    books.push(book);
    segments.push(...(await withoutBlanks(batch, command)));
    const subject = `book/${book.period}/${book.track}/${book.first}`;
    const hash = contentHash(JSON.stringify([book, segmentRows(command)]));
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
  return faults.length > 0 ? faults : checkSegments(command, command.segments);
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
    importedAt: batch.now,
  };
}

/** Numbers may have been declared blank before their book came: Kaili gives none of them. */
async function withoutBlanks(
  batch: Batch,
  command: ImportBookCommand,
): Promise<readonly SegmentRow[]> {
  const blanks = await batch.transaction.findBlanks(command.seller, command.period);
  return blanks
    .filter(({ track }) => track === command.track)
    .reduce((rows, blank) => rows.flatMap((row) => cutOut(row, blank)), segmentRows(command));
}

function segmentRows(command: ImportBookCommand): readonly SegmentRow[] {
  const { seller, period, track, invoiceType, first, last } = command;
  const cuts =
    command.segments.length > 0
      ? command.segments
      : [{ first, last, code: '', category: 'any', allotter: 'center', status: 'active' } as const];
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
