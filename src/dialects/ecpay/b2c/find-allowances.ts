/** Looks up allowances that the queries may show, with the invoice that each gives back on. */
import { taipeiDateOf } from '../../../domain/taipei.ts';
import type { AllowanceLookup } from '../../../ledger/ports.ts';
import type { AllowanceRecord, InvoiceRecord } from '../../../ledger/rows.ts';
import type { DialectContext } from '../../dialect.ts';
import { isShown } from './render-allowance.ts';

export interface FoundAllowance {
  readonly record: AllowanceRecord;
  readonly invoice: InvoiceRecord;
}

/** Oldest first. An invoice is read once however many allowances it has. */
export async function findAllowances(
  { ledger }: DialectContext,
  lookup: AllowanceLookup,
): Promise<readonly FoundAllowance[]> {
  const records = (await ledger.reads.findAllowances(lookup)).filter(isShown);
  const invoices = new Map<string, InvoiceRecord>();
  for (const { content } of records) {
    const { seller, invoice } = content;
    const key = invoiceKeyOf(invoice);
    if (invoices.has(key)) continue;
    const issuedOn = taipeiDateOf(invoice.issuedAt);
    const found = await ledger.reads.findInvoice({
      by: 'number',
      seller,
      number: invoice.number,
      issuedOn,
    });
    if (found === null) throw new Error('an allowance without its invoice');
    invoices.set(key, found);
  }
  return records.map((record) => {
    const invoice = invoices.get(invoiceKeyOf(record.content.invoice));
    if (invoice === undefined) throw new Error('an allowance without its invoice');
    return { record, invoice };
  });
}

function invoiceKeyOf(invoice: AllowanceRecord['content']['invoice']): string {
  return `${invoice.period}/${invoice.number}`;
}
