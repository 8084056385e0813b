/** Everything that is asked of one document, and how an engine would run each question. */
import type { Store } from '../../ledger/ports.ts';
import type { Engine, Session } from '../engine.ts';
import { day, keyAt, referenceOf, sellerAt, timeAt } from './rows.ts';

/** Asks it of the first seller's first document, whether that exists or not. */
export async function askOfOneDocument(store: Store): Promise<void> {
  const key = keyAt(sellerAt(0), 1);
  const { seller, number } = key;
  const keyDate = day('2026-11-21');
  await store.reads.findInvoice({ by: 'number', seller, number });
  await store.reads.findInvoice({ by: 'number', seller, number, issuedOn: keyDate });
  await store.reads.findInvoice({ by: 'reference', key: referenceOf(key, 'A') });
  await store.reads.findAllowances({ by: 'invoice', seller, number });
  await store.reads.findAllowances({ by: 'allowance', seller, number: 'A1' });
  await store.reads.findFilingsByResult([
    { seller, message: 'F0401', number, keyDate },
    { seller, message: 'G0401', number: 'A1', keyDate },
  ]);
  await store.reads.findVersions([{ ...key, version: 1 }]);
  await store.reads.findNotice(seller, 1);
  await store.reads.findPendingIssue({ seller, account: 'ecpay:2000132', key: 'T' });
  await store.reads.findConsent(seller, 'A1');
  await store.reads.findConsentOfToken('A1');
  await store.reads.listDueNotices('people', timeAt(1), 10);
  await store.reads.listDuePendingIssues(timeAt(1), 10);
  await store.reads.listExpiredConsents(timeAt(1), 10);
  await store.transaction(async (transaction) => {
    await transaction.findNotices([{ seller, sequence: 1 }]);
    await transaction.findNoticesOfEvents([{ seller, event: 'issued' }]);
    await transaction.findPendingIssues([{ seller, account: 'ecpay:2000132', key: 'T' }]);
    await transaction.findPendingReferences([
      { seller, account: 'ecpay:2000132', referenceKey: 'ORDER' },
    ]);
    await transaction.findConsents([{ seller, number: 'A1' }]);
    await transaction.findInvoices([key]);
    await transaction.findNewestInvoices([key]);
    await transaction.findReferences([referenceOf(key, 'A')]);
    await transaction.freeReferences([key]);
    await transaction.findCurrentVersions([key]);
    await transaction.findAllowancesOf([key]);
    await transaction.findAllowances([{ seller, number: 'A1' }]);
    await transaction.findFilings([{ seller, sequence: 1 }]);
    await transaction.findFilingsOf([key]);
  });
}

/**
 * The engine, noting how it would run each statement before it does. `explain` is what this engine wants before a
 * statement that it shall not run.
 */
export function explaining(
  engine: Engine,
  explain: string,
  note: (name: string, lines: readonly string[]) => void,
): Engine {
  const explained = (session: Session): Session => ({
    async run(statement, sets) {
      const { rows } = await session.run(
        { name: '', sql: `${explain} ${statement.sql}` },
        sets.slice(0, 1),
      );
      note(
        statement.name,
        rows.map((row) => String(row.detail ?? row['QUERY PLAN'])),
      );
      return session.run(statement, sets);
    },
  });
  return {
    traits: engine.traits,
    createQueryCompiler: () => engine.createQueryCompiler(),
    createAdapter: () => engine.createAdapter(),
    run: explained(engine).run,
    transaction: (work) => engine.transaction((session) => work(explained(session))),
    close: () => engine.close(),
  };
}
