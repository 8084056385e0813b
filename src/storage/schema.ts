/**
 * The tables, one for each row interface of the ledger's contract, and what Kysely knows of them.
 * Keys begin with the seller. The invoice's key is kept as seller, number, period: so one index
 * finds an invoice exactly and the newest one of a number that recurs in later years.
 */

import type { MendingRow } from '../ledger/mending-row.ts';
import type { AccountRow, CompanyRow } from '../ledger/ports.ts';
import type { SellerSecretsRow } from '../ledger/print-ports.ts';
import type {
  AllowancePartRow,
  AllowanceRow,
  BlankRow,
  BookRow,
  ConsentRow,
  EntryRow,
  FilingRow,
  InvoiceRow,
  MachineRow,
  NoticeRow,
  NumberReportRow,
  PendingIssueRow,
  PrinterRow,
  PrintRow,
  ReferenceRow,
  SegmentRow,
  SellerHead,
  VersionRow,
} from '../ledger/rows.ts';
import type { PartnerRow, TradeInvoiceRow, TradeRow } from '../ledger/trade-rows.ts';
import { MENDING } from './mending-schema.ts';
import { type ColumnsOf, table } from './table.ts';
import { PARTNER, TRADE, TRADE_INVOICE } from './trade-schema.ts';

/** A seller's settings as one JSON text: they are read whole and never searched. */
export interface SellerRow {
  readonly seller: string;
  readonly settings: string;
}
export interface MetaRow {
  readonly key: string;
  readonly value: string;
}

export interface Database {
  readonly head: ColumnsOf<SellerHead>;
  readonly book: ColumnsOf<BookRow>;
  readonly segment: ColumnsOf<SegmentRow>;
  readonly invoice: ColumnsOf<InvoiceRow>;
  readonly version: ColumnsOf<VersionRow>;
  readonly reference: ColumnsOf<ReferenceRow>;
  readonly blank: ColumnsOf<BlankRow>;
  readonly allowance: ColumnsOf<AllowanceRow>;
  readonly allowance_part: ColumnsOf<AllowancePartRow>;
  readonly filing: ColumnsOf<FilingRow>;
  readonly print: ColumnsOf<PrintRow>;
  readonly printer: ColumnsOf<PrinterRow>;
  readonly mending: ColumnsOf<MendingRow>;
  readonly notice: ColumnsOf<NoticeRow>;
  readonly pending_issue: ColumnsOf<PendingIssueRow>;
  readonly consent: ColumnsOf<ConsentRow>;
  readonly number_report: ColumnsOf<NumberReportRow>;
  readonly partner: ColumnsOf<PartnerRow>;
  readonly trade: ColumnsOf<TradeRow>;
  readonly trade_invoice: ColumnsOf<TradeInvoiceRow>;
  readonly entry: ColumnsOf<EntryRow>;
  readonly seller: ColumnsOf<SellerRow>;
  readonly seller_secrets: ColumnsOf<SellerSecretsRow>;
  readonly account: ColumnsOf<AccountRow>;
  readonly company: ColumnsOf<CompanyRow>;
  readonly machine: ColumnsOf<MachineRow>;
  readonly meta: ColumnsOf<MetaRow>;
}

export const HEAD = table<SellerHead>('head', ['seller'], {
  seller: 'text',
  sequence: 'integer',
  hash: 'text',
  filingSequence: 'integer',
  allowanceNumber: 'text',
});

export const BOOK = table<BookRow>('book', ['seller', 'period', 'track', 'first'], {
  seller: 'text',
  period: 'text',
  track: 'text',
  first: 'integer',
  last: 'integer',
  invoiceType: 'text',
  source: 'text',
  head: 'text',
  importedAt: 'text',
});

export const SEGMENT = table<SegmentRow>('segment', ['seller', 'period', 'track', 'first'], {
  seller: 'text',
  period: 'text',
  track: 'text',
  first: 'integer',
  last: 'integer',
  code: 'text',
  category: 'text',
  allotter: 'text',
  invoiceType: 'text',
  status: 'text',
  next: 'integer',
  lastIssuedAt: 'text',
});

export const BLANK = table<BlankRow>('blank', ['seller', 'period', 'track', 'first'], {
  seller: 'text',
  period: 'text',
  track: 'text',
  first: 'integer',
  last: 'integer',
  invoiceType: 'text',
  account: 'text',
  report: 'text',
  declaredAt: 'text',
});

export const INVOICE = table<InvoiceRow>('invoice', ['seller', 'number', 'period'], {
  seller: 'text',
  number: 'text',
  period: 'text',
  version: 'integer',
  state: 'text',
  account: 'text',
  channel: 'text',
  channelPartner: 'text',
  reference: 'text',
  invoiceType: 'text',
  taxType: 'text',
  buyerUbn: 'text',
  buyerName: 'text',
  buyerPhone: 'text',
  isPrinted: 'flag',
  total: 'integer',
  issuedAt: 'text',
  sequence: 'integer',
  ip: 'text',
  voidedAt: 'text',
  voidReason: 'text',
});

export const VERSION = table<VersionRow>('version', ['seller', 'number', 'period', 'version'], {
  seller: 'text',
  number: 'text',
  period: 'text',
  version: 'integer',
  content: 'text',
  hash: 'text',
});

export const REFERENCE = table<ReferenceRow>('reference', ['seller', 'account', 'kind', 'key'], {
  seller: 'text',
  account: 'text',
  kind: 'text',
  key: 'text',
  period: 'text',
  number: 'text',
  until: 'text',
});

