/** Claims about the limit of downloads: by address, over any ten seconds, memory bounded. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestClock } from '../../test/support/engines.ts';
import { createAddressLimit, DOWNLOADS } from './address-limit.ts';

const ONE = '203.0.113.6';
const OTHER = '2001:db8::1';

test('the third call within ten seconds is refused, to the millisecond; another address is not', () => {
  const clock = new TestClock();
  const limit = createAddressLimit(DOWNLOADS, clock);
  assert.equal(limit.admits(ONE), true);
  clock.advanceMs(6_000);
  assert.equal(limit.admits(ONE), true);
  clock.advanceMs(3_999);
  assert.equal(limit.admits(ONE), false);
  assert.equal(limit.admits(OTHER), true);
  clock.advanceMs(1);
  assert.equal(limit.admits(ONE), true);
  // The second of the calls before still counts, and so does this one.
  assert.equal(limit.admits(ONE), false);
});

test('refused calls do not keep an address out', () => {
  const clock = new TestClock();
  const limit = createAddressLimit(DOWNLOADS, clock);
  limit.admits(ONE);
  limit.admits(ONE);
  for (let second = 0; second < 9; second += 1) {
    clock.advanceMs(1_000);
    assert.equal(limit.admits(ONE), false);
  }
  clock.advanceMs(1_000);
  assert.equal(limit.admits(ONE), true);
});

test('a clock that is set back keeps nobody out', () => {
  const clock = new TestClock('2026-11-21 10:00:00');
  const limit = createAddressLimit(DOWNLOADS, clock);
  limit.admits(ONE);
  limit.admits(ONE);
  clock.set('2026-11-21 09:00:00');
  assert.equal(limit.admits(ONE), true);
});

test('of more addresses than are remembered the least recent are forgotten', () => {
  const limit = createAddressLimit({ callsMax: 1, stretchMs: 10_000 }, new TestClock(), 2);
  assert.equal(limit.admits('a'), true);
  assert.equal(limit.admits('b'), true);
  assert.equal(limit.admits('a'), false);
  assert.equal(limit.admits('c'), true);
  assert.equal(limit.admits('a'), false);
  assert.equal(limit.admits('b'), true);
});
