/**
 * The one store: the ledger's port over any engine. Statements are compiled here once for the engine
 * at hand; what they say does not depend on it.
 */
import { sql } from 'kysely';
import type { Store } from '../ledger/ports.ts';
import { TransactionConflict } from '../ledger/ports.ts';
import { createCompanies } from './companies.ts';
import { createDirectory } from './directory.ts';
import { type Engine, StatementFailure } from './engine.ts';
import { allowanceReads } from './read/allowances.ts';
import { filingReads } from './read/filings.ts';
import { invoiceReads } from './read/invoices.ts';
import { journalReads } from './read/journal.ts';
import { noticeReads } from './read/notices.ts';
import { printReads } from './read/prints.ts';
import { tradeReads } from './read/trades.ts';
import { TABLES } from './schema.ts';
import { compileOnce, type Kit, kitOf } from './statement.ts';
import { stopAfterCommitFailure } from './stop-after-commit-failure.ts';
import { compileWrites } from './write/statements.ts';
import { LedgerTransaction } from './write/transaction.ts';

/** Makes the store over an engine whose schema is up to date. */
export function createStore(opened: Engine): Store {
  const failure = Promise.withResolvers<never>();
  // Whoever runs the store listens; one that nobody listens to must not end the process.
  failure.promise.catch(() => {});
  const engine = stopAfterCommitFailure(opened, failure.reject);
  const kit = kitOf(engine);
  const writes = compileWrites(kit);
  return {
    engine: engine.traits.name,
    transaction: (work) =>
      engine.transaction(async (session) => {
        const transaction = new LedgerTransaction(session, writes);
        try {
          const result = await work(transaction);
          await transaction.settle();
          return result;
        } catch (error) {
          // A look-up after a refused change fails only because of it: the change is the reason.
          const isOfEngine =
            error instanceof StatementFailure || error instanceof TransactionConflict;
          await (isOfEngine ? transaction.settle() : transaction.settle().catch(() => undefined));
          throw error;
        } finally {
          transaction.end();
        }
      }),
    reads: {
      ...invoiceReads(kit, engine),
      ...allowanceReads(kit, engine),
      ...filingReads(kit, engine),
      ...tradeReads(kit, engine),
      ...journalReads(kit, engine),
      ...noticeReads(kit, engine),
      ...printReads(kit, engine),
    },
    directory: createDirectory(kit, engine),
    companies: createCompanies(kit, engine),
    clear: () => clear(kit, engine),
    failure: failure.promise,
    close: () => engine.close(),
  };
}

/** Empties every table. The heads are locked first: writers end before, or find no seller after. */
async function clear(kit: Kit, engine: Engine): Promise<void> {
  const heads = kit.db.selectFrom('head').select('seller').orderBy('seller');
  const locks = compileOnce(kit, kit.traits.locksRows ? heads.forUpdate() : heads);
  await engine.transaction(async (session) => {
    await session.run(locks.statement, [locks.values]);
    for (const { name } of TABLES) {
      const { statement, values } = compileOnce(kit, sql`delete from ${sql.table(name)}`);
      await session.run(statement, [values]);
    }
  });
}
