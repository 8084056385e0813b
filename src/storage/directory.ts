/** Sellers, accounts and small facts about the data itself: administration, not ledger. */
import type { Seller } from '../domain/seller.ts';
import type { AccountRow, StoreDirectory } from '../ledger/ports.ts';
import type { DocumentDirectory, SellerSecretsRow } from '../ledger/print-ports.ts';
import type { PrinterRow } from '../ledger/rows.ts';
import type { Engine, Session } from './engine.ts';
import { ACCOUNT, PRINTER, SELLER_SECRETS } from './schema.ts';
import { type Built, compileOnce, type Kit } from './statement.ts';
import { decode } from './table.ts';

/** Hash before a seller's first journal entry. */
const HASH_BEFORE_FIRST = '0'.repeat(64);

export function createDirectory(kit: Kit, engine: Engine): StoreDirectory {
  const run = (session: Session, built: Built) => runOnce(kit, session, built);
  return {
    async saveSellers(sellers) {
      await engine.transaction(async (session) => {
        for (const seller of sellers) {
          await run(session, sellerUpsert(kit, seller));
          await run(session, headInsert(kit, seller));
        }
      });
    },
    async listSellers() {
      const { rows } = await run(
        engine,
        kit.db.selectFrom('seller').select('settings').orderBy('seller'),
      );
      // Written by saveSellers from this very type.
      return rows.map((row) => JSON.parse(String(row.settings)) as Seller);
    },
    ...secretsPart(kit, engine),
    async saveAccounts(accounts) {
      await engine.transaction(async (session) => {
        for (const account of accounts) await run(session, accountUpsert(kit, account));
      });
    },
    async listAccounts() {
      const { rows } = await run(
        engine,
        kit.db.selectFrom('account').selectAll().orderBy('dialect').orderBy('id'),
      );
      return rows.map((row) => decode(ACCOUNT, row));
    },
    async readMeta(key) {
      const { rows } = await run(
        engine,
        kit.db.selectFrom('meta').select('value').where('key', '=', key),
      );
      const [first] = rows;
      return first === undefined ? null : String(first.value);
    },
    async writeMeta(key, value) {
      await engine.transaction((session) =>
        run(
          session,
          kit.db
            .insertInto('meta')
            .values({ key, value })
            .onConflict((conflict) => conflict.column('key').doUpdateSet({ value })),
        ),
      );
    },
  };
}

function sellerUpsert({ db }: Kit, seller: Seller) {
  const settings = JSON.stringify(seller);
  return db
    .insertInto('seller')
    .values({ seller: seller.ubn, settings })
    .onConflict((conflict) => conflict.column('seller').doUpdateSet({ settings }));
}

/** A seller's chain starts once; saving its settings again leaves the chain as it is. */
function headInsert({ db }: Kit, seller: Seller) {
  return db
    .insertInto('head')
    .values({
      seller: seller.ubn,
      sequence: 0,
      hash: HASH_BEFORE_FIRST,
      filing_sequence: 0,
      allowance_number: '',
    })
    .onConflict((conflict) => conflict.column('seller').doNothing());
}

function secretsPart(kit: Kit, engine: Engine): DocumentDirectory {
  return {
    async saveSellerSecrets(secrets) {
      await engine.transaction(async (session) => {
        for (const row of secrets) await runOnce(kit, session, secretsUpsert(kit, row));
      });
    },
    async savePrinters(printers) {
      await engine.transaction(async (session) => {
        for (const row of printers) await runOnce(kit, session, printerUpsert(kit, row));
      });
    },
    async listPrinters() {
      const all = kit.db.selectFrom('printer').selectAll().orderBy('seller').orderBy('code');
      const { rows } = await runOnce(kit, engine, all);
      return rows.map((row) => decode(PRINTER, row));
    },
    async listSellerSecrets() {
      const all = kit.db.selectFrom('seller_secrets').selectAll().orderBy('seller');
      const { rows } = await runOnce(kit, engine, all);
      return rows.map((row) => decode(SELLER_SECRETS, row));
    },
  };
}

function runOnce(kit: Kit, session: Session, built: Built) {
  const { statement, values } = compileOnce(kit, built);
  return session.run(statement, [values]);
}

function printerUpsert({ db }: Kit, printer: PrinterRow) {
  const { seller, code, host, port, roll, dpi } = printer;
  const changed = {
    host,
    port,
    roll,
    dpi,
    has_cutter: printer.hasCutter ? 1 : 0,
    answers_status: printer.answersStatus ? 1 : 0,
  } as const;
  return db
    .insertInto('printer')
    .values({ seller, code, ...changed })
    .onConflict((conflict) => conflict.columns(['seller', 'code']).doUpdateSet(changed));
}

function secretsUpsert({ db }: Kit, { seller, sealedSecrets }: SellerSecretsRow) {
  return db
    .insertInto('seller_secrets')
    .values({ seller, sealed_secrets: sealedSecrets })
    .onConflict((conflict) =>
      conflict.column('seller').doUpdateSet({ sealed_secrets: sealedSecrets }),
    );
}

function accountUpsert({ db }: Kit, account: AccountRow) {
  const changed = {
    seller: account.seller,
    kind: account.kind,
    sealed_secrets: account.sealedSecrets,
    bound_accounts: JSON.stringify(account.boundAccounts),
  };
  return db
    .insertInto('account')
    .values({ dialect: account.dialect, id: account.id, ...changed })
    .onConflict((conflict) => conflict.columns(['dialect', 'id']).doUpdateSet(changed));
}
