/**
 * AuthCode: the GUID that a client keeps with an issued invoice. Derived from the seller's salt and the
 * invoice's key, so that it needs no storage, stays over amendments and cannot be guessed by others.
 */
import { createHmac } from 'node:crypto';
import type { InvoiceContent } from '../../domain/invoice.ts';

export function authCodeOf(
  salt: string,
  { seller, period, number }: Pick<InvoiceContent, 'seller' | 'period' | 'number'>,
): string {
  const digest = createHmac('sha256', salt).update(`${seller}/${period}/${number}`).digest('hex');
  const parts = [8, 4, 4, 4, 12];
  let from = 0;
  return parts
    .map((length) => {
      from += length;
      return digest.slice(from - length, from);
    })
    .join('-')
    .toUpperCase();
}
