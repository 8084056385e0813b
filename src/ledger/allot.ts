/**
 * Number allotment 配號: takes the next numbers of the open segments, gapless and in time order. A
 * number is taken only by an invoice that is written in the same transaction.
 */
import { type Fault, fault } from '../domain/fault.ts';
import { type InvoiceNumber, invoiceNumberAt } from '../domain/invoice-number.ts';
import type { TaipeiDateTime } from '../domain/taipei.ts';
import type { Batch } from './batch.ts';
import type { SegmentQuery } from './ports.ts';
import type { SegmentRow } from './rows.ts';

/**
 * How far the clock may stand behind a segment's last number before issuing is refused: less is clock
 * correction, and the new number then bears the last one's time.
 */
export const CLOCK_BEHIND_SECONDS_MAX = 5;

export interface AllottedNumber {
  readonly number: InvoiceNumber;
  readonly issuedAt: TaipeiDateTime;
  /** Whether the Ministry may have been told that the number is blank; absent: no. */
  readonly isReportedBlank?: boolean;
}

/**
 * The segments that one batch takes numbers from, by their own key: a segment for any category serves
 * several queries, and each sees what the others took.
 */
export class TakenSegments {
  readonly #rows = new Map<string, SegmentRow>();
  readonly #changed = new Set<string>();

  /** Keys of the rows; a row that is known stays as this batch left it. */
  meet(rows: readonly SegmentRow[]): readonly string[] {
    return rows.map((row) => {
      const key = `${row.seller}/${row.period}/${row.track}/${row.first}`;
      if (!this.#rows.has(key)) this.#rows.set(key, row);
      return key;
    });
  }

  at(key: string): SegmentRow | undefined {
    return this.#rows.get(key);
  }

  take(key: string, row: SegmentRow): void {
    this.#rows.set(key, row);
    this.#changed.add(key);
  }

  /** Segments from which numbers were taken, as this batch leaves them. */
  changed(): readonly SegmentRow[] {
    return [...this.#rows].flatMap(([key, row]) => (this.#changed.has(key) ? [row] : []));
  }
}

/** The open segments of one query, in the order in which they are used up. */
export class Allotment {
  readonly #query: SegmentQuery;
  readonly #now: TaipeiDateTime;
  readonly #segments: TakenSegments;
  readonly #keys: readonly string[];
  #at = 0;

  private constructor(
    query: SegmentQuery,
    now: TaipeiDateTime,
    segments: TakenSegments,
    keys: readonly string[],
  ) {
    this.#query = query;
    this.#now = now;
    this.#segments = segments;
    this.#keys = keys;
  }

  static async open(
    batch: Batch,
    query: SegmentQuery,
    segments: TakenSegments,
  ): Promise<Allotment> {
    const rows = await batch.transaction.findOpenSegments(query);
    return new Allotment(query, batch.now, segments, segments.meet(rows));
  }

  /** The next number, at the client's time or now, or why there is none. */
  take(at?: TaipeiDateTime): AllottedNumber | Fault {
    const { key, segment } = this.#next();
    if (segment === undefined) {
      const { period, invoiceType, category, code } = this.#query;
      const usage = code === '' ? category : `${category} "${code}"`;
      return fault(
        'TRACK_EXHAUSTED',
        'number',
        `no active segment of type ${invoiceType} for ${usage} has free numbers in period ${period}; import or enable a number book`,
      );
    }
    if (at !== undefined && segment.lastIssuedAt !== null && at < segment.lastIssuedAt) {
      const hint = `the number before it was issued at ${segment.lastIssuedAt}, got ${at}`;
      return fault('ISSUE_TIME_BEFORE_PRECEDING', 'issuedAt', hint);
    }
    const issuedAt = at ?? timeAfter(this.#now, segment.lastIssuedAt);
    if (issuedAt === null) {
      return fault(
        'CLOCK_BEHIND_SEGMENT',
        'issuedAt',
        `the clock says ${this.#now}, the last number of this segment was issued at ${segment.lastIssuedAt}; set the clock right`,
      );
    }
    const number = invoiceNumberAt(segment.track, segment.next);
    const isLast = segment.next === segment.last;
    this.#segments.take(key, {
      ...segment,
      next: segment.next + 1,
      lastIssuedAt: issuedAt,
      status: isLast ? 'exhausted' : segment.status,
    });
    return { number, issuedAt };
  }

  /** The first segment that is not used up, by this query or by another one. */
  #next(): { key: string; segment: SegmentRow | undefined } {
    for (; ; this.#at += 1) {
      const key = this.#keys[this.#at];
      const segment = key === undefined ? undefined : this.#segments.at(key);
      if (key === undefined || segment === undefined) return { key: '', segment: undefined };
      if (segment.next <= segment.last) return { key, segment };
    }
  }
}

/** The time of a number after `last`: now, or `last` within the allowed correction; else null. */
function timeAfter(now: TaipeiDateTime, last: TaipeiDateTime | null): TaipeiDateTime | null {
  if (last === null || last <= now) return now;
  const secondsBehind = (Date.parse(`${last}Z`) - Date.parse(`${now}Z`)) / 1000;
  return secondsBehind <= CLOCK_BEHIND_SECONDS_MAX ? last : null;
}
