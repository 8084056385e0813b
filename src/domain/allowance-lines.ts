/**
 * The lines of an allowance: which tax class each counts in, which line of the invoice it names, and
 * its share of net and tax (ECPay B2C API mapping, G0401 and "Allowance of AllowanceAmount A"). The
 * sums that the lines must reach come from `compose-allowance.ts`.
 */
import type { AllowanceDraftLine, AllowanceLine } from './allowance.ts';
import { DECIMAL_UNIT, type Decimal, scaled } from './decimal.ts';
import { decimalOf, round7, roundedQuotient } from './decimal-arithmetic.ts';
import { type Fault, fault } from './fault.ts';
import type { InvoiceLine, LineTaxType, TaxType } from './invoice.ts';
import { isTaxable } from './tax.ts';
import { type Twd, twd } from './twd.ts';

/** One class of an allowance: its sum with tax, and that sum's parts. */
export interface ClassPart {
  readonly taxClass: LineTaxType;
  readonly total: Twd;
  readonly net: Twd;
  readonly tax: Twd;
}

/** What a name means on the invoice; null where several lines bear it and do not agree. */
interface OriginalLine {
  readonly sequence: number | null;
  readonly taxClass: LineTaxType | null;
}

/** The invoice's lines by name. */
export function originalLines(lines: readonly InvoiceLine[]): ReadonlyMap<string, OriginalLine> {
  const byName = new Map<string, OriginalLine>();
  for (const { description, sequence, taxClass } of lines) {
    const earlier = byName.get(description);
    const isAgreed = earlier === undefined || earlier.taxClass === taxClass;
    byName.set(description, {
      sequence: earlier === undefined ? sequence : null,
      taxClass: isAgreed ? taxClass : null,
    });
  }
  return byName;
}

/**
 * The class of each line: the invoice's, whatever the line says; under mixed tax the line's own, else
 * that of the invoice's lines of the same name where they agree. Null, with a fault for the first such
 * line, where the class is not on the invoice.
 */
export function lineClasses(
  lines: readonly AllowanceDraftLine[],
  invoice: { readonly taxType: TaxType; readonly lines: readonly InvoiceLine[] },
  originals: ReadonlyMap<string, OriginalLine>,
  faults: Fault[],
): readonly LineTaxType[] | null {
  const { taxType } = invoice;
  if (taxType !== '9') return lines.map(() => taxType);
  const present = new Set(invoice.lines.map((line) => line.taxClass));
  const classes: LineTaxType[] = [];
  for (const [index, line] of lines.entries()) {
    const named = originals.get(line.description)?.taxClass ?? null;
    const taxClass = line.taxType === '' ? named : line.taxType;
    if (taxClass === null || !present.has(taxClass)) {
      const hint =
        taxClass === null
          ? 'state the tax class: no line of the invoice, or lines of several, bear this name'
          : `the invoice has the tax classes ${[...present].join(', ')}, got ${taxClass}`;
      faults.push(fault('ALLOWANCE_TAX_CLASS_ABSENT', `lines[${index}].taxType`, hint));
      return null;
    }
    classes.push(taxClass);
  }
  return classes;
}

/** All that the lines are made of; the arrays run along the lines. */
export interface AllowanceLineSource {
  readonly lines: readonly AllowanceDraftLine[];
  readonly classes: readonly LineTaxType[];
  /** Amounts with tax, scaled. */
  readonly given: readonly bigint[];
  readonly parts: readonly ClassPart[];
  readonly originals: ReadonlyMap<string, OriginalLine>;
  /** The buyer has a tax ID: prices are filed without tax. */
  readonly isTaxShown: boolean;
}

/** The lines with net and tax; null where a number does not fit MIG 4.1 decimal(20,7). */
export function allowanceLines(source: AllowanceLineSource): readonly AllowanceLine[] | null {
  const shares = source.given.map(() => ({ net: 0n, tax: 0n }));
  for (const part of source.parts) spread(part, source, shares);
  const result: AllowanceLine[] = [];
  for (const [index, line] of source.lines.entries()) {
    const taxClass = source.classes[index];
    const share = shares[index];
    if (taxClass === undefined || share === undefined) throw new Error('a line without its class');
    const net = decimalOf(share.net);
    const tax = twd(share.tax);
    const filedUnitPrice =
      source.isTaxShown && isTaxable(taxClass) ? withoutTax(line.unitPrice) : line.unitPrice;
    if (net === undefined || tax === undefined || filedUnitPrice === undefined) return null;
    const originalSequence = source.originals.get(line.description)?.sequence ?? null;
    result.push({ ...line, taxClass, filedUnitPrice, net, tax, originalSequence });
  }
  return result;
}

/**
 * Spreads a class over its lines: a line's tax is what it adds to the rounded tax of the running sum,
 * so that many small lines carry the tax of their sum. The last line whose amount is not 0 takes what
 * is left of net and tax. Fills `shares`.
 */
function spread(
  part: ClassPart,
  source: AllowanceLineSource,
  shares: { net: bigint; tax: bigint }[],
): void {
  const { classes, given } = source;
  const own = given.flatMap((_, index) => (classes[index] === part.taxClass ? [index] : []));
  const closing = own.findLast((index) => given[index] !== 0n) ?? own.at(-1);
  const total = BigInt(part.total) * DECIMAL_UNIT;
  const tax = BigInt(part.tax);
  let running = 0n;
  let taxGiven = 0n;
  let netGiven = 0n;
  for (const index of own) {
    const amount = given[index] ?? 0n;
    if (index === closing || amount === 0n) continue;
    running += amount;
    const taxDue = tax === 0n ? 0n : roundedQuotient(running * tax, total);
    const share = { tax: taxDue - taxGiven, net: amount - (taxDue - taxGiven) * DECIMAL_UNIT };
    shares[index] = share;
    taxGiven = taxDue;
    netGiven += share.net;
  }
  if (closing === undefined) return;
  shares[closing] = { tax: tax - taxGiven, net: BigInt(part.net) * DECIMAL_UNIT - netGiven };
}

function withoutTax(price: Decimal): Decimal | undefined {
  return decimalOf(round7(scaled(price), 20n, 21n));
}
