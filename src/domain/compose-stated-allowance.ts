/**
 * From an allowance whose client states net and tax apart, line by line, to the G0401's lines and amounts,
 * and to what it takes from each invoice that its lines name (SystemLead e首發票 API, Update/AllowanceInvoice;
 * ECPay B2B API, Allowance). Numbers and times are the ledger's; how far a line's tax may be from 5 % is
 * the dialect's rule.
 *
 * Promises: net and tax of the lines add up to those stated, for the whole and for each invoice; no class
 * of an invoice is given back beyond the draft's measure.
 */
import type {
  AllowanceAmounts,
  AllowanceLine,
  StatedAllowanceDraft,
  StatedAllowanceLine,
} from './allowance.ts';
import { ALLOWANCE_LINES_MAX } from './compose-allowance.ts';
import { DECIMAL_UNIT, type Decimal, scaled } from './decimal.ts';
import { decimalOf, round7, wholeDollars } from './decimal-arithmetic.ts';
import { done, type Fault, fault, type Outcome, refused } from './fault.ts';
import type { LineTaxType } from './invoice.ts';
import { checkLineList } from './invoice-rules.ts';
import { type AllowableInvoice, allowableOf, balanceOf, STATED_TAX_SLACK } from './remaining.ts';
import { isTaxable } from './tax.ts';
import { type Twd, twd } from './twd.ts';
import { wholeParts } from './whole-parts.ts';

/** An invoice that lines name, with the amounts that count already. */
export interface StatedTarget {
  readonly number: string;
  readonly invoice: AllowableInvoice;
  readonly live: readonly { readonly amounts: AllowanceAmounts }[];
}

/** Lines, amounts of the whole, and of each target in the targets' order. */
export interface ComposedStatedAllowance {
  readonly lines: readonly AllowanceLine[];
  readonly amounts: AllowanceAmounts;
  readonly parts: readonly AllowanceAmounts[];
}

/** Lines of one invoice and class; they close to whole dollars together. */
interface Group {
  readonly target: number;
  readonly taxClass: LineTaxType;
  readonly lines: number[];
  net: bigint;
  /** The net in whole dollars. */
  whole: bigint;
  tax: number;
}

/**
 * Composes the allowance, or tells what speaks against it. `targetOf` says which target each line names,
 * along the lines.
 */
export function composeStatedAllowance(
  draft: StatedAllowanceDraft,
  targets: readonly StatedTarget[],
  targetOf: readonly number[],
): Outcome<ComposedStatedAllowance> {
  const faults: Fault[] = [];
  checkLineList(draft.lines, ALLOWANCE_LINES_MAX, faults);
  if (draft.lines.length === 0) {
    faults.push(fault('ALLOWANCE_SUM_MISMATCH', 'lines', 'an allowance has at least one line'));
  }
  checkBuyers(draft, targets, faults);
  if (faults.length > 0) return refused(...faults);
  const classes = classesOf(draft.lines, targets, targetOf, faults);
  if (classes === null) return refused(...faults);
  checkLineTaxes(draft, classes, faults);
  const groups = groupLines(draft.lines, classes, targetOf, faults);
  closeGroups(draft, groups, targets);
  checkSums(draft, groups, faults);
  if (faults.length > 0) return refused(...faults);
  const parts = targets.map((_, index) => amountsOf(groups.filter((one) => one.target === index)));
  checkRemaining(draft, targets, parts, faults);
  if (faults.length > 0) return refused(...faults);
  const lines = linesOf(draft.lines, { targets, targetOf, classes, groups });
  if (lines === null) {
    const hint = 'a filed amount would have more than thirteen digits before the point';
    return refused(fault('ALLOWANCE_SUM_MISMATCH', 'lines', hint));
  }
  return done({ lines, amounts: amountsOf(groups), parts });
}

/** One allowance is of one buyer, and of the stated one where there is one. */
function checkBuyers(
  draft: StatedAllowanceDraft,
  targets: readonly StatedTarget[],
  faults: Fault[],
): void {
  const stated = draft.buyerUbn === undefined ? targets[0]?.invoice.buyer.ubn : draft.buyerUbn;
  if (targets.every((target) => target.invoice.buyer.ubn === stated)) return;
  const hint = 'every invoice of the allowance is of the buyer that the allowance names';
  faults.push(fault('ALLOWANCE_BUYER_MISMATCH', 'buyer', hint));
}

/**
 * The class of each line: its own; else that of the invoice's line it names; else the invoice's. It must
 * be on the invoice.
 */
