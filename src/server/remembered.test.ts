/** Claims about answers that are kept for a while. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestClock } from '../../test/support/engines.ts';
import { remembered } from './remembered.ts';

test('an answer is found once a while, a failure is asked again', async () => {
  const clock = new TestClock();
  let asked = 0;
  const ask = remembered(1000, clock, async () => {
    asked += 1;
    if (asked === 3) throw new Error('not now');
    return asked;
  });
  assert.deepEqual([await ask(), await ask()], [1, 1]);
  clock.advanceMs(999);
  assert.equal(await ask(), 1);
  clock.advanceMs(1);
  assert.equal(await ask(), 2);
  clock.advanceMs(1000);
  await assert.rejects(ask());
  assert.equal(await ask(), 4);
});
