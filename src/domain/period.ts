/**
 * The two-month tax period 期別 and its calendar, in Taipei time and ROC years.
 * A period's code is the ROC year and its even month: `11512` is November and December 2026.
 */
import type { TaipeiDate } from './taipei.ts';

declare const periodBrand: unique symbol;
/** ROC year (three digits) and even month (two digits). Sorts in time order. */
export type Period = string & { readonly [periodBrand]: true };

/** ROC year 1 is 1912. */
export const ROC_YEAR_OFFSET = 1911;

/** The period that a Taipei day belongs to. */
export function periodOf(date: TaipeiDate): Period {
  const rocYear = Number(date.slice(0, 4)) - ROC_YEAR_OFFSET;
  const month = Number(date.slice(5, 7));
  const evenMonth = month + (month % 2);
  return `${String(rocYear).padStart(3, '0')}${String(evenMonth).padStart(2, '0')}` as Period;
}

const PERIOD_SHAPE = /^\d{3}(02|04|06|08|10|12)$/;

export function parsePeriod(text: string): Period | undefined {
  return PERIOD_SHAPE.test(text) ? (text as Period) : undefined;
}
