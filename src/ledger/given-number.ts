/**
 * Numbers that the client's program takes itself (merchant-allotted 自取號): whether one may be issued. It
 * is used once, was not declared blank, and lies where the seller's tracks allow it. One that Kaili only
 * gathered as blank when it closed the period is taken: the invoice exists, the report is corrected.
 */
import { type Fault, fault } from '../domain/fault.ts';
import type { InvoiceType } from '../domain/invoice.ts';
import type { Period } from '../domain/period.ts';
import { periodOf } from '../domain/period.ts';
import { type TaipeiDateTime, taipeiDateOf } from '../domain/taipei.ts';
import type { Ubn } from '../domain/ubn.ts';
import type { AllottedNumber } from './allot.ts';
import type { Batch } from './batch.ts';
import { isTold, type LateNumber } from './correct-reports.ts';
import type { GivenNumber, IssueCommand } from './ledger.ts';
import { numbersText, reportedBlanks } from './number-report.ts';
import type { BlankRow, SegmentRow } from './rows.ts';
import { invoiceKeyText } from './verb.ts';

/** A client's clock may run ahead of ours by this much. */
export const ISSUE_AHEAD_MINUTES_MAX = 10;

type BlankRange = Pick<BlankRow, 'track' | 'first' | 'last'>;

/** What was said of a past period's numbers. */
interface Reported {
  readonly ranges: readonly BlankRange[];
  /** Track and type of reports that the Ministry may know. */
  readonly told: ReadonlySet<string>;
}
const NOTHING_REPORTED: Reported = { ranges: [], told: new Set() };

/** The numbers of one batch's commands that bring their own, against what the ledger holds. */
export class GivenNumbers {
  readonly #now: TaipeiDateTime;
  readonly #used: Set<string>;
  readonly #segments: ReadonlyMap<string, readonly SegmentRow[]>;
  readonly #blanks: ReadonlyMap<string, readonly BlankRange[]>;
  readonly #reported: ReadonlyMap<string, Reported>;
  readonly #late: LateNumber[] = [];

  private constructor(
    now: TaipeiDateTime,
    used: Set<string>,
    segments: ReadonlyMap<string, readonly SegmentRow[]>,
    blanks: ReadonlyMap<string, readonly BlankRange[]>,
    reported: ReadonlyMap<string, Reported>,
  ) {
    this.#now = now;
    this.#used = used;
    this.#segments = segments;
    this.#blanks = blanks;
    this.#reported = reported;
  }

  /** Numbers taken so far that were reported blank: their reports are to be corrected. */
  get late(): readonly LateNumber[] {
    return this.#late;
  }

  static async open(batch: Batch, commands: readonly IssueCommand[]): Promise<GivenNumbers> {
    const keys = new Map<string, { seller: Ubn; period: Period; number: GivenNumber['number'] }>();
    const periods = new Map<string, { seller: Ubn; period: Period }>();
    for (const { seller, given } of commands) {
      if (given === undefined) continue;
      const period = periodOf(taipeiDateOf(given.issuedAt));
      const key = { seller, period, number: given.number };
      keys.set(invoiceKeyText(key), key);
      periods.set(`${seller}/${period}`, { seller, period });
    }
    const segments = new Map<string, readonly SegmentRow[]>();
    const blanks = new Map<string, readonly BlankRange[]>();
    const reported = new Map<string, Reported>();
    for (const [name, { seller, period }] of periods) {
      segments.set(name, await batch.transaction.findSegments(seller, period));
      blanks.set(name, await batch.transaction.findBlanks(seller, period));
      // Only a past period can have been closed.
      if (period < periodOf(batch.today)) {
        reported.set(name, await findReported(batch, seller, period));
      }
    }
    const found = await batch.transaction.findInvoices([...keys.values()]);
    const used = new Set(found.map(invoiceKeyText));
    return new GivenNumbers(batch.now, used, segments, blanks, reported);
  }

  /** The number as taken by this command, or why it may not be. */
  take(command: IssueCommand, given: GivenNumber): AllottedNumber | Fault {
    const period = periodOf(taipeiDateOf(given.issuedAt));
    const place = `${command.seller}/${period}`;
    const position = Number(given.number.slice(2));
    const track = given.number.slice(0, 2);
    if (isAhead(given.issuedAt, this.#now)) {
      const hint = `the clock says ${this.#now}; a time at most ${ISSUE_AHEAD_MINUTES_MAX} minutes later is taken`;
      return fault('ISSUE_TIME_IN_FUTURE', 'issuedAt', hint);
    }
    const key = invoiceKeyText({ seller: command.seller, period, number: given.number });
    if (this.#used.has(key)) {
      return fault(
        'INVOICE_NUMBER_USED',
        'number',
        `an invoice of this number exists in ${period}`,
      );
    }
    const covers = (range: { track: string; first: number; last: number }): boolean =>
      range.track === track && range.first <= position && position <= range.last;
    if ((this.#blanks.get(place) ?? []).some(covers)) {
      return fault('INVOICE_NUMBER_BLANK', 'number', 'the number was declared blank');
    }
    const segments = this.#segments.get(place) ?? [];
    if (!isAllowed(command, given, segments, segments.find(covers))) {
      const hint = `no merchant-allotted segment of ${period} that serves this client holds the number`;
      return fault('INVOICE_NUMBER_OUTSIDE_TRACKS', 'number', hint);
    }
    this.#used.add(key);
    const taken = { number: given.number, issuedAt: given.issuedAt };
    const reported = this.#reported.get(place) ?? NOTHING_REPORTED;
    const late = reported.ranges.find(covers);
    if (late === undefined) return taken;
    const { seller, account, composed } = command;
    this.#late.push({ seller, account, period, track: late.track, position });
    return reported.told.has(numbersText(late.track, composed.invoiceType))
      ? { ...taken, isReportedBlank: true }
      : taken;
  }
}

async function findReported(batch: Batch, seller: Ubn, period: Period): Promise<Reported> {
  const ranges = reportedBlanks(await batch.transaction.findNumberReports(seller, period));
  if (ranges.length === 0) return NOTHING_REPORTED;
  const filings = await batch.transaction.findNumberFilings(seller, period);
  const told = filings.filter((filing) => filing.message === 'E0402' && isTold(filing));
  return { ranges, told: new Set(told.map(({ numbers }) => numbers)) };
}

/** Whether a client's time is further ahead of ours than clocks may differ. */
export function isAhead(time: TaipeiDateTime, now: TaipeiDateTime): boolean {
  const ahead = Date.parse(`${time}Z`) - Date.parse(`${now}Z`);
  return ahead > ISSUE_AHEAD_MINUTES_MAX * 60_000;
}

function isAllowed(
  command: IssueCommand,
  given: GivenNumber,
  segments: readonly SegmentRow[],
  covering: SegmentRow | undefined,
): boolean {
  const { category, code } = command.segment;
  const { invoiceType } = command.composed;
  if (covering !== undefined) return serves(covering, category, code, invoiceType);
  return given.tracks === 'when-known' && !segments.some((row) => row.allotter === 'merchant');
}

function serves(
  segment: SegmentRow,
  category: SegmentRow['category'],
  code: string,
  invoiceType: InvoiceType,
): boolean {
  return (
    segment.allotter === 'merchant' &&
    segment.invoiceType === invoiceType &&
    segment.status !== 'stopped' &&
    segment.status !== 'idle' &&
    (segment.category === category || segment.category === 'any') &&
    (segment.code === code || code === '')
  );
}
