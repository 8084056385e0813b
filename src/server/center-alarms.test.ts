/** Claims about alarms of the center itself: an outbox whose rounds do not end, and downloads not taken in. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestClock } from '../../test/support/engines.ts';
import { MofHouse } from '../../test/support/mof-house.ts';
import { centerAlarms, OUTBOX_STUCK_MS } from './center-alarms.ts';

test('an outbox that hangs is told after a minute of the machine’s clock, with what to do', async (t) => {
  const at = await MofHouse.open();
  t.after(() => at.close());
  await at.start();
  await at.outbox.tick();
  const systemClock = new TestClock();
  const roundEndedAtMs = systemClock.now();
  const told = (outbox: ReturnType<typeof at.outbox.status> | null) =>
    centerAlarms({
      standing: () => ({ outbox, roundEndedAtMs, dutyProblems: [] }),
      ...{ clock: at.clock, systemClock, pickUpAfterMs: 45_000 },
    });
  systemClock.advanceMs(OUTBOX_STUCK_MS);
  assert.deepEqual(told(at.outbox.status()), []);
  systemClock.advanceMs(1);
  const [stuck] = told(at.outbox.status());
  assert.deepEqual([stuck?.code, stuck?.severity], ['OUTBOX_STUCK', 'critical']);
  assert.match(stuck?.subject ?? '', /no round ended for 60 s/);
  assert.match(stuck?.hint ?? '', /kaili doctor/);
  assert.match(told(null)[0]?.subject ?? '', /it does not run/);
});

test('numbers that were not taken in are told with the file, and how many', async (t) => {
  const at = await MofHouse.open();
  t.after(() => at.close());
  await at.start();
  const clock = new TestClock();
  const dutyProblems = ['/x/one: line 1: no seller', '/x/two: not UTF-8'];
  const [alarm, ...others] = centerAlarms({
    standing: () => ({ outbox: at.outbox.status(), roundEndedAtMs: clock.now(), dutyProblems }),
    ...{ clock, systemClock: clock, pickUpAfterMs: 45_000 },
  });
  assert.deepEqual(others, []);
  assert.deepEqual(
    [alarm?.code, alarm?.count, alarm?.subject],
    ['NUMBERS_NOT_TAKEN_IN', 2, dutyProblems[0]],
  );
});
