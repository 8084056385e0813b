/** Claims about alarms of numbers: the forecast of exhaustion, and blank numbers that are not reported. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accepted, SELLER_A, SELLER_B } from '../../test/support/demo.ts';
import { MofHouse } from '../../test/support/mof-house.ts';
import { parseTaipeiDate } from '../domain/calendar.ts';
import { parsePeriod } from '../domain/period.ts';
import { findEveryAlarm } from './alarms.ts';
import { exhaustedOn, numberAlarms } from './number-alarms.ts';

const PERIOD = parsePeriod('11512') ?? assert.fail();

test('numbers that end before the period at its pace are foretold, with the day', () => {
  const at = (day: string, used: number, left: number) =>
    exhaustedOn({ used, left }, PERIOD, parseTaipeiDate(day) ?? assert.fail());
  assert.equal(at('2026-11-10', 500, 1000), '2026-11-30');
  assert.equal(at('2026-11-10', 500, 2499), '2026-12-29');
  assert.equal(at('2026-11-10', 500, 2600), null, 'they last');
  assert.equal(at('2026-11-02', 500, 10), null, 'two days are no pace');
  assert.equal(at('2026-11-10', 0, 10), null, 'nothing was issued');
});

test('a forecast is an alarm that names the usage, what is left and the day', async (t) => {
  const at = await MofHouse.open();
  t.after(() => at.close());
  at.clock.set('2026-11-03 10:00:00');
  await at.issue(300);
  const alarms = await numberAlarms(at.ledger.reads, at.clock, SELLER_A.ubn);
  assert.deepEqual(
    alarms.map(({ code, subject }) => `${code} ${subject}`),
    ['NUMBERS_FORECAST numbers/07 any: 4700 left, until 2026-12-20'],
  );
});

test('blank numbers are asked for before the 10th, and until their report is confirmed', async (t) => {
  const at = await MofHouse.open();
  t.after(() => at.close());
  await at.start();
  const told = async () => {
    const alarms = await numberAlarms(at.ledger.reads, at.clock, SELLER_A.ubn);
    return alarms
      .filter(({ code }) => code === 'BLANKS_UNREPORTED')
      .map(({ severity, subject }) => `${severity} ${subject}`);
  };
  at.clock.set('2027-01-06 23:59:59');
  assert.deepEqual(await told(), []);
  at.clock.set('2027-01-07 00:00:00');
  assert.deepEqual(await told(), ['warning period/11512: KA/07']);
  at.clock.set('2027-01-11 00:00:00');
  assert.deepEqual(await told(), ['critical period/11512: KA/07']);
  const close = { seller: SELLER_A.ubn, account: 'system', ip: '', period: PERIOD };
  accepted((await at.ledger.closePeriod([{ ...close, isResent: false }]))[0]);
  assert.deepEqual(await told(), ['critical period/11512: KA/07'], 'owed, not confirmed');
  await at.round();
  assert.deepEqual(await told(), []);
});

test('alarms of the center stand among those of the sellers, the gravest first', async (t) => {
  const at = await MofHouse.open();
  t.after(() => at.close());
  at.clock.set('2026-12-25 12:00:00');
  const own = { code: 'X', count: 1, subject: '', since: null, message: '', hint: '' };
  const alarms = await findEveryAlarm(at.ledger.reads, at.clock, at.sellers, [
    { ...own, severity: 'critical' },
  ]);
  assert.deepEqual(
    alarms.map(({ seller, code }) => [seller, code]),
    [
      [null, 'X'],
      [SELLER_A.ubn, 'BOOK_MISSING'],
      [SELLER_B.ubn, 'BOOK_MISSING'],
    ],
  );
});
