/**
 * Claims about the simulated Turnkey and platform as a program over folders: what it takes and in which
 * order, what it answers and when, what a restart keeps, what a fault plan changes.
 */
import assert from 'node:assert/strict';
import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { validateXML } from 'xmllint-wasm';
import { TestClock } from '../../../test/support/engines.ts';
import { BY_HAND, KeptLog, temporaryFolder } from '../../../test/support/mof-house.ts';
import { requireReference } from '../../../test/support/reference.ts';
import { taipeiDateOf, taipeiDateTime } from '../../domain/taipei.ts';
import type { SimulatorPlan } from './plan.ts';
import { type Simulator, startSimulator } from './simulator.ts';

const EXAMPLES = fileURLToPath(new URL('../../../examples/mig/', import.meta.url));

class Ministry {
  readonly clock = new TestClock();
  readonly log = new KeptLog();
  readonly folder: string;
  plan: SimulatorPlan = {};
  #simulator: Simulator | null = null;

  constructor(t: TestContext) {
    const { path, remove } = temporaryFolder();
    this.folder = path;
    t.after(async () => {
      await this.#simulator?.stop();
      remove();
    });
  }

  async start(): Promise<Simulator> {
    this.#simulator = await startSimulator({
      ...{ folder: this.folder, clock: this.clock, log: this.log, schedule: BY_HAND },
      plan: () => this.plan,
    });
    return this.#simulator;
  }

  /** Drops an F0401 of a number into SRC; the n-th file is n seconds old. */
  put(number: string, age = 0, change: (xml: string) => string = (xml) => xml): void {
    const xml = readFileSync(join(EXAMPLES, 'f0401-consumer-printed.xml'), 'utf8');
    this.drop(`${number}.xml`, change(xml.replace('KA10000001', number)), age);
  }

  drop(name: string, content: string | Uint8Array, age = 0): void {
    const source = join(this.folder, 'UpCast', 'B2SSTORAGE', 'F0401', 'SRC');
    mkdirSync(source, { recursive: true });
    writeFileSync(join(source, name), content);
    const time = this.clock.now() / 1000 - age;
    utimesSync(join(source, name), time, time);
  }

  /** Names of the files below a folder. */
  names(...folder: readonly string[]): readonly string[] {
    const cwd = join(this.folder, ...folder);
    const paths = globSync('**/*', { cwd }).filter((path) => statSync(join(cwd, path)).isFile());
    return paths.map((path) => basename(path)).toSorted();
  }

  /** Contents of the files below a folder, in order of their names. */
  texts(...folder: readonly string[]): readonly string[] {
    const cwd = join(this.folder, ...folder);
    const paths = globSync('**/*', { cwd }).filter((path) => statSync(join(cwd, path)).isFile());
    return paths.toSorted().map((path) => readFileSync(join(cwd, path), 'utf8'));
  }

  codes(): readonly string[] {
    return this.texts('Unpack', 'BAK', 'ProcessResult').flatMap((text) =>
      [...text.matchAll(/<Code>(\w+)</g)].map(([, code]) => code ?? ''),
    );
  }
}

const F0401 = ['UpCast', 'B2SSTORAGE', 'F0401'] as const;

test('files are taken oldest first, packed by seller, and answered within two seconds', async (t) => {
  const at = new Ministry(t);
  const simulator = await at.start();
  at.put('KA10000002', 1);
  at.put('KA10000001', 2);
  at.put('KA10000003', 3, (xml) => xml.replaceAll('12345675', '22222229'));
  await simulator.tick();
  assert.deepEqual(at.names(...F0401, 'SRC'), []);
  assert(existsSync(join(at.folder, ...F0401, 'BAK', '20261121', '10', 'KA10000001.xml')));
  const envelopes = at.texts('Pack', 'BAK');
  assert.deepEqual(
    envelopes.map((text) => [...text.matchAll(/<InvoiceNumber>(\w+)/g)].map(([, n]) => n).join()),
    ['KA10000001,KA10000002', 'KA10000003'],
  );
  assert.deepEqual(at.texts('SendFile', 'BAK'), envelopes);
  assert.deepEqual(at.codes(), []);
  at.clock.advanceMs(1000);
  await simulator.tick();
  assert.deepEqual(at.codes(), ['00000', '00000']);
});

test('what is malformed goes to ERR, what is empty or a link stays', async (t) => {
  const at = new Ministry(t);
  const simulator = await at.start();
  at.put('KA10000001');
  at.drop('cut.xml', '<Invoice><Main>');
  at.drop('big5.xml', Uint8Array.of(0x3c, 0xb4, 0xfa, 0x3e));
  at.drop('huge.xml', Buffer.alloc(25 * 1024 * 1024, 'a'));
  at.drop('empty.xml', '');
  symlinkSync('/etc/hostname', join(at.folder, ...F0401, 'SRC', 'link.xml'));
  await simulator.tick();
  assert.deepEqual(at.names(...F0401, 'ERR'), ['big5.xml', 'cut.xml', 'huge.xml']);
  assert.deepEqual(at.names(...F0401, 'BAK'), ['KA10000001.xml']);
  assert(at.names(...F0401, 'SRC').includes('empty.xml'));
  assert.deepEqual(at.log.errors(), []);
});

test('a mixed envelope is partly successful and names what failed', async (t) => {
  const at = new Ministry(t);
  const simulator = await at.start();
  at.put('KA10000001', 3);
  at.put('KA10000002', 2, (xml) => xml.replace('<Quantity>1<', '<Quantity>0<'));
  at.put('KA10000003', 1);
  await simulator.tick();
  at.clock.advanceMs(1000);
  await simulator.tick();
  assert.deepEqual(at.codes(), ['E0504', 'E0106']);
  const [result] = at.texts('Unpack', 'BAK', 'ProcessResult');
  assert.match(result ?? '', /No\. 2 .*<Parameter0>KA10000002<.*<Parameter1>20261121</);
});

