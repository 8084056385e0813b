/** Claims about the outbox's alarms: each appears with its cause, names the remedy, and ends with the cause. */
import assert from 'node:assert/strict';
import {
  chmodSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { MofHouse } from '../../../test/support/mof-house.ts';
import { outboxAlarms } from './alarms.ts';
import { diskFiles, type FileSystem } from './file-system.ts';

async function house(t: TestContext): Promise<MofHouse> {
  const at = await MofHouse.open();
  t.after(() => at.close());
  return at.start();
}

function codes(at: MofHouse): readonly string[] {
  return outboxAlarms(at.outbox.status(), at.clock.now()).map(({ code }) => code);
}

function hintOf(at: MofHouse, code: string): string {
  const found = outboxAlarms(at.outbox.status(), at.clock.now()).find((each) => each.code === code);
  return `${found?.subject} — ${found?.hint}`;
}

/** Within a minute of the simulated clock the alarm is there. */
async function afterAMinute(at: MofHouse): Promise<readonly string[]> {
  at.clock.advanceMs(60_000);
  await at.outbox.tick();
  return codes(at);
}

async function recovers(at: MofHouse): Promise<void> {
  at.clock.advanceMs(60_000);
  for (let rounds = 0; rounds < 3; rounds += 1) await at.round();
  assert.deepEqual(codes(at), []);
  assert.deepEqual(new Set(await at.states()), new Set(['F0401 confirmed']));
  const taken = globSync('Pack/BAK/*/*/*', { cwd: at.folder }).flatMap((path) => [
    ...readFileSync(join(at.folder, path), 'utf8').matchAll(/<InvoiceNumber>(\w+)</g),
  ]);
  assert.equal(taken.length, (await at.states()).length, 'each was taken once');
}

const SOURCE = ['UpCast', 'B2SSTORAGE', 'F0401', 'SRC'] as const;

test('a Turnkey that takes nothing is named within a minute; issuing goes on', async (t) => {
  const at = await house(t);
  await at.issueOne();
  await at.outbox.tick();
  assert.deepEqual(codes(at), []);
  assert.deepEqual(await afterAMinute(at), ['TURNKEY_TAKES_NOTHING']);
  assert.match(hintOf(at, 'TURNKEY_TAKES_NOTHING'), /F0401_.*Turnkey runs/);
  await at.issue(3);
  await recovers(at);
});

test('SRC replaced by a file is named, and nothing more is promised meanwhile', async (t) => {
  const at = await house(t);
  await at.issueOne();
  await at.outbox.tick();
  const source = join(at.folder, ...SOURCE);
  renameSync(source, `${source}.away`);
  writeFileSync(source, '');
  await at.issue(5);
  assert((await afterAMinute(at)).includes('OUTBOX_STEP_FAILED'));
  assert.match(hintOf(at, 'OUTBOX_STEP_FAILED'), /ENOTDIR.*a file lies where a folder should be/);
  const waiting = (await at.states()).filter((state) => state === 'F0401 ready');
  assert.equal(waiting.length, 5);
  rmSync(source);
  renameSync(`${source}.away`, source);
  await recovers(at);
});

/** What the operating system refuses: writing, the rename into SRC, looking there, looking for answers. */
const BROKEN: Readonly<Record<string, (error: Error) => Partial<FileSystem>>> = {
  write: (error) => ({
    async write(path, bytes) {
      if (path.endsWith('.tmp')) return diskFiles.write(path, bytes);
      await diskFiles.write(path, bytes.slice(0, 10));
      throw error;
    },
  }),
  rename: (error) => ({ rename: () => Promise.reject(error) }),
  'list SRC': (error) => ({
    list: (path) => (path.endsWith('SRC') ? Promise.reject(error) : diskFiles.list(path)),
  }),
  'list results': (error) => ({
    list: (path) => (path.includes('Unpack') ? Promise.reject(error) : diskFiles.list(path)),
  }),
};

for (const [code, remedy, operations] of [
  ['ENOSPC', /the disk is full/, ['write', 'rename']],
  ['EACCES', /a right is missing/, ['write', 'rename', 'list SRC', 'list results']],
  ['EROFS', /mounted read-only/, ['write', 'rename']],
  ['EIO', /the device or share fails/, ['write', 'rename', 'list SRC', 'list results']],
] as const) {
  for (const operation of operations) {
    test(`${code} on ${operation} is named with its remedy, issuing goes on, all recovers by itself`, async (t) => {
      const at = await house(t);
      const error = Object.assign(new Error(`${code}: '${operation}'`), { code });
      const broken: FileSystem = { ...diskFiles, ...BROKEN[operation]?.(error) };
      let isBroken = false;
      const files: FileSystem = {
        ...diskFiles,
        write: (...given) => (isBroken ? broken : diskFiles).write(...given),
        rename: (...given) => (isBroken ? broken : diskFiles).rename(...given),
        list: (...given) => (isBroken ? broken : diskFiles).list(...given),
      };
      await at.startOutbox({ files });
      await at.issue(5);
      await at.round();
      isBroken = true;
      // SRC is looked into only while something lies there.
      if (operation === 'list SRC') at.plan = { isTurnkeyDown: true };
      await at.issue(5);
      await at.round();
      assert((await afterAMinute(at)).includes('OUTBOX_STEP_FAILED'));
      assert.match(hintOf(at, 'OUTBOX_STEP_FAILED'), remedy);
      await at.issue(5);
      isBroken = false;
      at.plan = {};
      await recovers(at);
    });
  }
}

test('a new seller whose folders cannot be made is named, the others go on', async (t) => {
  const at = await MofHouse.open();
  t.after(() => at.close());
  mkdirSync(at.folder, { recursive: true });
  const other = at.sellers.pop();
  await at.startOutbox({ layout: 'per-seller' });
  await at.issue(2);
  writeFileSync(join(at.folder, other?.ubn ?? ''), '');
  if (other !== undefined) at.sellers.push(other);
  await at.issue(2, {}, other);
  assert((await afterAMinute(at)).includes('OUTBOX_STEP_FAILED'));
  assert.match(hintOf(at, 'OUTBOX_STEP_FAILED'), /22222229.*folder|22222229.*file/);
  const states = (await at.states()).toSorted();
  assert.deepEqual(states, ['F0401 handed', 'F0401 handed', 'F0401 ready', 'F0401 ready']);
  rmSync(join(at.folder, other?.ubn ?? ''));
  await at.outbox.tick();
  assert.deepEqual(new Set(await at.states()), new Set(['F0401 handed']));
});

test('a folder without rights is named, whoever runs the test', { skip: rootSkip() }, async (t) => {
  const at = await house(t);
  await at.issueOne();
  chmodSync(join(at.folder, ...SOURCE), 0o000);
  t.after(() => chmodSync(join(at.folder, ...SOURCE), 0o700));
  assert((await afterAMinute(at)).includes('OUTBOX_STEP_FAILED'));
  chmodSync(join(at.folder, ...SOURCE), 0o700);
  await recovers(at);
});

function rootSkip(): string | false {
  return process.getuid?.() === 0 ? 'root may read every folder' : false;
}

test('an hour without any result is named within a minute', async (t) => {
  const at = await house(t);
  at.plan = { isSilent: true };
  await at.issueOne();
  await at.outbox.tick();
  await at.simulator.tick();
  await at.outbox.tick();
  at.clock.advanceMs(3_500_000);
  await at.outbox.tick();
  assert.deepEqual(codes(at), []);
  at.clock.advanceMs(60_000);
  assert((await afterAMinute(at)).includes('NO_RESULTS'));
  assert.match(hintOf(at, 'NO_RESULTS'), /unpacking/);
  await at.issue(3);
  at.plan = {};
  await recovers(at);
});

test('silence is named also by a process that starts in the midst of it', async (t) => {
  const at = await house(t);
  await at.issueOne();
  for (let rounds = 0; rounds < 2; rounds += 1) await at.round();
  at.clock.advanceMs(10_000);
  at.plan = { isSilent: true };
  await at.issueOne();
  await at.round();
  at.clock.advanceMs(3_600_000);
  await at.startOutbox();
  assert((await afterAMinute(at)).includes('NO_RESULTS'));
  await at.startOutbox();
  assert((await afterAMinute(at)).includes('NO_RESULTS'));
  at.plan = {};
  await recovers(at);
  await at.startOutbox();
  assert.deepEqual(await afterAMinute(at), [], 'a start after the answers says nothing');
});

/** A ProcessResult as the platform writes it, about any message of any seller. */
function putResult(at: MofHouse, name: string, seller: string, number: string): void {
  const folder = join(at.folder, 'Unpack', 'BAK', 'ProcessResult', '20261121', '10');
  mkdirSync(folder, { recursive: true });
  const party = `<PartyId>${seller}</PartyId>`;
  const text = [
    '<ProcessResult><RoutingInfo>',
    `<From>${party}</From><To><PartyId>0000000000</PartyId></To></RoutingInfo>`,
    `<MessageInfo><Id>4.1-F0401-20261121-100000000-x-${name}</Id><Size>1</Size>`,
    '<MessageType>F0401</MessageType></MessageInfo><Result>',
    `<Info><Code>E0102</Code><Parameter0>${number}</Parameter0><Parameter1>20261121</Parameter1></Info>`,
    '</Result></ProcessResult>',
  ].join('');
  writeFileSync(join(folder, name), text);
  const time = at.clock.now() / 1000;
  utimesSync(join(folder, name), time, time);
}

test('an answer about an unknown message, or for another seller, is named with its number', async (t) => {
  const at = await house(t);
  await at.issueOne();
  putResult(at, 'unknown', '12345675', 'ZZ99999999');
  assert.deepEqual(await afterAMinute(at), ['TURNKEY_TAKES_NOTHING', 'ANSWER_UNKNOWN'].slice(1));
  assert.match(hintOf(at, 'ANSWER_UNKNOWN'), /ZZ99999999/);
  putResult(at, 'foreign', '97025978', 'YY11111111');
  assert((await afterAMinute(at)).includes('ANSWER_OF_ANOTHER_SELLER'));
  assert.match(hintOf(at, 'ANSWER_OF_ANOTHER_SELLER'), /YY11111111.*not set up here/);
  await at.issue(2);
  for (let rounds = 0; rounds < 2; rounds += 1) await at.round();
  at.clock.advanceMs(25 * 3_600_000);
  await at.outbox.tick();
  assert.deepEqual(codes(at), []);
  assert.deepEqual(new Set(await at.states()), new Set(['F0401 confirmed']));
});

test('a Turnkey whose clock is an hour off is named, either way, and loses nothing', async (t) => {
  for (const offsetMs of [-3_600_000, 3_600_000]) {
    const at = await house(t);
    await at.issueOne();
    await at.outbox.tick();
    at.clock.advanceMs(offsetMs);
    await at.simulator.tick();
    at.clock.advanceMs(1000);
    await at.simulator.tick();
    at.clock.advanceMs(-offsetMs);
    await at.outbox.tick();
    assert.deepEqual(await at.states(), ['F0401 confirmed'], String(offsetMs));
    assert.deepEqual(codes(at), ['CLOCK_DIFFERS'], String(offsetMs));
    assert.match(hintOf(at, 'CLOCK_DIFFERS'), /NTP/);
  }
});

test('half a result is named until it is whole', async (t) => {
  const at = await house(t);
  await at.issueOne();
  await at.round();
  const [path] = globSync('Unpack/BAK/ProcessResult/**/*.ProcessResult', { cwd: at.folder });
  assert(path !== undefined);
  const whole = readFileSync(join(at.folder, path), 'utf8');
  const other = join(at.folder, path.replace('.ProcessResult', '-2.ProcessResult'));
  writeFileSync(other, whole.slice(0, whole.length / 2));
  await at.outbox.tick();
  assert.deepEqual(await afterAMinute(at), ['RESULT_UNREADABLE']);
  writeFileSync(other, whole);
  await at.outbox.tick();
  await at.outbox.tick();
  assert.deepEqual(codes(at), []);
});

test('a file that somebody took away is named with the way to send it again', async (t) => {
  const at = await house(t);
  await at.issueOne();
  await at.outbox.tick();
  rmSync(join(at.folder, ...SOURCE), { recursive: true });
  mkdirSync(join(at.folder, ...SOURCE));
  await at.outbox.tick();
  at.clock.advanceMs(11 * 60_000);
  assert.deepEqual(await afterAMinute(at), ['FILE_LOST']);
  assert.match(hintOf(at, 'FILE_LOST'), /F0401_.*resend/);
});
