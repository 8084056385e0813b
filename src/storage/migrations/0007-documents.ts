/** What the documents need: prints and printers' jobs, printers, the sellers' sealed secrets. */
import type { IndexShape, SchemaWords } from '../engine.ts';
import type { Migration } from './migration.ts';

const TABLE_NAMES = ['seller_secrets', 'print', 'printer'] as const;

export const documents: Migration = {
  number: 7,
  name: 'documents',
  requires: ['seller', 'invoice'],
  forbids: TABLE_NAMES,
  promises: TABLE_NAMES,
  statements: (words) => [...directory(words), ...prints(words), ...words.describe(SHAPES)],
};

/** Rows of one seller in a large ledger: the first column of a key tells next to nothing. */
const OF_SELLER = 100_000;

const SHAPES: readonly IndexShape[] = [
  { table: 'print', index: 'primary', rowsPerPrefix: [OF_SELLER, 1] },
  { table: 'print', index: 'print_of_invoice', rowsPerPrefix: [OF_SELLER, 1, 1, 1] },
];

function directory({ text, integer, keyed }: SchemaWords): string[] {
  return [
    `create table seller_secrets (
      seller ${text} not null,
      sealed_secrets ${text} not null,
      primary key (seller)
    )${keyed}`,
    `create table printer (
      seller ${text} not null,
      code ${text} not null,
      host ${text} not null,
      port ${integer} not null,
      roll ${integer} not null,
      dpi ${integer} not null,
      has_cutter ${integer} not null check (has_cutter in (0, 1)),
      answers_status ${integer} not null check (answers_status in (0, 1)),
      primary key (seller, code)
    )${keyed}`,
  ];
}

function prints({ text, integer, keyed }: SchemaWords): string[] {
  return [
    `create table print (
      seller ${text} not null,
      sequence ${integer} not null,
      number ${text} not null,
      period ${text} not null,
      version ${integer} not null,
      medium ${text} not null,
      is_original ${integer} not null check (is_original in (0, 1)),
      has_details ${integer} not null check (has_details in (0, 1)),
      printer ${text} not null,
      account ${text} not null,
      state ${text} not null,
      attempts ${integer} not null,
      created_at ${text} not null,
      next_at ${text} not null,
      settled_at ${text},
      result ${text} not null,
      primary key (seller, sequence)
    )${keyed}`,
    'create index print_of_invoice on print (seller, number, period, sequence)',
    // A version has one original, whatever happens.
    `create unique index print_original on print (seller, number, period, version)
      where is_original = 1`,
    `create index print_open on print (next_at, seller, sequence) where settled_at is null`,
  ];
}
