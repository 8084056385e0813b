/** Claims about migrations: resumed after a kill, run once by many, refused on foreign data. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Engine } from '../engine.ts';
import { migrate, SchemaMismatch } from '../migrate.ts';
import { MIGRATIONS } from '../migrations/list.ts';
import type { Migration } from '../migrations/migration.ts';
import { openEngine, openStore } from '../open.ts';
import type { FreshData, MakeData } from './opened.ts';
import { invoicesOf, sellerAt, sellerSettings, writeInvoices } from './rows.ts';

/** Numbers ascend and may leave one out. */
const NEXT_NUMBER = (MIGRATIONS.at(-1)?.number ?? 0) + 1;

/** The migration that fills references in. */
const PARTNER_WORDS = 12;

const PROGRAM = fileURLToPath(new URL('./migrate-and-die.ts', import.meta.url));
/** Statements after which the process dies: before the first, in the middle, after the last. */
const DEATHS = [0, 5, 1_000];
const STARTS_AT_ONCE = 3;

export function claimsAboutMigrations(makeData: MakeData): void {
  describe('migrations', () => {
    for (const statements of DEATHS) {
      test(`killed after ${statements} statements, the next start finds nothing and resumes`, async () => {
        await withData(makeData, async (data) => {
          const options = JSON.stringify(data.options);
          assert.equal(await runProgram([options, String(statements)]), 'SIGKILL');
          const engine = openEngine(data.options);
          try {
            assert.deepEqual(
              await migrate(engine),
              MIGRATIONS.map(({ number }) => number),
            );
            assert.deepEqual(await migrate(engine), []);
          } finally {
            await engine.close();
          }
          await assertUsable(data);
        });
      });
    }

    test('processes that start at the same time do not clash', async () => {
      await withData(makeData, async (data) => {
        const options = JSON.stringify(data.options);
        const starts = Array.from({ length: STARTS_AT_ONCE }, () => runProgram([options]));
        assert.deepEqual(await Promise.all(starts), Array(STARTS_AT_ONCE).fill(0));
        await assertUsable(data);
      });
    });

    test('a migration whose promise is not kept is rolled back', async () => {
      const broken: Migration = {
        number: NEXT_NUMBER,
        name: 'broken',
        requires: [],
        forbids: [],
        promises: ['promised'],
        statements: ({ integer }) => [`create table made (id ${integer} primary key)`],
      };
      await withEngine(makeData, async (engine) => {
        await migrate(engine);
        await assert.rejects(migrate(engine, [...MIGRATIONS, broken]), /promised/);
        const fixed = { ...broken, forbids: ['made'], promises: ['made'] };
        assert.deepEqual(await migrate(engine, [...MIGRATIONS, fixed]), [fixed.number]);
      });
    });

    test('purchases of before are found by their sellers’ numbers afterwards', async () => {
      await withEngine(makeData, async (engine) => {
        await migrate(
          engine,
          MIGRATIONS.filter(({ number }) => number < PARTNER_WORDS),
        );
        const run = (sql: string) =>
          engine.transaction((session) => session.run({ name: '', sql }, [[]]));
        const rows = [
          ['invoice', 'AB10000000', 'purchase', '{"reference":"Po-1甲"}'],
          ['invoice', 'AB10000001', 'purchase', '{"reference":""}'],
          ['invoice', 'AB10000002', 'sales', ''],
          ['allowance', 'A1', 'purchase', '{"number":"A1"}'],
        ];
        for (const [kind, number, side, content] of rows) {
          await run(`insert into trade (seller, kind, number, side, partner, period, invoice_number,
            at, mode, steps, content, hash, sequence) values ('12345675', '${kind}', '${number}',
            '${side}', '22222229', '11512', 'AB10000000', '2026-11-21 10:00:00', 'exchange', '[]',
            '${content}', '', 1)`);
        }
        await migrate(engine);
        const { rows: found } = await run(
          'select number, reference_key from trade order by number',
        );
        assert.deepEqual(
          found.map(({ number, reference_key }) => [number, reference_key]),
          [
            ['A1', null],
            ['AB10000000', 'PO-1甲'],
            ['AB10000001', null],
            ['AB10000002', null],
          ],
        );
      });
    });

    test('a database of a newer program is refused', async () => {
      const newer: Migration = {
        number: NEXT_NUMBER,
        name: 'from-the-future',
        requires: [],
        forbids: [],
        promises: [],
        statements: () => [],
      };
      await withEngine(makeData, async (engine) => {
        await migrate(engine, [...MIGRATIONS, newer]);
        await assert.rejects(migrate(engine), SchemaMismatch);
      });
    });

    test('a table of that name made by someone else is refused and left alone', async () => {
      await withEngine(makeData, async (engine) => {
        const run = (sql: string) =>
          engine.transaction((session) => session.run({ name: '', sql }, [[]]));
        await run('create table invoice (mine integer)');
        await run('insert into invoice (mine) values (1)');
        await assert.rejects(migrate(engine), SchemaMismatch);
        const { rows } = await run('select mine from invoice');
        assert.equal(rows.length, 1);
        await assert.rejects(run('select number from migration'));
      });
    });
  });
}

async function withData(makeData: MakeData, claim: (data: FreshData) => Promise<void>) {
  const data = await makeData();
  try {
    await claim(data);
  } finally {
    await data.remove();
  }
}

async function withEngine(makeData: MakeData, claim: (engine: Engine) => Promise<void>) {
  await withData(makeData, async (data) => {
    const engine = openEngine(data.options);
    try {
      await claim(engine);
    } finally {
      await engine.close();
    }
  });
}

async function assertUsable(data: FreshData): Promise<void> {
  const store = await openStore(data.options);
  try {
    const seller = sellerAt(0);
    await store.directory.saveSellers([sellerSettings(seller)]);
    await store.transaction((transaction) => writeInvoices(transaction, invoicesOf(seller, 3)));
    assert.equal((await store.reads.listInvoices({ seller }, 0, 10)).total, 3);
  } finally {
    await store.close();
  }
}

/** Exit code or signal of the program. */
async function runProgram(programArguments: readonly string[]): Promise<number | string> {
  const program = spawn(process.execPath, [PROGRAM, ...programArguments], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code, signal] = await once(program, 'exit');
  return signal ?? code;
}
