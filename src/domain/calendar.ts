/**
 * Days and times as clients write them, and the arithmetic of days, all in Taipei. A day that does not
 * exist is no day: nothing is carried over into the next month.
 *
 * Pure integers, no clock: what time it is comes from the Clock port.
 */
import { type TaipeiDate, type TaipeiDateTime, taipeiDateTime } from './taipei.ts';

/** ROC year 1 (1912) to ROC year 999 (2910): the years that a period's three digits can name. */
export const CALENDAR_YEAR_FIRST = 1912;
export const CALENDAR_YEAR_LAST = 2910;

const TAIPEI_OFFSET_MINUTES = 8 * 60;
const DAY_MINUTES = 24 * 60;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** `yyyy-MM-dd` or `yyyy/MM/dd`, then maybe `T` or a blank, a time, a fraction and an offset. */
const DATE_TIME_SHAPE =
  /^(\d{4})([-/])(\d{2})\2(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (MONTH_DAYS[month - 1] ?? 0);
}

/** The day of a year, month and day; undefined where there is no such day from 1912 to 2910. */
export function taipeiDate(year: number, month: number, day: number): TaipeiDate | undefined {
  if (![year, month, day].every(Number.isInteger)) return undefined;
  if (year < CALENDAR_YEAR_FIRST || year > CALENDAR_YEAR_LAST) return undefined;
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return dateText(year, month, day);
}

/**
 * Reads a day: `2026-11-21` or `2026/11/21`, also with a time behind it, as clients that send a
 * date-time for a date do. With an offset (`Z`, `+09:00`) the day is the one in Taipei at that time.
 */
export function parseTaipeiDate(text: string): TaipeiDate | undefined {
  const parts = readDateTime(text);
  return parts?.date;
}

/**
 * Reads a date-time: the forms of `parseTaipeiDate` with a time, seconds optional; fractions are cut.
 * Without an offset it is Taipei time. A day alone is no date-time: no hour is invented for it.
 */
export function parseTaipeiDateTime(text: string): TaipeiDateTime | undefined {
  const parts = readDateTime(text);
  if (parts === undefined || parts.time === '') return undefined;
  // The one place that makes the brand from checked text.
  return `${parts.date} ${parts.time}` as TaipeiDateTime;
}

/** The day a number of days later (earlier for a negative number). */
export function addDays(date: TaipeiDate, days: number): TaipeiDate {
  return dateOfDayNumber(dayNumber(date) + days);
}

/** The last second of a day. */
export function endOfDay(date: TaipeiDate): TaipeiDateTime {
  return `${date} 23:59:59` as TaipeiDateTime;
}

const MINUTE_MS = 60_000;

/** The time some minutes later. Taipei has no summer time: the wall clock and the minutes run alike. */
export function minutesAfter(time: TaipeiDateTime, minutes: number): TaipeiDateTime {
  return taipeiDateTime(Date.parse(`${time.replace(' ', 'T')}+08:00`) + minutes * MINUTE_MS);
}

/** Days from 1 March of the year 0; consecutive days have consecutive numbers. */
export function dayNumber(date: TaipeiDate): number {
  // Counting years from March puts the leap day last, so that months need no table.
  const month = Number(date.slice(5, 7));
  const year = Number(date.slice(0, 4)) - (month < 3 ? 1 : 0);
  const monthFromMarch = (month + 9) % 12;
  const dayOfYear = Math.floor((153 * monthFromMarch + 2) / 5) + Number(date.slice(8, 10)) - 1;
  return (
    year * 365 + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) + dayOfYear
  );
}

function dateOfDayNumber(number: number): TaipeiDate {
  const estimate = Math.floor((number * 400) / 146_097);
  let year = estimate + 1;
  while (yearStart(year) > number) year -= 1;
  const dayOfYear = number - yearStart(year);
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = ((monthFromMarch + 2) % 12) + 1;
  return dateText(month < 3 ? year + 1 : year, month, day);
}

function yearStart(year: number): number {
  return year * 365 + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
}

function readDateTime(text: string): { date: TaipeiDate; time: string } | undefined {
  const match = DATE_TIME_SHAPE.exec(text);
  if (match === null) return undefined;
  const [, year, , month, day, hour, minute, second, offset] = match;
  const date = taipeiDate(Number(year), Number(month), Number(day));
  if (date === undefined) return undefined;
  if (hour === undefined || minute === undefined) return { date, time: '' };
  const seconds = second ?? '00';
  if (Number(hour) > 23 || Number(minute) > 59 || Number(seconds) > 59) return undefined;
  if (offset === undefined) return { date, time: `${hour}:${minute}:${seconds}` };
  const shift = offsetMinutes(offset);
  if (shift === undefined) return undefined;
  const minutes = Number(hour) * 60 + Number(minute) - shift + TAIPEI_OFFSET_MINUTES;
  const days = Math.floor(minutes / DAY_MINUTES);
  const rest = minutes - days * DAY_MINUTES;
  return {
    date: addDays(date, days),
    time: `${twoDigits(Math.floor(rest / 60))}:${twoDigits(rest % 60)}:${seconds}`,
  };
}

/** Minutes east of UTC; undefined beyond the widest offset in use, 14 hours. */
function offsetMinutes(text: string): number | undefined {
  if (text === 'Z') return 0;
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(-2));
  if (minutes > 59 || hours * 60 + minutes > 14 * 60) return undefined;
  return text.startsWith('-') ? -(hours * 60 + minutes) : hours * 60 + minutes;
}

function dateText(year: number, month: number, day: number): TaipeiDate {
  // Built from numbers that make a real day.
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}` as TaipeiDate;
}

/** `7` as `07`. */
export function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
