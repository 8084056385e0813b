/** What look-ups and machines need: the imported register of businesses, the sellers' machines. */
import type { Migration } from './migration.ts';

export const lookUps: Migration = {
  number: 8,
  name: 'look-ups',
  requires: [],
  forbids: ['company', 'machine'],
  promises: ['company', 'machine'],
  statements: ({ text, integer, keyed }) => [
    `create table company (
      ubn ${text} not null,
      name ${text} not null,
      edition ${integer} not null,
      primary key (ubn)
    )${keyed}`,
    `create table machine (
      seller ${text} not null,
      id ${text} not null,
      remark ${text} not null,
      created_at ${text} not null,
      primary key (seller, id)
    )${keyed}`,
  ],
};
