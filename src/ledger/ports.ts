/**
 * What the ledger needs from outside: a store, a clock, randomness. Every call takes and gives sets,
 * so that a batch costs a few statements. Implementations live in `storage/` and `server/`.
 */
import type { FilingMessage, FilingState } from '../domain/filing.ts';
import type { InvoiceType, TaxType } from '../domain/invoice.ts';
import type { InvoiceNumber } from '../domain/invoice-number.ts';
import type { NoticeLane } from '../domain/notice.ts';
import type { Period } from '../domain/period.ts';
import type { Seller } from '../domain/seller.ts';
import type { TaipeiDate, TaipeiDateTime } from '../domain/taipei.ts';
import type { Ubn } from '../domain/ubn.ts';
import type { FilingChanges } from './filing-ports.ts';
import type { DayCount, FilingFilter, FilingResultKey, NoticeFilter } from './filters.ts';
import type { MendingRow } from './mending-row.ts';
import type { DocumentDirectory, PrintReads, PrintTransaction } from './print-ports.ts';
import type {
  AccountId,
  AllowancePartRow,
  AllowanceRecord,
  AllowanceRow,
  BlankRow,
  BookRow,
  ConsentRow,
  EntryRow,
  FilingPlace,
  FilingRow,
  InvoiceKey,
  InvoiceRecord,
  InvoiceRow,
  MachineRow,
  NoticeRow,
  NumberReportRow,
  PendingIssueRow,
  PendingKey,
  ReferenceKey,
  ReferenceRow,
  SegmentCategory,
  SegmentRow,
  SellerHead,
  VersionRow,
} from './rows.ts';
import type { TradeChanges, TradeReads } from './trade-ports.ts';

/** The only source of time. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00Z. */
  now(): number;
}

/** The only source of randomness. */
export interface Random {
  /** Uniform integer in [0, bound). */
  integer(bound: number): number;
  bytes(length: number): Uint8Array;
}

export interface SegmentQuery {
  readonly seller: Ubn;
  readonly period: Period;
  readonly invoiceType: InvoiceType;
  readonly category: SegmentCategory;
  readonly code: string;
}

/**
 * One open transaction. The caller locks the sellers first; until the commit nobody else changes
 * their rows. All keys of one call are unique; rows come back in no particular order unless said.
 */
export interface StoreTransaction extends PrintTransaction, TradeChanges, FilingChanges {
  /** Locks the sellers' heads in ascending order; unknown sellers are absent from the answer. */
  lockSellers(sellers: readonly Ubn[]): Promise<readonly SellerHead[]>;
  saveHeads(heads: readonly SellerHead[]): Promise<void>;

  findReferences(keys: readonly ReferenceKey[]): Promise<readonly ReferenceRow[]>;
  /** What these invoices hold until they are voided. */
  findReferencesOf(invoices: readonly InvoiceKey[]): Promise<readonly ReferenceRow[]>;
  insertReferences(rows: readonly ReferenceRow[]): Promise<void>;
  deleteReferences(keys: readonly ReferenceKey[]): Promise<void>;
  /** Frees the references of these invoices that hold only until they are voided. */
  freeReferences(invoices: readonly InvoiceKey[]): Promise<void>;

  /** All books of a period of a seller. */
  findBooks(seller: Ubn, period: Period): Promise<readonly BookRow[]>;
  insertBooks(rows: readonly BookRow[]): Promise<void>;
  /**
   * Center-allotted active segments with free numbers for the query, `category` itself before `any`,
   * then by track and first number.
   */
  findOpenSegments(query: SegmentQuery): Promise<readonly SegmentRow[]>;
  insertSegments(rows: readonly SegmentRow[]): Promise<void>;
  saveSegments(rows: readonly SegmentRow[]): Promise<void>;

