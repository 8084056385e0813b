/**
 * What a machine prints on certificates that it issues by itself: a random code for each number, and the
 * check field over both. The random code follows from the seller's QR key, so that it need not be kept,
 * is the same whenever it is asked for, and tells nobody anything who does not have the key.
 */
import { createHmac } from 'node:crypto';
import type { InvoiceNumber } from '../domain/invoice-number.ts';
import type { Period } from '../domain/period.ts';
import type { MachineCodes } from '../ledger/document-ports.ts';
import { checkField, type QrKey } from './qr-key.ts';

/** Random codes have four digits. */
const RANDOM_CODES = 10_000;
/** Keeps this use of the key apart from every other. */
const PURPOSE = 'machine random code';

export function machineCodesOf(key: QrKey, period: Period, number: InvoiceNumber): MachineCodes {
  const digest = createHmac('sha256', key).update(`${PURPOSE}/${period}/${number}`).digest();
  // 32 bits over 10,000 codes: no code is favoured by more than one in 400,000.
  const randomNumber = String(digest.readUInt32BE() % RANDOM_CODES).padStart(4, '0');
  return { number, randomNumber, checkField: checkField(key, number, randomNumber) };
}
