/** What the documents need: the sellers' sealed secrets, of which the QR key is one. */
import type { Migration } from './migration.ts';

export const documents: Migration = {
  number: 7,
  name: 'documents',
  requires: ['seller'],
  forbids: ['seller_secrets'],
  promises: ['seller_secrets'],
  statements: ({ text, keyed }) => [
    `create table seller_secrets (
      seller ${text} not null,
      sealed_secrets ${text} not null,
      primary key (seller)
    )${keyed}`,
  ],
};
