/** What trading partners call things: the phrase agreed with each, the seller's own number of a purchase. */
import type { IndexShape } from '../engine.ts';
import type { Migration } from './migration.ts';

const SHAPES: readonly IndexShape[] = [
  { table: 'trade', index: 'trade_of_reference', rowsPerPrefix: [100_000, 2] },
];

export const partnerWords: Migration = {
  number: 12,
  name: 'partner-words',
  requires: ['partner', 'trade'],
  forbids: [],
  promises: ['partner', 'trade'],
  statements: ({ text, memberOf, describe }) => [
    `alter table partner add column pass_phrase ${text} not null default ''`,
    `alter table trade add column reference_key ${text}`,
    `update trade set reference_key = nullif(upper(${memberOf('content', 'reference')}), '')
      where side = 'purchase' and kind = 'invoice'`,
    `create index trade_of_reference on trade (seller, reference_key)
      where reference_key is not null`,
    ...describe(SHAPES),
  ],
};
