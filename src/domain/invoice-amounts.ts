/**
 * The amounts of an invoice: from lines and total as a client states them to the lines and the amount
 * block of the F0401. Numbered rules are those of docs/internals/amounts.md (ECPay B2C API mapping,
 * amounts; Kaili's rule where the providers are silent).
 *
 * Promises: whole sums, none negative; the filed lines of each class add up to its sum exactly; sums
 * and tax add up to the total. Leaves to others: whether the totals agree (`total-rules.ts`).
 */

import { DECIMAL_UNIT } from './decimal.ts';
import { round7, sumOf, wholeDollars } from './decimal-arithmetic.ts';
import { type Fault, fault } from './fault.ts';
import type { InvoiceAmounts, InvoiceDraft, InvoiceLine, LineTaxType } from './invoice.ts';
import { filedLines, linePlan, plannedAmount } from './line-amounts.ts';
import { isTaxable, taxWithin } from './tax.ts';
import { TWD_ZERO, type Twd, twd } from './twd.ts';

/** A class 課稅別 of the invoice: what its filed lines must add up to, and the tax beside it. */
interface ClassSum {
  readonly taxClass: LineTaxType;
  /** Net where tax is shown apart, else with tax. */
  readonly filed: Twd;
  readonly tax: Twd;
}

export type AmountOutcome =
  | { readonly fault: Fault }
  | {
      readonly fault: null;
      readonly lines: readonly InvoiceLine[];
      readonly amounts: Omit<InvoiceAmounts, 'taxRate'>;
      /** Rule 7: a closing line took more than roundings explain. */
      readonly isClosingLarge: boolean;
    };

/** Composes lines and sums. `given` are the line amounts, scaled; totals are already judged. */
export function invoiceAmounts(
  draft: InvoiceDraft,
  classes: readonly LineTaxType[],
  given: readonly bigint[],
): AmountOutcome {
  const isNetMeant = draft.sense === 'price-apart' && meansNet(draft.total, classes, given);
  const sums = classSums(draft, classes, given, isNetMeant);
  if (sums === null) {
    const hint = 'the lines of each tax class must add up to 0 or more';
    return { fault: fault('CLASS_SUM_NEGATIVE', 'lines', hint) };
  }
  const plan = linePlan(draft.sense, draft.buyer.ubn !== null, isNetMeant);
  const filed = given.slice();
  if (plan.amount !== 'keep') {
    for (const [index, line] of draft.lines.entries()) {
      if (classes[index] === '1') filed[index] = plannedAmount(line, given[index] ?? 0n, plan);
    }
  }
  let isClosingLarge = false;
  for (const sum of sums) {
    if (closeClass(sum, classes, given, filed)) isClosingLarge = true;
  }
  const lines = filedLines(draft.lines, classes, given, filed, plan);
  if (lines === null) {
    const hint = 'a filed price or amount would have more than thirteen digits before the point';
    return { fault: fault('AMOUNT_SUM_MISMATCH', 'lines', hint) };
  }
  return { fault: null, lines, amounts: amountBlock(draft.total, sums), isClosingLarge };
}

/**
 * Rule 1 under `price-apart`: whether the amounts of taxable lines are meant without tax. Both occur in
 * ECPay's official samples; the reading whose sum is nearer to the total counts, on a tie with tax.
 */
function meansNet(total: Twd, classes: readonly LineTaxType[], given: readonly bigint[]): boolean {
  // In twentieths, so that × 1.05 stays exact.
  const raised = sumOf(given.map((amount, at) => (classes[at] === '1' ? 21n : 20n) * amount));
  const asSent = 20n * sumOf(given);
  const target = 20n * BigInt(total) * DECIMAL_UNIT;
  return magnitude(target - raised) < magnitude(target - asSent);
}

/** Rules 2 and 3: the sum of each class present, or null where one would be negative. */
function classSums(
  draft: InvoiceDraft,
  classes: readonly LineTaxType[],
  given: readonly bigint[],
  isNetMeant: boolean,
): readonly ClassSum[] | null {
  const { taxType, total, stated, sense } = draft;
  const isTaxShown = draft.buyer.ubn !== null;
  if (taxType !== '9') {
    return sense === 'tax-apart' && stated !== null
      ? [{ taxClass: taxType, filed: stated.sales, tax: stated.tax }]
      : [classSum(taxType, total, isTaxShown)];
  }
  if (draft.classSums !== undefined) {
    const { taxable, zeroRated, exempt } = draft.classSums;
    const isZeroRated = classes.includes('2');
    return [
      classSum('1', taxable, isTaxShown),
      classSum(isZeroRated ? '2' : '3', isZeroRated ? zeroRated : exempt, isTaxShown),
    ];
  }
  let withTax = 0n;
  for (const [index, amount] of given.entries()) {
    if (classes[index] === '1') withTax += isNetMeant ? round7(amount, 21n, 20n) : amount;
  }
  const taxable = wholeDollars(withTax);
  const other = BigInt(total) - taxable;
  if (taxable < 0n || other < 0n) return null;
  const otherClass = classes.includes('2') ? '2' : '3';
  return [
    classSum('1', wholeTwd(taxable), isTaxShown),
    classSum(otherClass, wholeTwd(other), isTaxShown),
  ];
}

/** Rule 3: tax is apart for taxable sales to a buyer with a tax ID, else it stays inside the sum. */
function classSum(taxClass: LineTaxType, withTax: Twd, isTaxShown: boolean): ClassSum {
  const tax = isTaxShown && isTaxable(taxClass) ? taxWithin(withTax) : TWD_ZERO;
  return { taxClass, filed: wholeTwd(withTax - tax), tax };
}

/**
 * Rule 6: the closing line, the last of the class whose amount is not 0, takes what the class sum
 * leaves. Changes `filed` in place; answers whether the correction passes rule 7's bound, half a dollar
 * a line plus half a dollar (prices with tax stay below one dollar by arithmetic and never pass it).
 */
function closeClass(
  sum: ClassSum,
  classes: readonly LineTaxType[],
  given: readonly bigint[],
  filed: bigint[],
): boolean {
  let closing = -1;
  let count = 0n;
  let added = 0n;
  for (const [index, amount] of filed.entries()) {
    if (classes[index] !== sum.taxClass) continue;
    count += 1n;
    added += amount;
    if (closing < 0 || given[index] !== 0n || given[closing] === 0n) closing = index;
  }
  const correction = BigInt(sum.filed) * DECIMAL_UNIT - added;
  if (correction === 0n) return false;
  filed[closing] = (filed[closing] ?? 0n) + correction;
  return 2n * magnitude(correction) > (count + 1n) * DECIMAL_UNIT;
}

/** Rule 4. */
function amountBlock(total: Twd, sums: readonly ClassSum[]): Omit<InvoiceAmounts, 'taxRate'> {
  const sumOfClass = (...of: readonly LineTaxType[]) =>
    sums.find((sum) => of.includes(sum.taxClass))?.filed ?? TWD_ZERO;
  return {
    sales: sumOfClass('1', '4'),
    exempt: sumOfClass('3'),
    zeroRated: sumOfClass('2'),
    tax: sums.find((sum) => sum.tax > 0)?.tax ?? TWD_ZERO,
    total,
  };
}

/** Brands a part of a checked total, which lies between 0 and TWD_MAX. */
function wholeTwd(value: number | bigint): Twd {
  const amount = twd(value);
  if (amount === undefined) throw new RangeError('an amount beyond exact integers');
  return amount;
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}
