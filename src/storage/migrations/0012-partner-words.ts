/**
 * What trading partners call things: the phrase agreed with each, the seller's own number of a purchase, the
 * further invoices that a received allowance names.
 */
import type { IndexShape } from '../engine.ts';
import type { Migration } from './migration.ts';

const SHAPES: readonly IndexShape[] = [
  { table: 'trade', index: 'trade_of_reference', rowsPerPrefix: [100_000, 2] },
  { table: 'trade_invoice', index: 'primary', rowsPerPrefix: [50_000, 2, 2, 1, 1, 1] },
];

export const partnerWords: Migration = {
  number: 12,
  name: 'partner-words',
  requires: ['partner', 'trade'],
  forbids: ['trade_invoice'],
  promises: ['partner', 'trade', 'trade_invoice'],
  statements: ({ text, keyed, memberOf, describe }) => [
    `alter table partner add column pass_phrase ${text} not null default ''`,
    `alter table trade add column reference_key ${text}`,
    `update trade set reference_key = nullif(upper(${memberOf('content', 'reference')}), '')
      where side = 'purchase' and kind = 'invoice'`,
    `create index trade_of_reference on trade (seller, reference_key)
      where reference_key is not null`,
    `create table trade_invoice (
      seller ${text} not null,
      invoice_number ${text} not null,
      invoice_period ${text} not null,
      number ${text} not null,
      partner ${text} not null,
      period ${text} not null,
      primary key (seller, invoice_number, invoice_period, number, partner, period)
    )${keyed}`,
    ...describe(SHAPES),
  ],
};
