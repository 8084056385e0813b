/**
 * Invoices as the documents see them: composed by the domain from a draft, with number, time and random
 * code given, without a ledger.
 */
import assert from 'node:assert/strict';
import { composeInvoice } from '../../src/domain/compose-invoice.ts';
import type { Buyer, InvoiceContent, InvoiceDraft } from '../../src/domain/invoice.ts';
import { parseInvoiceNumber } from '../../src/domain/invoice-number.ts';
import { periodOf } from '../../src/domain/period.ts';
import { type TaipeiDateTime, taipeiDateOf } from '../../src/domain/taipei.ts';
import { type Ubn, ubn } from '../../src/domain/ubn.ts';
import { accepted, dollars, draft, SELLER_A } from './demo.ts';

/** The seller of the published pass-phrase example. */
export const SELLER_24634102 = ubn('24634102');

export interface ContentChanges extends Partial<Omit<InvoiceDraft, 'total' | 'buyer'>> {
  readonly seller?: Ubn;
  readonly number?: string;
  readonly issuedAt?: string;
  readonly randomNumber?: string;
  readonly buyer?: Partial<Omit<Buyer, 'ubn'>> & { readonly ubn?: string };
}

/** An invoice of one line, `AB11223344` of 2026-11-21 10:20:30, but for the changes. */
export function contentOf(total: number, changes: ContentChanges = {}): InvoiceContent {
  const { seller, number, issuedAt, randomNumber, buyer, ...others } = changes;
  const base = draft(total);
  const composed = accepted(
    composeInvoice(
      {
        ...base,
        ...others,
        total: dollars(total),
        buyer: {
          ...base.buyer,
          ...buyer,
          ubn: buyer?.ubn === undefined ? null : ubn(buyer.ubn),
        },
      },
      SELLER_A,
    ),
  );
  // Written as the ledger writes it.
  const at = (issuedAt ?? '2026-11-21 10:20:30') as TaipeiDateTime;
  const invoiceNumber = parseInvoiceNumber(number ?? 'AB11223344');
  assert(invoiceNumber !== undefined);
  return {
    ...composed,
    seller: seller ?? SELLER_A.ubn,
    period: periodOf(taipeiDateOf(at)),
    number: invoiceNumber,
    version: 1,
    issuedAt: at,
    randomNumber: randomNumber ?? '9999',
    reference: 'ORDER-1',
    billingReference: '',
    channelPartner: '',
  };
}
