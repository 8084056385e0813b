/** What a message refers to: the invoice or allowance it undoes, the invoices that an allowance credits. */
import { exact } from './exact.ts';
import type { InvoiceName } from './platform-memory.ts';
import { itemsOf, type ReadMessage, textAt } from './read-message.ts';

/** Null where the message names none, or no usable day. */
export function originalOf({ kind, seller, number, tree }: ReadMessage): InvoiceName | null {
  if (kind === 'F0401' || kind === 'G0401' || /^[ABE]/.test(kind)) return null;
  const date = textAt(tree, kind === 'G0501' ? 'AllowanceDate' : 'InvoiceDate');
  return /^\d{8}$/.test(date) ? { seller, number, date } : null;
}

export interface Credit {
  readonly invoice: InvoiceName;
  /** Net and tax of all items that name the invoice, in 10^-7 dollars. */
  readonly amount: bigint;
}

export function creditsOf({ seller, tree }: ReadMessage): readonly Credit[] {
  const credits = new Map<string, Credit>();
  for (const item of itemsOf(tree)) {
    const number = textAt(item, 'OriginalInvoiceNumber');
    const date = textAt(item, 'OriginalInvoiceDate');
    if (!/^[A-Z]{2}\d{8}$/.test(number) || !/^\d{8}$/.test(date)) continue;
    const amount = (exact(textAt(item, 'Amount')) ?? 0n) + (exact(textAt(item, 'Tax')) ?? 0n);
    const key = `${number}/${date}`;
    const before = credits.get(key)?.amount ?? 0n;
    credits.set(key, { invoice: { seller, number, date }, amount: before + amount });
  }
  return [...credits.values()];
}