  /** All segments of a period of a seller, whatever their state. */
  findSegments(seller: Ubn, period: Period): Promise<readonly SegmentRow[]>;
  /** Segments of any period that serve exactly this category and code. */
  findSegmentsOfCode(
    seller: Ubn,
    category: SegmentCategory,
    code: string,
  ): Promise<readonly SegmentRow[]>;
  findMachines(
    keys: readonly { readonly seller: Ubn; readonly id: string }[],
  ): Promise<readonly MachineRow[]>;
  insertMachines(rows: readonly MachineRow[]): Promise<void>;
  /** Saves the remark. */
  saveMachines(rows: readonly MachineRow[]): Promise<void>;
  deleteMachines(rows: readonly MachineRow[]): Promise<void>;
  /** All blank ranges of a period of a seller. */
  findBlanks(seller: Ubn, period: Period): Promise<readonly BlankRow[]>;
  insertBlanks(rows: readonly BlankRow[]): Promise<void>;
  /** Takes ranges back that were declared; each must exist. */
  deleteBlanks(rows: readonly BlankRow[]): Promise<void>;
  /** Every report of a period of a seller, all versions. */
  findNumberReports(seller: Ubn, period: Period): Promise<readonly NumberReportRow[]>;
  insertNumberReports(rows: readonly NumberReportRow[]): Promise<void>;
  /** Filings of number messages of a period, by sequence. */
  findNumberFilings(seller: Ubn, period: Period): Promise<readonly FilingRow[]>;
  /** Invoices of a range of numbers of one period, both ends included, by number. */
  findInvoicesInRange(
    seller: Ubn,
    period: Period,
    from: InvoiceNumber,
    to: InvoiceNumber,
  ): Promise<readonly InvoiceRow[]>;

  findInvoices(keys: readonly InvoiceKey[]): Promise<readonly InvoiceRow[]>;
  /** The newest invoice of each number: tracks recur in later years. */
  findNewestInvoices(
    keys: readonly { readonly seller: Ubn; readonly number: InvoiceNumber }[],
  ): Promise<readonly InvoiceRow[]>;
  insertInvoices(rows: readonly InvoiceRow[]): Promise<void>;
  /** Saves version, state, voidedAt, voidReason and what the current version changes. */
  saveInvoices(rows: readonly InvoiceRow[]): Promise<void>;
  insertVersions(rows: readonly VersionRow[]): Promise<void>;
  findCurrentVersions(keys: readonly InvoiceKey[]): Promise<readonly VersionRow[]>;

  /**
   * Every allowance that takes from one of these invoices, whatever its state, oldest first, as the invoice
   * sees it: `period`, `invoiceNumber` and the amounts are those of its part, so that an allowance over
   * several of them comes once for each.
   */
  findAllowancesOf(invoices: readonly InvoiceKey[]): Promise<readonly AllowanceRow[]>;
  findAllowances(
    keys: readonly { readonly seller: Ubn; readonly number: string }[],
  ): Promise<readonly AllowanceRow[]>;
  /** Parts are given for allowances over several invoices; any other is its own only part. */
  insertAllowances(
    rows: readonly AllowanceRow[],
    parts?: readonly AllowancePartRow[],
  ): Promise<void>;
  findAllowanceParts(
    allowances: readonly { readonly seller: Ubn; readonly number: string }[],
  ): Promise<readonly AllowancePartRow[]>;
  /** Saves state, allowedAt, content, hash, voidedAt, voidReason. */
  saveAllowances(rows: readonly AllowanceRow[]): Promise<void>;

  findNotices(
    keys: readonly Pick<NoticeRow, 'seller' | 'sequence'>[],
  ): Promise<readonly NoticeRow[]>;
  /** The notices that are owed for these events already. */
  findNoticesOfEvents(
    keys: readonly Pick<NoticeRow, 'seller' | 'event'>[],
  ): Promise<readonly NoticeRow[]>;
  insertMendings(rows: readonly MendingRow[]): Promise<void>;
  insertNotices(rows: readonly NoticeRow[]): Promise<void>;
  /** Saves state, attempts, nextAt, settledAt, result. */
  saveNotices(rows: readonly NoticeRow[]): Promise<void>;

  findPendingIssues(keys: readonly PendingKey[]): Promise<readonly PendingIssueRow[]>;
  /** Those that still wait and will bear one of these references. */
  findPendingReferences(
    keys: readonly Pick<PendingIssueRow, 'seller' | 'account' | 'referenceKey'>[],
  ): Promise<readonly PendingIssueRow[]>;
  insertPendingIssues(rows: readonly PendingIssueRow[]): Promise<void>;
  /** Saves everything but the key and when it was first scheduled. */
  savePendingIssues(rows: readonly PendingIssueRow[]): Promise<void>;

  findConsents(
    keys: readonly Pick<ConsentRow, 'seller' | 'number'>[],
  ): Promise<readonly ConsentRow[]>;
  insertConsents(rows: readonly ConsentRow[]): Promise<void>;
  /** Saves state and settledAt. */
  saveConsents(rows: readonly ConsentRow[]): Promise<void>;

  insertEntries(rows: readonly EntryRow[]): Promise<void>;
}