test('a restart keeps what is stored, what waits, and moves what was packed', async (t) => {
  const at = new Ministry(t);
  let simulator = await at.start();
  at.put('KA10000001');
  await simulator.tick();
  // The stop came after packing and before moving: the file still lies in SRC.
  at.put('KA10000001');
  simulator = await at.start();
  at.clock.advanceMs(1000);
  await simulator.tick();
  assert.deepEqual(at.codes(), ['00000']);
  assert.equal(at.names('Pack', 'BAK').length, 1);
  simulator = await at.start();
  at.put('KA10000001');
  await simulator.tick();
  at.clock.advanceMs(1000);
  await simulator.tick();
  assert.deepEqual(at.codes(), ['00000', 'E0201']);
});

test('a stop between judging and answering does not judge twice', async (t) => {
  const at = new Ministry(t);
  let simulator = await at.start();
  at.put('KA10000001');
  at.put('KA10000002', 0, (xml) => xml.replace('<Quantity>1<', '<Quantity>0<'));
  await simulator.tick();
  // Answers cannot be sent: a file lies where the folder of results should be.
  const results = join(at.folder, 'Unpack', 'BAK', 'ProcessResult');
  mkdirSync(join(results, '..'), { recursive: true });
  writeFileSync(results, '');
  at.clock.advanceMs(1000);
  await simulator.tick();
  assert.equal(at.log.errors().length, 1);
  rmSync(results);
  simulator = await at.start();
  await simulator.tick();
  assert.deepEqual(at.codes(), ['E0504', 'E0106']);
});

test('a fault plan makes answers slow, absent, or refusals', async (t) => {
  const at = new Ministry(t);
  const simulator = await at.start();
  at.plan = { slowerByMs: 5000 };
  at.put('KA10000001');
  await simulator.tick();
  at.clock.advanceMs(3000);
  await simulator.tick();
  assert.deepEqual(at.codes(), []);
  at.plan = { isSilent: true };
  at.clock.advanceMs(60_000);
  await simulator.tick();
  assert.deepEqual(at.codes(), []);
  at.plan = { refuseEvery: { nth: 2, code: 'E0113' } };
  at.put('KA10000002', 1);
  at.put('KA10000003');
  await simulator.tick();
  at.clock.advanceMs(1000);
  await simulator.tick();
  assert.deepEqual(at.codes(), ['00000', 'E0504', 'E0113']);
});

test('a summary of a day counts what was good and what failed', async (t) => {
  const at = new Ministry(t);
  const simulator = await at.start();
  at.put('KA10000001', 2);
  at.put('KA10000002', 1, (xml) => xml.replace('<Quantity>1<', '<Quantity>0<'));
  await simulator.tick();
  at.clock.advanceMs(1000);
  await simulator.tick();
  const today = taipeiDateOf(taipeiDateTime(at.clock.now()));
  assert.equal(await simulator.summarize(today), 1);
  const [summary] = at.texts('Unpack', 'BAK', 'SummaryResult');
  assert.deepEqual(
    [...(summary ?? '').matchAll(/<(Total|Good|Failed)><\w+><Count>(\d+)/g)].map(
      ([, part, count]) => `${part} ${count}`,
    ),
    ['Total 2', 'Good 1', 'Failed 1'],
  );
  at.clock.set('2026-11-22 10:00:00');
  assert.equal(await simulator.summarize(taipeiDateOf(taipeiDateTime(at.clock.now()))), 0);
});

test('an emptied folder is a Ministry that knows nothing', async (t) => {
  const at = new Ministry(t);
  let simulator = await at.start();
  for (let turn = 0; turn < 2; turn += 1) {
    at.put('KA10000001');
    await simulator.tick();
    at.clock.advanceMs(1000);
    await simulator.tick();
    assert.deepEqual(at.codes(), ['00000']);
    await simulator.stop();
    rmSync(at.folder, { recursive: true });
    simulator = await at.start();
  }
});

test("results and envelopes satisfy the Ministry's own schemas", async (t) => {
  const folder = requireReference(t, 'mig-xsd', 'common');
  if (folder === null) return;
  const at = new Ministry(t);
  const simulator = await at.start();
  at.put('KA10000001', 2);
  at.put('KA10000002', 1, (xml) => xml.replace('<Quantity>1<', '<Quantity>0<'));
  await simulator.tick();
  at.clock.advanceMs(1000);
  await simulator.tick();
  const schemas = {
    'v40/ProcessResult.xsd': at.texts('Unpack', 'BAK', 'ProcessResult'),
    'v41/InvoiceEnvelope.xsd': at.texts('Pack', 'BAK'),
  };
  for (const [path, texts] of Object.entries(schemas)) {
    const included = path.startsWith('v40') ? 'GenericResult_4.0.xsd' : 'GenericType_4.0.xsd';
    const schema = readFileSync(join(folder, path), 'utf8').replace(`../${included}`, included);
    const { valid, errors } = await validateXML({
      xml: texts.map((contents, index) => ({ fileName: `${index}.xml`, contents })),
      schema: [{ fileName: basename(path), contents: schema }],
      preload: [{ fileName: included, contents: readFileSync(join(folder, included), 'utf8') }],
    });
    assert(valid, `${path}: ${errors.map(({ message }) => message).join('\n')}`);
  }
});