export const ALLOWANCE = table<AllowanceRow>('allowance', ['seller', 'number'], {
  seller: 'text',
  number: 'text',
  state: 'text',
  account: 'text',
  period: 'text',
  invoiceNumber: 'text',
  allowedAt: 'text',
  net: 'integer',
  tax: 'integer',
  total: 'integer',
  content: 'text',
  hash: 'text',
  sequence: 'integer',
  ip: 'text',
  voidedAt: 'text',
  voidReason: 'text',
});

export const ALLOWANCE_PART = table<AllowancePartRow>(
  'allowance_part',
  ['seller', 'number', 'position'],
  {
    seller: 'text',
    number: 'text',
    position: 'integer',
    period: 'text',
    invoiceNumber: 'text',
    net: 'integer',
    tax: 'integer',
    total: 'integer',
  },
);

export const FILING = table<FilingRow>('filing', ['seller', 'sequence'], {
  seller: 'text',
  sequence: 'integer',
  message: 'text',
  period: 'text',
  invoiceNumber: 'text',
  version: 'integer',
  allowanceNumber: 'text',
  partner: 'text',
  eventAt: 'text',
  reason: 'text',
  remark: 'text',
  keyDate: 'text',
  state: 'text',
  holds: 'json',
  releaseAt: 'text',
  attempts: 'integer',
  fileName: 'text',
  isWritten: 'flag',
  createdAt: 'text',
  dueAt: 'text',
  handedAt: 'text',
  sentAt: 'text',
  settledAt: 'text',
  resultCode: 'text',
  resultText: 'text',
  numbers: 'text',
  summarizedOn: 'text',
});

export const PRINT = table<PrintRow>('print', ['seller', 'sequence'], {
  seller: 'text',
  sequence: 'integer',
  number: 'text',
  period: 'text',
  version: 'integer',
  medium: 'text',
  isOriginal: 'flag',
  hasDetails: 'flag',
  printer: 'text',
  account: 'text',
  state: 'text',
  attempts: 'integer',
  createdAt: 'text',
  nextAt: 'text',
  settledAt: 'text',
  result: 'text',
});

export const PRINTER = table<PrinterRow>('printer', ['seller', 'code'], {
  seller: 'text',
  code: 'text',
  host: 'text',
  port: 'integer',
  roll: 'integer',
  dpi: 'integer',
  hasCutter: 'flag',
  answersStatus: 'flag',
});

export const NOTICE = table<NoticeRow>('notice', ['seller', 'sequence'], {
  seller: 'text',
  sequence: 'integer',
  kind: 'text',
  tag: 'text',
  audience: 'text',
  recipient: 'text',
  subject: 'text',
  account: 'text',
  event: 'text',
  state: 'text',
  attempts: 'integer',
  createdAt: 'text',
  nextAt: 'text',
  settledAt: 'text',
  result: 'text',
});

export const PENDING_ISSUE = table<PendingIssueRow>('pending_issue', ['seller', 'account', 'key'], {
  seller: 'text',
  account: 'text',
  key: 'text',
  state: 'text',
  mode: 'text',
  delayDays: 'integer',
  dueAt: 'text',
  triggeredAt: 'text',
  nextAt: 'text',
  callbackUrl: 'text',
  referenceKey: 'text',
  command: 'text',
  hash: 'text',
  sequence: 'integer',
  scheduledAt: 'text',
  period: 'text',
  number: 'text',
  settledAt: 'text',
  problem: 'text',
});

export const CONSENT = table<ConsentRow>('consent', ['seller', 'number'], {
  seller: 'text',
  number: 'text',
  token: 'text',
  requestedAt: 'text',
  expiresAt: 'text',
  callbackUrl: 'text',
  state: 'text',
  settledAt: 'text',
});

export const NUMBER_REPORT = table<NumberReportRow>(
  'number_report',
  ['seller', 'period', 'message', 'numbers', 'version'],
  {
    seller: 'text',
    period: 'text',
    message: 'text',
    numbers: 'text',
    version: 'integer',
    content: 'text',
    hash: 'text',
    reportedAt: 'text',
  },
);

export const ENTRY = table<EntryRow>('entry', ['seller', 'sequence'], {
  seller: 'text',
  sequence: 'integer',
  at: 'text',
  verb: 'text',
  actor: 'text',
  subject: 'text',
  contentHash: 'text',
  previousHash: 'text',
  hash: 'text',
});

export const SELLER = table<SellerRow>('seller', ['seller'], { seller: 'text', settings: 'text' });

export const SELLER_SECRETS = table<SellerSecretsRow>('seller_secrets', ['seller'], {
  seller: 'text',
  sealedSecrets: 'text',
});

export const ACCOUNT = table<AccountRow>('account', ['dialect', 'id'], {
  dialect: 'text',
  id: 'text',
  seller: 'text',
  kind: 'text',
  sealedSecrets: 'text',
  boundAccounts: 'json',
});

export const MACHINE = table<MachineRow>('machine', ['seller', 'id'], {
  seller: 'text',
  id: 'text',
  remark: 'text',
  createdAt: 'text',
});

export const COMPANY = table<CompanyRow>('company', ['ubn'], {
  ubn: 'text',
  name: 'text',
  edition: 'integer',
});

export const META = table<MetaRow>('meta', ['key'], { key: 'text', value: 'text' });

/** Every table but the list of migrations, in the order in which `clear` empties them. */
export const TABLES = [
  ENTRY,
  PRINT,
  PRINTER,
  MENDING,
  NOTICE,
  PENDING_ISSUE,
  CONSENT,
  FILING,
  ALLOWANCE_PART,
  NUMBER_REPORT,
  TRADE_INVOICE,
  TRADE,
  PARTNER,
  ALLOWANCE,
  VERSION,
  REFERENCE,
  INVOICE,
  BLANK,
  SEGMENT,
  BOOK,
  MACHINE,
  HEAD,
  ACCOUNT,
  SELLER_SECRETS,
  SELLER,
  COMPANY,
  META,
] as const;