/** Filter of a list of invoices. Absent members do not filter. */
export interface InvoiceFilter {
  readonly seller: Ubn;
  readonly issuedFrom?: TaipeiDateTime;
  /** Exclusive. */
  readonly issuedBefore?: TaipeiDateTime;
  readonly channelPartner?: string;
  readonly isVoided?: boolean;
  readonly isPrinted?: boolean;
  /** State of the current version's F0401: any of these. */
  readonly filingStates?: readonly FilingState[];
  readonly hasBuyerUbn?: boolean;
  readonly taxType?: TaxType;
  readonly channel?: InvoiceRow['channel'];
  readonly buyerName?: string;
  readonly buyerPhone?: string;
}

export interface Page<T> {
  readonly total: number;
  readonly items: readonly T[];
}

export type InvoiceLookup =
  | {
      readonly by: 'number';
      readonly seller: Ubn;
      readonly number: InvoiceNumber;
      readonly issuedOn?: TaipeiDate;
    }
  | { readonly by: 'reference'; readonly key: ReferenceKey };

export type AllowanceLookup =
  | { readonly by: 'allowance'; readonly seller: Ubn; readonly number: string }
  | {
      readonly by: 'invoice';
      readonly seller: Ubn;
      readonly number: InvoiceNumber;
      readonly issuedOn?: TaipeiDate;
    }
  | {
      readonly by: 'allowance-date';
      readonly seller: Ubn;
      readonly number: InvoiceNumber;
      readonly allowedOn: TaipeiDate;
    };

/** Reads outside any transaction; each sees committed data only. */
export interface StoreReads extends PrintReads, TradeReads {
  findInvoice(lookup: InvoiceLookup): Promise<InvoiceRecord | null>;
  /** Newest first (issue time, then journal sequence). `offset` and `limit` count rows. */
  listInvoices(filter: InvoiceFilter, offset: number, limit: number): Promise<Page<InvoiceRecord>>;
  /** Oldest first. */
  findAllowances(lookup: AllowanceLookup): Promise<readonly AllowanceRecord[]>;
  /** Invoices as they are now; in no order, unknown ones absent. */
  findInvoiceRows(keys: readonly InvoiceKey[]): Promise<readonly InvoiceRow[]>;
  findAllowanceRows(
    keys: readonly { readonly seller: Ubn; readonly number: string }[],
  ): Promise<readonly AllowanceRow[]>;
  /** The first ones of a seller in an open state from a place on, by sequence. */
  firstFilings(from: FilingPlace, limit: number): Promise<readonly FilingRow[]>;
  /** By seller and sequence, oldest first. */
  listFilings(filter: FilingFilter, offset: number, limit: number): Promise<Page<FilingRow>>;
  /** Filings of documents of a day, by message, state, and whether a summary named them. */
  countDay(seller: Ubn, date: TaipeiDate): Promise<readonly DayCount[]>;
  /** What was done about a filing, oldest first. */
  listMendings(seller: Ubn, filing: number): Promise<readonly MendingRow[]>;
  findFilingsByResult(keys: readonly FilingResultKey[]): Promise<readonly FilingRow[]>;
  listBooks(seller: Ubn, period?: Period): Promise<readonly BookRow[]>;
  listSegments(seller: Ubn, period?: Period): Promise<readonly SegmentRow[]>;
  /** Newest first: by creation, then by seller and sequence. */
  listNotices(filter: NoticeFilter, offset: number, limit: number): Promise<Page<NoticeRow>>;
  /** Notices of every seller whose next attempt may begin, the longest waiting first. */
  listDueNotices(
    lane: NoticeLane,
    now: TaipeiDateTime,
    limit: number,
  ): Promise<readonly NoticeRow[]>;
  findNotice(seller: Ubn, sequence: number): Promise<NoticeRow | null>;
  findPendingIssue(key: PendingKey): Promise<PendingIssueRow | null>;
  /** Delayed invoices of every seller that are to be issued by now, the longest waiting first. */
  listDuePendingIssues(now: TaipeiDateTime, limit: number): Promise<readonly PendingIssueRow[]>;
  findConsent(seller: Ubn, allowanceNumber: string): Promise<ConsentRow | null>;
  findConsentOfToken(token: string): Promise<ConsentRow | null>;
  /** Consents of every seller that wait though their time is over. */
  listExpiredConsents(now: TaipeiDateTime, limit: number): Promise<readonly ConsentRow[]>;
  /** The highest number of a range that was issued, both ends included; null where none was. */
  lastIssued(
    ...range: Parameters<StoreTransaction['findInvoicesInRange']>
  ): Promise<InvoiceNumber | null>;
  /** By id. */
  listMachines(seller: Ubn): Promise<readonly MachineRow[]>;
  /** Blank ranges, by track and first number. */
  listBlanks(seller: Ubn, period?: Period): Promise<readonly BlankRow[]>;
  /** Reports of numbers, all versions, by period, message, numbers and version. */
  listNumberReports(seller: Ubn, period?: Period): Promise<readonly NumberReportRow[]>;
  /** A seller's entries after a sequence, ascending. */
  listEntries(seller: Ubn, afterSequence: number, limit: number): Promise<readonly EntryRow[]>;
  /** The version or allowance content that an entry's subject names, as stored. */
  findVersions(
    keys: readonly (InvoiceKey & { readonly version: number })[],
  ): Promise<readonly VersionRow[]>;
  /** Open filings, of these states or of all, by seller, message and state. */
  countFilings(states?: readonly FilingState[]): Promise<
    readonly {
      readonly seller: Ubn;
      readonly message: FilingMessage;
      readonly state: FilingState;
      readonly count: number;
    }[]
  >;
}

