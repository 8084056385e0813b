/**
 * Claims about a filing's whole way, over a real ledger, real files and the simulated Ministry: handed
 * over, taken, confirmed or refused, one after another, with everything that comes twice or too late.
 */
import assert from 'node:assert/strict';
import {
  cpSync,
  globSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { BUYER_UBN, composed, SELLER_A, SELLER_B } from '../../../test/support/demo.ts';
import { type OpenedStore, onEveryEngine } from '../../../test/support/engines.ts';
import {
  assertMessagesValid,
  assertWrittenOnce,
  messageFiles,
} from '../../../test/support/message-files.ts';
import { MofHouse } from '../../../test/support/mof-house.ts';
import { spoilWritten } from '../../../test/support/written-messages.ts';
import { outboxAlarms } from './alarms.ts';
import { RESULT_DAYS_MAX } from './result-inbox.ts';

async function house(t: TestContext, open?: () => Promise<OpenedStore>): Promise<MofHouse> {
  const opened = await MofHouse.open(open);
  t.after(() => opened.close());
  return opened.start();
}

function results(at: MofHouse): readonly string[] {
  const folder = join(at.folder, 'Unpack', 'BAK', 'ProcessResult');
  return globSync('**/*.ProcessResult', { cwd: folder }).map((path) => join(folder, path));
}

onEveryEngine((open) => {
  test('an issued invoice lies in SRC, is taken, and is confirmed', async (t) => {
    const at = await house(t, open);
    const invoice = await at.issueOne();
    await at.outbox.tick();
    const [handed] = await at.filings();
    assert.equal(handed?.state, 'handed');
    assert.equal(handed?.isWritten, true);
    assert.equal(handed?.fileName, `F0401_${invoice.number}_12345675_1-1.xml`);
    const [file, ...others] = messageFiles(at.folder);
    assert.equal(file?.path, join('F0401', 'SRC', handed?.fileName ?? ''));
    assert.deepEqual(others, []);
    await at.simulator.tick();
    await at.outbox.tick();
    assert.deepEqual(await at.states(), ['F0401 sent']);
    at.clock.advanceMs(1000);
    await at.simulator.tick();
    await at.outbox.tick();
    const [confirmed] = await at.filings();
    assert.equal(confirmed?.state, 'confirmed');
    assert.equal(confirmed?.resultCode, '00000');
    assert.equal(await assertMessagesValid(messageFiles(at.folder)), 1);
    assert.deepEqual(at.log.errors(), []);
  });

  test('each filing of a document goes out after the one before is confirmed', async (t) => {
    const at = await house(t, open);
    const kept = await at.issueOne();
    const dropped = await at.issueOne();
    const allowance = await at.allow(kept, 50);
    await at.voidAllowance(kept, allowance);
    await at.voidInvoice(dropped);
    await at.voidInvoice(kept);
    const states: string[] = [];
    for (let rounds = 0; rounds < 5; rounds += 1) {
      await at.outbox.tick();
      states.push((await at.states()).map((state) => state.replace(/ (\w).*/, '$1')).join(' '));
      await at.round();
    }
    assert.deepEqual(states, [
      'F0401h F0401h G0401h G0501h F0501h F0501h',
      'F0401c F0401c G0401h G0501h F0501h F0501h',
      'F0401c F0401c G0401c G0501h F0501c F0501h',
      'F0401c F0401c G0401c G0501c F0501c F0501h',
      'F0401c F0401c G0401c G0501c F0501c F0501c',
    ]);
    const files = messageFiles(at.folder);
    assert.equal(await assertMessagesValid(files), 6);
    assertWrittenOnce(files, 'F0401', [kept.number, dropped.number]);
    assertWrittenOnce(files, 'G0401', [allowance]);
    assert.deepEqual(at.log.errors(), []);
  });

  test('five hundred filings of two sellers go out in one tick and are confirmed', async (t) => {
    const at = await house(t, open);
    const a = await at.issue(300);
    const b = await at.issue(200, {}, SELLER_B);
    await at.outbox.tick();
    assert.deepEqual(new Set(await at.states()), new Set(['F0401 handed']));
    await at.simulator.tick();
    at.clock.advanceMs(1000);
    await at.simulator.tick();
    await at.outbox.tick();
    assert.deepEqual(new Set(await at.states()), new Set(['F0401 confirmed']));
    const files = messageFiles(at.folder);
    assert.equal(await assertMessagesValid(files), 500);
    // Both sellers have the same numbers: the seller is part of a message's name.
    assertWrittenOnce(
      files,
      'F0401',
      [...a, ...b].map(({ number }) => number),
    );
  });
});

test('a refused filing carries the code, a text and the remedy, and can be sent again', async (t) => {
  const at = await house(t);
  at.plan = { refuseEvery: { nth: 1, code: 'E0102' } };
  await at.issueOne();
  await at.round();
  const [refused] = await at.filings();
  assert.equal(refused?.state, 'refused');
  assert.equal(refused?.resultCode, 'E0102');
  assert.match(refused?.resultText ?? '', /發票號碼不在配號範圍內；請核對配號/);
  at.plan = {};
  await at.ledger.releaseFiling([
    { seller: SELLER_A.ubn, account: 'system', ip: '', sequence: refused?.sequence ?? 0 },
  ]);
  // A restart reads the old refusal again while the second attempt is on its way.
  at.clock.advanceMs(5000);
  await at.outbox.tick();
  await at.startOutbox();
  await at.outbox.tick();
  const [again] = await at.filings();
  assert.equal(again?.state, 'handed');
  assert.match(again?.fileName ?? '', /_1-2\.xml$/);
  await at.round();
  assert.deepEqual(await at.states(), ['F0401 confirmed']);
});

test('results that come twice, late and again after a restart change nothing', async (t) => {
  const at = await house(t);
  const invoice = await at.issueOne();
  await at.round();
  await at.voidInvoice(invoice);
  await at.round();
  const before = await at.filings();
  assert.deepEqual(
    before.map(({ state }) => state),
    ['confirmed', 'confirmed'],
  );
  for (const path of results(at)) cpSync(path, `${path}-again`, { preserveTimestamps: true });
  await at.startOutbox();
  at.clock.advanceMs(60_000);
  await at.outbox.tick();
  assert.deepEqual(await at.filings(), before);
  assert.equal(at.outbox.status().filesRead, 4);
});

test('an answer that is read before the file was seen to be taken confirms all the same', async (t) => {
  const at = await house(t);
  await at.issueOne();
  await at.outbox.tick();
  await at.simulator.tick();
  at.clock.advanceMs(1000);
  await at.simulator.tick();
  // As if an operator had cleaned up at once.
  rmSync(join(at.folder, 'UpCast', 'B2SSTORAGE', 'F0401', 'BAK'), { recursive: true });
  await at.startOutbox();
  await at.outbox.tick();
  assert.deepEqual(await at.states(), ['F0401 confirmed']);
});

test('without the envelope the good ones are confirmed by the daily summary', async (t) => {
  const at = await house(t);
  at.plan = { refuseEvery: { nth: 2, code: 'E0113' } };
  await at.issue(3);
  await at.outbox.tick();
  await at.simulator.tick();
  at.clock.advanceMs(1000);
  await at.simulator.tick();
  for (const stage of ['Pack', 'SendFile']) {
    rmSync(join(at.folder, stage, 'BAK'), { recursive: true });
  }
  await at.outbox.tick();
  assert.deepEqual(await at.states(), ['F0401 sent', 'F0401 refused', 'F0401 sent']);
  assert.equal(at.outbox.status().unresolvedEnvelopes, 1);
  const [alarm] = outboxAlarms(at.outbox.status(), at.clock.now());
  assert.equal(alarm?.code, 'ENVELOPE_UNRESOLVED');
  assert.match(alarm?.hint ?? '', /SummaryResult settles/);
  const today = (await at.filings())[0]?.keyDate;
  assert(today !== undefined);
  assert.equal(await at.simulator.summarize(today), 1);
  await at.outbox.tick();
  assert.deepEqual(await at.states(), ['F0401 confirmed', 'F0401 refused', 'F0401 confirmed']);
  const [, refused] = await at.filings();
  assert.equal(refused?.resultCode, 'E0113');
});

test('what Turnkey rejects is refused with a local code, and nothing else waits for it', async (t) => {
  const at = await house(t);
  const [first] = await at.issue(2);
  await at.outbox.tick();
  const source = join(at.folder, 'UpCast', 'B2SSTORAGE', 'F0401', 'SRC');
  const name = readdirSync(source).find((file) => file.includes(first?.number ?? '-'));
  assert(name !== undefined);
  spoilWritten(join(source, name), '<Invoice>');
  await at.simulator.tick();
  await at.outbox.tick();
  assert.deepEqual(await at.states(), ['F0401 refused', 'F0401 sent']);
  const [refused] = await at.filings();
  assert.equal(refused?.resultCode, 'TURNKEY_ERR');
  assert.match(refused?.resultText ?? '', /ERR/);
});

test('a filing that lacks a setting is held, and goes out once the setting is there', async (t) => {
  const at = await house(t);
  at.sellers[0] = { ...SELLER_A, address: '', memberCarrierCode: '' };
  await at.issue(2, { isPrinted: false, memberCarrierId: 'ABC' });
  await at.issueOne();
  await at.issue(1, { isPrinted: true, buyer: { ...composed(105).buyer, ubn: BUYER_UBN } });
  await at.outbox.tick();
  const held = await at.filings();
  assert.deepEqual(new Set(held.map(({ state }) => state)), new Set(['held']));
  assert(held[0]?.holds.includes('seller-address-missing'));
  assert.match(held[0]?.resultText ?? '', /\S/);
  at.sellers[0] = { ...SELLER_A, memberCarrierCode: '' };
  await at.outbox.tick();
  const half = (await at.filings()).map(({ state, holds }) => `${state} ${holds.join()}`);
  assert.deepEqual(half, [
    'held member-carrier-code-missing',
    'held member-carrier-code-missing',
    'handed ',
    'handed ',
  ]);
  at.sellers[0] = SELLER_A;
  await at.outbox.tick();
  assert.deepEqual(new Set(await at.states()), new Set(['F0401 handed']));
  assert.equal(await assertMessagesValid(messageFiles(at.folder)), 4);
});

test('while Turnkey is down, hand-over pauses at its limit and goes on after', async (t) => {
  const at = await house(t);
  await at.startOutbox({ limits: { handedOpenMax: 10, readyBatchMax: 7, handedPageMax: 3 } });
  await at.issue(25);
  for (let ticks = 0; ticks < 5; ticks += 1) await at.outbox.tick();
  const waiting = (await at.states()).filter((state) => state === 'F0401 handed');
  assert.equal(waiting.length, 10);
  for (let rounds = 0; rounds < 5; rounds += 1) await at.round();
  assert.deepEqual(new Set(await at.states()), new Set(['F0401 confirmed']));
});

test('one seller with a backlog does not keep the others waiting', async (t) => {
  const at = await house(t);
  await at.startOutbox({ limits: { readyBatchMax: 10 } });
  await at.issue(100);
  await at.issue(3, {}, SELLER_B);
  await at.outbox.tick();
  const handed = (await at.filings()).filter(({ state }) => state === 'handed');
  assert.equal(handed.filter(({ seller }) => seller === SELLER_B.ubn).length, 3);
});

test('a file that somebody took away is counted as lost and never written again', async (t) => {
  const at = await house(t);
  await at.issueOne();
  await at.outbox.tick();
  for (const file of messageFiles(at.folder)) {
    rmSync(join(at.folder, 'UpCast', 'B2SSTORAGE', file.path));
  }
  await at.outbox.tick();
  at.clock.advanceMs(20 * 60_000);
  await at.outbox.tick();
  assert.equal(at.outbox.status().filesLost, 1);
  assert.deepEqual(messageFiles(at.folder), []);
  assert.deepEqual(await at.states(), ['F0401 handed']);
});

test('a process that is not the leader touches nothing', async (t) => {
  const at = await house(t);
  let isLeader = false;
  await at.startOutbox({
    leadership: { acquire: async () => isLeader, held: () => isLeader, release: async () => {} },
  });
  await at.issueOne();
  await at.outbox.tick();
  assert.deepEqual(await at.states(), ['F0401 ready']);
  isLeader = true;
  await at.outbox.tick();
  assert.deepEqual(await at.states(), ['F0401 handed']);
  assert.equal(at.outbox.status().isLeader, true);
});

test('two processes that lead by turns hand over each message once', async (t) => {
  const at = await house(t);
  let leader = 0;
  const leadership = (own: number) => ({
    ...{ acquire: async () => leader === own, held: () => leader === own },
    release: async () => {},
  });
  const one = await at.startOutbox({ leadership: leadership(0), limits: { readyBatchMax: 3 } });
  const other = await at.startOutbox({ leadership: leadership(1), limits: { readyBatchMax: 4 } });
  const issued = await at.issue(20);
  for (let turn = 0; turn < 12; turn += 1) {
    leader = turn % 2;
    await Promise.all([one.tick(), other.tick()]);
    await at.simulator.tick();
    at.clock.advanceMs(1000);
  }
  assert.deepEqual(new Set(await at.states()), new Set(['F0401 confirmed']));
  const names = issued.map(({ number }) => number);
  assertWrittenOnce(messageFiles(at.folder), 'F0401', names);
  const codes = results(at).map((path) => readFileSync(path, 'utf8').match(/<Code>(\w+)/)?.[1]);
  assert.deepEqual(new Set(codes), new Set(['00000']));
  assert.deepEqual(at.log.errors(), []);
  await one.stop();
});

test('a clock that leaps on by months leaves no answer unread', async (t) => {
  const at = await house(t);
  await at.issueOne();
  await at.outbox.tick();
  await at.simulator.tick();
  at.clock.advanceMs(1000);
  await at.simulator.tick();
  at.clock.set('2027-03-01 10:00:00');
  for (let rounds = 0; rounds < 2; rounds += 1) await at.round();
  assert.deepEqual(await at.states(), ['F0401 confirmed']);
});

test('results of weeks ago are left alone', async (t) => {
  const at = await house(t);
  await at.issueOne();
  await at.round();
  at.clock.advanceMs((RESULT_DAYS_MAX + 2) * 86_400_000);
  await at.startOutbox();
  await at.outbox.tick();
  assert.equal(at.outbox.status().filesRead, 0);
});

test('hostile result files are left where they lie, counted, and stop nothing', async (t) => {
  const at = await house(t);
  await at.issueOne();
  await at.outbox.tick();
  await at.simulator.tick();
  at.clock.advanceMs(1000);
  await at.simulator.tick();
  const [good] = results(at);
  const folder = join(good ?? '', '..');
  const bad = {
    laughs: `<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><ProcessResult>&b;</ProcessResult>`,
    truncated: '<ProcessResult><Result><Info><Code>00000</Code>',
    encoding: Buffer.from([0x3c, 0x61, 0x3e, 0xb4, 0xfa, 0xb8, 0xd5, 0x3c, 0x2f, 0x61, 0x3e]),
    huge: Buffer.alloc(25 * 1024 * 1024, 'a'),
    empty: '',
    other: '<Something/>',
  };
  for (const [name, content] of Object.entries(bad)) {
    const path = join(folder, name);
    writeFileSync(path, content);
    utimesSync(path, at.clock.now() / 1000 - 10, at.clock.now() / 1000 - 10);
  }
  await at.outbox.tick();
  assert.deepEqual(await at.states(), ['F0401 confirmed']);
  assert.equal(at.outbox.status().filesGivenUp, 0, 'a file may still be arriving');
  at.clock.advanceMs(31_000);
  await at.outbox.tick();
  await at.outbox.tick();
  assert.equal(at.outbox.status().filesGivenUp, Object.keys(bad).length);
  assert.equal(at.log.errors().length, Object.keys(bad).length);
  assert.equal(at.outbox.status().failedSteps, 0);
  for (const name of Object.keys(bad)) assert(readdirSync(folder).includes(name));
});
