/** What the look-ups need: the imported register of businesses. */
import type { Migration } from './migration.ts';

export const lookUps: Migration = {
  number: 8,
  name: 'look-ups',
  requires: [],
  forbids: ['company'],
  promises: ['company'],
  statements: ({ text, integer, keyed }) => [
    `create table company (
      ubn ${text} not null,
      name ${text} not null,
      edition ${integer} not null,
      primary key (ubn)
    )${keyed}`,
  ],
};