/** An account as stored: how a client program reaches a seller. */
export interface AccountRow {
  /** `ecpay`, `systemlead`, `api`. */
  readonly dialect: string;
  readonly id: string;
  /** Null for a platform account, which acts for bound accounts only. */
  readonly seller: Ubn | null;
  readonly kind: 'merchant' | 'pos' | 'platform';
  /** Secrets (HashKey, HashIV, salt) as sealed by the master key; opaque here. */
  readonly sealedSecrets: string;
  /** Account ids of the same dialect that a platform may act for. */
  readonly boundAccounts: readonly string[];
}

/** A business as the imported register names it. `edition` counts the imports. */
export interface CompanyRow {
  readonly ubn: Ubn;
  readonly name: string;
  readonly edition: number;
}

/** Names of businesses out of an official register file: replaced whole, import by import. */
export interface CompanyRegister {
  findCompany(ubn: Ubn): Promise<string | null>;
  /** The last import that was completed; null before the first. */
  companyEdition(): Promise<number | null>;
  /** Starts an import; answers its edition. */
  beginCompanies(): Promise<number>;
  /** Adds or replaces businesses, each tax ID once. */
  saveCompanies(rows: readonly CompanyRow[]): Promise<void>;
  /** Ends an import: businesses that it did not name are gone. */
  completeCompanies(edition: number): Promise<void>;
}

/** Sellers and accounts: administration, not ledger. */
export interface StoreDirectory extends DocumentDirectory {
  saveSellers(sellers: readonly Seller[]): Promise<void>;
  listSellers(): Promise<readonly Seller[]>;
  saveAccounts(accounts: readonly AccountRow[]): Promise<void>;
  listAccounts(): Promise<readonly AccountRow[]>;
  /** Small facts about the data directory itself: mode, creation time, key check value. */
  readMeta(key: string): Promise<string | null>;
  writeMeta(key: string, value: string): Promise<void>;
}

export interface Store {
  readonly engine: 'sqlite' | 'postgres';
  /**
   * Runs the work in one transaction and commits it to disk before resolving. A throw before the
   * commit rolls back and is rethrown; a failed commit throws `CommitFailure`, after which the store
   * answers nothing any more.
   */
  transaction<T>(work: (transaction: StoreTransaction) => Promise<T>): Promise<T>;
  readonly reads: StoreReads;
  readonly directory: StoreDirectory;
  readonly companies: CompanyRegister;
  /** Rejects with the first failed commit, also one that was no verb's: then the process must end. */
  readonly failure: Promise<never>;
  /** Removes every row but the schema. Sandbox only. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** The commit itself failed: what is on disk is unknown until the next start. Never retried. */
export class CommitFailure extends Error {
  override readonly name = 'CommitFailure';
}

/** The transaction lost against a concurrent one (deadlock, serialisation) and may be run again. */
export class TransactionConflict extends Error {
  override readonly name = 'TransactionConflict';
}

/** An account with its secrets opened, as dialects see it. */
export interface Account {
  readonly id: AccountId;
  readonly dialect: string;
  /** The provider's id alone, e.g. `2000132`. */
  readonly localId: string;
  readonly kind: AccountRow['kind'];
  readonly seller: Seller | null;
  /** By the dialect's own names: `hashKey`, `hashIv`, `salt`. Never logged. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly boundAccounts: readonly string[];
}

/** Accounts and sellers in memory, as of the last change. */
export interface Accounts {
  find(dialect: string, localId: string): Account | undefined;
  seller(ubn: Ubn): Seller | undefined;
  sellers(): readonly Seller[];
}