function classesOf(
  lines: readonly StatedAllowanceLine[],
  targets: readonly StatedTarget[],
  targetOf: readonly number[],
  faults: Fault[],
): readonly LineTaxType[] | null {
  const classes: LineTaxType[] = [];
  for (const [index, line] of lines.entries()) {
    const { invoice } = targetAt(targets, targetOf, index);
    const original = originalOf(invoice, line);
    const own = invoice.taxType === '9' ? (original?.taxClass ?? '') : invoice.taxType;
    const taxClass = line.taxType === '' ? own : line.taxType;
    const present = allowableOf(invoice).map((each) => each.taxClass);
    if (taxClass === '' || !present.includes(taxClass)) {
      const hint =
        taxClass === ''
          ? 'state the tax class: the invoice is mixed and the line names none of its lines'
          : `the invoice has the tax classes ${present.join(', ')}, got ${taxClass}`;
      faults.push(fault('ALLOWANCE_TAX_CLASS_ABSENT', `lines[${index}].taxType`, hint));
      return null;
    }
    classes.push(taxClass);
  }
  return classes;
}

/** Where the draft says how close, a taxable line's tax is near 5 % of its net. */
function checkLineTaxes(
  { lines, taxTolerance }: StatedAllowanceDraft,
  classes: readonly LineTaxType[],
  faults: Fault[],
): void {
  if (taxTolerance === undefined) return;
  for (const [index, line] of lines.entries()) {
    const due = classes[index] === '1' ? wholeDollars(round7(scaled(line.net), 1n, 20n)) : 0n;
    const off = BigInt(line.tax) - due;
    const bound = classes[index] === '1' ? BigInt(taxTolerance) : 0n;
    if (off <= bound && -off <= bound) continue;
    const hint = `5 % of ${line.net} is ${due}, got ${line.tax}`;
    faults.push(fault('ALLOWANCE_TAX_MISMATCH', `lines[${index}].tax`, hint));
    return;
  }
}

function groupLines(
  lines: readonly StatedAllowanceLine[],
  classes: readonly LineTaxType[],
  targetOf: readonly number[],
  faults: Fault[],
): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const [index, line] of lines.entries()) {
    const taxClass = classes[index] ?? '1';
    const target = targetOf[index] ?? 0;
    const key = `${target}/${taxClass}`;
    const group = groups.get(key) ?? { target, taxClass, lines: [], net: 0n, whole: 0n, tax: 0 };
    groups.set(key, group);
    group.lines.push(index);
    group.net += scaled(line.net);
    group.tax += line.tax;
    if (line.tax < 0 || (line.tax !== 0 && !isTaxable(taxClass))) {
      const hint = `tax stands on taxable lines only and is not negative, got ${line.tax}`;
      faults.push(fault('ALLOWANCE_TAX_MISMATCH', `lines[${index}].tax`, hint));
    }
  }
  return [...groups.values()];
}

/**
 * Each invoice and class is given back in whole dollars. e首發票 rounds each by itself; ECPay's total is the
 * rounded sum of all lines, so that there the parts make the total.
 */
function closeGroups(
  { measure }: StatedAllowanceDraft,
  groups: readonly Group[],
  targets: readonly StatedTarget[],
): void {
  const nets = groups.map(({ net }) => net);
  const isEach = measure === 'gross' || nets.some((net) => net < 0n);
  const whole = isEach
    ? nets.map(wholeDollars)
    : wholeParts(nets, (index) => netLeft(targets, groups[index]));
  groups.forEach((group, index) => {
    group.whole = whole[index] ?? 0n;
  });
}

/** Net of the group's class that is left of its invoice. */
function netLeft(targets: readonly StatedTarget[], group: Group | undefined): number {
  const target = targets[group?.target ?? -1];
  if (target === undefined || group === undefined) return 0;
  const all = allowableOf(target.invoice).find(({ taxClass }) => taxClass === group.taxClass);
  return all === undefined ? 0 : balanceOf(all, target.live).net;
}

/** The stated totals are the lines' sums; each invoice and class is a whole amount above 0. */
function checkSums(draft: StatedAllowanceDraft, groups: readonly Group[], faults: Fault[]): void {
  let net = 0n;
  let tax = 0;
  for (const group of groups) {
    net += group.whole;
    tax += group.tax;
    if (group.net < 0n) {
      const hint = 'the lines of each tax class must add up to 0 or more';
      faults.push(fault('CLASS_SUM_NEGATIVE', 'lines', hint));
    }
  }
  if (net !== BigInt(draft.net) || draft.net + draft.tax <= 0) {
    const hint = `the net must be the rounded sum of the lines, ${net}, and above 0; got ${draft.net}`;
    faults.push(fault('ALLOWANCE_SUM_MISMATCH', 'net', hint));
  }
  if (tax !== draft.tax) {
    const hint = `the tax must be the sum of the lines' tax, ${tax}; got ${draft.tax}`;
    faults.push(fault('ALLOWANCE_TAX_MISMATCH', 'tax', hint));
  }
}

