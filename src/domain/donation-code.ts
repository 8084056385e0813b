/** Donation code 愛心碼 (NPOBAN): three to seven digits of an organisation. */

declare const donationCodeBrand: unique symbol;
export type DonationCode = string & { readonly [donationCodeBrand]: true };

/**
 * Reads a code as wide as MIG 4.1 NPOBAN, up to ten digits. The Ministry's own codes have seven at most, so
 * that one longer is held before hand-over (SystemLead e首發票 API takes 3–10).
 */
export function parseWideDonationCode(text: string): DonationCode | undefined {
  return /^\d{3,10}$/.test(text) ? (text as DonationCode) : undefined;
}

export function parseDonationCode(text: string): DonationCode | undefined {
  return /^\d{3,7}$/.test(text) ? (text as DonationCode) : undefined;
}
