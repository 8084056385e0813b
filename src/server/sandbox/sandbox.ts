/**
 * What only the sandbox has: demo sellers and books, a clock that can be moved, a reset. Promises that
 * books of the current and the next period are there whatever the clock says, and that the clock never
 * runs back behind the journal. Absent in production: `start.ts` does not make one there.
 */
import { type TaipeiDateTime, taipeiDateTime } from '../../domain/taipei.ts';
import type { Ubn } from '../../domain/ubn.ts';
import type { LedgerHandle } from '../../ledger/create.ts';
import type { Clock, Store } from '../../ledger/ports.ts';
import type { SimulatorPlan } from '../../mof/simulator/plan.ts';
import {
  type AccountDirectory,
  saveAccounts,
  saveSellerSecrets,
  saveSellers,
} from '../accounts.ts';
import type { Gate } from '../around-ledger.ts';
import { type MovableClock, movableClock } from '../clock.ts';
import type { SecretBox } from '../secret-box.ts';
import { provideBooks, provideMachines } from './demo-books.ts';
import { DEMO_QR_PASS_PHRASE, demoAccounts, demoSellers } from './demo-sellers.ts';

const CLOCK_OFFSET_META = 'sandbox-clock-offset-ms';

export interface SandboxParts {
  readonly store: Store;
  /** The ledger itself, not the one behind the gate. */
  readonly ledger: LedgerHandle;
  readonly accounts: AccountDirectory;
  readonly secretBox: SecretBox;
  readonly clock: MovableClock;
  readonly ministry: MinistryControl;
  readonly gate: Gate;
  /** Around the emptying of the store: what works on it by itself is stopped, and started again. */
  readonly pauseWorkers: () => Promise<void>;
  readonly resumeWorkers: () => Promise<void>;
  /** Writes again what the data says about itself, and empties the Turnkey folders. */
  readonly afterClear: () => Promise<void>;
}

/** What the simulated Ministry does wrong on purpose. */
export interface MinistryControl {
  plan(): SimulatorPlan;
  setPlan(plan: SimulatorPlan): void;
  /** As configured. */
  reset(): void;
  /** Tells each plan that is set from now on. */
  watch(watcher: (plan: SimulatorPlan) => void): void;
}

export function createMinistryControl(configured: SimulatorPlan): MinistryControl {
  let plan = configured;
  const watchers: ((plan: SimulatorPlan) => void)[] = [];
  function setPlan(chosen: SimulatorPlan): void {
    plan = chosen;
    for (const watcher of watchers) watcher(chosen);
  }
  return {
    plan: () => plan,
    setPlan,
    reset: () => setPlan(configured),
    watch: (watcher) => void watchers.push(watcher),
  };
}

export interface Sandbox {
  readonly clock: MovableClock;
  readonly ministry: MinistryControl;
  /** Demo sellers, accounts and books, where they are missing. */
  provide(): Promise<void>;
  /** Books of a period that has begun since; called by a timer. */
  rollOver(): Promise<void>;
  /**
   * Puts the clock at a distance from the machine's. Would it then be behind the last journal entry, it
   * answers that entry's time and changes nothing.
   */
  moveClock(offsetMs: number): Promise<TaipeiDateTime | null>;
  /** Empties the store, puts the clock back and provides everything anew. */
  reset(): Promise<void>;
}

/** The sandbox's clock at the distance that the last run left it. */
export async function openSandboxClock(store: Store, beneath: Clock): Promise<MovableClock> {
  const offset = Number((await store.directory.readMeta(CLOCK_OFFSET_META)) ?? '0');
  return movableClock(beneath, Number.isSafeInteger(offset) ? offset : 0);
}

export function createSandbox(parts: SandboxParts): Sandbox {
  const { store, ledger, clock, gate } = parts;

  async function setOffset(offsetMs: number): Promise<void> {
    await store.directory.writeMeta(CLOCK_OFFSET_META, String(offsetMs));
    clock.setOffsetMs(offsetMs);
  }

  async function provide(): Promise<void> {
    await provideDirectory(parts);
    await provideMachines(ledger);
    await provideBooks(ledger, clock);
  }

  return {
    clock,
    ministry: parts.ministry,
    provide,
    async rollOver() {
      await gate.pass();
      await provideBooks(ledger, clock);
    },
    moveClock: (offsetMs) =>
      gate.closedWhile(async () => {
        // Backwards, nothing may write a later time between the look at the journal and the move.
        const isBackwards = offsetMs < clock.offsetMs();
        if (isBackwards) await parts.pauseWorkers();
        try {
          await ledger.drain();
          const last = await lastEntryAt(store, sellersOf(parts.accounts));
          const moved = clock.now() - clock.offsetMs() + offsetMs;
          if (last !== null && taipeiDateTime(moved) < last) return last;
          await setOffset(offsetMs);
          await provideBooks(ledger, clock);
          return null;
        } finally {
          if (isBackwards) await parts.resumeWorkers();
        }
      }),
    async reset() {
      await gate.closedWhile(async () => {
        // Their own work on the ledger went past the gate, which is closed: they end, then stop.
        await parts.pauseWorkers();
        try {
          await ledger.drain();
          await store.clear();
          await parts.afterClear();
          await setOffset(0);
          parts.ministry.reset();
          await provide();
        } finally {
          await parts.resumeWorkers();
        }
      });
    },
  };
}

async function provideDirectory({ store, accounts, secretBox }: SandboxParts): Promise<void> {
  const { directory } = store;
  const sellers = new Set((await directory.listSellers()).map((seller) => seller.ubn));
  const newSellers = demoSellers.filter((seller) => !sellers.has(seller.ubn));
  if (newSellers.length > 0) await saveSellers(directory, newSellers);
  const known = new Set((await directory.listAccounts()).map((row) => `${row.dialect}:${row.id}`));
  const newAccounts = demoAccounts.filter((draft) => !known.has(`${draft.dialect}:${draft.id}`));
  if (newAccounts.length > 0) await saveAccounts(directory, secretBox, newAccounts);
  const withSecrets = new Set((await directory.listSellerSecrets()).map(({ seller }) => seller));
  for (const { ubn } of demoSellers) {
    if (withSecrets.has(ubn)) continue;
    await saveSellerSecrets(directory, secretBox, ubn, { qrPassPhrase: DEMO_QR_PASS_PHRASE });
  }
  await accounts.reload();
}

function sellersOf(accounts: AccountDirectory): readonly Ubn[] {
  return accounts
    .sellers()
    .map((seller) => seller.ubn)
    .sort();
}

/** Time of the newest entry of all journals; null when there is none. */
async function lastEntryAt(store: Store, sellers: readonly Ubn[]): Promise<TaipeiDateTime | null> {
  const heads = await store.transaction((transaction) => transaction.lockSellers(sellers));
  let last: TaipeiDateTime | null = null;
  for (const { seller, sequence } of heads) {
    if (sequence === 0) continue;
    const [entry] = await store.reads.listEntries(seller, sequence - 1, 1);
    if (entry !== undefined && (last === null || entry.at > last)) last = entry.at;
  }
  return last;
}
