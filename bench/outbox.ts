/**
 * How fast the outbox hands over: `node --expose-gc bench/outbox.ts [--filings 100000] [--engine sqlite|postgres]`. So
 * many filings wait; in rounds, a tick fills SRC and a stand-in for Turnkey empties it. In turns with the rounds, a loop
 * that only writes, flushes and renames the same bytes with the same number of files at a time.
 * How to read it: bench/README.md.
 */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseTrack } from '../src/domain/invoice-number.ts';
import { periodOf } from '../src/domain/period.ts';
import { taipeiDateOf, taipeiDateTime } from '../src/domain/taipei.ts';
import type { Ledger } from '../src/ledger/ledger.ts';
import { type Outbox, startOutbox } from '../src/mof/turnkey/outbox.ts';
import { OUTBOX_LIMITS } from '../src/mof/turnkey/outbox-context.ts';
import { WRITES_AT_ONCE_MAX } from '../src/mof/turnkey/place-file.ts';
import { systemClock } from '../src/server/clock.ts';
import { openThreadedLedger } from '../src/server/ledger-thread/open-ledger.ts';
import { makeSharedOffset } from '../src/server/thread-clock.ts';
import { openStore, type StoreOptions } from '../src/storage/open.ts';
import { accepted, composed, SELLER_A } from '../test/support/demo.ts';
import { accountsOf, BY_HAND, KeptLog } from '../test/support/mof-house.ts';
import { startTestCluster } from '../test/support/postgres.ts';

const ISSUED_AT_ONCE = 500;
/** One tick's number of filings, and as many as may lie in SRC. */
const ROUND_FILINGS = OUTBOX_LIMITS.readyBatchMax;
/** Neither side has compiled its code before it has run: these rounds are not counted. */
const WARM_ROUNDS = 2;
const MEBIBYTE = 1024 * 1024;

/** How one side did: files a second, and microseconds of CPU a file in all threads of this process. */
interface Pace {
  readonly perSecond: number;
  readonly cpuUs: number;
}
interface Round {
  readonly outbox: Pace;
  readonly bare: Pace;
  readonly heapMebibytes: number;
  readonly residentMebibytes: number;
}
interface BareFile {
  readonly name: string;
  readonly text: string;
}

/** Issues so many invoices; each owes an F0401. */
async function issueAll(ledger: Ledger, count: number): Promise<void> {
  const period = periodOf(taipeiDateOf(taipeiDateTime(systemClock.now())));
  const track = parseTrack('KA');
  assert(track !== undefined);
  const origin = { seller: SELLER_A.ubn, account: 'system', ip: '' } as const;
  const book = { period, track, first: 0, last: 199_999, invoiceType: '07' } as const;
  const command = { ...origin, ...book, source: 'manual', segments: [] } as const;
  accepted((await ledger.importBook([command]))[0]);
  for (let from = 0; from < count; from += ISSUED_AT_ONCE) {
    const commands = Array.from({ length: Math.min(ISSUED_AT_ONCE, count - from) }, (_, index) => {
      const reference = `ORDER-${from + index}`;
      return {
        ...{ ...origin, composed: composed(105) },
        ...({ reference, billingReference: '', channel: 'api', channelPartner: '' } as const),
        references: [{ kind: 'relate', key: reference, until: 'ever' }] as const,
        segment: { category: 'b2c', code: '' } as const,
      };
    });
    for (const outcome of await ledger.issue(commands)) accepted(outcome);
  }
}

/** The pace of what hands over so many files. */
async function paceOf(count: number, run: () => Promise<void>): Promise<Pace> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await run();
  const perSecond = (count * 1000) / (performance.now() - start);
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond, cpuUs: (user + system) / count };
}

/** One tick, with all that it does: following what left since the last one, looking for results, handing over. */
async function handOver(outbox: Outbox, source: string, count: number): Promise<Pace> {
  const pace = await paceOf(count, () => outbox.tick());
  assert.equal(outbox.status().failedSteps, 0);
  assert.equal(readdirSync(source).length, count, 'a tick hands over all that SRC has room for');
  return pace;
}

