/**
 * The imported register of businesses. It is no seller's: reference data, replaced by the next import.
 * Its editions are counted in meta, begun and completed apart, so that an import that broke off leaves
 * names behind but is never taken for a whole one.
 */
import { sql } from 'kysely';
import type { CompanyRegister, CompanyRow } from '../ledger/ports.ts';
import type { Engine, Session } from './engine.ts';
import { COMPANY } from './schema.ts';
import { changeSet } from './sets.ts';
import { type Built, compileOnce, type Kit } from './statement.ts';

const BEGUN = 'company-edition-begun';
const COMPLETED = 'company-edition-completed';

export function createCompanies(kit: Kit, engine: Engine): CompanyRegister {
  const { db } = kit;
  const upsert = changeSet<CompanyRow>(kit, 'save_companies', COMPANY, (row, items) => {
    const values = sql`${row.ubn}, ${row.name}, ${row.edition}`;
    const source = items === null ? sql`values (${values})` : sql`select ${values} from ${items}`;
    return sql`insert into company (ubn, name, edition) ${source}
      on conflict (ubn) do update set name = excluded.name, edition = excluded.edition`;
  });
  const run = (session: Session, built: Built) => {
    const { statement, values } = compileOnce(kit, built);
    return session.run(statement, [values]);
  };
  const readEdition = async (session: Session, key: string): Promise<number | null> => {
    const { rows } = await run(
      session,
      db.selectFrom('meta').select('value').where('key', '=', key),
    );
    return rows[0] === undefined ? null : Number(rows[0].value);
  };
  const writeEdition = (session: Session, key: string, edition: number) => {
    const value = String(edition);
    const insert = db.insertInto('meta').values({ key, value });
    return run(
      session,
      insert.onConflict((conflict) => conflict.column('key').doUpdateSet({ value })),
    );
  };
  return {
    async findCompany(ubn) {
      const { rows } = await run(
        engine,
        db.selectFrom('company').select('name').where('ubn', '=', ubn),
      );
      return rows[0] === undefined ? null : String(rows[0].name);
    },
    companyEdition: () => readEdition(engine, COMPLETED),
    beginCompanies: () =>
      engine.transaction(async (session) => {
        const edition = ((await readEdition(session, BEGUN)) ?? 0) + 1;
        await writeEdition(session, BEGUN, edition);
        return edition;
      }),
    saveCompanies: (rows) =>
      engine.transaction(async (session) => void (await upsert.run(session, rows))),
    completeCompanies: (edition) =>
      engine.transaction(async (session) => {
        await run(session, db.deleteFrom('company').where('edition', '!=', edition));
        await writeEdition(session, COMPLETED, edition);
      }),
  };
}
