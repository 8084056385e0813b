/**
 * Business tax 營業稅 on amounts: rates by tax type and the tax that a tax-included amount holds.
 * Whole dollars in, whole dollars out; lines and decimals are `invoice-amounts.ts`.
 */
import type { LineTaxType, SpecialTaxCode, TaxRate, TaxType } from './invoice.ts';
import { TWD_MAX, type Twd } from './twd.ts';

/**
 * Rates of the special-tax codes 特種稅額類別 (ECPay SpecialTaxType, e-invoice media file column 79):
 * 1 bars and tea rooms with hostesses 25 %; 2 night clubs and restaurants with shows 15 %; 3 own
 * business of banks, insurers, trust, securities, futures, bills and pawn shops 2 %; 4 reinsurance
 * premiums 1 %; 5 their other income 5 %; 6 and 7 core income of banks and insurers from, and up to,
 * July 2014 5 %. Code 8 (exempt or no special tax) and 0 name no rate.
 * Source: ECPay B2C and B2B API, Issue, SpecialTaxType.
 */
export const SPECIAL_TAX_RATES: Readonly<Record<SpecialTaxCode, TaxRate | null>> = {
  0: null,
  1: '0.25',
  2: '0.15',
  3: '0.02',
  4: '0.01',
  5: '0.05',
  6: '0.05',
  7: '0.05',
  8: null,
};

/** TaxRate of MIG 4.1 for an invoice; null for a special tax whose code names no rate. */
export function taxRateOf(taxType: TaxType, specialTaxCode: SpecialTaxCode): TaxRate | null {
  switch (taxType) {
    case '1':
    case '9':
      return '0.05';
    case '2':
    case '3':
      return '0';
    case '4':
      return SPECIAL_TAX_RATES[specialTaxCode];
  }
}

/**
 * The special-tax code that an invoice carries: the client's for special tax, 8 for exempt, else 0,
 * whatever was sent (ECPay B2C API, Issue, SpecialTaxType).
 */
export function specialTaxCodeOf(taxType: TaxType, code: SpecialTaxCode): SpecialTaxCode {
  if (taxType === '4') return code;
  return taxType === '3' ? 8 : 0;
}

/** Whether an amount of this class holds the general business tax of 5 %. */
export function isTaxable(taxClass: LineTaxType): boolean {
  return taxClass === '1';
}

/**
 * The tax within a tax-included amount, 0 or more: round(A ÷ 21), which is A ÷ 1.05 × 0.05. No tie can
 * occur because 21 is odd, so in integers it is floor((2A + 21) ÷ 42).
 * Source: ECPay B2C API, Issue, tax computation; exact form: docs/internals/amounts.md.
 */
export function taxWithin(total: Twd): Twd {
  if (total < 0 || total > TWD_MAX) throw new RangeError('tax is computed within 0 to TWD_MAX');
  const raised = 2 * total + 21;
  // A whole number below the safe integer `total`, so it keeps the brand.
  return ((raised - (raised % 42)) / 42) as Twd;
}