/** What Turnkey does between two rounds, outside the time measured: it takes every file. */
function takeAll(source: string): readonly BareFile[] {
  const time = taipeiDateTime(systemClock.now());
  const [day, hour] = [time.slice(0, 10).replaceAll('-', ''), time.slice(11, 13)];
  const accepted = join(source, '..', 'BAK', day, hour);
  mkdirSync(accepted, { recursive: true });
  return readdirSync(source).map((name) => {
    const text = readFileSync(join(source, name), 'utf8');
    renameSync(join(source, name), join(accepted, name));
    return { name, text };
  });
}

/** The yardstick: writes, flushes and renames, so many at a time; the folder is flushed as often as the outbox does. */
async function writeBare(folder: string, files: readonly BareFile[]): Promise<void> {
  const [staging, source] = [join(folder, 'KAILI'), join(folder, 'SRC')];
  for (let from = 0; from < files.length; from += OUTBOX_LIMITS.handOverAtOnceMax) {
    const group = files.slice(from, from + OUTBOX_LIMITS.handOverAtOnceMax);
    let next = 0;
    const writers = Array.from({ length: WRITES_AT_ONCE_MAX }, async () => {
      for (let file = group[next++]; file !== undefined; file = group[next++]) {
        const path = join(staging, file.name);
        const opened = await open(path, 'w');
        await opened.writeFile(file.text);
        await opened.sync();
        await opened.close();
        await rename(path, join(source, file.name));
      }
    });
    await Promise.all(writers);
    const opened = await open(source);
    await opened.sync();
    await opened.close();
  }
}

/** Hands over by ticks in turns with the bare loop, and shows each round. */
class Comparison {
  readonly rounds: Round[] = [];
  readonly #outbox: Outbox;
  readonly #source: string;
  readonly #bare: string;
  #taken: readonly BareFile[] = [];
  #takenCount = 0;

  constructor(outbox: Outbox, turnkey: string, bare: string) {
    this.#outbox = outbox;
    this.#source = join(turnkey, 'UpCast', 'B2SSTORAGE', 'F0401', 'SRC');
    this.#bare = bare;
    for (const part of ['KAILI', 'SRC']) mkdirSync(join(bare, part), { recursive: true });
  }

  get takenCount(): number {
    return this.#takenCount;
  }

