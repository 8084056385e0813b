/** Claims about sending a filing again: from where it may, with a kept reason, and without undoing an answer. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accepted, SELLER_A } from '../../test/support/demo.ts';
import { onEveryEngine } from '../../test/support/engines.ts';
import { messageFiles } from '../../test/support/message-files.ts';
import { MofHouse } from '../../test/support/mof-house.ts';
import type { ResendFilingCommand } from './filing-commands.ts';
import { verifyJournal } from './verify.ts';

const ORIGIN = { seller: SELLER_A.ubn, account: 'api', ip: '' };
const ANY_FROM = ['held', 'handed', 'sent', 'refused'] as const;

function again(sequence: number, from: ResendFilingCommand['from'] = ANY_FROM) {
  return { ...ORIGIN, sequence, from, reason: '檔案遺失' };
}

onEveryEngine((open) => {
  test('a filing whose file is gone gets a new attempt, with the reason kept', async (t) => {
    const at = await MofHouse.open(open);
    t.after(() => at.close());
    await at.start();
    await at.issueOne();
    await at.outbox.tick();
    const [handed] = await at.filings();
    assert.equal(handed?.state, 'handed');
    const unasked = accepted((await at.ledger.resendFiling([again(1, ['refused'])]))[0]);
    assert.deepEqual(unasked, { state: 'handed', isMoved: false });
    const moved = accepted((await at.ledger.resendFiling([again(1)]))[0]);
    assert.deepEqual(moved, { state: 'ready', isMoved: true });
    const twice = accepted((await at.ledger.resendFiling([again(1)]))[0]);
    assert.equal(twice.isMoved, false);
    const [mending, ...others] = await at.ledger.reads.listMendings(SELLER_A.ubn, 1);
    assert.deepEqual(others, []);
    assert.equal(mending?.reason, '檔案遺失');
    assert.equal(mending?.fromState, 'handed');
    assert.equal(mending?.fileName, handed?.fileName);
    await at.outbox.tick();
    const names = messageFiles(at.folder).map(({ path }) => path.slice(-7));
    assert.deepEqual(names.toSorted(), ['1-1.xml', '1-2.xml']);
    assert.deepEqual((await verifyJournal(at.ledger.reads, [SELLER_A.ubn])).breaks, []);
  });

  test('a late confirmation of the attempt before wins, and then nothing is sent again', async (t) => {
    const at = await MofHouse.open(open);
    t.after(() => at.close());
    await at.start();
    await at.issueOne();
    await at.outbox.tick();
    await at.simulator.tick();
    await at.outbox.tick();
    assert.deepEqual(await at.states(), ['F0401 sent']);
    accepted((await at.ledger.resendFiling([again(1)]))[0]);
    at.clock.advanceMs(1000);
    await at.simulator.tick();
    await at.outbox.tick();
    assert.deepEqual(await at.states(), ['F0401 confirmed']);
    assert.equal(accepted((await at.ledger.resendFiling([again(1)]))[0]).isMoved, false);
    assert.equal(messageFiles(at.folder).length, 1);
  });

  test('what happened to the file of an attempt given up says nothing of the next', async (t) => {
    const at = await MofHouse.open(open);
    t.after(() => at.close());
    await at.start();
    await at.issueOne();
    await at.outbox.tick();
    const [first] = await at.filings();
    accepted((await at.ledger.resendFiling([again(1)]))[0]);
    await at.outbox.tick();
    const step = { ...ORIGIN, sequence: 1, code: '', text: '' };
    const fileName = first?.fileName ?? '';
    const outcomes = await at.ledger.recordResult([
      { ...step, to: 'sent', fileName },
      { ...step, to: 'handed', fileName, isWritten: true },
      { ...step, to: 'handed', attempt: 1, fileName: 'x', isWritten: false },
      { ...step, to: 'handed', isWritten: false },
    ]);
    assert.deepEqual(
      outcomes.map((outcome) => accepted(outcome)),
      Array(4).fill({ state: 'handed', isMoved: false }),
    );
    const [second] = await at.filings();
    assert.deepEqual([second?.attempts, second?.isWritten], [2, true]);
  });
});

test('a word that the file is written, late behind a resend, does not take its place', async (t) => {
  const at = await MofHouse.open();
  t.after(() => at.close());
  await at.issueOne();
  const step = { ...ORIGIN, sequence: 1, to: 'handed', code: '', text: '' } as const;
  const fileName = 'F0401_1-1.xml';
  const promise = { ...step, attempt: 1, fileName, isWritten: false };
  accepted((await at.ledger.recordResult([promise]))[0]);
  accepted((await at.ledger.resendFiling([again(1)]))[0]);
  const [noted] = await at.ledger.recordResult([{ ...step, fileName, isWritten: true }]);
  assert.deepEqual(accepted(noted), { state: 'ready', isMoved: false });
  await at.start();
  await at.outbox.tick();
  const [second] = await at.filings();
  assert.deepEqual([second?.state, second?.attempts, second?.isWritten], ['handed', 2, true]);
  assert.notEqual(second?.fileName, fileName);
});

test('of two intents to hand over one filing, one wins', async (t) => {
  const at = await MofHouse.open();
  t.after(() => at.close());
  await at.issueOne();
  const intent = {
    ...({ ...ORIGIN, sequence: 1, to: 'handed', code: '', text: '' } as const),
    ...{ attempt: 1, fileName: 'F0401_1-1.xml', isWritten: false },
  };
  const outcomes = await at.ledger.recordResult([intent, intent]);
  assert.deepEqual(
    outcomes.map((outcome) => accepted(outcome).isMoved),
    [true, false],
  );
});

test('a filing that waits for an earlier one waits on, released or not', async (t) => {
  const at = await MofHouse.open();
  t.after(() => at.close());
  await at.voidInvoice(await at.issueOne());
  assert.equal(accepted((await at.ledger.resendFiling([again(2)]))[0]).isMoved, false);
  assert.deepEqual(await at.ledger.reads.listMendings(SELLER_A.ubn, 2), []);
});
