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
import { type Crowd, type CrowdView, createCrowd } from './crowd.ts';
import { openDataFolder } from './data-folder.ts';
import { openThreadedLedger, type ThreadedLedger } from './ledger-thread/open-ledger.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { openData, storeOptions } from './open-data.ts';
import { systemRandom } from './random.ts';
import { openRegistry } from './registry.ts';
import { openSandboxClock } from './sandbox/sandbox.ts';
import type { SecretBox } from './secret-box.ts';
import { identifyStore } from './store-identity.ts';
import { makeSharedOffset, setSharedOffset } from './thread-clock.ts';

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
  /** What another thread needs for a core of its own; null where everything stays in this one. */
  readonly sharing: Sharing | null;
}

/** What the work beside the requests needs. */
export type WorkCore = Pick<
  Core,
  | 'store'
  | 'secretBox'
  | 'accounts'
  | 'clock'
  | 'clientClocks'
  | 'ledger'
  | 'servedLedger'
  | 'registry'
> & { readonly crowd: CrowdView };

export interface Sharing {
  readonly store: StoreOptions;
  readonly secretKeyPath: string;
  readonly clockOffset: SharedArrayBuffer;
  readonly connectLedger: ThreadedLedger['connect'];
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
  const clockOffset = makeSharedOffset();
  sandboxClock?.watchOffset((offsetMs) => setSharedOffset(clockOffset, offsetMs));
  const { ledger, connect } = await openLedger({
    options: storeOptions(configuration, data.databasePath, 'ledger'),
    clockOffset,
    store,
    clock,
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
    sharing: connect && {
      store: storeOptions(configuration, data.databasePath, 'work'),
      ...{ secretKeyPath: data.secretKeyPath, clockOffset },
      connectLedger: connect,
    },
  };
}

interface LedgerOpening {
  readonly options: StoreOptions;
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  /** See `thread-clock.ts`. */
  readonly clockOffset: SharedArrayBuffer;
  /** Whether it may write in a thread of its own: a simulated clock or randomness stays in this one. */
  readonly isOwnThread: boolean;
  readonly onBatch: (report: BatchReport) => void;
  readonly closers: Closers;
}

/** The ledger and, where it runs in a thread, how another thread joins it. */
interface OpenedLedger {
  readonly ledger: LedgerHandle;
  readonly connect: ThreadedLedger['connect'] | null;
}

async function openLedger(opening: LedgerOpening): Promise<OpenedLedger> {
  const { options, store, clock, clockOffset, random, onBatch, closers } = opening;
  if (!opening.isOwnThread) {
    const ledger = createLedger({ store, clock, random, onBatch });
    closers.push(() => ledger.drain());
    return { ledger, connect: null };
  }
  const { reads } = store;
  const ledger = await openThreadedLedger({ store: options, reads, clockOffset, onBatch });
  closers.push(() => ledger.close());
  return { ledger, connect: ledger.connect };
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
