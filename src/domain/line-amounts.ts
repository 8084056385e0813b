/**
 * Unit price and amount of each line as the F0401 shows them, before and after a class is closed
 * (rule 5 of docs/internals/amounts.md: ECPay B2C API mapping, amounts). Which sums the lines must
 * reach is `invoice-amounts.ts`.
 */

import { DECIMAL_UNIT, type Decimal, scaled } from './decimal.ts';
import { decimalOf, multiplyScaled, round7 } from './decimal-arithmetic.ts';
import type { DraftLine, InvoiceLine, LineTaxType, PriceSense } from './invoice.ts';
import { isTaxable } from './tax.ts';

/** What is done to a number of a taxable line: kept, × 1.05, ÷ 1.05. */
type Step = 'keep' | 'add-tax' | 'take-tax';

/** How the numbers of taxable lines are filed; those of other lines are always kept. */
export interface LinePlan {
  readonly price: Step;
  /** `count`: quantity × unit price where that agrees with the amount, else `take-tax`. */
  readonly amount: Step | 'count';
}

/** The plan by sense; `isTaxShown`: the buyer has a tax ID, so the F0401 shows tax apart. */
export function linePlan(sense: PriceSense, isTaxShown: boolean, isNetMeant: boolean): LinePlan {
  switch (sense) {
    case 'tax-included':
      return isTaxShown
        ? { price: 'take-tax', amount: 'take-tax' }
        : { price: 'keep', amount: 'keep' };
    case 'price-apart':
      if (isTaxShown) return { price: 'keep', amount: isNetMeant ? 'keep' : 'count' };
      return { price: 'add-tax', amount: isNetMeant ? 'add-tax' : 'keep' };
    case 'tax-apart':
      return { price: 'keep', amount: 'keep' };
  }
}

/** The amount of a taxable line, scaled, before its class is closed. */
export function plannedAmount(line: DraftLine, given: bigint, plan: LinePlan): bigint {
  if (plan.amount !== 'count') return taken(given, plan.amount);
  const counted = multiplyScaled(scaled(line.quantity), scaled(line.unitPrice));
  // Count × price is what the client rounded its amount from, unless they differ by over a dollar.
  const difference = 21n * counted - 20n * given;
  const isNear = difference <= 20n * DECIMAL_UNIT && difference >= -20n * DECIMAL_UNIT;
  return isNear ? counted : taken(given, 'take-tax');
}

/**
 * The lines as kept and filed. `given` and `filed` are the amounts as sent and as closed, scaled; null
 * where a number does not fit MIG 4.1 decimal(20,7).
 */
export function filedLines(
  lines: readonly DraftLine[],
  classes: readonly LineTaxType[],
  given: readonly bigint[],
  filed: readonly bigint[],
  plan: LinePlan,
): readonly InvoiceLine[] | null {
  const result: InvoiceLine[] = [];
  for (const [index, line] of lines.entries()) {
    const taxClass = classes[index];
    const amount = filed[index];
    if (taxClass === undefined || amount === undefined) throw new Error('a line without its class');
    const filedAmount = amount === given[index] ? line.amount : decimalOf(amount);
    const filedUnitPrice = isTaxable(taxClass) ? priceOf(line, plan.price) : line.unitPrice;
    if (filedAmount === undefined || filedUnitPrice === undefined) return null;
    result.push({ ...line, taxClass, filedUnitPrice, filedAmount });
  }
  return result;
}

function priceOf(line: DraftLine, step: Step): Decimal | undefined {
  return step === 'keep' ? line.unitPrice : decimalOf(taken(scaled(line.unitPrice), step));
}

function taken(value: bigint, step: Step): bigint {
  switch (step) {
    case 'keep':
      return value;
    case 'add-tax':
      return round7(value, 21n, 20n);
    case 'take-tax':
      return round7(value, 20n, 21n);
  }
}
