/**
 * The chain of an invoice: its filings and its allowances' go to the Ministry one after another, since
 * the folders of different messages keep no order (MOF Turnkey: each message has its own folder).
 */
import type { HoldReason } from '../domain/invoice.ts';
import type { Batch } from './batch.ts';
import type { FilingRow, InvoiceKey } from './rows.ts';
import { invoiceKeyText } from './verb.ts';

export function chainText(filing: FilingRow): string {
  return invoiceKeyText({
    seller: filing.seller,
    period: filing.period,
    number: filing.invoiceNumber,
  });
}

/** The filings of several invoices, kept up as this batch adds to them. */
export class Chains {
  readonly #filings = new Map<string, FilingRow[]>();

  static async open(batch: Batch, invoices: readonly InvoiceKey[]): Promise<Chains> {
    const chains = new Chains();
    const rows = await batch.transaction.findFilingsOf(invoices);
    for (const row of rows) chains.add(row);
    return chains;
  }

  of(invoice: InvoiceKey): readonly FilingRow[] {
    return this.#filings.get(invoiceKeyText(invoice)) ?? [];
  }

  add(filing: FilingRow): void {
    const key = chainText(filing);
    const rows = this.#filings.get(key);
    if (rows === undefined) this.#filings.set(key, [filing]);
    else rows.push(filing);
  }

  replace(filing: FilingRow): void {
    const rows = this.#filings.get(chainText(filing)) ?? [];
    const index = rows.findIndex((row) => row.sequence === filing.sequence);
    if (index >= 0) rows[index] = filing;
  }

  /** Reasons for a new filing of the invoice to wait: an earlier one that is not confirmed. */
  holdsForNext(invoice: InvoiceKey): readonly HoldReason[] {
    return this.of(invoice).some((row) => row.state !== 'confirmed') ? ['earlier-filing'] : [];
  }

  /** Whether every filing of the same chain before this one is confirmed. */
  isFirstOpen(filing: FilingRow): boolean {
    const rows = this.#filings.get(chainText(filing)) ?? [];
    return rows.every((row) => row.sequence >= filing.sequence || row.state === 'confirmed');
  }
}
