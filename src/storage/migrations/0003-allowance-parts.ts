/**
 * Allowances over several invoices: what each takes from which invoice, one row a part; an allowance of
 * before names one invoice and is its own only part. And what filings bear besides: a remark, and the end
 * of an edit window, after which a held filing goes by itself. And which report a blank range came from.
 */
import type { IndexShape } from '../engine.ts';
import type { Migration } from './migration.ts';

/** As in the tables of before: the seller alone tells next to nothing. */
const OF_SELLER = 100_000;
const SHAPES: readonly IndexShape[] = [
  { table: 'allowance_part', index: 'primary', rowsPerPrefix: [OF_SELLER, 2, 1] },
  {
    table: 'allowance_part',
    index: 'allowance_part_of_invoice',
    rowsPerPrefix: [OF_SELLER, 2, 2, 1, 1],
  },
  {
    table: 'allowance_part',
    index: 'allowance_part_beyond_first',
    rowsPerPrefix: [OF_SELLER, 2, 2, 1],
  },
  { table: 'filing', index: 'filing_release', rowsPerPrefix: [10, 2, 1] },
];

export const allowanceParts: Migration = {
  number: 3,
  name: 'allowance-parts',
  requires: ['allowance', 'blank', 'filing'],
  forbids: ['allowance_part'],
  promises: ['allowance_part'],
  statements: ({ text, integer, keyed, describe }) => [
    `create table allowance_part (
      seller ${text} not null,
      number ${text} not null,
      position ${integer} not null check (position >= 0),
      period ${text} not null,
      invoice_number ${text} not null,
      net ${integer} not null,
      tax ${integer} not null,
      total ${integer} not null,
      primary key (seller, number, position)
    )${keyed}`,
    `create index allowance_part_of_invoice
      on allowance_part (seller, invoice_number, period, number, total)`,
    // Filings of an allowance stand with its first invoice; this finds those of the others.
    `create index allowance_part_beyond_first
      on allowance_part (seller, invoice_number, period, number) where position > 0`,
    `insert into allowance_part (seller, number, position, period, invoice_number, net, tax, total)
      select seller, number, 0, period, invoice_number, net, tax, total from allowance`,
    `alter table blank add column report ${text} not null default ''`,
    `alter table filing add column remark ${text} not null default ''`,
    `alter table filing add column release_at ${text}`,
    // The next edit windows to end; a filing that is released leaves it.
    `create index filing_release on filing (release_at, seller, sequence)
      where release_at is not null`,
    ...describe(SHAPES),
  ],
};
