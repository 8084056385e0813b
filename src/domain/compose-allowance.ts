/**
 * From what a client wants given back to the G0401's lines and amounts: net and tax apart, by class,
 * within what the invoice has left ("Allowance of AllowanceAmount A" of the ECPay B2C API mapping;
 * docs/internals/amounts.md). For amounts stated with tax; numbers, times and consent are the ledger's.
 *
 * Promises: net and tax of the lines add up to those of the allowance exactly; no class of the invoice
 * is ever given back beyond its net or its tax; the allowance that empties it takes exactly the rest.
 */
import type {
  AllowanceAmounts,
  AllowanceContent,
  AllowanceDraft,
  AllowanceLine,
} from './allowance.ts';
import { allowanceLines, type ClassPart, lineClasses, originalLines } from './allowance-lines.ts';
import { scaled } from './decimal.ts';
import { sumOf, wholeDollars } from './decimal-arithmetic.ts';
import { done, type Fault, fault, type Outcome, refused } from './fault.ts';
import type { LineTaxType } from './invoice.ts';
import { checkLineList } from './invoice-rules.ts';
import {
  type AllowableInvoice,
  type ClassRemaining,
  type Remaining,
  remainingOf,
} from './remaining.ts';
import { isTaxable, taxWithin } from './tax.ts';
import { TWD_ZERO, type Twd, twd } from './twd.ts';

/** AllowanceSequenceNumber is filed with three digits (ECPay B2C API mapping, G0401). */
export const ALLOWANCE_LINES_MAX = 999;

/** Lines and amounts of an allowance; the ledger adds number, time and the invoice's key. */
export interface ComposedAllowance {
  readonly lines: readonly AllowanceLine[];
  readonly amounts: AllowanceAmounts;
}

/**
 * Composes an allowance, or tells every fault of it. `live` are the allowances of the invoice that
 * count already: live ones and those that await the buyer's consent.
 */
export function composeAllowance(
  draft: AllowanceDraft,
  invoice: AllowableInvoice,
  live: readonly Pick<AllowanceContent, 'amounts'>[],
): Outcome<ComposedAllowance> {
  const given = draft.lines.map((line) => scaled(line.amount));
  const faults: Fault[] = [];
  checkLineList(draft.lines, ALLOWANCE_LINES_MAX, faults);
  const isSumRight = checkSum(draft, given, faults);
  const originals = originalLines(invoice.lines);
  const classes = lineClasses(draft.lines, invoice, originals, faults);
  if (classes === null || !isSumRight) return refused(...faults);
  const sums = classTotals(draft.total, classes, given);
  if (sums === null) {
    const hint = 'the lines of each tax class must add up to 0 or more';
    return refused(...faults, fault('CLASS_SUM_NEGATIVE', 'lines', hint));
  }
  const parts = takeFromRemaining(draft.total, sums, remainingOf(invoice, live), faults);
  if (parts === null || faults.length > 0) return refused(...faults);
  const isTaxShown = invoice.buyer.ubn !== null;
  const lines = allowanceLines({
    lines: draft.lines,
    classes,
    given,
    parts,
    originals,
    isTaxShown,
  });
  if (lines === null) {
    const hint = 'a filed amount would have more than thirteen digits before the point';
    return refused(fault('ALLOWANCE_SUM_MISMATCH', 'lines', hint));
  }
  return done({ lines, amounts: amountsOf(draft.total, parts) });
}

/** The rounded sum of the lines is the allowance's total, and that is above 0 (Kaili's rule). */
function checkSum(draft: AllowanceDraft, given: readonly bigint[], faults: Fault[]): boolean {
  const dollars = wholeDollars(sumOf(given));
  if (dollars === BigInt(draft.total) && draft.total > 0) return true;
  const hint = `the total must be above 0 and the lines' sum ${dollars}, got ${draft.total}`;
  faults.push(fault('ALLOWANCE_SUM_MISMATCH', 'total', hint));
  return false;
}

/** Sums with tax by class, taxable first (rule 2); null where one would be negative. */
function classTotals(
  total: Twd,
  classes: readonly LineTaxType[],
  given: readonly bigint[],
): ReadonlyMap<LineTaxType, Twd> | null {
  const [first] = classes;
  if (first === undefined) return new Map();
  if (classes.every((taxClass) => taxClass === first)) return new Map([[first, total]]);
  let withTax = 0n;
  for (const [index, amount] of given.entries()) if (classes[index] === '1') withTax += amount;
  const taxable = twd(wholeDollars(withTax));
  const other = taxable === undefined ? undefined : twd(total - taxable);
  if (taxable === undefined || other === undefined || taxable < 0 || other < 0) return null;
  return new Map([
    ['1', taxable],
    [classes.includes('2') ? '2' : '3', other],
  ]);
}

/** Net and tax of each class, taken from what is left; null where a class has not enough. */
function takeFromRemaining(
  total: Twd,
  sums: ReadonlyMap<LineTaxType, Twd>,
  remaining: Remaining,
  faults: Fault[],
): readonly ClassPart[] | null {
  const parts: ClassPart[] = [];
  for (const [taxClass, sum] of sums) {
    const left = remaining.byClass.find((entry) => entry.taxClass === taxClass);
    if (left === undefined) throw new Error('a class of the allowance is not on the invoice');
    if (sum <= left.net + left.tax) {
      parts.push(takePart(taxClass, sum, left));
      continue;
    }
    const isWhole = total > remaining.total;
    const hint = isWhole
      ? `at most ${remaining.total} is left of the invoice, got ${total}`
      : `at most ${left.net + left.tax} is left of tax class ${taxClass}, got ${sum}`;
    faults.push(fault('ALLOWANCE_EXCEEDS_REMAINING', isWhole ? 'total' : 'lines', hint));
    return null;
  }
  return parts;
}

/**
 * Net and tax of a sum with tax: the tax within it, bounded by the net and the tax that are left, so
 * that the allowance that takes all takes both exactly.
 */
function takePart(taxClass: LineTaxType, total: Twd, left: ClassRemaining): ClassPart {
  if (!isTaxable(taxClass)) return { taxClass, total, net: total, tax: TWD_ZERO };
  const netAtMost = Math.min(total - taxWithin(total), left.net);
  const tax = twd(Math.min(total - netAtMost, left.tax));
  const net = tax === undefined ? undefined : twd(total - tax);
  if (tax === undefined || net === undefined) throw new RangeError('beyond exact integers');
  return { taxClass, total, net, tax };
}

function amountsOf(total: Twd, parts: readonly ClassPart[]): AllowanceAmounts {
  const net = twd(parts.reduce((sum, part) => sum + part.net, 0));
  const tax = twd(parts.reduce((sum, part) => sum + part.tax, 0));
  if (net === undefined || tax === undefined) throw new RangeError('beyond exact integers');
  const byClass = parts.map((part) => ({ taxClass: part.taxClass, net: part.net, tax: part.tax }));
  return { net, tax, total, byClass };
}
