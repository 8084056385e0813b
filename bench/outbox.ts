/**
 * How fast the outbox hands over: `node bench/outbox.ts [--filings 100000] [--engine sqlite|postgres]`. So many
 * filings wait; in rounds, a tick fills SRC and a stand-in for Turnkey empties it. In turns with the rounds, a loop
 * that only writes, flushes and renames the same bytes with the same number of files at a time.
 * How to read it: bench/README.md.
 */
import assert from 'node:assert/strict';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseTrack } from '../src/domain/invoice-number.ts';
import { parsePeriod } from '../src/domain/period.ts';
import { taipeiDateTime } from '../src/domain/taipei.ts';
import { createLedger } from '../src/ledger/create.ts';
import type { Ledger } from '../src/ledger/ledger.ts';
import type { Store } from '../src/ledger/ports.ts';
import { type Outbox, startOutbox } from '../src/mof/turnkey/outbox.ts';
import { OUTBOX_LIMITS } from '../src/mof/turnkey/outbox-context.ts';
import { WRITES_AT_ONCE_MAX } from '../src/mof/turnkey/place-file.ts';
import { openStore } from '../src/storage/open.ts';
import { accepted, composed, SELLER_A } from '../test/support/demo.ts';
import { seededRandom, TestClock } from '../test/support/engines.ts';
import { accountsOf, BY_HAND, KeptLog } from '../test/support/mof-house.ts';
import { startTestCluster } from '../test/support/postgres.ts';

const ISSUED_AT_ONCE = 500;
/** One tick's number of filings, and as many as may lie in SRC. */
const ROUND_FILINGS = OUTBOX_LIMITS.readyBatchMax;
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

/**
 * One tick of the outbox, with all that a tick does: following the files that left since the last one, looking for
 * results, handing over. Answers the pace.
 */
async function handOver(outbox: Outbox, source: string, count: number): Promise<number> {
  const start = performance.now();
  await outbox.tick();
  const pace = perSecond(count, start);
  assert.equal(outbox.status().failedSteps, 0);
  assert.equal(readdirSync(source).length, count, 'a tick hands over all that SRC has room for');
  return pace;
}

/** What Turnkey does between two rounds, outside the time measured: it takes every file. Some are kept as texts. */
function takeAll(source: string, nowMs: number, kept: string): number {
  const time = taipeiDateTime(nowMs);
  const [day, hour] = [time.slice(0, 10).replaceAll('-', ''), time.slice(11, 13)];
  const accepted = join(source, '..', 'BAK', day, hour);
  mkdirSync(accepted, { recursive: true });
  const names = readdirSync(source);
  if (readdirSync(kept).length === 0) {
    for (const name of names.slice(0, FILES_KEPT)) cpSync(join(source, name), join(kept, name));
  }
  for (const name of names) renameSync(join(source, name), join(accepted, name));
  return names.length;
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
  return perSecond(count, start);
}

function perSecond(count: number, startMs: number): number {
  return (count * 1000) / (performance.now() - startMs);
}

function heapMebibytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / MEBIBYTE;
}

function textsIn(folder: string): readonly string[] {
  return readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
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
  });
  const source = join(turnkey, 'UpCast', 'B2SSTORAGE', 'F0401', 'SRC');
  const rounds: Round[] = [];
  const kept = join(folder, 'kept');
  mkdirSync(kept);
  let taken = 0;
  for (let done = 0; done < filings; done += ROUND_FILINGS) {
    const count = Math.min(ROUND_FILINGS, filings - done);
    const bare = () => writeBare(join(folder, 'bare', String(done)), textsIn(kept), count);
    // Who comes first in a round finds the disk as the other left it: they take turns.
    const isBareFirst = rounds.length % 2 === 1;
    const first = isBareFirst ? await bare() : 0;
    const outboxPerSecond = await handOver(outbox, source, count);
    taken += takeAll(source, clock.now(), kept);
    clock.advanceMs(1000);
    const barePerSecond = isBareFirst ? first : await bare();
    rounds.push({ outboxPerSecond, barePerSecond, heapMebibytes: heapMebibytes() });
    show(rounds.length, rounds.at(-1));
  }
  assert.equal(taken, filings, 'every file lay in SRC once');
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
