/**
 * Random invoice and allowance drafts for properties about amounts: both readings of prices without
 * tax, with and without a tax ID, every tax type, discounts, gifts, up to thirty lines.
 */
import fc from 'fast-check';
import { fromScaled, scaled } from '../../src/domain/decimal.ts';
import { wholeDollars } from '../../src/domain/decimal-arithmetic.ts';
import type {
  DraftLine,
  InvoiceDraft,
  LineTaxType,
  PriceSense,
  SpecialTaxCode,
  TaxType,
} from '../../src/domain/invoice.ts';
import { decimal, dollars } from './demo.ts';
import { BUSINESS, CONSUMER, draftLine, invoiceDraft } from './draft.ts';

export const LINES_MAX = 30;

/** Scaled amounts: whole dollars, cents, seven decimals, nothing. */
export const amountArbitrary: fc.Arbitrary<bigint> = fc.oneof(
  { weight: 5, arbitrary: fc.bigInt(1n, 5_000n).map((value) => value * 10_000_000n) },
  { weight: 3, arbitrary: fc.bigInt(1n, 500_000n).map((value) => value * 100_000n) },
  { weight: 2, arbitrary: fc.bigInt(1n, 99_999_999_999n) },
  { weight: 1, arbitrary: fc.constant(0n) },
);

interface Entered {
  readonly amount: bigint;
  readonly isDiscount: boolean;
  readonly quantity: bigint;
  readonly isOther: boolean;
  readonly priceNoise: bigint;
}

const enteredArbitrary: fc.Arbitrary<Entered> = fc.record({
  amount: amountArbitrary,
  isDiscount: fc.integer({ min: 0, max: 9 }).map((value) => value === 0),
  quantity: fc.bigInt(1n, 9n),
  isOther: fc.boolean(),
  priceNoise: fc.bigInt(-20_000_000n, 20_000_000n),
});

const taxArbitrary = fc.constantFrom<{
  taxType: TaxType;
  code: SpecialTaxCode;
  other: LineTaxType;
}>(
  { taxType: '1', code: 0, other: '3' },
  { taxType: '1', code: 0, other: '3' },
  { taxType: '9', code: 0, other: '3' },
  { taxType: '9', code: 0, other: '2' },
  { taxType: '2', code: 0, other: '3' },
  { taxType: '3', code: 0, other: '3' },
  { taxType: '4', code: 2, other: '3' },
);

/** Drafts that mostly compose; those that do not break a rule of sums, never another. */
export const invoiceDraftArbitrary: fc.Arbitrary<InvoiceDraft> = fc
  .record({
    entered: fc.array(enteredArbitrary, { minLength: 2, maxLength: LINES_MAX, size: 'max' }),
    tax: taxArbitrary,
    sense: fc.constantFrom<PriceSense>('tax-included', 'price-apart', 'price-apart', 'tax-apart'),
    isBusiness: fc.boolean(),
    /** Under `price-apart`: whether amounts are without tax, and how far the total is off. */
    isNet: fc.boolean(),
    drift: fc.oneof(fc.constant(0), fc.integer({ min: -3, max: 3 }), fc.integer({ max: 5_000 })),
    taxDrift: fc.integer({ min: -2, max: 2 }),
  })
  .map(({ entered, tax, sense, isBusiness, isNet, drift, taxDrift }) => {
    const isMixed = tax.taxType === '9' && sense !== 'tax-apart';
    const taxType = tax.taxType === '9' && !isMixed ? '1' : tax.taxType;
    const lines = entered.map((entry, index) => lineOf(entry, index, isMixed ? tax.other : ''));
    const sum = lines.reduce((total, line) => total + scaled(line.amount), 0n);
    const sales = wholeDollars(sum);
    const shared: Partial<InvoiceDraft> = {
      taxType,
      specialTaxCode: tax.code,
      invoiceType: taxType === '4' ? '08' : '07',
      clearanceMark: '1',
      sense,
      lines,
      buyer: isBusiness ? BUSINESS : CONSUMER,
    };
    if (sense === 'tax-included') return invoiceDraft({ ...shared, total: dollars(Number(sales)) });
    if (sense === 'price-apart') {
      const meant = isNet ? wholeDollars((sum * 21n) / 20n) : sales;
      return invoiceDraft({ ...shared, total: dollars(Number(meant) + drift) });
    }
    const apart = taxType === '1' ? wholeDollars((sum * 5n) / 100n) + BigInt(taxDrift) : 0n;
    const stated = { sales: dollars(Number(sales)), tax: dollars(Math.max(0, Number(apart))) };
    const total = dollars(stated.sales + stated.tax);
    return invoiceDraft({ ...shared, buyer: BUSINESS, stated, total });
  });

/** The first two lines of a mixed invoice are one of each class, so that it is complete. */
function lineOf(entry: Entered, index: number, other: LineTaxType | ''): DraftLine {
  const isOther = index < 2 ? index === 1 : entry.isOther;
  const amount = entry.isDiscount && index > 1 ? -entry.amount / 4n : entry.amount;
  const price = amount / entry.quantity + (entry.isOther ? entry.priceNoise : 0n);
  return draftLine('0', {
    sequence: index + 1,
    description: `商品${index % 7}`,
    quantity: decimal(String(entry.quantity)),
    unitPrice: fromScaled(price),
    amount: fromScaled(amount),
    taxType: other === '' ? '' : isOther ? other : '1',
  });
}

/** How a whole sum is split into line amounts: cuts of it, some of them negative. */
export const cutsArbitrary: fc.Arbitrary<readonly bigint[]> = fc.array(
  fc.bigInt(-300_000n, 1_000_000n),
  { maxLength: 12 },
);

/** Splits whole dollars into as many amounts as there are cuts and one more; they add up exactly. */
export function splitDollars(total: number, cuts: readonly bigint[]): readonly bigint[] {
  const scaledTotal = BigInt(total) * 10_000_000n;
  const parts = cuts.map((cut) => (scaledTotal * cut) / 1_000_000n);
  return [...parts, scaledTotal - parts.reduce((sum, part) => sum + part, 0n)];
}
