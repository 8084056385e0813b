/**
 * The ledger's first tables. Every key of a ledger table begins with the seller, so that the data
 * can be spread by seller. Times and decimals are texts that sort as they mean; flags are 0 or 1.
 * The indexes are those that the queries of `ledger/ports.ts` need, each named for its query.
 */
import type { IndexShape, SchemaWords } from '../engine.ts';
import type { Migration } from './migration.ts';

const TABLE_NAMES = [
  'head',
  'book',
  'segment',
  'blank',
  'invoice',
  'version',
  'reference',
  'allowance',
  'filing',
  'entry',
  'seller',
  'account',
  'meta',
] as const;

export const ledger: Migration = {
  number: 1,
  name: 'ledger',
  requires: [],
  forbids: TABLE_NAMES,
  promises: TABLE_NAMES,
  statements: (words) => [
    ...headAndNumbers(words),
    ...invoices(words),
    ...allowances(words),
    ...filings(words),
    ...journal(words),
    ...directory(words),
    ...words.describe(SHAPES),
  ],
};

/** Rows of one seller in a large ledger: the first column of a key tells next to nothing. */
const OF_SELLER = 100_000;

const SHAPES: readonly IndexShape[] = [
  { table: 'segment', index: 'primary', rowsPerPrefix: [OF_SELLER, 50, 10, 1] },
  { table: 'invoice', index: 'primary', rowsPerPrefix: [OF_SELLER, 1, 1] },
  { table: 'invoice', index: 'invoice_newest_first', rowsPerPrefix: [OF_SELLER, 2, 1] },
  { table: 'version', index: 'primary', rowsPerPrefix: [OF_SELLER, 1, 1, 1] },
  { table: 'reference', index: 'primary', rowsPerPrefix: [OF_SELLER, OF_SELLER, OF_SELLER, 1] },
  { table: 'reference', index: 'reference_until_voided', rowsPerPrefix: [OF_SELLER, 2, 2] },
  { table: 'allowance', index: 'primary', rowsPerPrefix: [OF_SELLER, 1] },
  { table: 'allowance', index: 'allowance_of_invoice', rowsPerPrefix: [OF_SELLER, 2, 2, 1, 1, 1] },
  { table: 'filing', index: 'primary', rowsPerPrefix: [OF_SELLER, 1] },
  { table: 'filing', index: 'filing_of_document', rowsPerPrefix: [OF_SELLER, 2, 2, 1, 1, 1] },
  { table: 'filing', index: 'filing_of_allowance', rowsPerPrefix: [OF_SELLER, 2] },
  { table: 'filing', index: 'filing_open', rowsPerPrefix: [1_000, 100, 1, 1] },
  { table: 'entry', index: 'primary', rowsPerPrefix: [OF_SELLER, 1] },
];

function headAndNumbers({ text, integer, keyed }: SchemaWords): string[] {
  return [
    `create table head (
      seller ${text} not null,
      sequence ${integer} not null,
      hash ${text} not null,
      filing_sequence ${integer} not null,
      allowance_number ${text} not null,
      primary key (seller)
    )${keyed}`,
    `create table book (
      seller ${text} not null,
      period ${text} not null,
      track ${text} not null,
      first ${integer} not null,
      last ${integer} not null check (last >= first),
      invoice_type ${text} not null,
      source ${text} not null,
      imported_at ${text} not null,
      primary key (seller, period, track, first)
    )${keyed}`,
    `create table segment (
      seller ${text} not null,
      period ${text} not null,
      track ${text} not null,
      first ${integer} not null,
      last ${integer} not null check (last >= first),
      code ${text} not null,
      category ${text} not null,
      allotter ${text} not null,
      invoice_type ${text} not null,
      status ${text} not null,
      next ${integer} not null check (next between first and last + 1),
      last_issued_at ${text},
      primary key (seller, period, track, first)
    )${keyed}`,
    `create table blank (
      seller ${text} not null,
      period ${text} not null,
      track ${text} not null,
      first ${integer} not null,
      last ${integer} not null check (last >= first),
      invoice_type ${text} not null,
      account ${text} not null,
      declared_at ${text} not null,
      primary key (seller, period, track, first)
    )${keyed}`,
  ];
}

