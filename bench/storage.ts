/**
 * What the store costs beyond its engine: `node bench/storage.ts [--batches 300]`. A batch is what the
 * writer commits for 64 issued invoices: heads locked, references and segments looked up, then reference,
 * invoice, version, filing and journal entry of each inserted, segment and head saved. Beside it the same
 * rows go through the bare driver by hand-written statements. The two take turns; medians are shown.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import pg from 'pg';
import type { Store, StoreTransaction } from '../src/ledger/ports.ts';
import type { InvoiceRow, VersionRow } from '../src/ledger/rows.ts';
import {
  entryAt,
  filingOf,
  invoicesOf,
  PERIOD,
  pick,
  referenceOf,
  segmentAt,
  sellerAt,
  sellerSettings,
  versionOf,
} from '../src/storage/conformance/rows.ts';
import { openStore, type StoreOptions } from '../src/storage/open.ts';
import { ENTRY, FILING, INVOICE, REFERENCE, VERSION } from '../src/storage/schema.ts';
import { encode, type SqlValue, type Table } from '../src/storage/table.ts';
import { startTestCluster } from '../test/support/postgres.ts';

const BATCH_INVOICES = 64;
const WARM_UP_BATCHES = 40;
/** Canonical JSON of an invoice with a few lines. */
const CONTENT_CHARACTERS = 1_500;
const OURS = sellerAt(0);
const BARE = sellerAt(1);

interface Rows {
  readonly invoices: readonly InvoiceRow[];
  readonly versions: readonly VersionRow[];
}

function batchOf(seller: typeof OURS, index: number): Rows {
  const invoices = invoicesOf(seller, BATCH_INVOICES, 1 + index * BATCH_INVOICES);
  const versions = invoices.map((row) => {
    const version = versionOf(row);
    return { ...version, content: version.content.padEnd(CONTENT_CHARACTERS, '內容 content ') };
  });
  return { invoices, versions };
}

/** Table by table, as the ledger's issue writes them. */
function tablesOf({ invoices, versions }: Rows): readonly [Table<never>, readonly object[]][] {
  return [
    [REFERENCE, invoices.map((row) => referenceOf(pick(row), row.reference))],
    [INVOICE, invoices],
    [VERSION, versions],
    [FILING, invoices.map((row) => filingOf(row, row.sequence))],
    [ENTRY, invoices.map((row) => entryAt(row.seller, row.sequence))],
  ];
}

async function issueThroughStore(store: Store, { invoices, versions }: Rows): Promise<void> {
  const references = invoices.map((row) => referenceOf(pick(row), row.reference));
  await store.transaction(async (transaction: StoreTransaction) => {
    const heads = await transaction.lockSellers([OURS]);
    await transaction.findReferences(references);
    const segments = await transaction.findOpenSegments({
      seller: OURS,
      period: PERIOD,
      invoiceType: '07',
      category: 'b2c',
      code: '',
    });
    await transaction.insertReferences(references);
    await transaction.insertInvoices(invoices);
    await transaction.insertVersions(versions);
    await transaction.insertFilings(invoices.map((row) => filingOf(row, row.sequence)));
    await transaction.insertEntries(invoices.map((row) => entryAt(row.seller, row.sequence)));
    await transaction.saveSegments(segments);
    await transaction.saveHeads(heads);
  });
}

/** One way to write a batch: `write` takes rows of BARE or OURS as told. */
interface Way {
  readonly name: string;
  readonly seller: typeof OURS;
  write(rows: Rows): Promise<void>;
}

