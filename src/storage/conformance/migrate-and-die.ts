/**
 * A program for the claims about migrations: opens a database and is killed, as by `kill -9`, after some
 * statements of the first migration; or, with no number, migrates to the end.
 * Arguments: store options as JSON, number of statements.
 */
import { migrate } from '../migrate.ts';
import { MIGRATIONS } from '../migrations/list.ts';
import type { Migration } from '../migrations/migration.ts';
import { openEngine, type StoreOptions } from '../open.ts';

function dyingAfter(migration: Migration, statementsMax: number): Migration {
  return {
    ...migration,
    *statements(words) {
      let count = 0;
      for (const statement of migration.statements(words)) {
        if (count === statementsMax) process.kill(process.pid, 'SIGKILL');
        count += 1;
        yield statement;
      }
      process.kill(process.pid, 'SIGKILL');
    },
  };
}

const [optionsText = '', statementsText] = process.argv.slice(2);
// Written by the claim that starts this program.
const engine = openEngine(JSON.parse(optionsText) as StoreOptions);
const migrations =
  statementsText === undefined
    ? MIGRATIONS
    : MIGRATIONS.map((migration) => dyingAfter(migration, Number(statementsText)));
await migrate(engine, migrations);
await engine.close();
