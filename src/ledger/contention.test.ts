/** Claims about a writer that loses against other processes: who waits, who is answered, and how soon. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { accepted, refusedCodes, SELLER_A, SELLER_B } from '../../test/support/demo.ts';
import {
  type OpenedStore,
  onEveryEngine,
  seededRandom,
  TestClock,
} from '../../test/support/engines.ts';
import type { Ubn } from '../domain/ubn.ts';
import { createLedger, type LedgerHandle } from './create.ts';
import { type Store, type StoreTransaction, TransactionConflict } from './ports.ts';

onEveryEngine((open) => {
  let opened: OpenedStore;
  let ledger: LedgerHandle;
  let machines = 0;
  let attempts = 0;
  let contended: readonly Ubn[] = [];

  /** The engine itself, but another process holds the contended sellers. */
  function contendedStore(store: Store): Store {
    const transaction: Store['transaction'] = (work) =>
      store.transaction((inner) => {
        attempts += 1;
        return work(
          new Proxy(inner, {
            get(target, name) {
              if (name === 'lockSellers') {
                return (sellers: readonly Ubn[]) => {
                  if (!sellers.some((one) => contended.includes(one))) {
                    return target.lockSellers(sellers);
                  }
                  throw new TransactionConflict('another process holds a seller');
                };
              }
              const value: unknown = target[name as keyof StoreTransaction];
              return typeof value === 'function' ? value.bind(target) : value;
            },
          }),
        );
      });
    return new Proxy(store, {
      get(target, name) {
        if (name === 'transaction') return transaction;
        const value: unknown = target[name as keyof Store];
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  }

  before(async () => {
    opened = await open();
    await opened.store.directory.saveSellers([SELLER_A, SELLER_B]);
    const [clock, random] = [new TestClock(), seededRandom(5)];
    ledger = createLedger({ store: contendedStore(opened.store), clock, random });
  });
  beforeEach(() => {
    attempts = 0;
  });
  after(() => opened.remove());

  async function add({ ubn }: { ubn: Ubn }) {
    machines += 1;
    const origin = { seller: ubn, account: 'ecpay:2000132', ip: '' };
    const id = `M${machines}`;
    return (await ledger.setMachine([{ ...origin, id, remark: '', change: 'add' }]))[0];
  }

  test('requests of a contended seller are answered BUSY, the others of the batch are served', async () => {
    contended = [SELLER_A.ubn];
    const outcomes = await Promise.all([
      ...Array.from({ length: 20 }, () => add(SELLER_A)),
      add(SELLER_B),
      ...Array.from({ length: 20 }, () => add(SELLER_A)),
    ]);
    accepted(outcomes[20]);
    for (const outcome of outcomes.toSpliced(20, 1)) {
      assert.deepEqual(refusedCodes(outcome), ['BUSY']);
    }
    assert(attempts <= 16, `${attempts} transactions for one batch`);
  });

  test('a store that is held as a whole answers everybody BUSY, and serves them later', async () => {
    contended = [SELLER_A.ubn, SELLER_B.ubn];
    const outcomes = await Promise.all(
      [SELLER_A, SELLER_B, SELLER_A, SELLER_B].map((seller) => add(seller)),
    );
    for (const outcome of outcomes) assert.deepEqual(refusedCodes(outcome), ['BUSY']);
    assert(attempts <= 16, `${attempts} transactions for one batch`);
    contended = [];
    accepted(await add(SELLER_A));
  });
});
