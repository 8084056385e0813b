/**
 * ECPay's own rules of a B2B allowance: each line within the invoice's line that it names, amounts and
 * taxes within their tolerances (ECPay B2B API, Allowance), and which tax each line is filed with (ECPay
 * B2B API mapping, 16.4).
 */
import type { B2B_ALLOWANCE_DETAIL, B2B_ALLOWANCE_REQUEST } from '#wire/ecpay-b2b/allowance.ts';
import type { Wire } from '#wire/field.ts';
import { scaled } from '../../../domain/decimal.ts';
import { roundedQuotient, wholeDollars } from '../../../domain/decimal-arithmetic.ts';
import { type Fault, fault } from '../../../domain/fault.ts';
import type { InvoiceContent } from '../../../domain/invoice.ts';
import { isAmountOff, isLineTaxOff, taxOn } from './issue-rules.ts';
import { decimal } from './values.ts';

type Request = Pick<Wire<typeof B2B_ALLOWANCE_REQUEST>, 'Details' | 'TotalAmount' | 'TaxAmount'>;
type Detail = Wire<typeof B2B_ALLOWANCE_DETAIL>;
interface Original {
  readonly content: InvoiceContent;
}

/** Dollars by which the tax may be off. */
const TAX_DOLLARS_OFF_MAX = 2n;

/** Every broken rule; `originals` runs along the details. */
export function checkAllowance(request: Request, originals: readonly Original[]): readonly Fault[] {
  const faults: Fault[] = [];
  for (const [index, detail] of request.Details.entries()) {
    const original = originals[index];
    if (original !== undefined) checkDetail(detail, original, `Details[${index}]`, faults);
  }
  checkSums(request, originals, faults);
  return faults;
}

function checkDetail(detail: Detail, original: Original, path: string, faults: Fault[]): void {
  const sequence = detail.OriginalSequenceNumber;
  const line = original.content.lines.find((one) => one.sequence === sequence);
  if (line === undefined) {
    const hint = `the invoice has no line ${sequence}`;
    faults.push(fault('ALLOWANCE_LINE_UNKNOWN', `${path}.OriginalSequenceNumber`, hint));
    return;
  }
  if (line.description !== detail.ItemName) {
    const hint = 'send the name as it stands on the invoice';
    faults.push(fault('ALLOWANCE_NAME_MISMATCH', `${path}.ItemName`, hint));
  }
  const isCountAbove = scaled(decimal(detail.ItemCount)) > scaled(line.quantity);
  if (isCountAbove || scaled(decimal(detail.ItemPrice)) > scaled(line.unitPrice)) {
    const hint = `the line has ${line.quantity} at ${line.unitPrice}`;
    faults.push(fault('ALLOWANCE_ABOVE_LINE', `${path}.ItemCount`, hint));
  }
  if (isAmountOff(detail.ItemCount, detail.ItemPrice, detail.ItemAmount)) {
    const hint = 'ItemAmount may be 1 off the rounded ItemCount × ItemPrice';
    faults.push(fault('LINE_AMOUNT_MISMATCH', `${path}.ItemAmount`, hint));
  }
  const { taxType } = original.content;
  if (detail.Tax === undefined) return;
  const isOff = isTaxable(taxType)
    ? isLineTaxOff(detail.Tax, detail.ItemAmount, taxType)
    : detail.Tax !== 0;
  if (isOff) {
    const hint = 'Tax may be 1 off the rounded ItemAmount × rate, and is 0 where none is shown';
    faults.push(fault('LINE_TAX_MISMATCH', `${path}.Tax`, hint));
  }
}

function checkSums(request: Request, originals: readonly Original[], faults: Fault[]): void {
  const { Details: details, TotalAmount: total, TaxAmount: tax } = request;
  const sum = details.reduce((all, { ItemAmount }) => all + scaled(decimal(ItemAmount)), 0n);
  if (wholeDollars(sum) !== BigInt(total) || total <= 0) {
    const hint = `the ItemAmounts add up to ${wholeDollars(sum)}, got ${total}`;
    faults.push(fault('ALLOWANCE_SUM_MISMATCH', 'TotalAmount', hint));
  }
  const taxable = taxableSum(request, originals);
  const given = details.every((detail) => detail.Tax !== undefined);
  const stated = details.reduce((all, { Tax }) => all + BigInt(Tax ?? 0), 0n);
  const isOff = (value: bigint) =>
    value - BigInt(tax) > TAX_DOLLARS_OFF_MAX || value - BigInt(tax) < -TAX_DOLLARS_OFF_MAX;
  if (
    tax < 0 ||
    isOff(taxOn(taxable, '1')) ||
    (taxable === 0n && tax !== 0) ||
    (given && isOff(stated))
  ) {
    const hint = 'TaxAmount may be 2 off the rounded TotalAmount × rate, and off the sum of Tax';
    faults.push(fault('ALLOWANCE_TAX_MISMATCH', 'TaxAmount', hint));
  }
}

/** Sum of the amounts that lines of taxable invoices give back, scaled. */
function taxableSum({ Details: details }: Request, originals: readonly Original[]): bigint {
  return details.reduce((all, { ItemAmount }, index) => {
    const taxType = originals[index]?.content.taxType;
    return isTaxable(taxType) ? all + scaled(decimal(ItemAmount)) : all;
  }, 0n);
}

function isTaxable(taxType: string | undefined): boolean {
  return taxType === '1';
}

/**
 * Tax of each line: as sent where every taxable line has one, the closing line taking what is left of
 * TaxAmount; otherwise what the line adds to the rounded tax of the running sum. Lines of invoices without
 * shown tax have 0.
 */
export function lineTaxes(request: Request, originals: readonly Original[]): readonly number[] {
  const { Details: details, TaxAmount: tax } = request;
  const taxable = details.flatMap((_, index) =>
    isTaxable(originals[index]?.content.taxType) ? [index] : [],
  );
  const amounts = details.map(({ ItemAmount }) => scaled(decimal(ItemAmount)));
  const closing = taxable.findLast((index) => amounts[index] !== 0n) ?? taxable.at(-1);
  const areGiven = taxable.every((index) => details[index]?.Tax !== undefined);
  const total = taxableSum(request, originals);
  const taxes = details.map(() => 0);
  let running = 0n;
  let given = 0;
  for (const index of taxable) {
    if (index === closing) continue;
    running += amounts[index] ?? 0n;
    const upTo = total === 0n ? 0n : roundedQuotient(running * BigInt(tax), total);
    const own = areGiven ? (details[index]?.Tax ?? 0) : Number(upTo) - given;
    taxes[index] = own;
    given += own;
  }
  if (closing !== undefined) taxes[closing] = tax - given;
  return taxes;
}
