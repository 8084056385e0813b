/**
 * What `composeInvoice` refuses, fills in, empties and holds. The arithmetic itself is in
 * `worked-examples.test.ts` and `amount-invariants.test.ts`.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimal, dollars, SELLER_A as SELLER } from '../../test/support/demo.ts';
import { BUSINESS, draftLine, invoiceDraft } from '../../test/support/draft.ts';
import { composeInvoice } from './compose-invoice.ts';
import type { FaultCode } from './fault.ts';
import type { DraftLine, InvoiceDraft, InvoiceType, SpecialTaxCode, TaxType } from './invoice.ts';
import type { Seller } from './seller.ts';

function codesOf(changes: Partial<InvoiceDraft>, seller: Seller = SELLER): readonly FaultCode[] {
  const outcome = composeInvoice(invoiceDraft(changes), seller);
  return outcome.ok ? [] : outcome.faults.map((entry) => entry.code);
}

function composed(changes: Partial<InvoiceDraft>, seller: Seller = SELLER) {
  const outcome = composeInvoice(invoiceDraft(changes), seller);
  assert.ok(outcome.ok, JSON.stringify(outcome));
  return outcome.value;
}

type LinePart = readonly [amount: string, taxType?: DraftLine['taxType']];

function linesOf(...parts: readonly LinePart[]) {
  return parts.map(([amount, taxType = ''], index) =>
    draftLine(amount, { sequence: index + 1, taxType }),
  );
}

test('invoice type 07 takes tax types 1, 2, 3, 9 and type 08 takes 3, 4', () => {
  const taxTypes: readonly TaxType[] = ['1', '2', '3', '4', '9'];
  const accepted = (invoiceType: InvoiceType) =>
    taxTypes.filter((taxType) => {
      const lines = taxType === '9' ? linesOf(['60', '1'], ['40', '3']) : linesOf(['100']);
      const changes = {
        invoiceType,
        taxType,
        lines,
        specialTaxCode: 1,
        clearanceMark: '1',
      } as const;
      return !codesOf(changes).includes('INVOICE_TYPE_TAX_TYPE_MISMATCH');
    });
  assert.deepEqual(accepted('07'), ['1', '2', '3', '9']);
  assert.deepEqual(accepted('08'), ['3', '4']);
});

test('a zero-rated invoice needs a clearance mark and a reason', () => {
  const noDefault: Seller = { ...SELLER, zeroTaxRateReasonDefault: '' };
  assert.deepEqual(codesOf({ taxType: '2' }, noDefault), [
    'CLEARANCE_MARK_MISSING',
    'ZERO_TAX_RATE_REASON_MISSING',
  ]);
  const lines = linesOf(['60', '1'], ['40', '2']);
  assert.deepEqual(codesOf({ taxType: '9', lines }, noDefault), [
    'CLEARANCE_MARK_MISSING',
    'ZERO_TAX_RATE_REASON_MISSING',
  ]);
});

test("the seller's default stands in for a missing zero-rate reason, never for a given one", () => {
  const changes = { taxType: '2', clearanceMark: '2' } as const;
  assert.equal(composed(changes).zeroTaxRateReason, '71');
  assert.equal(composed({ ...changes, zeroTaxRateReason: '75' }).zeroTaxRateReason, '75');
});

test('clearance mark and reason are emptied without zero-rated sales', () => {
  for (const taxType of ['1', '3'] as const) {
    const invoice = composed({ taxType, clearanceMark: '1', zeroTaxRateReason: '72' });
    assert.equal(invoice.clearanceMark, '');
    assert.equal(invoice.zeroTaxRateReason, '');
  }
  const lines = linesOf(['60', '1'], ['40', '3']);
  const mixed = composed({ taxType: '9', lines, clearanceMark: '1', zeroTaxRateReason: '72' });
  assert.equal(`${mixed.clearanceMark}${mixed.zeroTaxRateReason}`, '');
});

test('the special-tax code is 0 for tax types 1, 2, 9 and 8 for exempt', () => {
  const code = (changes: Partial<InvoiceDraft>) =>
    composed({ specialTaxCode: 5, clearanceMark: '1', ...changes }).specialTaxCode;
  assert.equal(code({ taxType: '1' }), 0);
  assert.equal(code({ taxType: '2' }), 0);
  assert.equal(code({ taxType: '9', lines: linesOf(['60', '1'], ['40', '3']) }), 0);
  assert.equal(code({ taxType: '3' }), 8);
  assert.equal(code({ taxType: '4', invoiceType: '08' }), 5);
});

test('special tax takes its rate from the code, and is refused where the code names none', () => {
  const special = (specialTaxCode: SpecialTaxCode) =>
    ({ taxType: '4', invoiceType: '08', specialTaxCode }) as const;
  const rates = ([1, 2, 3, 4, 5, 6, 7] as const).map(
    (code) => composed(special(code)).amounts.taxRate,
  );
  assert.deepEqual(rates, ['0.25', '0.15', '0.02', '0.01', '0.05', '0.05', '0.05']);
  assert.deepEqual(codesOf(special(8)), ['SPECIAL_TAX_RATE_UNKNOWN']);
  assert.deepEqual(codesOf(special(0)), ['SPECIAL_TAX_RATE_UNKNOWN']);
});

test('1 % special tax and an exempt invoice of type 08 are issued and held', () => {
  const holds = (changes: Partial<InvoiceDraft>) => composed(changes).holds;
  const unconfirmed = ['special-tax-unconfirmed'];
  assert.deepEqual(holds({ taxType: '4', invoiceType: '08', specialTaxCode: 4 }), unconfirmed);
  assert.deepEqual(holds({ taxType: '3', invoiceType: '08' }), unconfirmed);
  assert.deepEqual(holds({ taxType: '4', invoiceType: '08', specialTaxCode: 2 }), []);
  assert.deepEqual(holds({ taxType: '3', specialTaxCode: 4 }), []);
});

test('999 lines pass and 1000 do not', () => {
  const lines = (count: number) => linesOf(...Array.from({ length: count }, () => ['1'] as const));
  assert.deepEqual(codesOf({ lines: lines(999), total: dollars(999) }), []);
  assert.deepEqual(codesOf({ lines: lines(1000), total: dollars(1000) }), ['LINES_TOO_MANY']);
});

test('a repeated line sequence is refused once, at the line that repeats', () => {
  const lines = ['60', '20', '20'].map((amount) => draftLine(amount, { sequence: 7 }));
  const outcome = composeInvoice(invoiceDraft({ lines }), SELLER);
  assert.ok(!outcome.ok);
  assert.deepEqual(
    outcome.faults.map(({ code, path }) => [code, path]),
    [['LINE_SEQUENCE_DUPLICATE', 'lines[1].sequence']],
  );
});

test('a mixed invoice needs a taxable line and lines of one other class', () => {
  const codes = (...parts: readonly LinePart[]) =>
    codesOf({ taxType: '9', clearanceMark: '1', lines: linesOf(...parts) });
  assert.deepEqual(codes(['60', '1'], ['40', '3']), []);
  assert.deepEqual(codes(['60', '1'], ['40', '2']), []);
  assert.deepEqual(codes(['100', '1']), ['MIXED_TAX_INCOMPLETE']);
  assert.deepEqual(codes(['60', '1'], ['40', '1']), ['MIXED_TAX_INCOMPLETE']);
  assert.deepEqual(codes(['60', '3'], ['40', '3']), ['MIXED_TAX_INCOMPLETE']);
  assert.deepEqual(codes(['60', '1'], ['40', '']), ['MIXED_TAX_INCOMPLETE']);
  assert.deepEqual(codes(['60', '1'], ['40', '4']), ['MIXED_TAX_INCOMPLETE']);
  assert.deepEqual(codes(['60', '1'], ['20', '2'], ['20', '3']), ['MIXED_TAX_EXEMPT_AND_ZERO']);
  // Sums of classes mean nothing then, and are not judged.
  assert.deepEqual(codes(['-1', '1'], ['50', '2'], ['51', '3']), ['MIXED_TAX_EXEMPT_AND_ZERO']);
  assert.deepEqual(codes(['60', '2'], ['40', '3']), [
    'MIXED_TAX_INCOMPLETE',
    'MIXED_TAX_EXEMPT_AND_ZERO',
  ]);
});

test('a class whose lines add up to less than 0 is refused; 0 is not less', () => {
  const codes = (...parts: readonly LinePart[]) =>
    codesOf({ taxType: '9', lines: linesOf(...parts) });
  assert.deepEqual(codes(['-1', '1'], ['101', '3']), ['CLASS_SUM_NEGATIVE']);
  assert.deepEqual(codes(['101', '1'], ['-1', '3']), ['CLASS_SUM_NEGATIVE']);
  assert.deepEqual(codes(['5', '1'], ['-5', '1'], ['100', '3']), []);
  // Half a dollar below rounds away from zero, less than that to zero.
  assert.deepEqual(codes(['-0.5', '1'], ['100.5', '3']), ['CLASS_SUM_NEGATIVE']);
  assert.deepEqual(codes(['-0.4', '1'], ['100.4', '3']), []);
});

test('a total of 0 or less is refused, whatever the lines say', () => {
  assert.deepEqual(codesOf({ total: dollars(0), lines: linesOf(['0']) }), ['AMOUNT_NOT_POSITIVE']);
  assert.deepEqual(codesOf({ total: dollars(-100), lines: linesOf(['-100']) }), [
    'AMOUNT_NOT_POSITIVE',
  ]);
});

test('with prices including tax the rounded sum of the lines is the total', () => {
  const codes = (total: number, ...amounts: readonly string[]) =>
    codesOf({
      total: dollars(total),
      lines: linesOf(...amounts.map((amount) => [amount] as const)),
    });
  assert.deepEqual(codes(33, '10.5', '22'), []);
  assert.deepEqual(codes(32, '10.5', '22'), ['AMOUNT_SUM_MISMATCH']);
  assert.deepEqual(codes(32, '10.4999999', '22'), []);
  assert.deepEqual(codes(101, '100'), ['AMOUNT_SUM_MISMATCH']);
  assert.deepEqual(codes(100), ['AMOUNT_SUM_MISMATCH']);
});

test('all faults come back at once, in the order of the fault table', () => {
  const noDefault: Seller = { ...SELLER, zeroTaxRateReasonDefault: '' };
  const lines = [draftLine('60', { taxType: '2' }), draftLine('30', { taxType: '3' })];
  assert.deepEqual(codesOf({ invoiceType: '08', taxType: '9', lines }, noDefault), [
    'INVOICE_TYPE_TAX_TYPE_MISMATCH',
    'CLEARANCE_MARK_MISSING',
    'ZERO_TAX_RATE_REASON_MISSING',
    'LINE_SEQUENCE_DUPLICATE',
    'MIXED_TAX_INCOMPLETE',
    'MIXED_TAX_EXEMPT_AND_ZERO',
    'AMOUNT_SUM_MISMATCH',
  ]);
  const mixed = linesOf(['101', '1'], ['-1', '2']);
  assert.deepEqual(codesOf({ invoiceType: '08', taxType: '9', lines: mixed }), [
    'INVOICE_TYPE_TAX_TYPE_MISMATCH',
    'CLEARANCE_MARK_MISSING',
    'CLASS_SUM_NEGATIVE',
  ]);
});

test('with prices apart no sum is refused, and a large correction is held', () => {
  const apart = (total: number, buyer = BUSINESS) =>
    composed({
      sense: 'price-apart',
      total: dollars(total),
      buyer,
      lines: linesOf(['100'], ['100']),
    });
  assert.deepEqual(apart(210).holds, []);
  // Two lines: up to one and a half dollars count as roundings. Of 213, 203 is net and 200 is there.
  assert.deepEqual(apart(211).holds, []);
  assert.deepEqual(apart(213).holds, ['closing-correction-large']);
  const far = apart(5000);
  assert.deepEqual(far.holds, ['closing-correction-large']);
  assert.equal(far.lines[1]?.filedAmount, String(far.amounts.sales - 100));
});

test('half a dollar a line and half a dollar is no large correction, any more is', () => {
  const holds = (total: number, amount: string) => {
    const lines = linesOf(['100'], [amount]);
    return composed({ sense: 'price-apart', total: dollars(total), lines }).holds;
  };
  assert.deepEqual(holds(202, '100.5'), []);
  assert.deepEqual(holds(202, '100.4999999'), ['closing-correction-large']);
  assert.deepEqual(holds(199, '100.5'), []);
  assert.deepEqual(holds(199, '100.5000001'), ['closing-correction-large']);
});

test('with prices apart and a tie the amounts are meant with tax', () => {
  // 41 is as far from 40 as from 42, which is 40 × 1.05.
  const invoice = composed({
    sense: 'price-apart',
    total: dollars(41),
    lines: linesOf(['20'], ['20']),
  });
  assert.deepEqual(
    invoice.lines.map((line) => line.filedAmount),
    ['20', '21'],
  );
});

test('count × price stands in for an amount with tax while they agree within a dollar', () => {
  const filed = (unitPrice: string) => {
    const lines = [
      draftLine('105', { sequence: 1, unitPrice: decimal(unitPrice) }),
      draftLine('105', { sequence: 2, unitPrice: decimal('100') }),
    ];
    const changes = { sense: 'price-apart', total: dollars(210), buyer: BUSINESS, lines } as const;
    return composed(changes).lines[0]?.filedAmount;
  };
  assert.equal(filed('99.05'), '99.05');
  assert.equal(filed('99.04'), '100');
  assert.equal(filed('100.95'), '100.95');
  assert.equal(filed('100.96'), '100');
});

test('an amount with tax that does not follow from its price is divided by 1.05', () => {
  const invoice = composed({
    sense: 'price-apart',
    total: dollars(200),
    buyer: BUSINESS,
    lines: [
      draftLine('105', { sequence: 1, unitPrice: decimal('50') }),
      draftLine('95', { sequence: 2, unitPrice: decimal('90.4761905') }),
    ],
  });
  assert.equal(invoice.lines[0]?.filedAmount, '100');
  assert.equal(invoice.lines[0]?.filedUnitPrice, '50');
});

test('lines that are not taxable are filed as sent under every sense', () => {
  const changes = {
    taxType: '3',
    buyer: BUSINESS,
    lines: linesOf(['99.5']),
    total: dollars(100),
  } as const;
  for (const sense of ['tax-included', 'price-apart'] as const) {
    const [line] = composed({ ...changes, sense }).lines;
    assert.equal(line?.filedUnitPrice, '99.5');
    assert.equal(line?.filedAmount, '100');
  }
});

test('stated sales, tax and total must agree and be free of negative parts', () => {
  const codes = (sales: number, tax: number, total: number, changes: Partial<InvoiceDraft> = {}) =>
    codesOf({
      sense: 'tax-apart',
      buyer: BUSINESS,
      stated: { sales: dollars(sales), tax: dollars(tax) },
      total: dollars(total),
      ...changes,
    });
  assert.deepEqual(codes(100, 5, 105), []);
  assert.deepEqual(codes(100, 5, 104), ['AMOUNT_SUM_MISMATCH']);
  assert.deepEqual(codes(110, -5, 105), ['AMOUNT_SUM_MISMATCH']);
  assert.deepEqual(codes(-5, 110, 105), ['AMOUNT_SUM_MISMATCH']);
  assert.deepEqual(codes(100, 1, 101, { taxType: '3' }), ['AMOUNT_SUM_MISMATCH']);
  assert.deepEqual(codes(100, 5, 105, { buyer: invoiceDraft().buyer }), ['AMOUNT_SUM_MISMATCH']);
  const mixed = { taxType: '9', lines: linesOf(['60', '1'], ['40', '3']) } as const;
  assert.deepEqual(codes(100, 3, 103, mixed).at(0), 'INVOICE_TYPE_TAX_TYPE_MISMATCH');
});

test('a number that MIG 4.1 cannot hold is refused, not cut', () => {
  const [line] = linesOf(['9999999999999']);
  assert.ok(line !== undefined);
  const changes = { sense: 'price-apart', total: dollars(100), lines: [line] } as const;
  // × 1.05 the price has fourteen digits.
  assert.deepEqual(codesOf(changes), ['AMOUNT_SUM_MISMATCH']);
  assert.deepEqual(
    codesOf({ total: dollars(1_000_000_000_000), lines: linesOf(['1000000000000']) }),
    ['AMOUNT_SUM_MISMATCH'],
  );
  const largest = composed({ total: dollars(999_999_999_999), lines: linesOf(['999999999999']) });
  assert.equal(largest.amounts.sales, 999_999_999_999);
});

test('what was entered stays beside what is filed', () => {
  const draft = invoiceDraft({ buyer: BUSINESS, isPrinted: true, remark: '備註' });
  const outcome = composeInvoice(draft, SELLER);
  assert.ok(outcome.ok);
  const { lines, amounts, holds, specialTaxCode, ...rest } = outcome.value;
  const { lines: _, specialTaxCode: __, ...entered } = draft;
  assert.deepEqual(rest, entered);
  assert.equal(lines[0]?.amount, '100');
  assert.equal(lines[0]?.filedAmount, '95');
  assert.deepEqual([amounts.taxRate, holds, specialTaxCode], ['0.05', [], 0]);
});
