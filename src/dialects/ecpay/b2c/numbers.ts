/** Invoice numbers out of members whose form the wire table has checked. */
import { type InvoiceNumber, parseInvoiceNumber } from '../../../domain/invoice-number.ts';

export function invoiceNumberOf(text: string): InvoiceNumber {
  const number = parseInvoiceNumber(text);
  if (number === undefined) throw new Error('the wire table let a bad invoice number pass');
  return number;
}