function bareSqlite(path: string): Way {
  const database = new DatabaseSync(path, { timeout: 5_000 });
  database.exec('pragma journal_mode = wal; pragma synchronous = full');
  const statements = new Map(
    tablesOf({ invoices: [], versions: [] }).map(([table]) => {
      const names = table.columns.map(({ name }) => `"${name}"`).join(', ');
      const marks = table.columns.map(() => '?').join(', ');
      const sql = `insert into "${table.name}" (${names}) values (${marks})`;
      return [table.name, database.prepare(sql)];
    }),
  );
  return {
    name: 'bare driver',
    seller: BARE,
    async write(rows) {
      database.exec('begin immediate');
      for (const [table, items] of tablesOf(rows)) {
        const statement = statements.get(table.name);
        for (const item of items) statement?.run(...valuesOf(table, item));
      }
      database.exec('commit');
    },
  };
}

async function barePostgres(url: string): Promise<Way & { close(): Promise<void> }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('set synchronous_commit = on');
  const textOf = (table: Table<never>) => {
    let next = 0;
    const row = () => `(${table.columns.map(() => `$${++next}`).join(', ')})`;
    const names = table.columns.map(({ name }) => `"${name}"`).join(', ');
    const values = Array.from({ length: BATCH_INVOICES }, row).join(', ');
    return `insert into "${table.name}" (${names}) values ${values}`;
  };
  const texts = new Map(
    tablesOf({ invoices: [], versions: [] }).map(([table]) => [table.name, textOf(table)]),
  );
  return {
    name: 'bare driver',
    seller: BARE,
    async write(rows) {
      await client.query('begin');
      for (const [table, items] of tablesOf(rows)) {
        const values = items.flatMap((item) => valuesOf(table, item));
        await client.query({ name: table.name, text: texts.get(table.name) ?? '', values });
      }
      await client.query('commit');
    },
    close: () => client.end(),
  };
}

function valuesOf(table: Table<never>, row: object): SqlValue[] {
  return table.columns.map((column) => encode(column, row));
}

async function measure(engine: string, store: Store, bare: Way, batches: number): Promise<void> {
  const ours: Way = {
    name: 'store',
    seller: OURS,
    write: (rows) => issueThroughStore(store, rows),
  };
  const times = new Map<string, number[]>([
    [ours.name, []],
    [bare.name, []],
  ]);
  for (let index = 0; index < WARM_UP_BATCHES + batches; index += 1) {
    for (const way of index % 2 === 0 ? [ours, bare] : [bare, ours]) {
      const rows = batchOf(way.seller, index);
      const start = performance.now();
      await way.write(rows);
      if (index >= WARM_UP_BATCHES) times.get(way.name)?.push(performance.now() - start);
    }
  }
  const [store_, driver] = [median(times.get(ours.name)), median(times.get(bare.name))];
  const perInvoice = (milliseconds: number) =>
    `${((milliseconds * 1_000) / BATCH_INVOICES).toFixed(1)} µs an invoice`;
  console.log(
    `${engine.padEnd(9)} store ${store_.toFixed(2)} ms a batch (${perInvoice(store_)}), ` +
      `bare driver ${driver.toFixed(2)} ms (${perInvoice(driver)}), ratio ${(store_ / driver).toFixed(2)}`,
  );
}

function median(values: readonly number[] = []): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}

async function prepared(options: StoreOptions): Promise<Store> {
  const store = await openStore(options);
  await store.directory.saveSellers([OURS, BARE].map(sellerSettings));
  await store.transaction((transaction) => transaction.insertSegments([segmentAt(OURS, 0)]));
  return store;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { batches: { type: 'string', default: '300' } } });
  const batches = Number(values.batches);

  const folder = mkdtempSync(join(tmpdir(), 'kaili-bench-'));
  const path = join(folder, 'kaili.db');
  const sqlite = await prepared({ engine: 'sqlite', path });
  await measure('sqlite', sqlite, bareSqlite(path), batches);
  await sqlite.close();
  rmSync(folder, { recursive: true });

  const cluster = await startTestCluster();
  try {
    const postgres = await prepared({ engine: 'postgres', url: cluster.url });
    const bare = await barePostgres(cluster.url);
    await measure('postgres', postgres, bare, batches);
    await bare.close();
    await postgres.close();
  } finally {
    await cluster.stop();
  }
}

await main();
