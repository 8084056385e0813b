/** Claims about transactions: whole or absent, one after another on a seller, unseen until committed. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Ubn } from '../../domain/ubn.ts';
import { CommitFailure, type Store, TransactionConflict } from '../../ledger/ports.ts';
import { type Engine, StatementFailure } from '../engine.ts';
import { migrate } from '../migrate.ts';
import { MIGRATIONS } from '../migrations/list.ts';
import type { Migration } from '../migrations/migration.ts';
import { openEngine } from '../open.ts';
import { stopAfterCommitFailure } from '../stop-after-commit-failure.ts';
import { createStore } from '../store.ts';
import { type MakeData, storeForGroup } from './opened.ts';
import {
  entryAt,
  invoiceAt,
  invoicesOf,
  keyAt,
  pick,
  sellerAt,
  sellerSettings,
  writeInvoices,
} from './rows.ts';

const WRITERS = 20;
/** Long enough for a transaction that is not blocked, on a slow machine. */
const UNBLOCKED_MS_MAX = 5_000;

export function claimsAboutTransactions(makeData: MakeData): void {
  describe('transactions', () => {
    const group = storeForGroup(makeData);
    const [first, second] = [sellerAt(0), sellerAt(1)];
    before(() => group.store.directory.saveSellers([first, second].map(sellerSettings)));

    test('a key that exists refuses the set, and the transaction with it', async () => {
      const [taken, fresh] = [invoiceAt(keyAt(first, 1), 1), invoiceAt(keyAt(first, 2), 2)];
      await group.store.transaction((transaction) => writeInvoices(transaction, [taken]));
      await assert.rejects(
        group.store.transaction(async (transaction) => {
          await transaction.insertEntries([entryAt(first, 2)]);
          await transaction.insertInvoices([fresh, { ...taken, sequence: 3 }]);
        }),
        StatementFailure,
      );
      assert.equal(await readNumber(group.store, fresh), null);
      const entries = await group.store.reads.listEntries(first, 0, 10);
      assert.deepEqual(
        entries.map((entry) => entry.sequence),
        [1],
      );
    });

    test('a refused change fails the transaction even if the work goes on', async () => {
      const taken = invoiceAt(keyAt(first, 1), 1);
      const fresh = invoiceAt(keyAt(first, 30), 30);
      await assert.rejects(
        group.store.transaction(async (transaction) => {
          await transaction.insertInvoices([taken]).catch(() => undefined);
          await transaction.insertInvoices([fresh]).catch(() => undefined);
          await transaction.findInvoices([pick(fresh)]).catch(() => undefined);
        }),
        (error) => error instanceof StatementFailure && error.message.startsWith('insert_invoice'),
      );
      assert.equal(await readNumber(group.store, fresh), null);
    });

    test('a throw rolls back and is thrown on as it is', async () => {
      const fresh = invoiceAt(keyAt(first, 31), 31);
      const reason = new Error('the rule says no');
      const work = group.store.transaction(async (transaction) => {
        await writeInvoices(transaction, [fresh]);
        throw reason;
      });
      await assert.rejects(work, (error) => error === reason);
      assert.equal(await readNumber(group.store, fresh), null);
    });

    test('a transaction that has ended refuses every call', async () => {
      const leaked = await group.store.transaction(async (transaction) => transaction);
      await assert.rejects(leaked.lockSellers([first]), /has ended/);
      await assert.rejects(leaked.insertEntries([entryAt(first, 99)]), /has ended/);
    });

    test('a read sees nothing of a transaction before its commit, and all after', async () => {
      const rows = invoicesOf(first, 5, 100);
      await group.store.transaction(async (transaction) => {
        await writeInvoices(transaction, rows);
        assert.equal((await transaction.findInvoices(rows.map(pick))).length, 5);
        for (const row of rows) assert.equal(await readNumber(group.store, row), null);
      });
      for (const row of rows) assert.deepEqual((await readNumber(group.store, row))?.row, row);
    });

    test('transactions on one seller run one after another', async () => {
      await Promise.all(Array.from({ length: WRITERS }, () => countUp(group.store, second)));
      const [head] = await group.store.transaction((transaction) =>
        transaction.lockSellers([second]),
      );
      assert.equal(head?.sequence, WRITERS);
    });

    test('two sellers locked in any order do not deadlock', async () => {
      const orders = [
        [first, second],
        [second, first],
      ];
      await Promise.all(
        Array.from({ length: WRITERS }, (_, index) =>
          group.store.transaction((transaction) =>
            transaction.lockSellers(orders[index % 2] ?? []),
          ),
        ),
      );
    });
  });

  describe('concurrent transactions', () => {
    const group = storeForGroup(makeData);
    const [first, second] = [sellerAt(0), sellerAt(1)];
    before(() => group.store.directory.saveSellers([first, second].map(sellerSettings)));
    const skipWithoutRowLocks = (context: { skip(reason: string): void }): boolean => {
      if (group.store.engine === 'postgres') return false;
      context.skip('one writer at a time on this engine, by design');
      return true;
    };

    test('a transaction on one seller does not wait for one on another', async (context) => {
      if (skipWithoutRowLocks(context)) return;
      await group.store.transaction(async (transaction) => {
        await transaction.lockSellers([first]);
        const other = countUp(group.store, second).then(() => 'done');
        assert.equal(await Promise.race([other, after(UNBLOCKED_MS_MAX)]), 'done');
      });
    });

    test('of two that wait for each other, one is told that it lost', async (context) => {
      if (skipWithoutRowLocks(context)) return;
      const bothHold = Promise.withResolvers<void>();
      let holders = 0;
      const crossing = (mine: Ubn, theirs: Ubn) =>
        group.store.transaction(async (transaction) => {
          await transaction.lockSellers([mine]);
          holders += 1;
          if (holders === 2) bothHold.resolve();
          await bothHold.promise;
          await transaction.lockSellers([theirs]);
        });
      const outcomes = await Promise.allSettled([crossing(first, second), crossing(second, first)]);
      const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
      assert.equal(lost.length, 1);
      assert(lost[0]?.reason instanceof TransactionConflict);
      await countUp(group.store, first);
    });
  });

  describe('a failed commit', () => {
    test('stops the store for good and leaves nothing behind', async () => {
      const data = await makeData();
      const told: CommitFailure[] = [];
      const engine = stopAfterCommitFailure(openEngine(data.options), (one) => told.push(one));
      try {
        await migrate(engine, [...MIGRATIONS, DEFERRED_RULE]);
        const store = createStore(engine);
        const waiting: Promise<unknown>[] = [];
        const failing = engine.transaction(async (session) => {
          waiting.push(assert.rejects(store.directory.writeMeta('mode', 'x'), CommitFailure));
          await session.run({ name: '', sql: 'insert into child (parent) values (7)' }, [[]]);
        });
        await assert.rejects(failing, CommitFailure);
        if (engine.traits.locksRows) await Promise.allSettled(waiting);
        else await Promise.all(waiting);
        await assert.rejects(store.reads.countFilings(), CommitFailure);
        await assert.rejects(
          store.transaction(async () => undefined),
          CommitFailure,
        );
        await assert.rejects(store.clear(), CommitFailure);
        assert.equal(told.length, 1, 'the first failure is told, once');
      } finally {
        await engine.close();
      }
      await assertNoChild(openEngine(data.options));
      await data.remove();
    });
  });
}

/** A rule that both engines check only when the transaction commits. */
const DEFERRED_RULE: Migration = {
  number: (MIGRATIONS.at(-1)?.number ?? 0) + 1,
  name: 'deferred-rule',
  requires: ['head'],
  forbids: ['parent', 'child'],
  promises: ['parent', 'child'],
  statements: ({ integer }) => [
    `create table parent (id ${integer} primary key)`,
    `create table child (parent ${integer} references parent (id) deferrable initially deferred)`,
  ],
};

async function assertNoChild(engine: Engine): Promise<void> {
  try {
    const { rows } = await engine.run({ name: '', sql: 'select parent from child' }, [[]]);
    assert.deepEqual(rows, []);
  } finally {
    await engine.close();
  }
}

function countUp(store: Store, seller: Ubn): Promise<void> {
  return store.transaction(async (transaction) => {
    const heads = await transaction.lockSellers([seller]);
    await transaction.saveHeads(heads.map((head) => ({ ...head, sequence: head.sequence + 1 })));
  });
}

function readNumber(store: Store, { seller, number }: ReturnType<typeof pick>) {
  return store.reads.findInvoice({ by: 'number', seller, number });
}

function after(milliseconds: number): Promise<'too late'> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, 'too late').unref());
}
