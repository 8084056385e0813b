/** Donation code 愛心碼 (NPOBAN): three to seven digits of an organisation. */

declare const donationCodeBrand: unique symbol;
export type DonationCode = string & { readonly [donationCodeBrand]: true };

export function parseDonationCode(text: string): DonationCode | undefined {
  return /^\d{3,7}$/.test(text) ? (text as DonationCode) : undefined;
}
