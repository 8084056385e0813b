/**
 * Loads what a filing is about and composes its message. What speaks against handing it over comes back
 * as holds with a text. A filing that cannot be composed at all is held too: it must not stop the others.
 */
import type { HoldReason } from '../../domain/invoice.ts';
import { taipeiDateOf } from '../../domain/taipei.ts';
import { parseInvoiceContent } from '../../ledger/content.ts';
import type {
  AllowanceRecord,
  FilingRow,
  InvoiceRecord,
  NumberReportRow,
} from '../../ledger/rows.ts';
import { composeMessage, type MessageSource } from '../mig/compose.ts';
import { composeNumberMessage, type NumberSource } from '../mig/compose-numbers.ts';
import type { OutboxContext } from './outbox-context.ts';

export interface ComposedFiling {
  readonly filing: FilingRow;
  readonly xml: string;
}
export interface ObstructedFiling {
  readonly filing: FilingRow;
  readonly holds: readonly HoldReason[];
  readonly text: string;
}
export interface ComposedFilings {
  readonly composed: readonly ComposedFiling[];
  readonly obstructed: readonly ObstructedFiling[];
}

/** Filings whose records are read at the same time. */
const READS_AT_ONCE_MAX = 16;
const HOLD_TEXT_CHARACTERS_MAX = 500;

export async function composeFilings(
  context: OutboxContext,
  filings: readonly FilingRow[],
): Promise<ComposedFilings> {
  const composed: ComposedFiling[] = [];
  const obstructed: ObstructedFiling[] = [];
  for (let from = 0; from < filings.length; from += READS_AT_ONCE_MAX) {
    const chunk = filings.slice(from, from + READS_AT_ONCE_MAX);
    for (const result of await Promise.all(chunk.map((filing) => composeOne(context, filing)))) {
      if ('xml' in result) composed.push(result);
      else obstructed.push(result);
    }
  }
  return { composed, obstructed };
}

async function composeOne(
  context: OutboxContext,
  filing: FilingRow,
): Promise<ComposedFiling | ObstructedFiling> {
  const source = await sourceOf(context, filing);
  if (source === null)
    return obstruct(filing, ['would-be-refused'], '查無此上傳的發票或營業人資料');
  let message: ReturnType<typeof composeMessage>;
  try {
    message = 'report' in source ? composeNumberMessage(source) : composeMessage(source);
  } catch (error) {
    // A defect of the composer for this one document: a person must see it, the others go on.
    const { seller, sequence } = filing;
    context.log.error({ err: error, seller, filing: sequence }, 'a message could not be composed');
    return obstruct(filing, ['would-be-refused'], '產生上傳訊息時發生程式錯誤，請回報維護人員');
  }
  if (message.ok) return { filing, xml: message.xml };
  const holds = [...new Set(message.problems.map((problem) => problem.hold))];
  const text = message.problems
    .map(({ rule, element, text: what }) => `${rule}${element && ` ${element}`}：${what}`)
    .join('；');
  return obstruct(filing, holds, text);
}

function obstruct(filing: FilingRow, holds: readonly HoldReason[], text: string): ObstructedFiling {
  return { filing, holds, text: [...text].slice(0, HOLD_TEXT_CHARACTERS_MAX).join('') };
}

/** The records that a message is made of, or null where they are not here. */
async function sourceOf(
  context: OutboxContext,
  filing: FilingRow,
): Promise<MessageSource | NumberSource | null> {
  const seller = context.accounts.seller(filing.seller);
  if (seller === undefined) return null;
  if (filing.numbers !== '') {
    const report = await reportOf(context, filing);
    return report === null ? null : { filing, seller, report };
  }
  if (filing.allowanceNumber === '') {
    const invoice = await invoiceOf(context, filing);
    return invoice === null ? null : { filing, seller, invoice, allowance: null };
  }
  const allowance = await allowanceOf(context, filing);
  const invoice = allowance === null ? null : await invoiceOf(context, filing);
  return invoice === null ? null : { filing, seller, invoice, allowance };
}

/** The version of the number report that the filing names. */
async function reportOf(
  { ledger }: OutboxContext,
  { seller, period, message, numbers, version }: FilingRow,
): Promise<NumberReportRow | null> {
  const reports = await ledger.reads.listNumberReports(seller, period);
  const own = reports.find(
    (row) => row.message === message && row.numbers === numbers && row.version === version,
  );
  return own ?? null;
}

async function allowanceOf(
  { ledger }: OutboxContext,
  { seller, allowanceNumber }: FilingRow,
): Promise<AllowanceRecord | null> {
  const lookup = { by: 'allowance', seller, number: allowanceNumber } as const;
  const [allowance] = await ledger.reads.findAllowances(lookup);
  return allowance ?? null;
}

/**
 * The invoice with the content of the filing's version. Tracks recur in later years and a reissue makes
 * a newer version, so the version that the filing names says which day to look for.
 */
async function invoiceOf(
  { ledger }: OutboxContext,
  { seller, period, invoiceNumber: number, version }: FilingRow,
): Promise<InvoiceRecord | null> {
  if (number === '') return null;
  const newest = await ledger.reads.findInvoice({ by: 'number', seller, number });
  if (newest?.content.period === period && newest.content.version === version) return newest;
  const [stored] = await ledger.reads.findVersions([{ seller, period, number, version }]);
  if (stored === undefined) return null;
  const content = parseInvoiceContent(stored.content);
  const issuedOn = taipeiDateOf(content.issuedAt);
  const record = await ledger.reads.findInvoice({ by: 'number', seller, number, issuedOn });
  return record === null ? null : { ...record, content };
}
