/**
 * The indexes over the days of filings, made to be of use for nothing else and to cost little. By day first, no
 * planner takes the one for a way to a seller's documents; and what no summary has named is asked of
 * confirmed filings alone, so that no filing on its way there moves through the other.
 */
import type { Migration } from './migration.ts';

/** What a busy seller issues in a day, all sellers of a day, and what waits for its day's summary. */
const OF_SELLER_AND_DAY = 1_000;
const OF_DAY = 10_000;
const WAITING = 2_000;

export const filingDays: Migration = {
  number: 17,
  name: 'filing-days',
  requires: ['filing'],
  forbids: [],
  promises: [],
  statements: ({ describe }) => [
    'drop index filing_of_day',
    'create index filing_of_day on filing (key_date, seller)',
    'drop index filing_unsummarized',
    `create index filing_unsummarized on filing (seller, key_date)
      where summarized_on is null and state = 'confirmed'`,
    ...describe([
      {
        table: 'filing',
        index: 'filing_of_day',
        rowsPerPrefix: [OF_DAY, OF_SELLER_AND_DAY],
      },
      {
        table: 'filing',
        index: 'filing_unsummarized',
        rowsPerPrefix: [WAITING, OF_SELLER_AND_DAY],
      },
    ]),
  ],
};
