/**
 * From what a client wants issued to what the law makes of it: judges a draft as a whole, fills what
 * follows from it, and computes lines, sums and tax once. Needs no data and keeps none.
 *
 * Field forms, buyer, carrier, print and donation are judged before, by the dialect; numbers, times and
 * references are the ledger's.
 */
import { scaled } from './decimal.ts';
import { done, type Fault, type Outcome, refused } from './fault.ts';
import type { ComposedInvoice, HoldReason, InvoiceDraft, LineTaxType } from './invoice.ts';
import { invoiceAmounts } from './invoice-amounts.ts';
import {
  checkInvoiceRules,
  hasZeroRatedSales,
  lineClassesOf,
  zeroTaxRateReasonOf,
} from './invoice-rules.ts';
import type { Seller } from './seller.ts';
import { specialTaxCodeOf, taxRateOf } from './tax.ts';
import { checkTotals } from './total-rules.ts';

/** SpecialTaxType 4, reinsurance premiums at 1 %. */
const SPECIAL_TAX_ONE_PERCENT = 4;

/**
 * Composes an invoice, or tells every fault of it, in the order of the fault table. Special-tax code,
 * clearance mark and zero-rate reason come back as filed: empty where the invoice has no use for them.
 */
export function composeInvoice(draft: InvoiceDraft, seller: Seller): Outcome<ComposedInvoice> {
  const given = draft.lines.map((line) => scaled(line.amount));
  const faults: Fault[] = [...checkInvoiceRules(draft, seller.zeroTaxRateReasonDefault)];
  const totalFaults = checkTotals(draft, given);
  faults.push(...totalFaults);
  const classes = lineClassesOf(draft);
  const taxRate = taxRateOf(draft.taxType, draft.specialTaxCode);
  if (totalFaults.length > 0 || !areComposable(draft, classes)) return refused(...faults);
  const composed = invoiceAmounts(draft, classes, given);
  if (composed.fault !== null) faults.push(composed.fault);
  if (composed.fault !== null || taxRate === null || faults.length > 0) return refused(...faults);
  const isZeroRated = hasZeroRatedSales(draft);
  return done({
    ...draft,
    specialTaxCode: specialTaxCodeOf(draft.taxType, draft.specialTaxCode),
    clearanceMark: isZeroRated ? draft.clearanceMark : '',
    zeroTaxRateReason: isZeroRated
      ? zeroTaxRateReasonOf(draft, seller.zeroTaxRateReasonDefault)
      : '',
    lines: composed.lines,
    amounts: { ...composed.amounts, taxRate },
    holds: holdsOf(draft, composed.isClosingLarge),
  });
}

/** Whether class sums mean anything: under mixed tax every line names a class that may be mixed. */
function areComposable(
  draft: InvoiceDraft,
  classes: readonly (LineTaxType | '')[],
): classes is readonly LineTaxType[] {
  if (draft.taxType !== '9') return true;
  if (draft.sense === 'tax-apart') return false;
  if (classes.includes('') || classes.includes('4') || !classes.includes('1')) return false;
  return classes.includes('2') !== classes.includes('3');
}

/**
 * Why the F0401 of this content needs a person's decision. 1 % and an exempt invoice of type 08 are
 * issued, as ECPay does, but platform codes E0225 and E0226 speak against filing them (Kaili's rule,
 * docs/internals/amounts.md).
 */
function holdsOf(draft: InvoiceDraft, isClosingLarge: boolean): readonly HoldReason[] {
  const holds: HoldReason[] = [];
  if (isClosingLarge) holds.push('closing-correction-large');
  const isOnePercent = draft.taxType === '4' && draft.specialTaxCode === SPECIAL_TAX_ONE_PERCENT;
  const isSpecialExempt = draft.invoiceType === '08' && draft.taxType === '3';
  if (isOnePercent || isSpecialExempt) holds.push('special-tax-unconfirmed');
  return holds;
}
