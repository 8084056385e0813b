/**
 * kill -9 of processes that hand over, at random moments, while a stand-in for Turnkey takes files as fast as they
 * appear: every filing's file was taken exactly once. One process on SQLite; on PostgreSQL two at the same
 * time, of which a kill meets the one that leads or the one that waits. Ten kills and some thousand filings an
 * engine; 100,000 filings with `KAILI_TEST_LONG=1`.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseTrack } from '../../src/domain/invoice-number.ts';
import { periodOf } from '../../src/domain/period.ts';
import { taipeiDateOf, taipeiDateTime } from '../../src/domain/taipei.ts';
import { createLedger } from '../../src/ledger/create.ts';
import type { Store } from '../../src/ledger/ports.ts';
import { systemClock } from '../../src/server/clock.ts';
import { openStore } from '../../src/storage/open.ts';
import { accepted, composed, SELLER_A } from '../support/demo.ts';
import { seededRandom } from '../support/engines.ts';
import { temporaryFolder } from '../support/mof-house.ts';
import type { OutboxTask } from '../support/outbox-process.ts';
import { openTestDatabase } from '../support/postgres.ts';
import { noteWritten } from '../support/written-messages.ts';

const IS_LONG = process.env.KAILI_TEST_LONG === '1';
const FILINGS = IS_LONG ? 100_000 : 6_000;
const KILLS = 10;
const ISSUED_AT_ONCE = 500;
/** Lives end before, in and after the first groups. */
const LIFE_MS_SPREAD = IS_LONG ? 4_000 : 350;
const LIMITS = IS_LONG
  ? { readyBatchMax: 1_000, handOverAtOnceMax: 100 }
  : { readyBatchMax: 100, handOverAtOnceMax: 25 };
const SETTLE_MS_MAX = IS_LONG ? 600_000 : 60_000;
const START_MS_MAX = 20_000;
const SEED = Number(process.env.KAILI_TEST_SEED ?? 20261121);
const PROCESS = fileURLToPath(new URL('../support/outbox-process.ts', import.meta.url));

/** Issues invoices of the present period: the processes go by the machine's clock. */
async function issueAll(store: Store): Promise<readonly string[]> {
  await store.directory.saveSellers([SELLER_A]);
  const ledger = createLedger({ store, clock: systemClock, random: seededRandom(7) });
  const period = periodOf(taipeiDateOf(taipeiDateTime(systemClock.now())));
  const track = parseTrack('KA');
  assert(track !== undefined);
  const origin = { seller: SELLER_A.ubn, account: 'system', ip: '' } as const;
  const range = { first: 0, last: 199_999, invoiceType: '07', source: 'manual' } as const;
  const book = { ...origin, period, track, ...range, segments: [] };
  accepted((await ledger.importBook([book]))[0]);
  const numbers: string[] = [];
  while (numbers.length < FILINGS) {
    const commands = Array.from({ length: ISSUED_AT_ONCE }, (_, index) => {
      const reference = `ORDER-${numbers.length + index}`;
      return {
        ...{ ...origin, composed: composed(105) },
        ...({ reference, billingReference: '', channel: 'api', channelPartner: '' } as const),
        references: [{ kind: 'relate', key: reference, until: 'ever' }] as const,
        segment: { category: 'b2c', code: '' } as const,
      };
    });
    for (const outcome of await ledger.issue(commands)) numbers.push(accepted(outcome).number);
  }
  await ledger.drain();
  return numbers;
}

/** Takes every file out of SRC, again and again, and keeps the numbers in the order taken. */
class TurnkeyStandIn {
  readonly taken: string[] = [];
  readonly #source: string;
  readonly #accepted: string;
  #isOver = false;
  readonly #ended: Promise<void>;

  constructor(folder: string) {
    const message = join(folder, 'UpCast', 'B2SSTORAGE', 'F0401');
    this.#source = join(message, 'SRC');
    this.#accepted = join(message, 'BAK');
    mkdirSync(this.#source, { recursive: true });
    this.#ended = this.#run();
  }

  takeAll(): void {
    const time = taipeiDateTime(systemClock.now());
    const day = time.slice(0, 10).replaceAll('-', '');
    const target = join(this.#accepted, day, time.slice(11, 13));
    mkdirSync(target, { recursive: true });
    for (const name of readdirSync(this.#source)) {
      renameSync(join(this.#source, name), join(target, name));
      this.taken.push(/_(\w{10})_/.exec(name)?.[1] ?? name);
    }
  }

  async #run(): Promise<void> {
    while (!this.#isOver) {
      this.takeAll();
      await sleep(5);
    }
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#ended;
  }
}

function start(task: OutboxTask): ChildProcess {
  return fork(PROCESS, [JSON.stringify(task)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

async function openCount(store: Store): Promise<number> {
  const counts = await store.reads.countFilings();
  return counts
    .filter(({ state }) => state === 'ready' || state === 'handed')
    .reduce((sum, { count }) => sum + count, 0);
}

async function leads(children: readonly ChildProcess[]): Promise<void> {
  const signal = AbortSignal.timeout(START_MS_MAX);
  await Promise.any(children.map((child) => once(child, 'message', { signal })));
}

interface Place {
  readonly database: string;
  readonly processes: number;
}

async function killAndCount(place: Place, store: Store, folder: string): Promise<void> {
  const numbers = await issueAll(store);
  const random = seededRandom(SEED);
  const turnkey = new TurnkeyStandIn(folder);
  const task = { folder, database: place.database, ...LIMITS };
  const children = Array.from({ length: place.processes }, () => start(task));
  try {
    let killsAtWork = 0;
    for (let kills = 0; kills < KILLS; kills += 1) {
      if (kills === 0 || place.processes === 1) await leads(children);
      await sleep(random.integer(LIFE_MS_SPREAD));
      const victim = random.integer(place.processes);
      const child = children[victim];
      assert(child !== undefined);
      if ((await openCount(store)) > 0) killsAtWork += 1;
      await kill(child);
      children[victim] = start(task);
    }
    assert(killsAtWork >= KILLS / 2, `only ${killsAtWork} kills met the outbox at work`);
    const end = Date.now() + SETTLE_MS_MAX;
    while ((await openCount(store)) > 0) {
      assert(Date.now() < end, `${await openCount(store)} filings are not handed over`);
      await sleep(50);
    }
  } finally {
    for (const child of children) await kill(child);
    await turnkey.stop();
  }
  turnkey.takeAll();
  assert.deepEqual(turnkey.taken.toSorted(), numbers.toSorted(), 'each taken exactly once');
}

describe(`kill -9 while handing over (seed ${SEED})`, () => {
  test(`${KILLS} kills of the one process on SQLite lose and double nothing`, async (t) => {
    const temporary = temporaryFolder();
    t.after(async () => {
      await noteWritten(join(temporary.path, 'turnkey'));
      temporary.remove();
    });
    const database = join(temporary.path, 'kaili.db');
    const store = await openStore({ engine: 'sqlite', path: database });
    t.after(() => store.close());
    await killAndCount({ database, processes: 1 }, store, join(temporary.path, 'turnkey'));
  });

  test(`${KILLS} kills among two processes on PostgreSQL lose and double nothing`, async (t) => {
    const temporary = temporaryFolder();
    t.after(async () => {
      await noteWritten(join(temporary.path, 'turnkey'));
      temporary.remove();
    });
    const database = await openTestDatabase();
    t.after(() => database.drop());
    const store = await openStore({ engine: 'postgres', url: database.url });
    t.after(() => store.close());
    const place = { database: database.url, processes: 2 };
    await killAndCount(place, store, join(temporary.path, 'turnkey'));
  });
});
