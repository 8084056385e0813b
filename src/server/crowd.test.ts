/** Claims about when clients crowd the process. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestClock } from '../../test/support/engines.ts';
import { CROWDED_COMMANDS_PER_SECOND, createCrowd } from './crowd.ts';

test('a second with many commands is crowded, the quiet one after it is not', () => {
  const clock = new TestClock();
  const crowd = createCrowd(clock);
  crowd.count(CROWDED_COMMANDS_PER_SECOND + 1);
  clock.advanceMs(1_000);
  assert.equal(crowd.isCrowded(), true);
  clock.advanceMs(1_000);
  assert.equal(crowd.isCrowded(), false);
});

test('what counts is the pace of the last second, not the sum', () => {
  const clock = new TestClock();
  const crowd = createCrowd(clock);
  for (let second = 0; second < 10; second += 1) {
    crowd.count(CROWDED_COMMANDS_PER_SECOND / 2);
    clock.advanceMs(1_000);
  }
  assert.equal(crowd.isCrowded(), false);
});

test('asking changes nothing: everybody who asks is told the same', () => {
  const clock = new TestClock();
  const crowd = createCrowd(clock);
  crowd.count(CROWDED_COMMANDS_PER_SECOND + 1);
  clock.advanceMs(1_000);
  assert.deepEqual(
    [1, 2, 3].map(() => crowd.isCrowded()),
    [true, true, true],
  );
});

test('a few commands between two looks that follow one another crowd nobody', () => {
  const clock = new TestClock();
  const crowd = createCrowd(clock);
  assert.equal(crowd.isCrowded(), false);
  crowd.count(2);
  clock.advanceMs(1);
  assert.equal(crowd.isCrowded(), false);
});

test('a steady crowd is seen at any moment of the second', () => {
  const clock = new TestClock();
  const crowd = createCrowd(clock);
  const told: boolean[] = [];
  for (let tenth = 0; tenth < 40; tenth += 1) {
    crowd.count(CROWDED_COMMANDS_PER_SECOND / 5);
    clock.advanceMs(100);
    if (tenth >= 10) told.push(crowd.isCrowded());
  }
  assert.ok(told.every((isCrowded) => isCrowded));
});
