/**
 * Days, periods and deadlines: every day of sixty years, real dates only, clients' ways to write them.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  addDays,
  dayNumber,
  parseTaipeiDate,
  parseTaipeiDateTime,
  taipeiDate,
} from './calendar.ts';
import { blankDueAt, filingDueAt, voidDeadline } from './deadlines.ts';
import {
  firstDayOf,
  lastDayOf,
  nextPeriod,
  type Period,
  parsePeriod,
  parsePeriodText,
  periodFormCode,
  periodOf,
  periodOfTerm,
  periodParts,
  periodText,
  previousPeriod,
} from './period.ts';
import { type TaipeiDate, taipeiDateTime } from './taipei.ts';

function day(text: string): TaipeiDate {
  return parseTaipeiDate(text) ?? assert.fail(`no day: ${text}`);
}

function period(text: string): Period {
  return parsePeriod(text) ?? assert.fail(`no period: ${text}`);
}

test('every day of sixty years belongs to exactly one period, and periods follow without a gap', () => {
  let date = day('2000-01-01');
  let count = 0;
  for (let current = period('08902'); current <= '14912'; current = nextPeriod(current)) {
    assert.equal(firstDayOf(current), date);
    assert.equal(previousPeriod(nextPeriod(current)), current);
    for (const last = lastDayOf(current); date <= last; date = addDays(date, 1)) {
      assert.equal(periodOf(date), current);
      assert.equal(parseTaipeiDate(date), date);
      count += 1;
    }
  }
  assert.equal(date, '2061-01-01');
  assert.equal(count, 61 * 365 + 16);
});

test('days are those that Temporal counts, over a thousand years', () => {
  const start = Temporal.PlainDate.from('1912-01-01');
  const first = day('1912-01-01');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 364_000 }), fc.integer({ max: 400 }), (from, by) => {
      fc.pre(from + by >= 0);
      const date = addDays(first, from);
      assert.equal(date, start.add({ days: from }).toString());
      assert.equal(addDays(date, by), start.add({ days: from + by }).toString());
      assert.equal(dayNumber(date) - dayNumber(first), from);
    }),
    { numRuns: 2_000 },
  );
});

test('a day that does not exist is refused', () => {
  for (const text of [
    '2026-02-29',
    '2100-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
  ]) {
    assert.equal(parseTaipeiDate(text), undefined, text);
    assert.equal(parseTaipeiDateTime(`${text} 10:00:00`), undefined, text);
  }
  assert.equal(parseTaipeiDate('2028-02-29'), '2028-02-29');
  assert.equal(parseTaipeiDate('2000-02-29'), '2000-02-29');
  assert.equal(taipeiDate(1911, 12, 31), undefined);
  assert.equal(taipeiDate(2911, 1, 1), undefined);
  assert.equal(taipeiDate(2026, 1, 1.5), undefined);
});

test('a day is read as clients write it, also with a time behind it', () => {
  for (const text of [
    '2026-11-21',
    '2026/11/21',
    '2026-11-21 10:20',
    '2026-11-21 10:20:30',
    '2026/11/21 10:20:30',
    '2026-11-21T10:20:30',
    '2026-11-21T10:20:30.1234567',
    '2026-11-21T10:20:30+08:00',
    '2026-11-20T16:00:00Z',
  ]) {
    assert.equal(parseTaipeiDate(text), '2026-11-21', text);
  }
});

test('what is no date is refused', () => {
  for (const text of [
    '',
    '2026-11/21',
    '20261121',
    '2026-1-21',
    '115/11/21',
    '2026-11-21 ',
    ' 2026-11-21',
    '2026-11-21T',
    '2026-11-21 24:00:00',
    '2026-11-21 10:60:00',
    '2026-11-21 10:20:60',
    '2026-11-21 10:20:30+15:00',
    '2026-11-21 10:20:30+08:75',
    '2026-11-21\n',
    '２０２６-11-21',
  ]) {
    assert.equal(parseTaipeiDate(text), undefined, JSON.stringify(text));
    assert.equal(parseTaipeiDateTime(text), undefined, JSON.stringify(text));
  }
});

test('a date-time is Taipei time unless an offset says otherwise; no hour is invented', () => {
  assert.equal(parseTaipeiDateTime('2026-11-21'), undefined);
  assert.equal(parseTaipeiDateTime('2026/11/21 10:20'), '2026-11-21 10:20:00');
  assert.equal(parseTaipeiDateTime('2026-11-21T10:20:30.999'), '2026-11-21 10:20:30');
  assert.equal(parseTaipeiDateTime('2026-12-31T16:00:01Z'), '2027-01-01 00:00:01');
  assert.equal(parseTaipeiDateTime('2027-01-01T00:30:00+0900'), '2026-12-31 23:30:00');
  assert.equal(parseTaipeiDateTime('2028-02-28T20:15:00-05:30'), '2028-02-29 09:45:00');
});

test('an instant written with an offset is the same Taipei time as the instant', () => {
  const instant = fc.integer({ min: 0, max: 4_000_000_000 });
  fc.assert(
    fc.property(instant, (seconds) => {
      const zoned = Temporal.Instant.fromEpochMilliseconds(seconds * 1_000);
      assert.equal(parseTaipeiDateTime(zoned.toString()), taipeiDateTime(seconds * 1_000));
    }),
  );
});

const periodArbitrary = fc
  .tuple(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 1, max: 6 }))
  .map(([year, term]) => periodOfTerm(year, term) ?? assert.fail('a period'));

test('every rendering of a period reads back', () => {
  fc.assert(
    fc.property(periodArbitrary, (value) => {
      assert.equal(parsePeriod(value), value);
      assert.equal(parsePeriodText(periodText(value)), value);
      const { rocYear, term } = periodParts(value);
      assert.equal(periodOfTerm(rocYear, term), value);
      assert.equal(periodOf(firstDayOf(value)), value);
      assert.equal(periodOf(lastDayOf(value)), value);
    }),
  );
});

test('periods are written as certificate, form and code', () => {
  assert.equal(periodText(period('11412')), '114年11-12月');
  assert.equal(periodText(period('09902')), '99年01-02月');
  assert.equal(periodFormCode(period('11412')), '1141112');
  assert.equal(periodOf(day('2025-11-30')), '11412');
  assert.equal(periodOf(day('2026-01-01')), '11502');
  assert.equal(lastDayOf(period('11702')), '2028-02-29');
  assert.equal(lastDayOf(period('11502')), '2026-02-28');
});

test('what is no period is refused', () => {
  for (const text of ['11501', '11500', '11514', '1152', '00002', '115-02', '']) {
    assert.equal(parsePeriod(text), undefined, text);
  }
  for (const text of ['115年02-03月', '115年11-11月', '115年12-13月', '115年1-2月', '0年01-02月']) {
    assert.equal(parsePeriodText(text), undefined, text);
  }
  assert.equal(parsePeriodText('115年03~04月'), '11504');
  assert.equal(periodOfTerm(115, 7), undefined);
  assert.equal(periodOfTerm(1_000, 1), undefined);
  assert.throws(() => nextPeriod(period('99912')), RangeError);
  assert.throws(() => previousPeriod(period('00102')), RangeError);
});

test('voiding ends with the 13th of the odd month after the period', () => {
  assert.equal(voidDeadline(period('11510')), '2026-11-13 23:59:59');
  assert.equal(voidDeadline(period('11512')), '2027-01-13 23:59:59');
});

test('upload is due two days after a consumer document, seven after a business one', () => {
  assert.equal(filingDueAt(day('2025-12-01'), false), '2025-12-03 23:59:59');
  assert.equal(filingDueAt(day('2025-12-01'), true), '2025-12-08 23:59:59');
  assert.equal(filingDueAt(day('2026-12-31'), false), '2027-01-02 23:59:59');
  assert.equal(filingDueAt(day('2028-02-27'), false), '2028-02-29 23:59:59');
});

test('never-used numbers are due by the 10th of the odd month after the period', () => {
  assert.equal(blankDueAt(period('11512')), '2027-01-10 23:59:59');
});
