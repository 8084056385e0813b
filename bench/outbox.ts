/**
 * How fast the outbox hands over: `node bench/outbox.ts [--filings 100000] [--engine sqlite|postgres]`. So many
 * filings wait; the outbox ticks without pause until every file lies in SRC. Beside it, in turns within the same
 * run, a loop that only writes, flushes and renames the same bytes with the same number of files at a time.
 * How to read it: bench/README.md.
 */
import assert from 'node:assert/strict';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseTrack } from '../src/domain/invoice-number.ts';
import { parsePeriod } from '../src/domain/period.ts';
import { createLedger } from '../src/ledger/create.ts';
import type { Ledger } from '../src/ledger/ledger.ts';
import type { Store } from '../src/ledger/ports.ts';
import { type Outbox, startOutbox } from '../src/mof/turnkey/outbox.ts';
import { WRITES_AT_ONCE_MAX } from '../src/mof/turnkey/place-file.ts';
import { openStore } from '../src/storage/open.ts';
import { accepted, composed, SELLER_A } from '../test/support/demo.ts';
import { seededRandom, TestClock } from '../test/support/engines.ts';
import { accountsOf, BY_HAND, KeptLog } from '../test/support/mof-house.ts';
import { startTestCluster } from '../test/support/postgres.ts';

const ISSUED_AT_ONCE = 500;
/** Filings handed over between two looks at the yardstick. */
const ROUND_FILINGS = 10_000;
const FILES_KEPT = 1_000;
const MEBIBYTE = 1024 * 1024;

interface Round {
  readonly outboxPerSecond: number;
  readonly barePerSecond: number;
  readonly heapMebibytes: number;
}

/** Issues so many invoices; each owes an F0401. */
async function issueAll(ledger: Ledger, count: number): Promise<void> {
  const [period, track] = [parsePeriod('11512'), parseTrack('KA')];
  assert(period !== undefined && track !== undefined);
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

/** Ticks until so many more files lie in SRC; answers the pace. */
async function handOver(outbox: Outbox, ledger: Ledger, count: number): Promise<number> {
  const waiting = async () =>
    (await ledger.reads.countFilings())
      .filter(({ state }) => state === 'ready')
      .reduce((sum, row) => sum + row.count, 0);
  const before = await waiting();
  const goal = Math.max(0, before - count);
  const start = performance.now();
  let left = before;
  while (left > goal) {
    await outbox.tick();
    assert.equal(outbox.status().failedSteps, 0);
    left = await waiting();
  }
  return perSecond(before - left, start);
}

/** The yardstick: writes, flushes and renames texts, so many at a time, and flushes the folder at the end. */
async function writeBare(folder: string, texts: readonly string[], count: number): Promise<number> {
  const [staging, source] = [join(folder, 'staging'), join(folder, 'SRC')];
  mkdirSync(staging, { recursive: true });
  mkdirSync(source, { recursive: true });
  let next = 0;
  const start = performance.now();
  const writers = Array.from({ length: WRITES_AT_ONCE_MAX }, async () => {
    for (let n = next++; n < count; n = next++) {
      const path = join(staging, `${n}.xml`);
      const file = await open(path, 'w');
      await file.writeFile(texts[n % texts.length] ?? '');
      await file.sync();
      await file.close();
      await rename(path, join(source, `${n}.xml`));
    }
  });
  await Promise.all(writers);
  const opened = await open(source);
  await opened.sync();
  await opened.close();
  const pace = perSecond(count, start);
  rmSync(folder, { recursive: true });
  return pace;
}

function perSecond(count: number, startMs: number): number {
  return (count * 1000) / (performance.now() - startMs);
}

function heapMebibytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / MEBIBYTE;
}

function textsIn(source: string): readonly string[] {
  const names = globSync('*.xml', { cwd: source }).slice(0, FILES_KEPT);
  return names.map((name) => readFileSync(join(source, name), 'utf8'));
}

async function measure(store: Store, folder: string, filings: number): Promise<void> {
  await store.directory.saveSellers([SELLER_A]);
  const clock = new TestClock();
  const ledger = createLedger({ store, clock, random: seededRandom(7) });
  await issueAll(ledger, filings);
  const turnkey = join(folder, 'turnkey');
  const outbox = await startOutbox({
    ...{ ledger, clock, folder: turnkey, log: new KeptLog(), schedule: BY_HAND },
    accounts: accountsOf([SELLER_A]),
    // No Turnkey runs here that would make room in SRC.
    limits: { handedOpenMax: filings },
  });
  const source = join(turnkey, 'UpCast', 'B2SSTORAGE', 'F0401', 'SRC');
  const rounds: Round[] = [];
  for (let done = 0; done < filings; done += ROUND_FILINGS) {
    const count = Math.min(ROUND_FILINGS, filings - done);
    const outboxPerSecond = await handOver(outbox, ledger, count);
    const texts = textsIn(source);
    const bare = join(folder, 'bare');
    const bareFirst = await writeBare(bare, texts, count);
    rounds.push({ outboxPerSecond, barePerSecond: bareFirst, heapMebibytes: heapMebibytes() });
    show(rounds.length, rounds.at(-1));
  }
  assert.equal(globSync('*.xml', { cwd: source }).length, filings, 'every file lies in SRC once');
  await outbox.stop();
  await ledger.drain();
  summarize(rounds);
}

function show(number: number, round: Round | undefined): void {
  if (round === undefined) return;
  const { outboxPerSecond, barePerSecond, heapMebibytes: heap } = round;
  console.log(
    `round ${String(number).padStart(2)}: outbox ${outboxPerSecond.toFixed(0)} files/s, ` +
      `bare loop ${barePerSecond.toFixed(0)} files/s, ` +
      `ratio ${(outboxPerSecond / barePerSecond).toFixed(2)}, heap ${heap.toFixed(0)} MiB`,
  );
}

function summarize(rounds: readonly Round[]): void {
  const total = (pace: (round: Round) => number) =>
    rounds.length / rounds.reduce((sum, round) => sum + 1 / pace(round), 0);
  const ours = total((round) => round.outboxPerSecond);
  const bare = total((round) => round.barePerSecond);
  const heaps = rounds.map((round) => round.heapMebibytes.toFixed(0));
  console.log(
    `outbox ${ours.toFixed(0)} files/s, bare loop ${bare.toFixed(0)} files/s, ratio ${(ours / bare).toFixed(2)}; ` +
      `heap ${heaps[0]} MiB after the first round, ${heaps.at(-1)} MiB after the last`,
  );
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      filings: { type: 'string', default: '100000' },
      engine: { type: 'string', default: 'sqlite' },
    },
  });
  const filings = Number(values.filings);
  console.log(`${cpus().length} × ${cpus()[0]?.model ?? ''}, ${values.engine}, ${filings} filings`);
  const folder = mkdtempSync(join(tmpdir(), 'kaili-bench-'));
  const cluster = values.engine === 'postgres' ? await startTestCluster() : null;
  const store = await openStore(
    cluster === null
      ? { engine: 'sqlite', path: join(folder, 'kaili.db') }
      : { engine: 'postgres', url: cluster.url },
  );
  try {
    await measure(store, folder, filings);
  } finally {
    await store.close();
    await cluster?.stop();
    rmSync(folder, { recursive: true });
  }
}

await main();
