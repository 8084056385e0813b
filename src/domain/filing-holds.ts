/**
 * Why an invoice's F0401 cannot go out by itself: what its content says, and settings that the seller
 * has not completed. The invoice is issued all the same; its filing waits, with an alarm.
 */
import type { ComposedInvoice, HoldReason } from './invoice.ts';
import type { Seller } from './seller.ts';

/**
 * All holds of an invoice under the seller's present settings; empty where nothing hinders.
 * The gateway refuses an F0401 with a blank seller address, and one that is neither printed, donated
 * nor on a carrier (MIG 4.1, rules beyond the schema, 1 and 5).
 */
export function filingHolds(composed: ComposedInvoice, seller: Seller): readonly HoldReason[] {
  const isAddressMissing = seller.address.trim() === '';
  const isCodeMissing = seller.memberCarrierCode === '' && needsMemberCarrier(composed);
  if (!isAddressMissing && !isCodeMissing) return composed.holds;
  const holds: HoldReason[] = [];
  if (isAddressMissing) holds.push('seller-address-missing');
  if (isCodeMissing) holds.push('member-carrier-code-missing');
  return [...holds, ...composed.holds];
}

/**
 * Whether an invoice is filed on the seller's member carrier: it names that carrier, or it has none of
 * print, donation and carrier. A donated one needs no carrier: without a code it is filed without.
 * Source: ECPay B2C API mapping, carrier, print, donation.
 */
export function needsMemberCarrier(
  invoice: Pick<ComposedInvoice, 'carrier' | 'isPrinted' | 'donationCode'>,
): boolean {
  if (invoice.donationCode !== '') return false;
  if (invoice.carrier.kind === 'member') return true;
  return invoice.carrier.kind === 'none' && !invoice.isPrinted;
}
