/**
 * The sandbox's small registers. The first entry of each kind is one that ECPay's stage is known to have
 * (ECPay e-invoice API, test environment, 2026-08); the others are Kaili's own. Listed in
 * docs/guides/look-ups.md.
 */

/** Donation code -> organisation. */
export const SANDBOX_ORGANISATIONS: Readonly<Record<string, string>> = {
  '168001': '財團法人ＯＭＧ關懷社會愛心基金會',
  '919': '開立測試愛心會',
  '0417': '開立測試公益協會',
};

/** Tax ID -> name of the business. */
export const SANDBOX_COMPANIES: Readonly<Record<string, string>> = {
  '97025978': '綠界科技股份有限公司',
  '12345675': '開立測試商店',
  '22222229': '開立測試商行',
  '04595257': '示範貿易有限公司',
};

/** Well-formed barcodes that nobody has; every other one is known. */
export const SANDBOX_BARCODES_UNKNOWN: ReadonlySet<string> = new Set(['/NOTHING', '/UNKNOWN']);

/** What cannot be looked up, so that a client can try the failure. */
export const SANDBOX_FAILURES = {
  barcode: '/FAILURE',
  donationCode: '9000001',
  ubn: '90000012',
} as const;
