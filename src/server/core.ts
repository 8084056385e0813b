/**
 * What every Kaili has beneath its routes: the data folder, the store, the key, accounts, clock, ledger.
 * Opened in this order; what was opened is pushed to `closers`, to be closed in the opposite order.
 */
import type { LedgerHandle } from '../ledger/create.ts';
import { createLedger } from '../ledger/create.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Clock, Random, Store } from '../ledger/ports.ts';
import type { Registry } from '../ledger/registry-ports.ts';
import { type AccountDirectory, openAccounts } from './accounts.ts';
import { aroundLedger, createGate, type Gate } from './around-ledger.ts';
import type { MovableClock } from './clock.ts';
import type { Configuration } from './configuration.ts';
import { openDataFolder } from './data-folder.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { openData } from './open-data.ts';
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
  readonly gate: Gate;
  readonly registry: Registry;
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
  const ledger = createLedger({ store, clock, random, onBatch: metrics.observeBatch });
  closers.push(() => ledger.drain());
  metrics.watch({
    reads: store.reads,
    clock,
    sellers: () => accounts.sellers().map((seller) => seller.ubn),
  });
  const gate = createGate();
  const servedLedger = serve(ledger, gate, metrics);
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
    gate,
    registry,
  };
}

function serve(ledger: Ledger, gate: Gate, metrics: Metrics): Ledger {
  return aroundLedger(ledger, async (verb, run, commandCount) => {
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
