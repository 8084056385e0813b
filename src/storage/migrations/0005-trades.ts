/** Business invoices: trading partners, and each party's record of what it traded. */
import type { IndexShape } from '../engine.ts';
import type { Migration } from './migration.ts';

/** As in the tables of before: the seller alone tells next to nothing, a number nearly all. */
const SHAPES: readonly IndexShape[] = [
  { table: 'partner', index: 'primary', rowsPerPrefix: [1_000, 1] },
  { table: 'trade', index: 'primary', rowsPerPrefix: [100_000, 50_000, 1, 1, 1, 1] },
  { table: 'trade', index: 'trade_of_invoice', rowsPerPrefix: [100_000, 2, 2] },
];

export const trades: Migration = {
  number: 5,
  name: 'trades',
  requires: ['filing'],
  forbids: ['partner', 'trade'],
  promises: ['partner', 'trade'],
  statements: ({ text, integer, keyed, describe }) => [
    `create table partner (
      seller ${text} not null,
      partner ${text} not null,
      kind ${text} not null check (kind in ('buyer', 'seller', 'both')),
      name ${text} not null,
      customer_number ${text} not null,
      person_in_charge ${text} not null,
      address ${text} not null,
      phone ${text} not null,
      fax ${text} not null,
      mode ${text} not null check (mode in ('storage', 'exchange')),
      email ${text} not null,
      sales_name ${text} not null,
      contact_address ${text} not null,
      sequence ${integer} not null,
      primary key (seller, partner)
    )${keyed}`,
    `create table trade (
      seller ${text} not null,
      kind ${text} not null check (kind in ('invoice', 'allowance')),
      number ${text} not null,
      side ${text} not null check (side in ('sales', 'purchase')),
      partner ${text} not null,
      period ${text} not null,
      invoice_number ${text} not null,
      at ${text} not null,
      mode ${text} not null check (mode in ('storage', 'exchange')),
      steps ${text} not null,
      content ${text} not null,
      hash ${text} not null,
      sequence ${integer} not null,
      primary key (seller, kind, number, side, partner, period)
    )${keyed}`,
    // The allowances that name an invoice first.
    `create index trade_of_invoice on trade (seller, invoice_number, period)`,
    `alter table filing add column partner ${text} not null default ''`,
    ...describe(SHAPES),
  ],
};
