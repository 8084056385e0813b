/**
 * Reading back what the ledger itself wrote: canonical JSON of invoice versions and allowances. The text
 * is covered by the journal's hashes, so it is read as it was written and not parsed field by field.
 */
import type { AllowanceContent } from '../domain/allowance.ts';
import type { InvoiceContent } from '../domain/invoice.ts';
import type { PurchasedAllowance, PurchasedInvoice } from '../domain/trade.ts';

export function parseInvoiceContent(text: string): InvoiceContent {
  // Written by `issue` from this very type; amounts are safe integers and decimals are texts.
  return JSON.parse(text) as InvoiceContent;
}

export function parseAllowanceContent(text: string): AllowanceContent {
  // Written by `allow` from this very type.
  return JSON.parse(text) as AllowanceContent;
}

export function parsePurchasedInvoice(text: string): PurchasedInvoice {
  // Written by `issue` or `receive` from this very type.
  return JSON.parse(text) as PurchasedInvoice;
}

export function parsePurchasedAllowance(text: string): PurchasedAllowance {
  // Written by `allow` or `receive` from this very type.
  return JSON.parse(text) as PurchasedAllowance;
}