function amountsOf(groups: readonly Group[]): AllowanceAmounts {
  const byClass = new Map<LineTaxType, { net: number; tax: number }>();
  for (const { taxClass, whole: net, tax } of groups) {
    const sums = byClass.get(taxClass) ?? { net: 0, tax: 0 };
    sums.net += Number(net);
    sums.tax += tax;
    byClass.set(taxClass, sums);
  }
  const classes = [...byClass].map(([taxClass, { net, tax }]) => ({
    taxClass,
    net: whole(net),
    tax: whole(tax),
  }));
  const net = whole(classes.reduce((sum, part) => sum + part.net, 0));
  const tax = whole(classes.reduce((sum, part) => sum + part.tax, 0));
  return { net, tax, total: whole(net + tax), byClass: classes };
}

function checkRemaining(
  draft: StatedAllowanceDraft,
  targets: readonly StatedTarget[],
  parts: readonly AllowanceAmounts[],
  faults: Fault[],
): void {
  for (const [index, target] of targets.entries()) {
    for (const all of allowableOf(target.invoice)) {
      const part = parts[index]?.byClass.find((each) => each.taxClass === all.taxClass);
      if (part === undefined) continue;
      const left = balanceOf(all, target.live);
      const isWithin =
        draft.measure === 'gross'
          ? part.net + part.tax <= left.net + left.tax
          : part.net <= left.net && part.tax <= left.tax + STATED_TAX_SLACK;
      if (isWithin) continue;
      const hint = `of tax class ${all.taxClass} of ${target.number} net ${left.net} and tax ${left.tax} are left, got ${part.net} and ${part.tax}`;
      faults.push(fault('ALLOWANCE_EXCEEDS_REMAINING', 'lines', hint));
    }
  }
}

interface LineSource {
  readonly targets: readonly StatedTarget[];
  readonly targetOf: readonly number[];
  readonly classes: readonly LineTaxType[];
  readonly groups: readonly Group[];
}

/** The lines as kept; the last of each invoice and class takes the part of a dollar that rounding leaves. */
function linesOf(
  lines: readonly StatedAllowanceLine[],
  { targets, targetOf, classes, groups }: LineSource,
): readonly AllowanceLine[] | null {
  const nets = lines.map((line) => scaled(line.net));
  for (const group of groups) {
    const closing = group.lines.findLast((at) => nets[at] !== 0n) ?? group.lines.at(-1);
    if (closing === undefined) continue;
    nets[closing] = (nets[closing] ?? 0n) + group.whole * DECIMAL_UNIT - group.net;
  }
  const result: AllowanceLine[] = [];
  for (const [index, line] of lines.entries()) {
    const { number, invoice } = targetAt(targets, targetOf, index);
    const net = nets[index];
    const taxClass = classes[index];
    if (net === undefined || taxClass === undefined) throw new Error('a line without its class');
    const filed = decimalOf(net);
    const amount = decimalOf(net + BigInt(line.tax) * DECIMAL_UNIT);
    if (filed === undefined || amount === undefined) return null;
    const original = originalOf(invoice, line);
    result.push({
      ...entered(line, amount),
      description: line.description || original?.description || `${number}彙開折讓`,
      taxClass,
      filedUnitPrice: line.unitPrice,
      net: filed,
      tax: line.tax,
      originalSequence: original?.sequence ?? null,
      ...(targets.length > 1 && { part: targetOf[index] ?? 0 }),
    });
  }
  return result;
}

function entered(line: StatedAllowanceLine, amount: Decimal) {
  const { sequence, quantity, unit, unitPrice, taxType } = line;
  return { sequence, quantity, unit, unitPrice, amount, taxType };
}

function originalOf(invoice: AllowableInvoice, line: StatedAllowanceLine) {
  if (line.originalSequence === null) return undefined;
  return invoice.lines.find(({ sequence }) => sequence === line.originalSequence);
}

function targetAt(
  targets: readonly StatedTarget[],
  targetOf: readonly number[],
  index: number,
): StatedTarget {
  const target = targets[targetOf[index] ?? -1];
  if (target === undefined) throw new Error('a line of the allowance without its invoice');
  return target;
}

function whole(value: number): Twd {
  const amount = twd(value);
  if (amount === undefined) throw new RangeError('an amount beyond exact integers');
  return amount;
}
