/**
 * What the platform knows beside the messages: which numbers it allotted to whom, and what day it is. Judged from
 * it are numbers that are nobody's or another's, and messages too early, too late or from the future.
 */
import type { SimulatedMessage } from './layout.ts';
import type { ReadMessage } from './read-message.ts';

/** A range of numbers that the platform allotted. */
export interface PlatformBook {
  readonly seller: string;
  /** ROC year and even month, `11512`. */
  readonly period: string;
  readonly track: string;
  readonly type: '07' | '08';
  readonly first: number;
  readonly last: number;
}

export interface Standpoint {
  /** `yyyyMMdd` in Taipei; null: times are not looked at. */
  readonly today: string | null;
  /** Null: it does not look numbers up. */
  readonly books: readonly PlatformBook[] | null;
}

export const NO_STANDPOINT: Standpoint = { today: null, books: null };

/** Days after which an invoice is too old to be taken for the first time [inferred]. */
const INVOICE_DAYS_MAX = 180;
/** Last day of the odd month after a period on which its invoices can be voided without a permit. */
const FILED_DAY = 15;

/** The period of a day `yyyyMMdd`, as ROC year and even month. */
export function periodOfDay(day: string): string {
  const month = Number(day.slice(4, 6));
  const even = String(month + (month % 2)).padStart(2, '0');
  return `${Number(day.slice(0, 4)) - 1911}${even}`;
}

/** E0102 not allotted, E0107 of another period, E0113 somebody else's; null where nothing speaks against. */
export function numberCode(message: ReadMessage, { books }: Standpoint): string | null {
  if (books === null || message.kind !== 'F0401') return null;
  const { seller, number, date } = message;
  const period = periodOfDay(date);
  const [track, position] = [number.slice(0, 2), Number(number.slice(2))];
  const holds = (book: PlatformBook) =>
    book.track === track && book.first <= position && position <= book.last;
  const found = books.filter(holds);
  if (found.some((book) => book.seller === seller && book.period === period)) return null;
  if (found.some((book) => book.period === period)) return 'E0113';
  const isOwnTrack = books.some((book) => book.seller === seller && book.track === track);
  const isOfPeriod = books.some((book) => book.track === track && book.period === period);
  return isOwnTrack && !isOfPeriod ? 'E0107' : 'E0102';
}

/** E1002 too early, E1004 outside the time of sending, E0208 no longer the current period. */
export function timeCode(
  { kind, date }: ReadMessage,
  { today }: Standpoint,
  invoiceDay: string | null,
): string | null {
  if (today === null || isAboutNumbers(kind)) return null;
  if (date > today) return 'E1004';
  if (kind === 'F0401' && daysBetween(date, today) > INVOICE_DAYS_MAX) return 'E1002';
  if (kind !== 'F0501' || invoiceDay === null) return null;
  return today > filedOn(invoiceDay) ? 'E0208' : null;
}

function isAboutNumbers(kind: SimulatedMessage): boolean {
  return kind === 'E0401' || kind === 'E0402';
}

/** The 15th of the odd month after the period of a day. */
function filedOn(day: string): string {
  const month = Number(day.slice(4, 6));
  const next = Temporal.PlainYearMonth.from({
    year: Number(day.slice(0, 4)),
    month: month + (month % 2),
  }).add({ months: 1 });
  return `${next.toString().replace('-', '')}${FILED_DAY}`;
}

function daysBetween(from: string, to: string): number {
  const dayOf = (text: string) =>
    Temporal.PlainDate.from(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`);
  return dayOf(from).until(dayOf(to)).days;
}

/** Whether a text is a day of the calendar, `yyyyMMdd`. */
export function isDay(text: string): boolean {
  if (!/^\d{8}$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
