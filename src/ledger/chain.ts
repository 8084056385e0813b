/**
 * The chain of an invoice: its filings and its allowances' go to the Ministry one after another, since
 * the folders of different messages keep no order (MOF Turnkey: each message has its own folder). A filing
 * of an allowance over several invoices stands in the chain of each of them.
 */
import type { HoldReason } from '../domain/invoice.ts';
import type { Batch } from './batch.ts';
import type { AllowancePartRow, FilingRow, InvoiceKey } from './rows.ts';
import { invoiceKeyText } from './verb.ts';

/** The invoice that a filing itself names; none for a number message, which nothing waits for. */
export function ownInvoice(filing: FilingRow): readonly InvoiceKey[] {
  const { seller, period, invoiceNumber: number } = filing;
  return number === '' ? [] : [{ seller, period, number }];
}

/** The filings of several invoices, kept up as this batch adds to them. */
export class Chains {
  readonly #filings = new Map<string, FilingRow[]>();
  /** Chains that a filing stands in, by seller and sequence. */
  readonly #places = new Map<string, readonly string[]>();

  /**
   * Opens the chains of these invoices, and of every invoice that is bound to one of them by an open filing
   * of an allowance over several: whether that filing may go depends on all of them.
   */
  static async open(batch: Batch, invoices: readonly InvoiceKey[]): Promise<Chains> {
    const chains = new Chains();
    const known = new Set<string>();
    let next = new Map(invoices.map((key) => [invoiceKeyText(key), key]));
    while (next.size > 0) {
      for (const name of next.keys()) known.add(name);
      const rows = await batch.transaction.findFilingsOf([...next.values()]);
      const parts = await findParts(batch, rows);
      next = new Map();
      for (const row of rows) {
        const own = (parts.get(allowanceText(row)) ?? []).map(invoiceOfPart);
        chains.add(row, own.length > 0 ? own : ownInvoice(row));
        if (row.state === 'confirmed') continue;
        for (const key of own) {
          if (!known.has(invoiceKeyText(key))) next.set(invoiceKeyText(key), key);
        }
      }
    }
    return chains;
  }

  of(invoice: InvoiceKey): readonly FilingRow[] {
    return this.#filings.get(invoiceKeyText(invoice)) ?? [];
  }

  /** Every filing that stands in a chain together with this one, also it itself. */
  besides(filing: FilingRow): readonly FilingRow[] {
    const rows = this.#placesOf(filing).flatMap((name) => this.#filings.get(name) ?? []);
    return [...new Map(rows.map((row) => [row.sequence, row])).values()];
  }

  /** Puts a filing into the chains of the invoices that it is about; its own where not said. */
  add(filing: FilingRow, invoices: readonly InvoiceKey[] = ownInvoice(filing)): void {
    const names = invoices.map(invoiceKeyText);
    const place = filingText(filing);
    this.#places.set(place, names);
    for (const name of names) {
      const rows = this.#filings.get(name) ?? [];
      this.#filings.set(name, rows);
      if (rows.every((row) => row.sequence !== filing.sequence)) rows.push(filing);
      rows.sort((left, right) => left.sequence - right.sequence);
    }
  }

  replace(filing: FilingRow): void {
    for (const name of this.#placesOf(filing)) {
      const rows = this.#filings.get(name) ?? [];
      const index = rows.findIndex((row) => row.sequence === filing.sequence);
      if (index >= 0) rows[index] = filing;
    }
  }

  /** Reasons for a new filing about these invoices to wait: an earlier one that is not confirmed. */
  holdsForNext(...invoices: readonly InvoiceKey[]): readonly HoldReason[] {
    const isWaited = invoices.some((key) => this.of(key).some((row) => row.state !== 'confirmed'));
    return isWaited ? ['earlier-filing'] : [];
  }

  /** Whether every filing before this one is confirmed, in each chain that it stands in. */
  isFirstOpen(filing: FilingRow): boolean {
    return this.#placesOf(filing).every((name) =>
      (this.#filings.get(name) ?? []).every(
        (row) => row.sequence >= filing.sequence || row.state === 'confirmed',
      ),
    );
  }

  #placesOf(filing: FilingRow): readonly string[] {
    return this.#places.get(filingText(filing)) ?? [];
  }
}

function filingText({ seller, sequence }: FilingRow): string {
  return `${seller}/${sequence}`;
}

function allowanceText({ seller, allowanceNumber }: FilingRow): string {
  return `${seller}/${allowanceNumber}`;
}

export function invoiceOfPart({ seller, period, invoiceNumber }: AllowancePartRow): InvoiceKey {
  return { seller, period, number: invoiceNumber };
}

/** Parts of the allowances that the filings are about, by allowance. */
async function findParts(
  batch: Batch,
  filings: readonly FilingRow[],
): Promise<ReadonlyMap<string, readonly AllowancePartRow[]>> {
  const keys = new Map<string, { seller: FilingRow['seller']; number: string }>();
  for (const row of filings) {
    if (row.allowanceNumber === '') continue;
    keys.set(allowanceText(row), { seller: row.seller, number: row.allowanceNumber });
  }
  if (keys.size === 0) return new Map();
  const parts = await batch.transaction.findAllowanceParts([...keys.values()]);
  return Map.groupBy(parts, ({ seller, number }) => `${seller}/${number}`);
}
