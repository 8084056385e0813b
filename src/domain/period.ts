/**
 * The two-month tax period 期別 and its calendar, in Taipei time and ROC years.
 * A period's code is the ROC year and its even month: `11512` is November and December 2026.
 */
import { daysInMonth, taipeiDate, twoDigits } from './calendar.ts';
import type { TaipeiDate } from './taipei.ts';

declare const periodBrand: unique symbol;
/** ROC year (three digits) and even month (two digits). Sorts in time order. */
export type Period = string & { readonly [periodBrand]: true };

/** ROC year 1 is 1912. */
export const ROC_YEAR_OFFSET = 1911;
/** Years that three digits name. */
export const ROC_YEAR_MAX = 999;
/** Periods of a year; ECPay's InvoiceTerm counts them 1 to 6. */
export const PERIODS_PER_YEAR = 6;

/** The period that a Taipei day belongs to. */
export function periodOf(date: TaipeiDate): Period {
  const rocYear = Number(date.slice(0, 4)) - ROC_YEAR_OFFSET;
  const month = Number(date.slice(5, 7));
  return periodCode(rocYear, month + (month % 2));
}

const PERIOD_SHAPE = /^\d{3}(02|04|06|08|10|12)$/;

export function parsePeriod(text: string): Period | undefined {
  // Year 000 is before the first: its days have no ROC year.
  return PERIOD_SHAPE.test(text) && !text.startsWith('000') ? (text as Period) : undefined;
}

/** ROC year, even month, and the number of the period within its year (1 January–February, 6 the last). */
export interface PeriodParts {
  readonly rocYear: number;
  readonly evenMonth: number;
  readonly term: number;
}

export function periodParts(period: Period): PeriodParts {
  const evenMonth = Number(period.slice(3));
  return { rocYear: Number(period.slice(0, 3)), evenMonth, term: evenMonth / 2 };
}

/** The period of a ROC year and term 1–6; undefined outside. */
export function periodOfTerm(rocYear: number, term: number): Period | undefined {
  const isYear = Number.isInteger(rocYear) && rocYear >= 1 && rocYear <= ROC_YEAR_MAX;
  const isTerm = Number.isInteger(term) && term >= 1 && term <= PERIODS_PER_YEAR;
  return isYear && isTerm ? periodCode(rocYear, term * 2) : undefined;
}

export function nextPeriod(period: Period): Period {
  return movePeriod(period, 1);
}

export function previousPeriod(period: Period): Period {
  return movePeriod(period, -1);
}

/** First day of its odd month. */
export function firstDayOf(period: Period): TaipeiDate {
  const { rocYear, evenMonth } = periodParts(period);
  return dayOf(rocYear + ROC_YEAR_OFFSET, evenMonth - 1, 1);
}

/** Last day of its even month. */
export function lastDayOf(period: Period): TaipeiDate {
  const { rocYear, evenMonth } = periodParts(period);
  const year = rocYear + ROC_YEAR_OFFSET;
  return dayOf(year, evenMonth, daysInMonth(year, evenMonth));
}

/** As certificates print it: `115年11-12月`. Source: 統一發票 certificate layout, MOF sample. */
export function periodText(period: Period): string {
  const { rocYear, evenMonth } = periodParts(period);
  return `${rocYear}年${twoDigits(evenMonth - 1)}-${twoDigits(evenMonth)}月`;
}

/** As the Ministry's number application and self-test forms write it: `1151112`. */
export function periodFormCode(period: Period): string {
  const { rocYear, evenMonth } = periodParts(period);
  return `${String(rocYear).padStart(3, '0')}${twoDigits(evenMonth - 1)}${twoDigits(evenMonth)}`;
}

const PERIOD_TEXT_SHAPE = /^(\d{1,3})年(\d{2})[-~](\d{2})月$/;

/** Reads `115年11-12月` and, as the lottery feed has it, `115年11~12月`. */
export function parsePeriodText(text: string): Period | undefined {
  const match = PERIOD_TEXT_SHAPE.exec(text);
  if (match === null) return undefined;
  const evenMonth = Number(match[3]);
  if (evenMonth - Number(match[2]) !== 1 || evenMonth % 2 !== 0) return undefined;
  return periodOfTerm(Number(match[1]), evenMonth / 2);
}

function movePeriod(period: Period, by: number): Period {
  const { rocYear, term } = periodParts(period);
  const index = rocYear * PERIODS_PER_YEAR + term - 1 + by;
  const moved = periodOfTerm(Math.floor(index / PERIODS_PER_YEAR), (index % PERIODS_PER_YEAR) + 1);
  if (moved === undefined) throw new RangeError('a period outside ROC years 1 to 999');
  return moved;
}

function periodCode(rocYear: number, evenMonth: number): Period {
  // Built from a year of at most three digits and an even month.
  return `${String(rocYear).padStart(3, '0')}${twoDigits(evenMonth)}` as Period;
}

function dayOf(year: number, month: number, day: number): TaipeiDate {
  const date = taipeiDate(year, month, day);
  if (date === undefined) throw new RangeError('a period outside ROC years 1 to 999');
  return date;
}
