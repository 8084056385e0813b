/**
 * What a person did about a filing and why, and by which day's summary the platform counted it. The counts of
 * a day, and what no summary has named yet, are found without a walk through everything.
 */
import type { Migration } from './migration.ts';

export const mendings: Migration = {
  number: 9,
  name: 'mendings',
  requires: ['filing'],
  forbids: ['mending'],
  promises: ['mending'],
  statements: ({ text, integer, keyed }) => [
    `create table mending (
      seller ${text} not null,
      sequence ${integer} not null,
      filing ${integer} not null,
      from_state ${text} not null,
      file_name ${text} not null,
      reason ${text} not null,
      account ${text} not null,
      mended_at ${text} not null,
      primary key (seller, sequence)
    )${keyed}`,
    'create index mending_of_filing on mending (seller, filing, sequence)',
    `alter table filing add column summarized_on ${text}`,
    'create index filing_of_day on filing (seller, key_date)',
    `create index filing_unsummarized on filing (seller, state, key_date)
      where summarized_on is null`,
  ],
};
