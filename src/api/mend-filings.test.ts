/** Claims about sending filings again and about a day's reconciliation, over the native API. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { SELLER_A } from '../../test/support/demo.ts';
import { testDocuments } from '../../test/support/documents.ts';
import { messageFiles } from '../../test/support/message-files.ts';
import { accountsOf, MofHouse } from '../../test/support/mof-house.ts';
import { taipeiDateOf, taipeiDateTime } from '../domain/taipei.ts';
import { createNumberImport } from '../server/number-import.ts';
import { findAlarms } from './alarms.ts';
import { SEES_ALL } from './authority.ts';
import { ApiError } from './error.ts';
import { apiRoutes } from './routes.ts';
import { dayView, mendedFilingView } from './views.ts';

const UBN = SELLER_A.ubn;

async function served(t: TestContext) {
  const at = await MofHouse.open();
  t.after(() => at.close());
  await at.start();
  const parts = { ledger: at.ledger, accounts: accountsOf(at.sellers), clock: at.clock };
  const context = {
    ...parts,
    reads: at.ledger.reads,
    importNumbers: createNumberImport(parts),
    centerAlarms: () => [],
    documents: testDocuments(parts),
  };
  async function ask(
    operationId: string,
    input: { params: object; query?: object; body?: unknown },
  ) {
    const route = apiRoutes.find((candidate) => candidate.operationId === operationId);
    assert(route !== undefined);
    const whole = { query: {}, body: undefined, ...input };
    return JSON.parse(JSON.stringify(await route.answer(whole, context, SEES_ALL)));
  }
  const codes = async () =>
    (await findAlarms(at.ledger.reads, at.clock, UBN)).map(({ code }) => code);
  return { at, ask, codes };
}

function status(expected: number): (error: unknown) => boolean {
  return (error) => error instanceof ApiError && error.status === expected;
}

test('a lost file is written anew after a person says why', async (t) => {
  const { at, ask } = await served(t);
  await at.issueOne();
  await at.outbox.tick();
  for (const { path } of messageFiles(at.folder)) {
    rmSync(join(at.folder, 'UpCast', 'B2SSTORAGE', path));
  }
  const params = { ubn: UBN, sequence: '1' };
  const body = { reason: 'SRC 被清空' };
  await assert.rejects(ask('releaseFiling', { params, body }), status(409));
  await assert.rejects(ask('resendFiling', { params, body: { reason: ' ' } }), status(400));
  await assert.rejects(
    ask('resendFiling', { params: { ubn: UBN, sequence: '9' }, body }),
    status(404),
  );
  const resent = mendedFilingView.parse(await ask('resendFiling', { params, body }));
  assert.equal(resent.state, 'ready');
  assert.deepEqual(
    resent.mendings.map(({ fromState, reason }) => [fromState, reason]),
    [['handed', 'SRC 被清空']],
  );
  await at.round();
  assert.deepEqual(await at.states(), ['F0401 confirmed']);
  await assert.rejects(ask('resendFiling', { params, body }), status(409));
  const shown = mendedFilingView.parse(await ask('getFiling', { params }));
  assert.deepEqual([shown.attempts, shown.mendings.length], [2, 1]);
});

test('a refused filing is released with a reason', async (t) => {
  const { at, ask } = await served(t);
  at.plan = { refuseEvery: { nth: 1, code: 'E0102' } };
  await at.issueOne();
  await at.round();
  at.plan = {};
  const input = { params: { ubn: UBN, sequence: '1' }, body: { reason: '配號已更正' } };
  assert.equal(mendedFilingView.parse(await ask('releaseFiling', input)).state, 'ready');
  at.clock.advanceMs(1000);
  await at.round();
  assert.deepEqual(await at.states(), ['F0401 confirmed']);
});

test('a day is even once a summary named all of it; until then the difference is shown', async (t) => {
  const { at, ask, codes } = await served(t);
  at.plan = { refuseEvery: { nth: 3, code: 'E0113' } };
  const [first] = await at.issue(3);
  assert(first !== undefined);
  await at.round();
  at.plan = {};
  const date = taipeiDateOf(taipeiDateTime(at.clock.now()));
  const day = async () =>
    dayView.parse(await ask('reconcileDay', { params: { ubn: UBN }, query: { date } }));
  const before = await day();
  assert.equal(before.isEven, false);
  assert.deepEqual(before.messages, [
    {
      ...{ message: 'F0401', owed: 3, summarized: 0, confirmed: 2, refused: 1 },
      ...{ held: 0, travelling: 0 },
    },
  ]);
  at.clock.advanceMs(2 * 86_400_000);
  assert((await codes()).includes('DAY_NOT_RECONCILED'));
  await at.simulator.summarize(date);
  await at.outbox.tick();
  const after = await day();
  assert.equal(after.missing.total, 1);
  assert.deepEqual(
    after.missing.items.map(({ state, resultCode }) => [state, resultCode]),
    [['refused', 'E0113']],
  );
  assert(!(await codes()).includes('DAY_NOT_RECONCILED'), 'what is refused has its own alarm');
  const input = { params: { ubn: UBN, sequence: '3' }, body: { reason: '已更正' } };
  await ask('releaseFiling', input);
  at.clock.advanceMs(1000);
  await at.round();
  await at.simulator.summarize(taipeiDateOf(taipeiDateTime(at.clock.now())));
  await at.outbox.tick();
  assert.equal((await day()).isEven, true);
  await assert.rejects(
    ask('reconcileDay', { params: { ubn: UBN }, query: { date: '2026-02-30' } }),
    status(400),
  );
});
