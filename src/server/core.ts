/**
 * What every Kaili has beneath its routes: the data folder, the store, the key, accounts, clock, ledger.
 * Opened in this order; what was opened is pushed to `closers`, to be closed in the opposite order.
 */
import type { AddressLimit, CallLimit } from '../dialects/dialect.ts';
import type { LedgerHandle } from '../ledger/create.ts';
import { createLedger } from '../ledger/create.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Clock, Random, Store } from '../ledger/ports.ts';
import type { Registry } from '../ledger/registry-ports.ts';
import type { BatchReport } from '../ledger/writer.ts';
import type { StoreOptions } from '../storage/open.ts';
import { type AccountDirectory, openAccounts } from './accounts.ts';
import { createAddressLimit, DOWNLOADS } from './address-limit.ts';
import { aroundLedger, createGate, type Gate } from './around-ledger.ts';
import { openCallLimit } from './call-limit.ts';
import { type MovableClock, systemClock as machineClock } from './clock.ts';
import type { Configuration } from './configuration.ts';
import { type Crowd, createCrowd } from './crowd.ts';
import { openDataFolder } from './data-folder.ts';
import { openThreadedLedger } from './ledger-thread/open-ledger.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { openData, storeOptions } from './open-data.ts';
import { systemRandom } from './random.ts';
import { openRegistry } from './registry.ts';
import { openSandboxClock } from './sandbox/sandbox.ts';
import type { SecretBox } from './secret-box.ts';
import { identifyStore } from './store-identity.ts';

export type Closers = (() => Promise<void> | void)[];

export interface Core {
  readonly store: Store;
  readonly secretBox: SecretBox;
  readonly accounts: AccountDirectory;
  /** Null in production: its clock is the machine's. */
  readonly sandboxClock: MovableClock | null;
  readonly clock: Clock;
  /** See `DialectContext.clientClocks`. */
  readonly clientClocks: readonly Clock[];
  readonly metrics: Metrics;
  readonly ledger: LedgerHandle;
  /** The ledger as requests see it: counted, and behind the gate. */
  readonly servedLedger: Ledger;
  readonly crowd: Crowd;
  readonly gate: Gate;
  readonly registry: Registry;
  /** Null: nobody is counted. */
  readonly callLimit: CallLimit | null;
  readonly downloadLimit: AddressLimit;
}

export async function openCore(
  configuration: Configuration,
  systemClock: Clock,
  random: Random,
  closers: Closers,
): Promise<Core> {
  const data = openDataFolder(configuration, process.pid);
  closers.push(() => data.release());
  const store = await openData(configuration, data.databasePath);
  closers.push(() => store.close());
  const secretBox = await identifyStore({ configuration, data, store, clock: systemClock, random });
  data.recordMode();
  const sandboxClock =
    configuration.mode === 'sandbox' ? await openSandboxClock(store, systemClock) : null;
  const clock = sandboxClock ?? systemClock;
  const clientClocks = sandboxClock === null ? [systemClock] : [sandboxClock, systemClock];
  const accounts = await openAccounts(store.directory, secretBox);
  const metrics = createMetrics();
  const ledger = await openLedger({
    options: storeOptions(configuration, data.databasePath),
    store,
    clock,
    sandboxClock,
    random,
    isOwnThread: systemClock === machineClock && random === systemRandom,
    onBatch: metrics.observeBatch,
    closers,
  });
  metrics.watch({
    reads: store.reads,
    clock,
    sellers: () => accounts.sellers().map((seller) => seller.ubn),
  });
  const gate = createGate();
  const crowd = createCrowd(systemClock);
  const servedLedger = serve(ledger, gate, metrics, crowd);
  const registry = openRegistry(configuration, store, random);
  return {
    store,
    secretBox,
    accounts,
    sandboxClock,
    clock,
    clientClocks,
    metrics,
    ledger,
    servedLedger,
    crowd,
    gate,
    registry,
    // By the machine's clock: the sandbox's may be moved.
    callLimit: openCallLimit(configuration.callLimit, systemClock),
    downloadLimit: createAddressLimit(DOWNLOADS, systemClock),
  };
}

interface LedgerOpening {
  readonly options: StoreOptions;
  readonly store: Store;
  readonly clock: Clock;
  readonly sandboxClock: MovableClock | null;
  readonly random: Random;
  /** Whether it may write in a thread of its own: a simulated clock or randomness stays in this one. */
  readonly isOwnThread: boolean;
  readonly onBatch: (report: BatchReport) => void;
  readonly closers: Closers;
}

async function openLedger(opening: LedgerOpening): Promise<LedgerHandle> {
  const { options, store, clock, sandboxClock, random, onBatch, closers } = opening;
  if (!opening.isOwnThread) {
    const ledger = createLedger({ store, clock, random, onBatch });
    closers.push(() => ledger.drain());
    return ledger;
  }
  const ledger = await openThreadedLedger({ store: options, reads: store.reads, onBatch });
  closers.push(() => ledger.close());
  sandboxClock?.watchOffset((offsetMs) => ledger.setClockOffsetMs(offsetMs));
  return ledger;
}

function serve(ledger: Ledger, gate: Gate, metrics: Metrics, crowd: Crowd): Ledger {
  return aroundLedger(ledger, async (verb, run, commandCount) => {
    crowd.count(commandCount);
    metrics.addWaiting(commandCount);
    try {
      const opening = gate.pass();
      if (opening !== undefined) await opening;
      const outcomes = await run();
      if (verb === 'issue') metrics.observeIssues(outcomes);
      return outcomes;
    } finally {
      metrics.addWaiting(-commandCount);
    }
  });
}
