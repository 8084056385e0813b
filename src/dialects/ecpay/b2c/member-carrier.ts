/**
 * The buyer's number on ECPay's member carrier: upper-case MD5 of the e-mail address, else of the
 * phone number, as sent without surrounding blanks. Observed: two recorded replies of ECPay's stage
 * (2026-08) for the e-mail; for the phone it is Kaili's reading of the document ("phone without mail").
 */
import { hash } from 'node:crypto';

/** '' when the buyer left neither. MD5 is an identifier here, no protection. */
export function memberCarrierId(email: string, phone: string): string {
  const contact = email === '' ? phone : email;
  return contact === '' ? '' : hash('md5', contact).toUpperCase();
}
