/**
 * An outbox in a process of its own, over a store and a Turnkey folder that others share: started by a test
 * with `fork` and ended by a kill. Small groups and short pauses, so that a kill meets every step.
 */
import assert from 'node:assert/strict';
import { createLedger } from '../../src/ledger/create.ts';
import type { Log } from '../../src/mof/ports.ts';
import { timerSchedule } from '../../src/mof/ports.ts';
import { alwaysLeader } from '../../src/mof/turnkey/leadership.ts';
import { startOutbox } from '../../src/mof/turnkey/outbox.ts';
import { systemClock } from '../../src/server/clock.ts';
import { systemRandom } from '../../src/server/random.ts';
import { openStore } from '../../src/storage/open.ts';
import { createSessionLock } from '../../src/storage/postgres/session-lock.ts';
import { accountsOf } from './mof-house.ts';

const TICK_PAUSE_MS = 10;
const LOCK_KEY = 7;

export interface OutboxTask {
  readonly folder: string;
  /** A PostgreSQL URL, or the path of an SQLite file. */
  readonly database: string;
  readonly readyBatchMax: number;
  readonly handOverAtOnceMax: number;
}

const told: Log = {
  info() {},
  warn: (facts, text) => console.log(text, facts),
  error: (facts, text) => console.log(text, facts),
};

async function main(task: OutboxTask): Promise<void> {
  const { folder, database, ...limits } = task;
  const isServer = database.startsWith('postgres');
  const store = await openStore(
    isServer ? { engine: 'postgres', url: database } : { engine: 'sqlite', path: database },
  );
  const sellers = await store.directory.listSellers();
  const outbox = await startOutbox({
    ledger: createLedger({ store, clock: systemClock, random: systemRandom }),
    ...{ accounts: accountsOf(sellers), clock: systemClock, folder, log: told, limits },
    schedule: { every: (_pauseMs, tick) => timerSchedule.every(TICK_PAUSE_MS, tick) },
    leadership: isServer ? createSessionLock(database, LOCK_KEY) : alwaysLeader,
  });
  let wasLeader = false;
  setInterval(() => {
    const { isLeader } = outbox.status();
    if (isLeader && !wasLeader) process.send?.('leads');
    wasLeader = isLeader;
  }, TICK_PAUSE_MS);
  await outbox.failure;
}

const [text] = process.argv.slice(2);
assert(text !== undefined, 'started by a test');
// Written by the test from this very type.
await main(JSON.parse(text) as OutboxTask);
