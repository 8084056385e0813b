/**
 * Until when something may be done, or must have been: voids and reissues within a period's grace, the
 * Ministry's upload duty. Every deadline is the last second of a Taipei day, inclusive.
 */
import { addDays, endOfDay, taipeiDate } from './calendar.ts';
import { firstDayOf, lastDayOf, nextPeriod, type Period } from './period.ts';
import type { TaipeiDate, TaipeiDateTime } from './taipei.ts';

/** Day of the odd month after a period on which voiding it ends (ECPay). */
export const VOID_DAY_LAST = 13;
/** Day of the odd month after a period until which machines' invoices of it are taken. */
const MACHINE_UPLOAD_DAY_LAST = 15;
/** Upload duty in days, counted from the day after (VAT Act art. 32-1, 統一發票使用辦法, since 2025-01-01). */
export const FILING_DAYS_CONSUMER = 2;
export const FILING_DAYS_BUSINESS = 7;
/** Days from the start of the next period for never-used numbers (E0402; same rules). */
export const BLANK_DAYS = 10;

/**
 * Last second in which invoices and allowances of a period can be voided or reissued: 23:59:59 on the
 * 13th of the odd month after it. Source: ECPay B2C API, Invalid, AllowanceInvalid, VoidWithReIssue.
 * Another provider's last day may be another; 0 is the end of the period itself.
 */
export function voidDeadline(period: Period, day = VOID_DAY_LAST): TaipeiDateTime {
  if (day === 0) return endOfDay(lastDayOf(period));
  const first = firstDayOf(nextPeriod(period));
  const last = taipeiDate(Number(first.slice(0, 4)), Number(first.slice(5, 7)), day);
  if (last === undefined) throw new RangeError('no such day of the month');
  return endOfDay(last);
}

/**
 * Last second in which an invoice that a machine issued is taken: 23:59:59 on the 15th of the odd month
 * after its period. Source: ECPay offline API, OfflineIssue.
 */
export function machineUploadDeadline(period: Period): TaipeiDateTime {
  const first = firstDayOf(nextPeriod(period));
  return endOfDay(addDays(first, MACHINE_UPLOAD_DAY_LAST - 1));
}

/**
 * Last second in which the Ministry takes a message about something of this day as in time: two days
 * after it for a consumer's document, seven for one with a buyer's tax ID. A document of 1 December
 * 10:00 is in time until the end of 3 December, not for 48 hours.
 */
export function filingDueAt(day: TaipeiDate, isBusiness: boolean): TaipeiDateTime {
  return endOfDay(addDays(day, isBusiness ? FILING_DAYS_BUSINESS : FILING_DAYS_CONSUMER));
}

/** Last second for the report of a period's never-used numbers: the 10th of the odd month after it. */
export function blankDueAt(period: Period): TaipeiDateTime {
  return endOfDay(addDays(firstDayOf(nextPeriod(period)), BLANK_DAYS - 1));
}

/**
 * First day on which numbers that machines and clients take themselves count as never used: the 8th of the odd
 * month, the day after the last one on which an invoice of the period's last day is uploaded in time.
 * Before it an invoice may lawfully still come; after it the report has three days left.
 */
export function givenNumbersSettledOn(period: Period): TaipeiDate {
  return addDays(lastDayOf(period), FILING_DAYS_BUSINESS + 1);
}
