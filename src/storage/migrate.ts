/**
 * Brings a database to this program's schema at start. Each migration runs in one transaction with
 * its row in the table `migration`, so that a kill at any moment leaves it whole or absent and the
 * next start goes on from there. A database of a newer program is refused, never guessed at.
 */
import assert from 'node:assert/strict';
import type { Engine, Session, Statement } from './engine.ts';
import { MIGRATIONS } from './migrations/list.ts';
import type { Migration } from './migrations/migration.ts';

/** The database was made by another or a newer program; nothing in it was touched. */
export class SchemaMismatch extends Error {
  override readonly name = 'SchemaMismatch';
}

/** Runs what is missing of the migrations, in order; answers the numbers that ran. */
export async function migrate(
  engine: Engine,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<readonly number[]> {
  migrations.forEach((migration, index) => {
    const before = migrations[index - 1]?.number ?? 0;
    assert(migration.number > before, 'migrations are listed by number, each number once');
  });
  const applied: number[] = [];
  for (const migration of migrations) {
    const hasRun = await engine.transaction((session) =>
      migrateOnce(engine, session, migration, migrations),
    );
    if (hasRun) applied.push(migration.number);
  }
  return applied;
}

async function migrateOnce(
  engine: Engine,
  session: Session,
  migration: Migration,
  known: readonly Migration[],
): Promise<boolean> {
  const { words, migrationLock } = engine.traits;
  if (migrationLock !== '') await execute(session, migrationLock);
  await execute(
    session,
    `create table if not exists migration (
      number ${words.integer} not null primary key,
      name ${words.text} not null
    )${words.keyed}`,
  );
  const names = await appliedNames(session);
  for (const [number, name] of names) {
    if (!known.some((each) => each.number === number && each.name === name)) {
      throw new SchemaMismatch(
        `the database has migration ${number} "${name}", which this program does not know`,
      );
    }
  }
  if (names.has(migration.number)) return false;
  const earlier = known.filter(({ number }) => number < migration.number);
  assert(
    earlier.every(({ number }) => names.has(number)),
    'every earlier migration has run',
  );

  const before = await tableNames(engine, session);
  for (const table of migration.requires) assert(before.has(table), `table ${table} exists`);
  for (const table of migration.forbids) {
    if (before.has(table)) {
      throw new SchemaMismatch(`the database holds a table "${table}" that Kaili did not make`);
    }
  }
  for (const statement of migration.statements(words)) await execute(session, statement);
  const after = await tableNames(engine, session);
  for (const table of migration.promises) assert(after.has(table), `table ${table} was made`);
  // Number and name are constants of this program, not input.
  const row = `insert into migration (number, name) values (${migration.number}, '${migration.name}')`;
  await execute(session, row);
  return true;
}

async function appliedNames(session: Session): Promise<Map<number, string>> {
  const { rows } = await execute(session, 'select number, name from migration order by number');
  return new Map(rows.map((row) => [Number(row.number), String(row.name)]));
}

async function tableNames(engine: Engine, session: Session): Promise<Set<string>> {
  const { rows } = await execute(session, engine.traits.listTables);
  return new Set(rows.map((row) => String(row.name)));
}

function execute(session: Session, sql: string) {
  const statement: Statement = { name: '', sql };
  return session.run(statement, [[]]);
}
