/**
 * Inquire/GetInvoiceIDList: the seller's tracks of a year or period, with their sub-books 切本, as far as
 * they are for this API. Another company's GUI gets an empty list and no error, as the vendor's sample has it.
 */
import type { JsonObject } from '#wire/exact-json.ts';
import { GET_INVOICE_ID_LIST, GET_INVOICE_ID_LIST_REQUEST } from '#wire/systemlead/inquiry.ts';
import { invoiceNumberAt } from '../../domain/invoice-number.ts';
import { BOOKLET_NUMBERS, countOf } from '../../domain/number-book.ts';
import { type Period, periodParts, ROC_YEAR_OFFSET } from '../../domain/period.ts';
import type { BookRow, SegmentRow } from '../../ledger/rows.ts';
import type { DialectContext } from '../dialect.ts';
import type { Endpoint, Item, Result } from './endpoint.ts';
import { MemberReader } from './read-members.ts';
import { malformed } from './refusal.ts';
import { periodOfStage } from './set-blank-invoice-id.ts';
import { shownDateTime } from './times.ts';

export const getInvoiceIdList: Endpoint = {
  wire: GET_INVOICE_ID_LIST,
  refused: (data, { text }) => ({ ...echo(data), Message: text }),
  answer: (items, context) => Promise.all(items.map((item) => answerOne(item, context))),
};

function echo(data: JsonObject | null): Result {
  if (data === null) return {};
  const reader = new MemberReader(GET_INVOICE_ID_LIST_REQUEST, data);
  return {
    CompanyID: reader.sent('CompanyID'),
    StageYear: reader.sent('StageYear'),
    StageMonth: reader.sent('StageMonth'),
  };
}

async function answerOne(item: Item, context: DialectContext): Promise<Result> {
  const { data, caller } = item;
  const reader = new MemberReader(GET_INVOICE_ID_LIST_REQUEST, data);
  const company = reader.text('CompanyID');
  const [year, month] = [reader.text('StageYear'), reader.text('StageMonth')];
  if (reader.refusal !== null) return getInvoiceIdList.refused(data, reader.refusal);
  if (!/^\d{4}$/.test(year)) return getInvoiceIdList.refused(data, malformed('StageYear'));
  const period = month === '' ? null : periodOfStage(year, month);
  if (period === undefined) return getInvoiceIdList.refused(data, malformed('StageMonth'));
  const isOwn = company === '' || company === caller.account.localId;
  const list = isOwn ? await listOf(item, context, year, period) : [];
  return { IDList: list, ...echo(data) };
}

async function listOf(
  { caller }: Item,
  { ledger }: DialectContext,
  year: string,
  period: Period | null,
) {
  const { ubn } = caller.seller;
  const [books, segments] = await Promise.all([
    ledger.reads.listBooks(ubn, period ?? undefined),
    ledger.reads.listSegments(ubn, period ?? undefined),
  ]);
  const rocYear = Number(year) - ROC_YEAR_OFFSET;
  const own = books
    .filter((book) => periodParts(book.period).rocYear === rocYear)
    .toSorted((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
  const list = await Promise.all(
    own.map(async (book) => {
      const parts = segments.filter((segment) => isOfBook(segment, book) && isOurs(segment));
      const shown = await Promise.all(
        parts.map(async (segment, index) => subBook(book, segment, index, await nextOf(segment))),
      );
      return parts.length === 0 ? [] : [entry(caller.account.localId, book, parts, shown)];
    }),
  );
  return list.flat();

  /** The next number: the cursor, or the one after the last that the client used. */
  async function nextOf(segment: SegmentRow): Promise<number> {
    if (segment.allotter === 'center') return Math.min(segment.next, segment.last);
    const [from, to] = [segment.first, segment.last].map((at) =>
      invoiceNumberAt(segment.track, at),
    );
    if (from === undefined || to === undefined) return segment.first;
    const used = await ledger.reads.lastIssued(ubn, segment.period, from, to);
    return used === null ? segment.first : Math.min(Number(used.slice(2)) + 1, segment.last);
  }
}

function keyOf({ period, track, first }: BookRow): string {
  return `${period}${track}${String(first).padStart(8, '0')}`;
}

function isOfBook(segment: SegmentRow, book: BookRow): boolean {
  return (
    segment.period === book.period &&
    segment.track === book.track &&
    segment.first >= book.first &&
    segment.last <= book.last
  );
}

/** Segments that clients of this API may use. */
function isOurs({ category }: SegmentRow): boolean {
  return category === 'systemlead' || category === 'any';
}

function digits(position: number): string {
  return String(position).padStart(8, '0');
}

function entry(
  companyId: string,
  book: BookRow,
  parts: readonly SegmentRow[],
  details: readonly Readonly<Record<string, string | number | null>>[],
) {
  const { rocYear, evenMonth } = periodParts(book.period);
  const first = Math.min(...parts.map((part) => part.first));
  const last = Math.max(...parts.map((part) => part.last));
  return {
    IDKey: `${companyId}${book.period}${book.track}${digits(first)}00`,
    CompanyID: companyId,
    Word: book.track,
    StageYear: String(rocYear + ROC_YEAR_OFFSET),
    StageMonth: evenMonth,
    BeginNumber: digits(first),
    EndNumber: digits(last),
    Details: details,
  };
}

function subBook(book: BookRow, segment: SegmentRow, index: number, next: number) {
  const count = countOf(segment);
  const booklet = (position: number) => Math.floor((position - book.first) / BOOKLET_NUMBERS) + 1;
  return {
    Code: String(index + 1).padStart(2, '0'),
    StartNumber: digits(segment.first),
    EndNumber: digits(segment.last),
    CurrentNumber: digits(next),
    SplitBooklet: Math.ceil(count / BOOKLET_NUMBERS),
    BeginBooklet: booklet(segment.first),
    EndBooklet: booklet(segment.last),
    InvoiceCount: count,
    LastUseDate: segment.lastIssuedAt === null ? null : shownDateTime(segment.lastIssuedAt),
    RowStatus: rowStatus(segment),
    UseFor: segment.code,
    Note: '',
  };
}

/** A active, F used up, D disabled. */
function rowStatus({ status }: SegmentRow): 'A' | 'F' | 'D' {
  if (status === 'active') return 'A';
  return status === 'exhausted' ? 'F' : 'D';
}
