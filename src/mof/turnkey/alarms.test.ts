/** Claims about alarms: what raises each, and that each ends when its reason ends. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SELLER_A, SELLER_B } from '../../../test/support/demo.ts';
import { MofHouse } from '../../../test/support/mof-house.ts';
import { filingAlarms, outboxAlarms } from './alarms.ts';

test('each alarm begins with its reason and ends with it', async (t) => {
  const at = await MofHouse.open();
  t.after(() => at.close());
  await at.start();
  const kinds = async (seller = SELLER_A.ubn) =>
    (await filingAlarms(at.ledger.reads, at.clock.now(), seller)).map(
      ({ kind, count }) => `${kind} ${count}`,
    );
  const invoice = await at.issueOne();
  await at.voidInvoice(invoice);
  await at.outbox.tick();
  assert.deepEqual(await kinds(), [], 'waiting for an earlier filing is no alarm');
  at.clock.advanceMs(3_600_000);
  assert.deepEqual(await kinds(), [], 'an hour has not passed yet');
  at.clock.advanceMs(1000);
  assert.deepEqual(await kinds(), ['unconfirmed 1']);
  assert.deepEqual(await kinds(SELLER_B.ubn), []);
  at.clock.set('2026-11-23 09:00:00');
  assert.deepEqual(await kinds(), ['deadline-near 2', 'unconfirmed 1']);
  at.clock.set('2026-11-24 00:00:00');
  assert.deepEqual(await kinds(), ['deadline-passed 2', 'unconfirmed 1']);
  at.plan = { refuseEvery: { nth: 1, code: 'E0103' } };
  await at.round();
  assert.deepEqual(await kinds(), ['deadline-passed 2', 'refused 1']);
  at.plan = {};
  at.sellers[0] = { ...SELLER_A, address: '' };
  const [refused] = await at.filings();
  const release = { seller: SELLER_A.ubn, account: 'system', ip: '', sequence: 1 };
  assert.equal(refused?.sequence, 1);
  await at.ledger.releaseFiling([release]);
  await at.outbox.tick();
  assert.deepEqual(await kinds(), ['deadline-passed 2', 'held 1']);
  at.sellers[0] = SELLER_A;
  for (let rounds = 0; rounds < 3; rounds += 1) await at.round();
  assert.deepEqual(await kinds(), []);
  assert.deepEqual(outboxAlarms(at.outbox.status()), []);
});

test('what the outbox stumbled over is named with its count', () => {
  const status = { isLeader: true, tickedAtMs: 0, filesRead: 9, unknownAnswers: 0 };
  const found = outboxAlarms({
    ...status,
    ...{ filesGivenUp: 2, filesLost: 1, unresolvedEnvelopes: 0, failedSteps: 4 },
  });
  assert.deepEqual(
    found.map(({ kind, count }) => `${kind} ${count}`),
    ['result-unreadable 2', 'file-lost 1', 'step-failed 4'],
  );
});
