/**
 * An invoice on its way to be issued: as it was composed, or carried as the text that will be kept of it
 * beside the few members that issuing looks at. The text is made once, by the thread that composed the
 * invoice; the ledger's thread neither reads it nor writes it anew.
 */
import type { ComposedInvoice } from '../domain/invoice.ts';

/** What issuing looks at. */
export interface InvoiceFacts
  extends Pick<ComposedInvoice, 'invoiceType' | 'taxType' | 'isPrinted' | 'holds'> {
  readonly buyer: Pick<ComposedInvoice['buyer'], 'ubn' | 'name' | 'phone'>;
  readonly amounts: Pick<ComposedInvoice['amounts'], 'total'>;
}

export interface CarriedInvoice extends InvoiceFacts {
  /** Canonical JSON of the whole. */
  readonly text: string;
}

export type InvoiceToIssue = ComposedInvoice | CarriedInvoice;

export function factsOf(invoice: InvoiceToIssue): InvoiceFacts {
  const { buyer } = invoice;
  return {
    invoiceType: invoice.invoiceType,
    taxType: invoice.taxType,
    isPrinted: invoice.isPrinted,
    holds: invoice.holds,
    buyer: { ubn: buyer.ubn, name: buyer.name, phone: buyer.phone },
    amounts: { total: invoice.amounts.total },
  };
}

/** Canonical JSON of the invoice as it was composed. */
export function textOf(invoice: InvoiceToIssue): string {
  return 'text' in invoice ? invoice.text : JSON.stringify(invoice);
}

/** Every member of the invoice; read from its text where that is what was carried. */
export function wholeOf(invoice: InvoiceToIssue): ComposedInvoice {
  if (!('text' in invoice)) return invoice;
  // Made by `textOf` from this very type.
  return JSON.parse(invoice.text) as ComposedInvoice;
}
