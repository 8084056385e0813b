/** Numbers that a head office allotted: a branch's book names it. */
import type { Migration } from './migration.ts';

export const branches: Migration = {
  number: 10,
  name: 'branches',
  requires: ['book'],
  forbids: [],
  promises: ['book'],
  statements: ({ text }) => [`alter table book add column head ${text} not null default ''`],
};
