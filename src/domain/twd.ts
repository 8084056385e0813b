/** Whole New Taiwan dollars. Sums, taxes and totals of invoices and allowances are of this type. */

declare const twdBrand: unique symbol;
/** An integer amount of New Taiwan dollars, exact (|value| < 2^53). Made only by `twd`. */
export type Twd = number & { readonly [twdBrand]: true };

/** Largest amount an invoice may carry: twelve digits (ECPay SalesAmount Int(12)). */
export const TWD_MAX = 999_999_999_999;

/** Brands a whole number of dollars; undefined when it is no exact integer. */
export function twd(value: number | bigint): Twd | undefined {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) return undefined;
  // -0 would print as "-0" in no place, but compares unequal under Object.is: fold it.
  return (number === 0 ? 0 : number) as Twd;
}

export const TWD_ZERO = 0 as Twd;
