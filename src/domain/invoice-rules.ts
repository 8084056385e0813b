/**
 * Rules of an invoice that need no data and no arithmetic: which tax types go with which invoice type,
 * what zero-rated sales must state, which lines a mixed invoice must hold. Each rule adds its faults
 * and goes on, so that a client learns all of them at once. Amounts are judged in `invoice-amounts.ts`.
 */
import { type Fault, fault } from './fault.ts';
import type {
  InvoiceDraft,
  InvoiceType,
  LineTaxType,
  TaxType,
  ZeroTaxRateReason,
} from './invoice.ts';
import { taxRateOf } from './tax.ts';

/** Lines an invoice may have: ECPay B2C and B2B API, Issue, Items 1–999 (MIG 4.1 F0401 takes 9999). */
export const INVOICE_LINES_MAX = 999;

/**
 * Tax types of each invoice type. Mixed goes with 07 only; special tax with 08 only.
 * Source: ECPay B2C API, Issue, TaxType and InvType.
 */
const TAX_TYPES: Readonly<Record<InvoiceType, readonly TaxType[]>> = {
  '07': ['1', '2', '3', '9'],
  '08': ['3', '4'],
};

/** The class each line counts in: its own under mixed tax, else the invoice's; '' where it names none. */
export function lineClassesOf(draft: InvoiceDraft): readonly (LineTaxType | '')[] {
  const { taxType } = draft;
  if (taxType === '9') return draft.lines.map((line) => line.taxType);
  return draft.lines.map(() => taxType);
}

/** Whether the invoice has zero-rated sales: all of it, or a line of a mixed one. */
export function hasZeroRatedSales(draft: InvoiceDraft): boolean {
  if (draft.taxType === '9') return draft.lines.some((line) => line.taxType === '2');
  return draft.taxType === '2';
}

/** The reason a zero-rated invoice is filed with: the client's, else the seller's default. */
export function zeroTaxRateReasonOf(
  draft: InvoiceDraft,
  sellerDefault: ZeroTaxRateReason,
): ZeroTaxRateReason {
  return draft.zeroTaxRateReason === '' ? sellerDefault : draft.zeroTaxRateReason;
}

/** Every fault of the rules above, in the order of the fault table. */
export function checkInvoiceRules(
  draft: InvoiceDraft,
  sellerDefault: ZeroTaxRateReason,
): readonly Fault[] {
  const faults: Fault[] = [];
  checkTaxType(draft, faults);
  checkZeroRate(draft, sellerDefault, faults);
  if (draft.taxType === '4' && taxRateOf('4', draft.specialTaxCode) === null) {
    const hint = `special tax needs a code from 1 to 7, got ${draft.specialTaxCode}`;
    faults.push(fault('SPECIAL_TAX_RATE_UNKNOWN', 'specialTaxCode', hint));
  }
  checkLineList(draft.lines, INVOICE_LINES_MAX, faults);
  if (draft.taxType === '9') checkMixed(draft, faults);
  return faults;
}

function checkTaxType(draft: InvoiceDraft, faults: Fault[]): void {
  const allowed = TAX_TYPES[draft.invoiceType];
  if (!allowed.includes(draft.taxType)) {
    const hint = `type ${draft.invoiceType} takes tax types ${allowed.join(', ')}, got ${draft.taxType}`;
    faults.push(fault('INVOICE_TYPE_TAX_TYPE_MISMATCH', 'taxType', hint));
  } else if (draft.taxType === '9' && draft.sense === 'tax-apart') {
    // Sales stated as one sum cannot be told apart by class; no provider's business API takes it.
    const hint = 'an invoice with tax stated apart is of one tax type, got mixed';
    faults.push(fault('INVOICE_TYPE_TAX_TYPE_MISMATCH', 'taxType', hint));
  }
}

/** MIG 4.1 F0401: zero-rated sales state CustomsClearanceMark and, since 2026, ZeroTaxRateReason. */
function checkZeroRate(
  draft: InvoiceDraft,
  sellerDefault: ZeroTaxRateReason,
  faults: Fault[],
): void {
  if (!hasZeroRatedSales(draft)) return;
  if (draft.clearanceMark === '') {
    const hint = 'zero-rated sales need 1 (not through customs) or 2 (through customs)';
    faults.push(fault('CLEARANCE_MARK_MISSING', 'clearanceMark', hint));
  }
  if (zeroTaxRateReasonOf(draft, sellerDefault) === '') {
    const hint = 'send a reason from 71 to 79, or set the default of the seller';
    faults.push(fault('ZERO_TAX_RATE_REASON_MISSING', 'zeroTaxRateReason', hint));
  }
}

/**
 * Number and sequences of lines. Platform code E0220 refuses a sequence that comes twice. One fault
 * names the first line that repeats an earlier one: a thousand of them would help nobody.
 */
export function checkLineList(
  lines: readonly { readonly sequence: number }[],
  linesMax: number,
  faults: Fault[],
): void {
  if (lines.length > linesMax) {
    faults.push(fault('LINES_TOO_MANY', 'lines', `at most ${linesMax} lines, got ${lines.length}`));
    return;
  }
  if (lines.length < 2) return;
  const seen = new Set<number>();
  for (const [index, { sequence }] of lines.entries()) {
    if (seen.has(sequence)) {
      const hint = `sequence ${sequence} is on an earlier line`;
      faults.push(fault('LINE_SEQUENCE_DUPLICATE', `lines[${index}].sequence`, hint));
      return;
    }
    seen.add(sequence);
  }
}

/**
 * Mixed tax: two lines or more, at least one taxable and at least one exempt or zero-rated, never both
 * of the latter. Source: ECPay B2C API, Issue, TaxType 9.
 */
function checkMixed(draft: InvoiceDraft, faults: Fault[]): void {
  const strange = draft.lines.findIndex(({ taxType }) => taxType === '' || taxType === '4');
  const classes = new Set(draft.lines.map((line) => line.taxType));
  if (strange >= 0) {
    const hint = 'every line of a mixed invoice states 1, 2 or 3';
    faults.push(fault('MIXED_TAX_INCOMPLETE', `lines[${strange}].taxType`, hint));
  } else if (!classes.has('1') || !(classes.has('2') || classes.has('3'))) {
    const hint = 'needs a taxable line and an exempt or zero-rated one';
    faults.push(fault('MIXED_TAX_INCOMPLETE', 'lines', hint));
  }
  if (classes.has('2') && classes.has('3')) {
    const hint = 'issue exempt and zero-rated goods on separate invoices';
    faults.push(fault('MIXED_TAX_EXEMPT_AND_ZERO', 'lines', hint));
  }
}
