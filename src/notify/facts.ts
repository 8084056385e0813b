/**
 * What a notice is about, read from the ledger when it is sent or looked at: the document as it is now.
 */
import { parseInvoiceNumber } from '../domain/invoice-number.ts';
import { parsePeriod } from '../domain/period.ts';
import { taipeiDateOf } from '../domain/taipei.ts';
import type { Ubn } from '../domain/ubn.ts';
import type { StoreReads } from '../ledger/ports.ts';
import type { AllowanceRecord, ConsentRow, InvoiceRecord, NoticeRow } from '../ledger/rows.ts';

export interface NoticeFacts {
  readonly invoice: InvoiceRecord;
  readonly allowance: AllowanceRecord | null;
  readonly consent: ConsentRow | null;
}

/** The facts of a notice; null where there is no such document. */
export async function factsOf(
  reads: StoreReads,
  { seller, subject }: Pick<NoticeRow, 'seller' | 'subject'>,
): Promise<NoticeFacts | null> {
  const [kind = '', second = '', third = ''] = subject.split('/');
  if (kind === 'allowance') return allowanceFacts(reads, seller, second);
  const period = parsePeriod(second);
  const number = parseInvoiceNumber(third);
  if (kind !== 'invoice' || period === undefined || number === undefined) return null;
  const invoice = await reads.findInvoice({ by: 'number', seller, number });
  // A number recurs in later years; then the notice was of the older invoice.
  return invoice === null || invoice.row.period !== period
    ? null
    : { invoice, allowance: null, consent: null };
}

async function allowanceFacts(
  reads: StoreReads,
  seller: Ubn,
  number: string,
): Promise<NoticeFacts | null> {
  const [allowance] = await reads.findAllowances({ by: 'allowance', seller, number });
  if (allowance === undefined) return null;
  const consent = await reads.findConsent(seller, number);
  const { invoice: named } = allowance.content;
  const invoice = await reads.findInvoice({
    by: 'number',
    seller,
    number: named.number,
    issuedOn: taipeiDateOf(named.issuedAt),
  });
  return invoice === null ? null : { invoice, allowance, consent };
}
