/** Notices owed, delayed invoices, and the consents that online allowances wait for. */
import type { IndexShape, SchemaWords } from '../engine.ts';
import type { Migration } from './migration.ts';

const TABLE_NAMES = ['notice', 'pending_issue', 'consent'] as const;

export const notices: Migration = {
  number: 4,
  name: 'notices',
  requires: ['head', 'meta', 'allowance'],
  forbids: TABLE_NAMES,
  promises: TABLE_NAMES,
  statements: (words) => [
    ...noticeTable(words),
    ...pendingTable(words),
    ...consentTable(words),
    // Nobody is told now of what happened before there were notices.
    `insert into meta (key, value)
      select 'noticed/' || seller, cast(sequence as text) from head where sequence > 0`,
    ...words.describe(SHAPES),
  ],
};

/** Rows of one seller in a large ledger: the first column of a key tells next to nothing. */
const OF_SELLER = 100_000;

const SHAPES: readonly IndexShape[] = [
  { table: 'notice', index: 'primary', rowsPerPrefix: [OF_SELLER, 1] },
  { table: 'notice', index: 'notice_of_event', rowsPerPrefix: [OF_SELLER, 1] },
  { table: 'notice', index: 'notice_of_subject', rowsPerPrefix: [OF_SELLER, 4, 1] },
  { table: 'pending_issue', index: 'primary', rowsPerPrefix: [OF_SELLER, OF_SELLER, 1] },
  { table: 'pending_issue', index: 'pending_reference', rowsPerPrefix: [OF_SELLER, OF_SELLER, 1] },
  { table: 'consent', index: 'primary', rowsPerPrefix: [OF_SELLER, 1] },
  { table: 'consent', index: 'consent_of_token', rowsPerPrefix: [1] },
];

function noticeTable({ text, integer, keyed }: SchemaWords): string[] {
  return [
    `create table notice (
      seller ${text} not null,
      sequence ${integer} not null,
      kind ${text} not null,
      tag ${text} not null,
      audience ${text} not null,
      recipient ${text} not null,
      subject ${text} not null,
      account ${text} not null,
      event ${text} not null,
      state ${text} not null,
      attempts ${integer} not null,
      created_at ${text} not null,
      next_at ${text} not null,
      settled_at ${text},
      result ${text} not null,
      primary key (seller, sequence)
    )${keyed}`,
    // One notice is owed for one event, whom and how; never two.
    `create unique index notice_of_event on notice (seller, event)`,
    `create index notice_of_subject on notice (seller, subject, sequence)`,
    `create index notice_open on notice (state, next_at, seller, sequence)
      where settled_at is null`,
  ];
}

function pendingTable({ text, integer, heap }: SchemaWords): string[] {
  return [
    `create table pending_issue (
      seller ${text} not null,
      account ${text} not null,
      key ${text} not null,
      state ${text} not null,
      mode ${text} not null,
      delay_days ${integer} not null,
      due_at ${text},
      triggered_at ${text},
      next_at ${text},
      callback_url ${text} not null,
      reference_key ${text} not null,
      command ${text} not null,
      hash ${text} not null,
      sequence ${integer} not null,
      scheduled_at ${text} not null,
      period ${text} not null,
      number ${text} not null,
      settled_at ${text},
      problem ${text} not null,
      primary key (seller, account, key)
    )${heap}`,
    `create index pending_reference on pending_issue (seller, account, reference_key)
      where state = 'waiting'`,
    `create index pending_due on pending_issue (next_at, seller, account, key)
      where state = 'waiting'`,
  ];
}

function consentTable({ text, keyed }: SchemaWords): string[] {
  return [
    `create table consent (
      seller ${text} not null,
      number ${text} not null,
      token ${text} not null,
      requested_at ${text} not null,
      expires_at ${text} not null,
      callback_url ${text} not null,
      state ${text} not null,
      settled_at ${text},
      primary key (seller, number)
    )${keyed}`,
    `create unique index consent_of_token on consent (token)`,
    `create index consent_waiting on consent (expires_at, seller, number)
      where state = 'waiting'`,
  ];
}
