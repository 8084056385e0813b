/**
 * What is reported of numbers as such: blank ones (E0402), those of a branch (E0401). A filing may now be
 * about a track instead of an invoice, which its `numbers` names.
 */
import type { Migration } from './migration.ts';

export const numberReports: Migration = {
  number: 6,
  name: 'number-reports',
  requires: ['filing'],
  forbids: ['number_report'],
  promises: ['number_report'],
  statements: ({ text, integer, heap }) => [
    `create table number_report (
      seller ${text} not null,
      period ${text} not null,
      message ${text} not null,
      numbers ${text} not null,
      version ${integer} not null check (version >= 1),
      content ${text} not null,
      hash ${text} not null,
      reported_at ${text} not null,
      primary key (seller, period, message, numbers, version)
    )${heap}`,
    `alter table filing add column numbers ${text} not null default ''`,
    'drop index filing_of_document',
    `create unique index filing_of_document
      on filing (seller, invoice_number, period, message, version, allowance_number, numbers)`,
    `create index filing_of_numbers on filing (seller, message, numbers)
      where numbers <> ''`,
  ],
};
