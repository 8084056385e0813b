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

test('what counts is the pace since the last look, not the sum', () => {
  const clock = new TestClock();
  const crowd = createCrowd(clock);
  for (let second = 0; second < 10; second += 1) {
    crowd.count(CROWDED_COMMANDS_PER_SECOND / 2);
    clock.advanceMs(1_000);
  }
  assert.equal(crowd.isCrowded(), false);
});
