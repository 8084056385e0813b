/**
 * Loads what filings are about, in sets: the contents of the versions they name, allowances, whether an invoice
 * was voided, reports of numbers. A filing whose records are not here has no source.
 */
import { isExchangeMessage } from '../../domain/filing.ts';
import type { Seller } from '../../domain/seller.ts';
import { parseAllowanceContent, parseInvoiceContent } from '../../ledger/content.ts';
import { findTradeOf } from '../../ledger/find-trade.ts';
import type { StoreReads } from '../../ledger/ports.ts';
import type { AllowanceRow, FilingRow, NumberReportRow, VersionRow } from '../../ledger/rows.ts';
import type { TradeRow } from '../../ledger/trade-rows.ts';
import type { MessageSource } from '../mig/compose.ts';
import type { ExchangeSource } from '../mig/compose-exchange.ts';
import type { NumberSource } from '../mig/compose-numbers.ts';
import type { OutboxContext } from './outbox-context.ts';

export type FilingSource = MessageSource | NumberSource | ExchangeSource;
type Voided = MessageSource['invoice']['row'];

const NOT_VOIDED: Voided = { voidedAt: null, voidReason: '' };

interface Loaded {
  readonly versions: ReadonlyMap<string, VersionRow>;
  readonly voided: ReadonlyMap<string, Voided>;
  readonly allowances: ReadonlyMap<string, AllowanceRow>;
  readonly reports: ReadonlyMap<string, NumberReportRow>;
  readonly trades: ReadonlyMap<string, TradeRow>;
}

/** The source of each filing, in order; null where its records or its seller are not here. */
export async function loadSources(
  { ledger: { reads }, accounts }: Pick<OutboxContext, 'ledger' | 'accounts'>,
  filings: readonly FilingRow[],
): Promise<readonly (FilingSource | null)[]> {
  const [versions, voided, allowances, reports, trades] = await Promise.all([
    loadVersions(reads, filings),
    loadVoided(reads, filings),
    loadAllowances(reads, filings),
    loadReports(reads, filings),
    loadTrades(reads, filings),
  ]);
  const loaded = { versions, voided, allowances, reports, trades };
  return filings.map((filing) => {
    const seller = accounts.seller(filing.seller);
    return seller === undefined ? null : sourceOf(filing, seller, loaded);
  });
}

function sourceOf(filing: FilingRow, seller: Seller, loaded: Loaded): FilingSource | null {
  if (filing.numbers !== '') {
    const report = loaded.reports.get(reportKey(filing));
    return report === undefined ? null : { filing, seller, report };
  }
  if (isExchangeMessage(filing.message)) return exchangeOf(filing, seller, loaded);
  const version = loaded.versions.get(versionOf(filing));
  if (version === undefined) return null;
  const isVoid = filing.message === 'F0501';
  const invoice = {
    content: parseInvoiceContent(version.content),
    row: (isVoid ? loaded.voided.get(invoiceOf(filing)) : undefined) ?? NOT_VOIDED,
  };
  if (filing.allowanceNumber === '') return { filing, seller, invoice, allowance: null };
  const row = loaded.allowances.get(`${filing.seller}/${filing.allowanceNumber}`);
  if (row === undefined) return null;
  const allowance = { content: parseAllowanceContent(row.content), row };
  return { filing, seller, invoice, allowance };
}

/** Exchange: the trade, and of the sender's own documents what the message shows. */
function exchangeOf(filing: FilingRow, seller: Seller, loaded: Loaded): ExchangeSource | null {
  const trade = loaded.trades.get(filingKey(filing));
  if (trade === undefined) return null;
  const version = loaded.versions.get(versionOf(filing));
  const allowance = loaded.allowances.get(`${filing.seller}/${filing.allowanceNumber}`);
  return {
    filing,
    seller,
    trade,
    invoice: version === undefined ? null : parseInvoiceContent(version.content),
    allowance: allowance === undefined ? null : parseAllowanceContent(allowance.content),
  };
}

async function loadTrades(
  reads: StoreReads,
  filings: readonly FilingRow[],
): Promise<ReadonlyMap<string, TradeRow>> {
  const found = new Map<string, TradeRow>();
  for (const filing of filings) {
    if (!isExchangeMessage(filing.message)) continue;
    const trade = await findTradeOf(reads, filing);
    if (trade !== null) found.set(filingKey(filing), trade);
  }
  return found;
}

function filingKey({ seller, sequence }: FilingRow): string {
  return `${seller}/${sequence}`;
}

async function loadVersions(
  reads: StoreReads,
  filings: readonly FilingRow[],
): Promise<ReadonlyMap<string, VersionRow>> {
  const keys = filings.flatMap(({ seller, period, invoiceNumber: number, version }) =>
    number === '' ? [] : [{ seller, period, number, version }],
  );
  const rows = await reads.findVersions(unique(keys, versionKey));
  return new Map(rows.map((row) => [versionKey(row), row]));
}

/** Only an F0501 says when and why: nothing else needs the invoice as it is now. */
async function loadVoided(
  reads: StoreReads,
  filings: readonly FilingRow[],
): Promise<ReadonlyMap<string, Voided>> {
  const keys = filings.flatMap(({ message, seller, period, invoiceNumber: number }) =>
    message === 'F0501' && number !== '' ? [{ seller, period, number }] : [],
  );
  const rows = await reads.findInvoiceRows(unique(keys, invoiceKey));
  return new Map(rows.map((row) => [invoiceKey(row), row]));
}

async function loadAllowances(
  reads: StoreReads,
  filings: readonly FilingRow[],
): Promise<ReadonlyMap<string, AllowanceRow>> {
  const keys = filings.flatMap(({ seller, allowanceNumber: number }) =>
    number === '' ? [] : [{ seller, number }],
  );
  const keyOf = ({ seller, number }: (typeof keys)[number]) => `${seller}/${number}`;
  const rows = await reads.findAllowanceRows(unique(keys, keyOf));
  return new Map(rows.map((row) => [keyOf(row), row]));
}

async function loadReports(
  reads: StoreReads,
  filings: readonly FilingRow[],
): Promise<ReadonlyMap<string, NumberReportRow>> {
  const found = new Map<string, NumberReportRow>();
  const ofNumbers = filings.filter(({ numbers }) => numbers !== '');
  for (const { seller, period } of unique(ofNumbers, (row) => `${row.seller}/${row.period}`)) {
    for (const row of await reads.listNumberReports(seller, period)) {
      found.set(reportKey(row), row);
    }
  }
  return found;
}

function invoiceKey(key: { seller: string; period: string; number: string }): string {
  return `${key.seller}/${key.period}/${key.number}`;
}

function versionKey(key: {
  seller: string;
  period: string;
  number: string;
  version: number;
}): string {
  return `${invoiceKey(key)}/${key.version}`;
}

/** The keys of what a filing is about. */
function invoiceOf({ seller, period, invoiceNumber: number }: FilingRow): string {
  return invoiceKey({ seller, period, number });
}

function versionOf({ seller, period, invoiceNumber: number, version }: FilingRow): string {
  return versionKey({ seller, period, number, version });
}

type ReportKey = Pick<NumberReportRow, 'seller' | 'period' | 'numbers' | 'version'>;

function reportKey(row: ReportKey & { readonly message: string }): string {
  return `${row.seller}/${row.period}/${row.message}/${row.numbers}/${row.version}`;
}

/** The store takes each key once. */
function unique<Key>(keys: readonly Key[], textOf: (key: Key) => string): readonly Key[] {
  return [...new Map(keys.map((key) => [textOf(key), key])).values()];
}
