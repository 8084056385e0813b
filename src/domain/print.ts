/**
 * Prints 列印 of invoices: which may be printed, and the states of a print. A certificate is original
 * once; every later one is a reprint 補印, which alone cannot claim a prize.
 */
import { type Fault, fault } from './fault.ts';
import type { InvoiceContent } from './invoice.ts';

/** `page`: a print page handed out; `pdf`: a file handed out; `thermal`: a printer's job. */
export type PrintMedium = 'page' | 'pdf' | 'thermal';

/**
 * `sending`: a printer is being sent it; found at a start it was cut off. `unsure`: all was sent and
 * nothing confirmed: a person looks at the paper, since an original must not come out twice.
 */
export type PrintState = 'due' | 'sending' | 'printed' | 'unsure';

const NEXT: Readonly<Record<PrintState, readonly PrintState[]>> = {
  due: ['sending'],
  sending: ['due', 'printed', 'unsure'],
  printed: [],
  // A person found no paper, or found it.
  unsure: ['due', 'printed'],
};

export function canMovePrint(from: PrintState, to: PrintState): boolean {
  return NEXT[from].includes(to);
}

/**
 * Why an invoice may not be printed, or null. Printing belongs to invoices without carrier and donation;
 * a mobile barcode's with a buyer's tax ID may be printed for expense claims, a carrier's once it won
 * (ECPay B2C API, InvoicePrint; e-invoice operating rules on carriers and prizes).
 */
export function whyNotPrintable(content: InvoiceContent, hasWon: boolean): Fault | null {
  if (content.donationCode !== '') {
    return fault(
      'PRINT_DONATED',
      'number',
      'a donated invoice is the receiver’s; it is not printed',
    );
  }
  if (content.isPrinted || hasWon) return null;
  if (content.buyer.ubn !== null && content.carrier.kind === 'mobile-barcode') return null;
  return fault('PRINT_CARRIER', 'number', 'it is on a carrier; it is printed only after it won');
}