function invoices({ text, integer, keyed, heap }: SchemaWords): string[] {
  return [
    `create table invoice (
      seller ${text} not null,
      number ${text} not null,
      period ${text} not null,
      version ${integer} not null check (version >= 1),
      state ${text} not null,
      account ${text} not null,
      channel ${text} not null,
      channel_partner ${text} not null,
      reference ${text} not null,
      invoice_type ${text} not null,
      tax_type ${text} not null,
      buyer_ubn ${text},
      buyer_name ${text} not null,
      buyer_phone ${text} not null,
      is_printed ${integer} not null check (is_printed in (0, 1)),
      total ${integer} not null,
      issued_at ${text} not null,
      sequence ${integer} not null,
      ip ${text} not null,
      voided_at ${text},
      void_reason ${text} not null,
      primary key (seller, number, period)
    )${keyed}`,
    'create unique index invoice_newest_first on invoice (seller, issued_at, sequence)',
    // Rows of kilobytes: the table keeps them in order of arrival, the key points at them.
    `create table version (
      seller ${text} not null,
      number ${text} not null,
      period ${text} not null,
      version ${integer} not null check (version >= 1),
      content ${text} not null,
      hash ${text} not null,
      primary key (seller, number, period, version)
    )${heap}`,
    `create table reference (
      seller ${text} not null,
      account ${text} not null,
      kind ${text} not null,
      key ${text} not null,
      period ${text} not null,
      number ${text} not null,
      until ${text} not null,
      primary key (seller, account, kind, key)
    )${keyed}`,
    `create index reference_until_voided on reference (seller, number, period)
      where until = 'voided'`,
  ];
}

function allowances({ text, integer, heap }: SchemaWords): string[] {
  return [
    `create table allowance (
      seller ${text} not null,
      number ${text} not null,
      state ${text} not null,
      account ${text} not null,
      period ${text} not null,
      invoice_number ${text} not null,
      allowed_at ${text} not null,
      net ${integer} not null,
      tax ${integer} not null,
      total ${integer} not null,
      content ${text} not null,
      hash ${text} not null,
      sequence ${integer} not null,
      ip ${text} not null,
      voided_at ${text},
      void_reason ${text} not null,
      primary key (seller, number)
    )${heap}`,
    `create index allowance_of_invoice
      on allowance (seller, invoice_number, period, sequence, state, total)`,
  ];
}

function filings({ text, integer, keyed }: SchemaWords): string[] {
  return [
    `create table filing (
      seller ${text} not null,
      sequence ${integer} not null,
      message ${text} not null,
      period ${text} not null,
      invoice_number ${text} not null,
      version ${integer} not null,
      allowance_number ${text} not null,
      event_at ${text} not null,
      reason ${text} not null,
      key_date ${text} not null,
      state ${text} not null,
      holds ${text} not null,
      attempts ${integer} not null,
      file_name ${text} not null,
      is_written ${integer} not null check (is_written in (0, 1)),
      created_at ${text} not null,
      due_at ${text} not null,
      handed_at ${text},
      sent_at ${text},
      settled_at ${text},
      result_code ${text} not null,
      result_text ${text} not null,
      primary key (seller, sequence)
    )${keyed}`,
    // One message is owed for one event of a document, never two. Serves results by invoice too.
    `create unique index filing_of_document
      on filing (seller, invoice_number, period, message, version, allowance_number)`,
    `create index filing_of_allowance on filing (seller, allowance_number)
      where allowance_number <> ''`,
    // What the outbox and the alarms ask for; settled filings, nearly all of them, are not in it.
    `create index filing_open on filing (state, seller, sequence, message)
      where state <> 'confirmed'`,
  ];
}

function journal({ text, integer, keyed }: SchemaWords): string[] {
  return [
    `create table entry (
      seller ${text} not null,
      sequence ${integer} not null check (sequence >= 1),
      at ${text} not null,
      verb ${text} not null,
      actor ${text} not null,
      subject ${text} not null,
      content_hash ${text} not null,
      previous_hash ${text} not null,
      hash ${text} not null,
      primary key (seller, sequence)
    )${keyed}`,
  ];
}

function directory({ text, keyed }: SchemaWords): string[] {
  return [
    `create table seller (
      seller ${text} not null,
      settings ${text} not null,
      primary key (seller)
    )${keyed}`,
    `create table account (
      dialect ${text} not null,
      id ${text} not null,
      seller ${text},
      kind ${text} not null,
      sealed_secrets ${text} not null,
      bound_accounts ${text} not null,
      primary key (dialect, id)
    )${keyed}`,
    `create table meta (
      key ${text} not null,
      value ${text} not null,
      primary key (key)
    )${keyed}`,
  ];
}
