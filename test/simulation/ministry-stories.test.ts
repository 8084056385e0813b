/**
 * Days on which the way to the Ministry goes wrong: a slow platform, one that is silent for a day, results that come
 * in another order, twice, cut in half, under names nobody knows, a Turnkey that stands still, refusals. After
 * each nothing is lost or sent twice, and while it lasts an alarm says what to do.
 */
import assert from 'node:assert/strict';
import { globSync, mkdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { findAlarms } from '../../src/api/alarms.ts';
import { parseUbn } from '../../src/domain/ubn.ts';
import { checkTable } from '../../src/mof/mig/check-table.ts';
import { E0501 } from '../../src/mof/mig/e0501.ts';
import { E0504 } from '../../src/mof/mig/e0504.ts';
import { readMessage } from '../../src/mof/mig/read-message.ts';
import { outboxAlarms } from '../../src/mof/turnkey/alarms.ts';
import { SELLER_A, SELLER_B } from '../support/demo.ts';
import { MofHouse } from '../support/mof-house.ts';

const DAY_MS = 86_400_000;

async function house(t: TestContext): Promise<MofHouse> {
  const at = await MofHouse.open();
  t.after(() => at.close());
  return at.start();
}

async function alarms(at: MofHouse): Promise<readonly string[]> {
  const ofOutbox = outboxAlarms(at.outbox.status(), at.clock.now());
  const ofSeller = await findAlarms(at.ledger.reads, at.clock, SELLER_A.ubn);
  for (const { hint } of [...ofOutbox, ...ofSeller]) assert.match(hint, /\w{3}/, 'a remedy');
  return [...ofOutbox, ...ofSeller]
    .map(({ code }) => code)
    .filter((code) => code !== 'BOOK_MISSING');
}

/** Every filing confirmed, every number packed exactly once. */
async function assertAllOnce(at: MofHouse, numbers: readonly string[]): Promise<void> {
  assert.deepEqual(new Set(await at.states()), new Set(['F0401 confirmed']));
  const packed = globSync('Pack/BAK/*/*/*', { cwd: at.folder }).flatMap((path) => [
    ...readFileSync(join(at.folder, path), 'utf8').matchAll(/<InvoiceNumber>(\w+)</g),
  ]);
  assert.deepEqual(packed.map(([, number]) => number).toSorted(), numbers.toSorted());
}

async function rounds(at: MofHouse, count: number): Promise<void> {
  for (let round = 0; round < count; round += 1) await at.round();
}

test('a slow platform: an hour late, an alarm, then everything at once', async (t) => {
  const at = await house(t);
  at.plan = { slowerByMs: 2 * 3_600_000 };
  const numbers = (await at.issue(20)).map(({ number }) => number);
  await rounds(at, 2);
  at.clock.advanceMs(3_700_000);
  await at.outbox.tick();
  assert.deepEqual(new Set(await alarms(at)), new Set(['NO_RESULTS', 'FILING_UNCONFIRMED']));
  at.clock.advanceMs(3_700_000);
  await rounds(at, 2);
  assert.deepEqual(await alarms(at), []);
  await assertAllOnce(at, numbers);
});

test('a silent platform for a day: invoices go on, each is confirmed once it speaks', async (t) => {
  const at = await house(t);
  at.plan = { isSilent: true };
  const numbers: string[] = [];
  for (let hour = 0; hour < 24; hour += 1) {
    numbers.push(...(await at.issue(2)).map(({ number }) => number));
    await rounds(at, 1);
    at.clock.advanceMs(3_600_000);
  }
  await at.outbox.tick();
  assert((await alarms(at)).includes('NO_RESULTS'));
  at.plan = {};
  await rounds(at, 4);
  assert.deepEqual(await alarms(at), []);
  await assertAllOnce(at, numbers);
});

test('a Turnkey that stands still for hours, over a restart of Kaili', async (t) => {
  const at = await house(t);
  at.plan = { isTurnkeyDown: true };
  const numbers = (await at.issue(10)).map(({ number }) => number);
  await rounds(at, 2);
  at.clock.advanceMs(2 * 3_600_000);
  await at.startOutbox();
  numbers.push(...(await at.issue(10)).map(({ number }) => number));
  await rounds(at, 2);
  assert.equal((await alarms(at))[0], 'TURNKEY_TAKES_NOTHING');
  at.plan = {};
  await rounds(at, 3);
  assert.deepEqual(await alarms(at), []);
  await assertAllOnce(at, numbers);
});

/** Paths of the ProcessResults, relative to the folder. */
function results(at: MofHouse): readonly string[] {
  return globSync('Unpack/BAK/ProcessResult/**/*.ProcessResult', { cwd: at.folder }).toSorted();
}

test('results in another order, twice, and under names nobody knows', async (t) => {
  const at = await house(t);
  at.plan = { duplicateEvery: 1 };
  const numbers: string[] = [];
  for (let batch = 0; batch < 4; batch += 1) {
    numbers.push(...(await at.issue(3)).map(({ number }) => number));
    await at.outbox.tick();
    await at.simulator.tick();
    at.clock.advanceMs(1000);
    await at.simulator.tick();
  }
  // The newest seem the oldest, and none has a name that says anything.
  for (const [index, path] of results(at).toReversed().entries()) {
    const renamed = join(at.folder, path, '..', `x${index}`);
    renameSync(join(at.folder, path), renamed);
    const time = at.clock.now() / 1000 + index;
    utimesSync(renamed, time, time);
  }
  await rounds(at, 2);
  assert.deepEqual(await alarms(at), []);
  await assertAllOnce(at, numbers);
});

test('half a result: an alarm names the file, and the day’s summary settles it', async (t) => {
  const at = await house(t);
  at.plan = { truncateEvery: 1 };
  const numbers = (await at.issue(5)).map(({ number }) => number);
  await rounds(at, 1);
  at.clock.advanceMs(40_000);
  await rounds(at, 2);
  assert.deepEqual(await alarms(at), ['RESULT_UNREADABLE']);
  assert.deepEqual(new Set(await at.states()), new Set(['F0401 sent']));
  at.plan = {};
  at.clock.advanceMs(DAY_MS);
  await rounds(at, 2);
  await assertAllOnce(at, numbers);
  assert.deepEqual(await alarms(at), ['RESULT_UNREADABLE']);
});

test('refusals by the nth: each has its code and remedy, and goes out after a person’s release', async (t) => {
  const at = await house(t);
  at.plan = { refuseEvery: { nth: 4, code: 'E0113' } };
  await at.issue(12);
  await rounds(at, 2);
  const refused = (await at.filings()).filter(({ state }) => state === 'refused');
  assert.equal(refused.length, 3);
  assert.deepEqual(await alarms(at), ['FILING_REFUSED']);
  at.plan = {};
  const from = ['refused'] as const;
  await at.ledger.resendFiling(
    refused.map(({ seller, sequence }) => {
      return { seller, account: 'api', ip: '', sequence, from, reason: '字軌已更正' };
    }),
  );
  at.clock.advanceMs(1000);
  await rounds(at, 2);
  assert.deepEqual(await alarms(at), []);
  assert.deepEqual(new Set(await at.states()), new Set(['F0401 confirmed']));
});

test('an answer for a document that nobody filed here settles nothing and is named', async (t) => {
  const at = await house(t);
  const numbers = (await at.issue(1)).map(({ number }) => number);
  await rounds(at, 1);
  const [path] = results(at);
  assert(path !== undefined);
  const unknown = readFileSync(join(at.folder, path), 'utf8').replace(
    /<Info>.*<\/Info>/s,
    '<Info><Code>E0102</Code><Parameter0>ZZ00000001</Parameter0><Parameter1>20261121</Parameter1></Info>',
  );
  const other = join(at.folder, path, '..', 'never-seen-before');
  writeFileSync(other, unknown);
  const time = at.clock.now() / 1000;
  utimesSync(other, time, time);
  await at.outbox.tick();
  assert.deepEqual(await alarms(at), ['ANSWER_UNKNOWN']);
  await assertAllOnce(at, numbers);
});

test('two sellers with a Turnkey each: folders apart, one that is missing holds up only its own', async (t) => {
  const at = await MofHouse.open();
  t.after(() => at.close());
  mkdirSync(join(at.folder, SELLER_A.ubn), { recursive: true });
  await at.startOutbox({ layout: 'per-seller', isFolderRequired: true });
  await at.issue(2);
  await at.issue(2, {}, SELLER_B);
  await at.outbox.tick();
  const states = await at.states();
  assert.deepEqual(states.toSorted(), [
    ...['F0401 handed', 'F0401 handed'],
    ...['F0401 ready', 'F0401 ready'],
  ]);
  const [failed] = outboxAlarms(at.outbox.status(), at.clock.now());
  assert.match(failed?.subject ?? '', /folders: .*22222229.*does not exist/);
  mkdirSync(join(at.folder, SELLER_B.ubn));
  await at.outbox.tick();
  assert.deepEqual(new Set(await at.states()), new Set(['F0401 handed']));
  assert.deepEqual(outboxAlarms(at.outbox.status(), at.clock.now()), []);
  for (const { ubn } of [SELLER_A, SELLER_B]) {
    const source = `${ubn}/UpCast/B2SSTORAGE/F0401/SRC/*_${ubn}_*.xml`;
    assert.equal(globSync(source, { cwd: at.folder }).length, 2);
  }
});

test('the platform sends numbers before a period and the winners after its draw, in their forms', async (t) => {
  const at = await house(t);
  assert.equal(parseUbn(SELLER_A.ubn), SELLER_A.ubn);
  await at.issue(2);
  await rounds(at, 2);
  at.clock.set('2026-10-20 09:00:00');
  await at.simulator.tick();
  const assigned = globSync('Unpack/BAK/E0501/**/*.E0501', { cwd: at.folder });
  assert.equal(assigned.length, 2, 'a range of each seller');
  const envelope = readFileSync(join(at.folder, assigned[0] ?? ''), 'utf8');
  const body = /<InvoiceAssignNo.*<\/InvoiceAssignNo>/s.exec(envelope)?.[0] ?? '';
  const numbers = readMessage(E0501, body);
  assert(numbers.value !== null, JSON.stringify(numbers.problems));
  assert.deepEqual(checkTable(E0501, numbers.value), []);
  at.clock.set('2027-01-24 23:00:00');
  await at.simulator.tick();
  assert.equal(globSync('Unpack/BAK/E0504/**/*.xml', { cwd: at.folder }).length, 0);
  at.clock.set('2027-01-25 00:00:01');
  for (let ticks = 0; ticks < 2; ticks += 1) await at.simulator.tick();
  const lists = globSync('Unpack/BAK/E0504/**/*.xml', { cwd: at.folder });
  assert.equal(lists.length, 1, 'once');
  const winners = readMessage(E0504, readFileSync(join(at.folder, lists[0] ?? ''), 'utf8'));
  assert(winners.value !== null, JSON.stringify(winners.problems));
  assert.deepEqual([...winners.problems, ...checkTable(E0504, winners.value)], []);
});
