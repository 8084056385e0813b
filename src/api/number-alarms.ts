/**
 * What a seller's numbers ask for: books that are missing, usages that run out or will before the period
 * ends at the pace of issue, and what `blank-alarms.ts` says of the numbers of the last period.
 */
import type { z } from 'zod';
import { addDays, dayNumber } from '../domain/calendar.ts';
import { firstDayOf, lastDayOf, nextPeriod, type Period, periodOf } from '../domain/period.ts';
import { type TaipeiDate, taipeiDateOf, taipeiDateTime } from '../domain/taipei.ts';
import type { Ubn } from '../domain/ubn.ts';
import { CLOCK_BEHIND_SECONDS_MAX } from '../ledger/allot.ts';
import type { Clock, StoreReads } from '../ledger/ports.ts';
import type { SegmentRow } from '../ledger/rows.ts';
import { blankAlarms } from './blank-alarms.ts';
import { type NumberSupply, numberSupplies } from './number-supply.ts';
import type { alarmView } from './views.ts';

type Alarm = z.input<typeof alarmView>;

/** Share of a usage's numbers below which it runs low. */
const NUMBERS_LOW_SHARE = 0.1;
/** Days before a period's end by which the next one's numbers should be there. */
const NEXT_BOOK_DAYS = 10;
/** Days of issue that a forecast needs: one busy morning is no pace. */
const FORECAST_DAYS_MIN = 3;

export async function numberAlarms(
  reads: StoreReads,
  clock: Clock,
  seller: Ubn,
): Promise<readonly Alarm[]> {
  const today = taipeiDateOf(taipeiDateTime(clock.now()));
  const period = periodOf(today);
  const following = nextPeriod(period);
  const books = await reads.listBooks(seller);
  const alarms: Alarm[] = [];
  if (!books.some((book) => book.period === period)) {
    alarms.push(numberAlarm('BOOK_MISSING', 'critical', `period/${period}`));
  }
  const daysLeft = dayNumber(lastDayOf(period)) - dayNumber(today);
  if (daysLeft <= NEXT_BOOK_DAYS && !books.some((book) => book.period === following)) {
    alarms.push(numberAlarm('BOOK_MISSING', 'warning', `period/${following}`));
  }
  const segments = await reads.listSegments(seller, period);
  alarms.push(...clockAlarms(segments, clock));
  for (const supply of numberSupplies(segments)) {
    const alarm = supplyAlarm(supply, period, today);
    if (alarm !== null) alarms.push(alarm);
  }
  return [...alarms, ...(await blankAlarms(reads, clock, seller))];
}

/** A clock that stands behind the last number: from that segment nothing is issued. */
function clockAlarms(segments: readonly SegmentRow[], clock: Clock): readonly Alarm[] {
  const limit = taipeiDateTime(clock.now() + CLOCK_BEHIND_SECONDS_MAX * 1000);
  const ahead = segments.filter(
    ({ allotter, status, next, last, lastIssuedAt }) =>
      allotter === 'center' && status === 'active' && next <= last && (lastIssuedAt ?? '') > limit,
  );
  const [first] = ahead;
  if (first === undefined) return [];
  const subject = `segment/${first.period} ${first.track}: last number at ${first.lastIssuedAt}`;
  return [{ ...numberAlarm('CLOCK_BEHIND', 'critical', subject), count: ahead.length }];
}

function supplyAlarm(supply: NumberSupply, period: Period, today: TaipeiDate): Alarm | null {
  const subject = subjectOf(supply);
  if (supply.left === 0) return numberAlarm('NUMBERS_EXHAUSTED', 'critical', subject);
  const left = `${subject}: ${supply.left} left`;
  if (supply.left < supply.total * NUMBERS_LOW_SHARE) {
    return numberAlarm('NUMBERS_LOW', 'warning', left);
  }
  const lastDay = exhaustedOn(supply, period, today);
  return lastDay === null
    ? null
    : numberAlarm('NUMBERS_FORECAST', 'warning', `${left}, until ${lastDay}`);
}

/** The day on which the numbers end at the period's pace so far; null where that is after its end. */
export function exhaustedOn(
  supply: Pick<NumberSupply, 'used' | 'left'>,
  period: Period,
  today: TaipeiDate,
): TaipeiDate | null {
  const days = dayNumber(today) - dayNumber(firstDayOf(period)) + 1;
  if (days < FORECAST_DAYS_MIN || supply.used === 0) return null;
  const daysLeft = Math.floor((supply.left * days) / supply.used);
  const last = dayNumber(lastDayOf(period));
  return dayNumber(today) + daysLeft >= last ? null : addDays(today, daysLeft);
}

function subjectOf(supply: NumberSupply): string {
  const code = supply.code === '' ? '' : ` ${supply.code}`;
  return `numbers/${supply.invoiceType} ${supply.category}${code}`;
}

const APPLY = 'apply for numbers at the tax office and import the book';
const KINDS = {
  BOOK_MISSING: { message: '尚未取得配號', hint: APPLY },
  CLOCK_BEHIND: {
    message: '系統時間早於最後一張發票，無法開立',
    hint: 'set the clock right (NTP); numbers and times go up together, so nothing is issued before that time',
  },
  NUMBERS_EXHAUSTED: { message: '發票號碼已用完', hint: APPLY },
  NUMBERS_LOW: { message: '發票號碼即將用完', hint: APPLY },
  NUMBERS_FORECAST: {
    message: '依目前開立速度，發票號碼將於期末前用完',
    hint: `at the pace of this period they end on the day shown; ${APPLY}`,
  },
} as const;

function numberAlarm(
  code: keyof typeof KINDS,
  severity: Alarm['severity'],
  subject: string,
): Alarm {
  return { code, severity, count: 1, subject, since: null, ...KINDS[code] };
}
