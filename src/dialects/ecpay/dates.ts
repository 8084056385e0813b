/**
 * Days as ECPay's clients write them: `yyyy-MM-dd` or `yyyy/MM/dd`, often with a time part, which is
 * ignored (Odoo's module and the .NET SDK send one, some of them in UTC).
 */
import type { TaipeiDate, TaipeiDateTime } from '../../domain/taipei.ts';

const DAY_MS = 86_400_000;
/** Years that a date may name: from the first uniform invoice's century to the last with a next year. */
const YEAR_MIN = 1900;
const YEAR_MAX = 9998;
const DATE_SHAPE = /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?:[T ]|$)/;

/** The day that a date text names; undefined for a day that no calendar has. */
export function readDate(text: string): TaipeiDate | undefined {
  const match = DATE_SHAPE.exec(text);
  if (match === null) return undefined;
  const [, year, , month, day] = match;
  if (Number(year) < YEAR_MIN || Number(year) > YEAR_MAX) return undefined;
  const epochMs = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const iso = new Date(epochMs).toISOString().slice(0, 10);
  const written = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  // Checked against the calendar just now, hence a day.
  return iso === written ? (iso as TaipeiDate) : undefined;
}

const TIME_SHAPE =
  /^(\d{4}([-/])\d{1,2}\2\d{1,2})[T ](\d{1,2}):(\d{2}):(\d{2})(?:\.\d+)?(?:\+08:00)?$/;

/** The Taipei time that a text names, to the second; undefined for one that no day has. */
export function readTime(text: string): TaipeiDateTime | undefined {
  const match = TIME_SHAPE.exec(text);
  const date = readDate(match?.[1] ?? '');
  if (match === null || date === undefined) return undefined;
  const [, , , hour = '', minute = '', second = ''] = match;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  // A day of the calendar and a time of the day.
  return `${date} ${hour.padStart(2, '0')}:${minute}:${second}` as TaipeiDateTime;
}

/** The time of a member, which the reader has checked and written as `yyyy-MM-dd HH:mm:ss`. */
export function timeOf(text: string): TaipeiDateTime {
  const time = readTime(text);
  if (time === undefined) throw new Error('the reader let a bad time pass');
  return time;
}

/** The day of a date member, which the reader has checked and written as `yyyy-MM-dd`. */
export function dayOf(text: string): TaipeiDate {
  const date = readDate(text);
  if (date === undefined) throw new Error('the reader let a bad date pass');
  return date;
}

/** The first second of a day. */
export function startOf(date: TaipeiDate): TaipeiDateTime {
  return `${date} 00:00:00` as TaipeiDateTime;
}

/** The day after. */
export function dayAfter(date: TaipeiDate): TaipeiDate {
  const next = new Date(Date.parse(`${date}T00:00:00Z`) + DAY_MS).toISOString();
  // Built by the calendar itself.
  return next.slice(0, 10) as TaipeiDate;
}