  async round(number: number): Promise<void> {
    // Who comes first in a round finds the disk as the other left it: they take turns.
    const isBareFirst = number % 2 === 1 && this.#taken.length > 0;
    const first = isBareFirst ? await this.#writeBare() : null;
    const outbox = await handOver(this.#outbox, this.#source, ROUND_FILINGS);
    this.#taken = takeAll(this.#source);
    this.#takenCount += this.#taken.length;
    const bare = first ?? (await this.#writeBare());
    globalThis.gc?.();
    const { heapUsed, rss } = process.memoryUsage();
    const round = {
      ...{ outbox, bare },
      ...{ heapMebibytes: heapUsed / MEBIBYTE, residentMebibytes: rss / MEBIBYTE },
    };
    show(number, round);
    if (number >= WARM_ROUNDS) this.rounds.push(round);
  }

  /** The same bytes under the same names; taken away again outside the time measured. */
  async #writeBare(): Promise<Pace> {
    const files = this.#taken;
    const pace = await paceOf(files.length, () => writeBare(this.#bare, files));
    const away = mkdtempSync(join(this.#bare, 'BAK-'));
    for (const { name } of files) renameSync(join(this.#bare, 'SRC', name), join(away, name));
    return pace;
  }
}

async function measure(options: StoreOptions, folder: string, rounds: number): Promise<void> {
  const store = await openStore(options);
  await store.directory.saveSellers([SELLER_A]);
  // As the server has it: the ledger writes in a thread of its own.
  const ledger = await openThreadedLedger({
    ...{ store: options, reads: store.reads, clockOffset: makeSharedOffset() },
    onBatch() {},
  });
  await issueAll(ledger, (rounds + WARM_ROUNDS) * ROUND_FILINGS);
  const turnkey = join(folder, 'turnkey');
  const outbox = await startOutbox({
    ...{ ledger, clock: systemClock, folder: turnkey, log: new KeptLog(), schedule: BY_HAND },
    accounts: accountsOf([SELLER_A]),
  });
  const comparison = new Comparison(outbox, turnkey, join(folder, 'bare'));
  for (let number = 0; number < rounds + WARM_ROUNDS; number += 1) await comparison.round(number);
  const expected = (rounds + WARM_ROUNDS) * ROUND_FILINGS;
  assert.equal(comparison.takenCount, expected, 'every file lay in SRC once');
  await outbox.stop();
  await ledger.close();
  await store.close();
  summarize(comparison.rounds);
}

function show(number: number, { outbox, bare, heapMebibytes, residentMebibytes }: Round): void {
  const name = number < WARM_ROUNDS ? 'warming up' : `round ${String(number - WARM_ROUNDS + 1)}`;
  console.log(
    `${name.padEnd(10)} outbox ${shown(outbox)}, bare loop ${shown(bare)}, ` +
      `ratio ${(outbox.perSecond / bare.perSecond).toFixed(2)}, ` +
      `heap ${heapMebibytes.toFixed(0)} MiB, resident ${residentMebibytes.toFixed(0)} MiB`,
  );
}

function shown({ perSecond, cpuUs }: Pace): string {
  return `${perSecond.toFixed(0)} files/s (${cpuUs.toFixed(0)} µs CPU)`;
}

function summarize(rounds: readonly Round[]): void {
  const ratios = rounds.map(({ outbox, bare }) => outbox.perSecond / bare.perSecond);
  const sorted = ratios.toSorted((one, other) => one - other);
  const [first, last] = [rounds[0], rounds.at(-1)];
  assert(first !== undefined && last !== undefined);
  console.log(
    `ratio: median ${median(ratios).toFixed(2)} of ${rounds.length} rounds ` +
      `(${sorted[0]?.toFixed(2)} to ${sorted.at(-1)?.toFixed(2)}); medians: ` +
      `outbox ${median(rounds.map(({ outbox }) => outbox.perSecond)).toFixed(0)} files/s, ` +
      `bare loop ${median(rounds.map(({ bare }) => bare.perSecond)).toFixed(0)} files/s`,
  );
  console.log(
    `heap ${first.heapMebibytes.toFixed(1)} MiB after the first round, ${last.heapMebibytes.toFixed(1)} MiB after ` +
      `the last; resident ${first.residentMebibytes.toFixed(0)} and ${last.residentMebibytes.toFixed(0)} MiB`,
  );
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const [below, above] = [
    sorted[Math.floor((sorted.length - 1) / 2)],
    sorted[Math.ceil((sorted.length - 1) / 2)],
  ];
  return ((below ?? Number.NaN) + (above ?? Number.NaN)) / 2;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      filings: { type: 'string', default: '100000' },
      engine: { type: 'string', default: 'sqlite' },
    },
  });
  const rounds = Math.ceil(Number(values.filings) / ROUND_FILINGS);
  console.log(
    `${cpus().length} × ${cpus()[0]?.model ?? ''}, ${values.engine}, ${rounds * ROUND_FILINGS} filings`,
  );
  const folder = mkdtempSync(join(tmpdir(), 'kaili-bench-'));
  const cluster = values.engine === 'postgres' ? await startTestCluster() : null;
  try {
    const options: StoreOptions =
      cluster === null
        ? { engine: 'sqlite', path: join(folder, 'kaili.db') }
        : { engine: 'postgres', url: cluster.url };
    await measure(options, folder, rounds);
  } finally {
    await cluster?.stop();
    rmSync(folder, { recursive: true });
  }
}

await main();
