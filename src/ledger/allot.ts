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
}

/** The open segments of one query, and how far this batch has taken them. */
export class Allotment {
  readonly #query: SegmentQuery;
  readonly #now: TaipeiDateTime;
  readonly #segments: SegmentRow[];
  #at = 0;
  #isTouched = false;

  private constructor(query: SegmentQuery, now: TaipeiDateTime, segments: readonly SegmentRow[]) {
    this.#query = query;
    this.#now = now;
    this.#segments = [...segments];
  }

  static async open(batch: Batch, query: SegmentQuery): Promise<Allotment> {
    const segments = await batch.transaction.findOpenSegments(query);
    return new Allotment(query, batch.now, segments);
  }

  /** The next number, at the client's time or now, or why there is none. */
  take(at?: TaipeiDateTime): AllottedNumber | Fault {
    const segment = this.#segments[this.#at];
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
    this.#segments[this.#at] = {
      ...segment,
      next: segment.next + 1,
      lastIssuedAt: issuedAt,
      status: isLast ? 'exhausted' : segment.status,
    };
    this.#isTouched = true;
    if (isLast) this.#at += 1;
    return { number, issuedAt };
  }

  /** Segments as this batch leaves them. */
  changed(): readonly SegmentRow[] {
    if (!this.#isTouched) return [];
    return this.#segments.slice(0, this.#at + 1);
  }
}

/** The time of a number after `last`: now, or `last` within the allowed correction; else null. */
function timeAfter(now: TaipeiDateTime, last: TaipeiDateTime | null): TaipeiDateTime | null {
  if (last === null || last <= now) return now;
  const secondsBehind = (Date.parse(`${last}Z`) - Date.parse(`${now}Z`)) / 1000;
  return secondsBehind <= CLOCK_BEHIND_SECONDS_MAX ? last : null;
}
