/**
 * ECPay's own rules of a B2B invoice: how far the amounts that a client states may be off (ECPay B2B API,
 * Issue), and what members need of each other. Sums that hold for every invoice are the domain's.
 */
import type { B2B_ISSUE_ITEM, B2B_ISSUE_REQUEST } from '#wire/ecpay-b2b/issue.ts';
import type { Wire } from '#wire/field.ts';
import { DECIMAL_UNIT, scaled } from '../../../domain/decimal.ts';
import {
  multiplyScaled,
  roundedQuotient,
  wholeDollars,
} from '../../../domain/decimal-arithmetic.ts';
import { type Fault, fault } from '../../../domain/fault.ts';
import { lengthOf, wireFault } from '../wire-fault.ts';
import { decimal, isAddressList, ubnOf } from './values.ts';

export type IssueItem = Wire<typeof B2B_ISSUE_ITEM>;
type Whole = Wire<typeof B2B_ISSUE_REQUEST>;
/** An Issue request of which members may be missing or left out for being bad. */
export type PartialIssue = Partial<Omit<Whole, 'Items'>> & {
  readonly Items?: readonly Partial<IssueItem>[];
};

/** Dollars by which a line's amount or tax may be off, and the invoice's tax. */
export const LINE_DOLLARS_OFF_MAX = 1n;
export const TAX_DOLLARS_OFF_MAX = 2n;

function isOff(stated: bigint, expected: bigint, most: bigint): boolean {
  const difference = stated - expected;
  return difference > most || difference < -most;
}

/** round(amount × 5 %) for a taxable amount, scaled; 0 for every other tax type. */
export function taxOn(amount: bigint, taxType: string | undefined): bigint {
  return taxType === '1' ? roundedQuotient(amount, DECIMAL_UNIT * 20n) : 0n;
}

/** Whether a line's amount is more than a dollar off count × price. */
export function isAmountOff(count: string, price: string | undefined, amount: string): boolean {
  const product = wholeDollars(multiplyScaled(scaled(decimal(count)), scaled(decimal(price))));
  const stated = scaled(decimal(amount));
  return isOff(stated, product * DECIMAL_UNIT, LINE_DOLLARS_OFF_MAX * DECIMAL_UNIT);
}

/** Whether a line's tax is more than a dollar off. */
export function isLineTaxOff(tax: number, amount: string, taxType: string | undefined): boolean {
  return isOff(BigInt(tax), taxOn(scaled(decimal(amount)), taxType), LINE_DOLLARS_OFF_MAX);
}

/** Whether a document's tax is more than two dollars off its net. */
export function isTaxOff(tax: number, net: number, taxType: string | undefined): boolean {
  const expected = taxOn(BigInt(net) * DECIMAL_UNIT, taxType);
  return isOff(BigInt(tax), expected, TAX_DOLLARS_OFF_MAX);
}

/** Every broken rule; `bad` names the members that were refused already. */
export function checkIssue(request: PartialIssue, bad: ReadonlySet<string>): readonly Fault[] {
  const faults: Fault[] = [];
  const { CustomerIdentifier: identifier, CustomerEmail: email } = request;
  if (identifier !== undefined && ubnOf(identifier) === undefined) {
    const hint = 'the check digit does not fit the other seven digits: mistyped?';
    faults.push(fault('UBN_CHECK_DIGIT', 'CustomerIdentifier', hint));
  }
  if (email !== undefined && !isAddressList(email)) {
    const hint = 'one address, or several separated by ;';
    faults.push(wireFault('FIELD_FORMAT', 'CustomerEmail', hint, lengthOf(email), hint));
  }
  if (
    request.TaxType === '4' &&
    request.SpecialTaxType === undefined &&
    !bad.has('SpecialTaxType')
  ) {
    const hint = 'special tax (TaxType 4) names its kind, 1 to 7';
    faults.push(wireFault('FIELD_REQUIRED', 'SpecialTaxType', 'a value', 'nothing', hint));
  }
  for (const [index, item] of (request.Items ?? []).entries()) {
    checkItem(item, index, request.TaxType, bad, faults);
  }
  if (bad.size === 0) checkSums(request, faults);
  return faults;
}

function checkItem(
  item: Partial<IssueItem>,
  index: number,
  taxType: string | undefined,
  bad: ReadonlySet<string>,
  faults: Fault[],
): void {
  const path = `Items[${index}]`;
  const { ItemCount: count = '0', ItemPrice: price, ItemAmount: amount, ItemTax: tax } = item;
  if (bad.has(`${path}.ItemCount`)) return;
  if (count === '0' || count.startsWith('-')) {
    const hint = 'a line has a quantity (platform code E0106)';
    faults.push(wireFault('FIELD_FORMAT', `${path}.ItemCount`, 'above 0', count, hint));
    return;
  }
  if (amount === undefined || bad.has(`${path}.ItemPrice`)) return;
  if (isAmountOff(count, price, amount)) {
    const hint = 'ItemAmount may be 1 off the rounded ItemCount × ItemPrice';
    faults.push(fault('LINE_AMOUNT_MISMATCH', `${path}.ItemAmount`, hint));
  }
  if (tax === undefined || taxType === undefined) return;
  if (taxType === '4') {
    if (tax !== 0) faults.push(fault('SPECIAL_TAX_NOT_ZERO', `${path}.ItemTax`, SPECIAL_TAX));
  } else if (isLineTaxOff(tax, amount, taxType)) {
    const hint = 'ItemTax may be 1 off the rounded ItemAmount × rate';
    faults.push(fault('LINE_TAX_MISMATCH', `${path}.ItemTax`, hint));
  }
}

const SPECIAL_TAX = 'the amounts of special tax hold it already: send 0';

function checkSums(request: PartialIssue, faults: Fault[]): void {
  const { Items: items, SalesAmount: sales, TaxAmount: tax, TaxType: taxType } = request;
  if (items === undefined || sales === undefined || tax === undefined) return;
  if (sales === 0) {
    const hint = 'an invoice is of something';
    faults.push(wireFault('FIELD_FORMAT', 'SalesAmount', 'another amount than 0', '0', hint));
  }
  let amounts = 0n;
  let taxes = 0;
  for (const { ItemAmount, ItemTax } of items) {
    amounts += scaled(decimal(ItemAmount));
    taxes += ItemTax ?? 0;
  }
  if (wholeDollars(amounts) !== BigInt(sales)) {
    const hint = `the ItemAmounts add up to ${wholeDollars(amounts)}, got ${sales}`;
    faults.push(fault('SALES_SUM_MISMATCH', 'SalesAmount', hint));
  }
  if (taxType === '4') {
    if (tax !== 0) faults.push(fault('SPECIAL_TAX_NOT_ZERO', 'TaxAmount', SPECIAL_TAX));
    return;
  }
  // Zero-rated and exempt sales are filed with tax 0, and the total is the client's to the dollar.
  if (isTaxOff(tax, sales, taxType) || (taxType !== '1' && tax !== 0)) {
    const hint = 'TaxAmount may be 2 off the rounded SalesAmount × rate';
    faults.push(fault('TAX_MISMATCH', 'TaxAmount', hint));
  }
  const areTaxesGiven = items.every((item) => item.ItemTax !== undefined);
  if (areTaxesGiven && isOff(BigInt(taxes), BigInt(tax), TAX_DOLLARS_OFF_MAX)) {
    const hint = `the ItemTaxes add up to ${taxes}, TaxAmount is ${tax}`;
    faults.push(fault('LINE_TAX_SUM_MISMATCH', 'TaxAmount', hint));
  }
}
