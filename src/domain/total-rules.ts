/**
 * Whether the totals that a client states agree with each other and, where its price sense promises
 * it, with the lines. What is filed of them is `invoice-amounts.ts`.
 */
import { sumOf, wholeDollars } from './decimal-arithmetic.ts';
import { type Fault, fault } from './fault.ts';
import type { InvoiceDraft, StatedClassSums } from './invoice.ts';
import { TWD_MAX, type Twd } from './twd.ts';

/**
 * Every fault of the totals. `given` are the line amounts, scaled.
 *
 * - Any sense: above 0, at most twelve digits, at least one line.
 * - `tax-included`: the rounded sum of the lines is the total (ECPay B2C API, Issue, vat 1); where the sums
 *   of the classes are stated, they add up to it (SystemLead e首發票 API, C invoices).
 * - `price-apart`: nothing more; a difference is filed or held (ECPay B2C API mapping, vat 0).
 * - `tax-apart`: sales + tax is the total, none negative, tax only where the F0401 may show it. How far
 *   lines and sales may differ is the dialect's rule.
 */
export function checkTotals(draft: InvoiceDraft, given: readonly bigint[]): readonly Fault[] {
  const { total } = draft;
  const faults: Fault[] = [];
  if (total <= 0) {
    faults.push(fault('AMOUNT_NOT_POSITIVE', 'total', `must be above 0, got ${total}`));
  }
  if (total > TWD_MAX) {
    faults.push(fault('AMOUNT_SUM_MISMATCH', 'total', `at most ${TWD_MAX}, got ${total}`));
  } else if (draft.lines.length === 0) {
    faults.push(fault('AMOUNT_SUM_MISMATCH', 'lines', 'an invoice has at least one line'));
  } else if (draft.sense === 'tax-included' && draft.classSums !== undefined) {
    checkClassSums(draft.classSums, total, faults);
  } else if (draft.sense === 'tax-included') {
    const sum = wholeDollars(sumOf(given));
    if (sum !== BigInt(total)) {
      const hint = `the lines add up to ${sum}, the total is ${total}`;
      faults.push(fault('AMOUNT_SUM_MISMATCH', 'total', hint));
    }
  } else if (draft.sense === 'tax-apart') {
    checkStated(draft, faults);
  }
  return faults;
}

function checkClassSums(sums: StatedClassSums, total: Twd, faults: Fault[]): void {
  const { taxable, zeroRated, exempt } = sums;
  if (taxable >= 0 && zeroRated >= 0 && exempt >= 0 && taxable + zeroRated + exempt === total)
    return;
  const hint = `the sums of the classes, ${taxable}, ${zeroRated} and ${exempt}, must not be negative and must add up to ${total}`;
  faults.push(fault('AMOUNT_SUM_MISMATCH', 'total', hint));
}

function checkStated(draft: InvoiceDraft, faults: Fault[]): void {
  const { stated, total } = draft;
  if (stated === null) throw new Error('a draft of sense tax-apart states its sales and tax');
  const { sales, tax } = stated;
  if (sales < 0 || tax < 0 || sales + tax !== total) {
    const hint = `sales ${sales} and tax ${tax} must not be negative and must add up to ${total}`;
    faults.push(fault('AMOUNT_SUM_MISMATCH', 'total', hint));
  } else if (tax > 0 && (draft.taxType !== '1' || draft.buyer.ubn === null)) {
    // MIG 4.1 F0401: TaxAmount stands only beside taxable sales to a buyer with a tax ID.
    const hint = `tax must be 0 but for taxable sales to a tax ID, got ${tax}`;
    faults.push(fault('AMOUNT_SUM_MISMATCH', 'stated.tax', hint));
  }
}
