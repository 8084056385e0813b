/**
 * Tells the planner how selective the indexes are that came after the first tables. One of them, on a day's
 * filings, otherwise looks as good for one document's filing as the index made for that, and each result of
 * the platform would read all filings of its day.
 */
import type { IndexShape } from '../engine.ts';
import type { Migration } from './migration.ts';

/** As in the tables of before: the seller alone tells next to nothing. */
const OF_SELLER = 100_000;
/** What a busy seller issues in a day, and what waits or is due at one time. */
const OF_DAY = 1_000;
const WAITING = 100;
const SHAPES: readonly IndexShape[] = [
  // Made anew when filings came to name ranges of numbers; its statistics went with the old one.
  {
    table: 'filing',
    index: 'filing_of_document',
    rowsPerPrefix: [OF_SELLER, 2, 2, 1, 1, 1, 1],
  },
  { table: 'filing', index: 'filing_of_numbers', rowsPerPrefix: [WAITING, 50, 2] },
  { table: 'filing', index: 'filing_of_day', rowsPerPrefix: [OF_SELLER, OF_DAY] },
  { table: 'filing', index: 'filing_unsummarized', rowsPerPrefix: [OF_SELLER, OF_SELLER, OF_DAY] },
  { table: 'mending', index: 'mending_of_filing', rowsPerPrefix: [OF_SELLER, 2, 1] },
  { table: 'notice', index: 'notice_open', rowsPerPrefix: [OF_DAY, 2, 1, 1] },
  { table: 'pending_issue', index: 'pending_due', rowsPerPrefix: [WAITING, 2, 1, 1] },
  { table: 'consent', index: 'consent_waiting', rowsPerPrefix: [2, 1, 1] },
  { table: 'print', index: 'print_original', rowsPerPrefix: [OF_SELLER, 1, 1, 1] },
  { table: 'print', index: 'print_open', rowsPerPrefix: [2, 1, 1] },
];

export const indexShapes: Migration = {
  number: 16,
  name: 'index-shapes',
  requires: ['filing', 'mending', 'notice', 'pending_issue', 'consent', 'print'],
  forbids: [],
  promises: [],
  statements: ({ describe }) => describe(SHAPES),
};
