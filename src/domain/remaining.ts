/**
 * What is left of an invoice to give back: per tax class its net and tax, less those of the allowances
 * that count. Which allowances count (live ones, and those that await consent) is the caller's to know:
 * `reservesAmount` in `allowance.ts`.
 */
import type { AllowanceAmounts, AllowanceContent } from './allowance.ts';
import type { InvoiceContent, LineTaxType } from './invoice.ts';
import { taxWithin } from './tax.ts';
import { TWD_ZERO, type Twd, twd } from './twd.ts';

export interface ClassRemaining {
  readonly taxClass: LineTaxType;
  readonly net: Twd;
  readonly tax: Twd;
}

export interface Remaining {
  /** Tax included: what ECPay shows as IA_Remain_Allowance_Amt. */
  readonly total: Twd;
  /** Every class that the invoice has, also one of which nothing is left. */
  readonly byClass: readonly ClassRemaining[];
}

/** What allowances need of an invoice's content. */
export type AllowableInvoice = Pick<InvoiceContent, 'taxType' | 'buyer' | 'amounts' | 'lines'>;

/**
 * Net and tax of each class of an invoice, as allowances are measured. A G0401 states tax apart for
 * consumers too: without a tax ID the tax is the one within the class sum, though the F0401 shows 0.
 * Source: ECPay B2C API mapping, amounts, "Allowance of AllowanceAmount A".
 */
export function allowableOf(invoice: AllowableInvoice): readonly ClassRemaining[] {
  const { amounts, taxType } = invoice;
  const taxable = (): ClassRemaining => {
    const tax = invoice.buyer.ubn === null ? taxWithin(amounts.sales) : amounts.tax;
    const withTax = invoice.buyer.ubn === null ? amounts.sales : amounts.sales + amounts.tax;
    return { taxClass: '1', net: whole(withTax - tax), tax };
  };
  switch (taxType) {
    case '1':
      return [taxable()];
    case '2':
      return [{ taxClass: '2', net: amounts.zeroRated, tax: TWD_ZERO }];
    case '3':
      return [{ taxClass: '3', net: amounts.exempt, tax: TWD_ZERO }];
    case '4':
      return [{ taxClass: '4', net: amounts.sales, tax: TWD_ZERO }];
    case '9': {
      const isZeroRated = invoice.lines.some((line) => line.taxClass === '2');
      const other: ClassRemaining = isZeroRated
        ? { taxClass: '2', net: amounts.zeroRated, tax: TWD_ZERO }
        : { taxClass: '3', net: amounts.exempt, tax: TWD_ZERO };
      return [taxable(), other];
    }
  }
}

/**
 * Dollars by which the stated tax of an invoice's allowances may pass its own, a rounding each time
 * (ECPay B2B API mapping, Allowance).
 */
export const STATED_TAX_SLACK = 2;

/**
 * What `live` leaves of the invoice. Throws where they exceed it: the sum of live allowances never
 * exceeds the invoice, by class (invariant; platform codes E0221, E0222). Where stated roundings used up
 * the net or the tax of a class alone, the other bears it, so that neither is ever below 0.
 */
export function remainingOf(
  invoice: AllowableInvoice,
  live: readonly Pick<AllowanceContent, 'amounts'>[],
): Remaining {
  const byClass = allowableOf(invoice).map((all) => {
    const { net, tax } = balanceOf(all, live);
    if (net + tax < -STATED_TAX_SLACK) throw new Error('live allowances exceed their invoice');
    const total = Math.max(0, net + tax);
    const taxLeft = Math.min(Math.max(0, tax), total);
    return { taxClass: all.taxClass, net: whole(total - taxLeft), tax: whole(taxLeft) };
  });
  let total = 0;
  for (const { net, tax } of byClass) total += net + tax;
  return { total: whole(total), byClass };
}

/** Net and tax of a class less those of the allowances; either may be below 0 by stated roundings. */
export function balanceOf(
  all: ClassRemaining,
  live: readonly { readonly amounts: AllowanceAmounts }[],
): { readonly net: number; readonly tax: number } {
  let net: number = all.net;
  let tax: number = all.tax;
  for (const { amounts } of live) {
    for (const part of amounts.byClass) {
      if (part.taxClass !== all.taxClass) continue;
      net -= part.net;
      tax -= part.tax;
    }
  }
  return { net, tax };
}

/** Brands sums and differences of dollars that lie within an invoice's total. */
function whole(value: number): Twd {
  const amount = twd(value);
  if (amount === undefined) throw new RangeError('an amount beyond exact integers');
  return amount;
}
