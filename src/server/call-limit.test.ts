/** Claims about the limit of calls: counted by account and minute, blocked for a while, memory bounded. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestClock } from '../../test/support/engines.ts';
import { createCallLimit } from './call-limit.ts';

const SHOP = 'ecpay:2000132';
const OTHER = 'ecpay:2000933';
const MINUTE_MS = 60_000;
const SETTINGS = { callsPerMinuteMax: 3, blockMinutes: 30 };

function calls(admits: () => boolean, count: number): readonly boolean[] {
  return Array.from({ length: count }, admits);
}

test('the call above the limit blocks the account for half an hour, to the millisecond', () => {
  const clock = new TestClock();
  const limit = createCallLimit(SETTINGS, clock);
  const admits = () => limit.admits(SHOP);
  assert.deepEqual(calls(admits, 5), [true, true, true, false, false]);
  assert.equal(limit.admits(OTHER), true);
  clock.advanceMs(30 * MINUTE_MS - 1);
  assert.equal(admits(), false);
  clock.advanceMs(1);
  assert.deepEqual(calls(admits, 4), [true, true, true, false]);
});

test('calls while blocked do not block any longer', () => {
  const clock = new TestClock();
  const limit = createCallLimit(SETTINGS, clock);
  calls(() => limit.admits(SHOP), 4);
  for (let minute = 0; minute < 29; minute += 1) {
    clock.advanceMs(MINUTE_MS);
    assert.equal(limit.admits(SHOP), false);
  }
  clock.advanceMs(MINUTE_MS);
  assert.equal(limit.admits(SHOP), true);
});

test('a new minute is counted anew', () => {
  const clock = new TestClock();
  const limit = createCallLimit(SETTINGS, clock);
  for (let minute = 0; minute < 10; minute += 1) {
    assert.deepEqual(
      calls(() => limit.admits(SHOP), 3),
      [true, true, true],
    );
    clock.advanceMs(MINUTE_MS);
  }
});

test('a clock that is set back blocks nobody for longer', () => {
  const clock = new TestClock('2026-11-21 10:00:00');
  const limit = createCallLimit(SETTINGS, clock);
  calls(() => limit.admits(SHOP), 4);
  clock.set('2026-11-21 09:00:00');
  assert.equal(limit.admits(SHOP), true);
});

test('of more accounts than are remembered the least recent are forgotten', () => {
  const limit = createCallLimit({ ...SETTINGS, callsPerMinuteMax: 1 }, new TestClock(), 2);
  assert.equal(limit.admits('a'), true);
  assert.equal(limit.admits('b'), true);
  assert.equal(limit.admits('a'), false);
  assert.equal(limit.admits('c'), true);
  assert.equal(limit.admits('a'), false);
  assert.equal(limit.admits('b'), true);
});
