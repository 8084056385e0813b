/**
 * Claims about the simulated platform's exchange: the 14 orders of messages that the Ministry's self-test knows are
 * taken, others are refused. The same 14 cases from the wire on are in test/simulation/self-test-exchange.test.ts.
 */
import assert from 'node:assert/strict';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { TestClock } from '../../../test/support/engines.ts';
import { EXCHANGE_CASES } from '../../../test/support/mig-exchange-cases.ts';
import { checkAllAgainstSchema } from '../../../test/support/mig-schema.ts';
import { BY_HAND, KeptLog, temporaryFolder } from '../../../test/support/mof-house.ts';
import { referenceFolder } from '../../../test/support/reference.ts';
import { startSimulator } from './simulator.ts';

const RESULTS = 'Unpack/BAK/ProcessResult/**/*.ProcessResult';

/** What the platform says to messages one after another, each answered before the next goes. */
async function answers(t: TestContext, messages: readonly string[]): Promise<readonly string[]> {
  const { path: folder, remove } = temporaryFolder();
  const clock = new TestClock('2026-12-10 10:00:00');
  const log = new KeptLog();
  const simulator = await startSimulator({ folder, clock, log, schedule: BY_HAND });
  t.after(async () => {
    await simulator.stop();
    remove();
  });
  const codes: string[] = [];
  const seen = new Set<string>();
  const sent: string[] = [];
  for (const message of messages) {
    const composed = EXCHANGE_CASES[message.toLowerCase()]?.composed;
    assert(composed?.ok === true, `${message} is composed`);
    const source = join(folder, 'UpCast', 'B2BEXCHANGE', message, 'SRC');
    mkdirSync(source, { recursive: true });
    writeFileSync(join(source, `${sent.length}.xml`), composed.xml);
    sent.push(composed.xml);
    await simulator.tick();
    clock.advanceMs(1000);
    await simulator.tick();
    const [result, ...others] = globSync(RESULTS, { cwd: folder }).filter(
      (path) => !seen.has(path),
    );
    assert(result !== undefined && others.length === 0, `${message} is answered by itself (E0140)`);
    seen.add(result);
    const text = readFileSync(join(folder, result), 'utf8');
    codes.push(/<Code>(\w+)</.exec(text)?.[1] ?? '');
  }
  assert.deepEqual(log.errors(), []);
  if (referenceFolder() !== null) {
    assert.deepEqual((await checkAllAgainstSchema(sent)).flat(), []);
  }
  return codes;
}

const CASES: Readonly<Record<string, readonly string[]>> = {
  '1 A0101: issue': ['A0101'],
  '2 A0102: issue, confirm': ['A0101', 'A0102'],
  '3 A0301: issue, return': ['A0101', 'A0301'],
  '4 A0302: issue, return, confirm the return': ['A0101', 'A0301', 'A0302'],
  '5 A0201 (1): issue, void': ['A0101', 'A0201'],
  '6 A0201 (2): issue, confirm, void': ['A0101', 'A0102', 'A0201'],
  '7 A0202 (1): issue, void, confirm the void': ['A0101', 'A0201', 'A0202'],
  '8 A0202 (2): issue, confirm, void, confirm the void': ['A0101', 'A0102', 'A0201', 'A0202'],
  '9 B0101: allowance': ['A0101', 'B0101'],
  '10 B0102: allowance, confirm': ['A0101', 'B0101', 'B0102'],
  '11 B0201 (1): allowance, confirm, void it': ['A0101', 'B0101', 'B0102', 'B0201'],
  '12 B0201 (2): allowance, void it': ['A0101', 'B0101', 'B0201'],
  '13 B0202 (1): allowance, confirm, void it, confirm that': [
    ...['A0101', 'B0101', 'B0102', 'B0201', 'B0202'],
  ],
  '14 B0202 (2): allowance, void it, confirm that': ['A0101', 'B0101', 'B0201', 'B0202'],
};

for (const [name, messages] of Object.entries(CASES)) {
  test(`case ${name}`, async (t) => {
    assert.deepEqual(await answers(t, messages), Array(messages.length).fill('00000'));
  });
}

test('out of order, or twice, the platform refuses with a reason', async (t) => {
  assert.deepEqual(await answers(t, ['A0101', 'A0101']), ['00000', 'E0201']);
  assert.deepEqual(await answers(t, ['A0102', 'A0201', 'B0102']), ['E0202', 'E0202', 'E0205']);
  const withAllowance = await answers(t, ['A0101', 'B0101', 'A0201']);
  assert.deepEqual(withAllowance, ['00000', '00000', 'E0213']);
});

const OUT_OF_TURN: readonly (readonly [readonly string[], string])[] = [
  [['A0101', 'A0102', 'A0102'], 'E0201'],
  [['A0101', 'A0301', 'A0102'], 'E0401'],
  [['A0101', 'A0301', 'A0201'], 'E0401'],
  [['A0101', 'A0202'], 'E0203'],
  [['A0101', 'A0201', 'A0202', 'A0102'], 'E0402'],
  [['A0101', 'A0201', 'A0202', 'A0201'], 'E0402'],
  [['A0101', 'A0102', 'A0301'], 'E0214'],
  [['A0101', 'A0302'], 'E0204'],
  [['A0101', 'B0101', 'B0202'], 'E0206'],
  [['A0101', 'B0101', 'B0201', 'B0202', 'B0102'], 'E0217'],
  [['A0101', 'B0101', 'B0201', 'B0202', 'B0201'], 'E0218'],
];

for (const [messages, code] of OUT_OF_TURN) {
  test(`${messages.join(', ')}: the last is out of turn, ${code}`, async (t) => {
    const before = messages.slice(1).map(() => '00000');
    assert.deepEqual(await answers(t, messages), [...before, code]);
  });
}
