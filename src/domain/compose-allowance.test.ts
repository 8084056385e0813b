/**
 * What `composeAllowance` refuses and how it splits lines, classes and prices. The arithmetic over
 * many allowances is in `amount-invariants.test.ts`.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimal, dollars, SELLER_A as SELLER } from '../../test/support/demo.ts';
import {
  allowanceDraft,
  allowanceLine,
  BUSINESS,
  draftLine,
  invoiceDraft,
} from '../../test/support/draft.ts';
import { type AllowanceDraft, canMoveAllowance, reservesAmount } from './allowance.ts';
import { type ComposedAllowance, composeAllowance } from './compose-allowance.ts';
import { composeInvoice } from './compose-invoice.ts';
import type { FaultCode } from './fault.ts';
import type { ComposedInvoice, InvoiceDraft } from './invoice.ts';
import { remainingOf } from './remaining.ts';

function issued(changes: Partial<InvoiceDraft> = {}): ComposedInvoice {
  const outcome = composeInvoice(invoiceDraft(changes), SELLER);
  assert.ok(outcome.ok, JSON.stringify(outcome));
  return outcome.value;
}

const MIXED = issued({
  taxType: '9',
  total: dollars(145),
  lines: [
    draftLine('105', { sequence: 1, description: '應稅', taxType: '1' }),
    draftLine('30', { sequence: 2, description: '免稅', taxType: '3' }),
    draftLine('10', { sequence: 3, description: '免稅', taxType: '3' }),
  ],
});

function draftOf(total: number, ...lines: readonly ReturnType<typeof allowanceLine>[]) {
  const numbered = lines.map((line, index) => ({ ...line, sequence: index + 1 }));
  return allowanceDraft({ total: dollars(total), lines: numbered });
}

function allowed(
  draft: AllowanceDraft,
  invoice = issued(),
  live: readonly ComposedAllowance[] = [],
): ComposedAllowance {
  const outcome = composeAllowance(draft, invoice, live);
  assert.ok(outcome.ok, JSON.stringify(outcome));
  return outcome.value;
}

function codesOf(
  draft: AllowanceDraft,
  invoice = issued(),
  live: readonly ComposedAllowance[] = [],
): readonly FaultCode[] {
  const outcome = composeAllowance(draft, invoice, live);
  return outcome.ok ? [] : outcome.faults.map(({ code }) => code);
}

test('the rounded sum of the lines is the amount given back', () => {
  assert.deepEqual(codesOf(draftOf(50, allowanceLine('49'))), ['ALLOWANCE_SUM_MISMATCH']);
  assert.deepEqual(codesOf(draftOf(50, allowanceLine('49.5'))), []);
  assert.deepEqual(codesOf(draftOf(50, allowanceLine('49.4999999'))), ['ALLOWANCE_SUM_MISMATCH']);
  assert.deepEqual(codesOf(draftOf(50)), ['ALLOWANCE_SUM_MISMATCH']);
});

test('an allowance of 0 or less is refused', () => {
  assert.deepEqual(codesOf(draftOf(0, allowanceLine('0'))), ['ALLOWANCE_SUM_MISMATCH']);
  assert.deepEqual(codesOf(draftOf(-5, allowanceLine('-5'))), ['ALLOWANCE_SUM_MISMATCH']);
});

test('more than is left is refused, to the dollar', () => {
  assert.deepEqual(codesOf(draftOf(100, allowanceLine('100'))), []);
  assert.deepEqual(codesOf(draftOf(101, allowanceLine('101'))), ['ALLOWANCE_EXCEEDS_REMAINING']);
  const first = allowed(draftOf(60, allowanceLine('60')));
  assert.deepEqual(codesOf(draftOf(40, allowanceLine('40')), issued(), [first]), []);
  assert.deepEqual(codesOf(draftOf(41, allowanceLine('41')), issued(), [first]), [
    'ALLOWANCE_EXCEEDS_REMAINING',
  ]);
});

test('more than is left of one class is refused although the invoice has it', () => {
  const exempt = (amount: string) => allowanceLine(amount, { taxType: '3' });
  assert.deepEqual(codesOf(draftOf(40, exempt('40')), MIXED), []);
  assert.deepEqual(codesOf(draftOf(41, exempt('41')), MIXED), ['ALLOWANCE_EXCEEDS_REMAINING']);
  const outcome = composeAllowance(draftOf(41, exempt('41')), MIXED, []);
  assert.ok(!outcome.ok);
  assert.equal(outcome.faults[0]?.hint, 'at most 40 is left of tax class 3, got 41');
});

test('a class that the invoice does not have is refused', () => {
  const zeroRated = allowanceLine('10', { taxType: '2' });
  assert.deepEqual(codesOf(draftOf(10, zeroRated), MIXED), ['ALLOWANCE_TAX_CLASS_ABSENT']);
});

test("under mixed tax a line without a class takes that of the invoice's lines of its name", () => {
  const line = (amount: string, description: string) => allowanceLine(amount, { description });
  const draft = draftOf(61, line('21', '應稅'), line('40', '免稅'));
  const { amounts, lines } = allowed(draft, MIXED);
  assert.deepEqual(
    lines.map(({ taxClass, tax, net }) => [taxClass, tax, net]),
    [
      ['1', 1, '20'],
      ['3', 0, '40'],
    ],
  );
  assert.deepEqual(amounts.byClass, [
    { taxClass: '1', net: 20, tax: 1 },
    { taxClass: '3', net: 40, tax: 0 },
  ]);
  assert.deepEqual(codesOf(draftOf(5, line('5', '無此商品')), MIXED), [
    'ALLOWANCE_TAX_CLASS_ABSENT',
  ]);
});

test('on an invoice of one class its class counts, whatever the line says', () => {
  const [line] = allowed(draftOf(50, allowanceLine('50', { taxType: '3' }))).lines;
  assert.deepEqual([line?.taxClass, line?.tax], ['1', 2]);
});

test('a class of the allowance that adds up to less than 0 is refused', () => {
  const lines = [allowanceLine('30', { taxType: '1' }), allowanceLine('-5', { taxType: '3' })];
  assert.deepEqual(codesOf(draftOf(25, ...lines), MIXED), ['CLASS_SUM_NEGATIVE']);
});

test('thirty small lines carry the tax of their sum, one by one', () => {
  const invoice = issued({ total: dollars(300), lines: [draftLine('300')] });
  const { lines, amounts } = allowed(
    draftOf(300, ...Array.from({ length: 30 }, () => allowanceLine('10'))),
    invoice,
  );
  assert.equal(amounts.tax, 14);
  assert.deepEqual([...new Set(lines.map(({ tax }) => tax))].sort(), [0, 1]);
});

test('a gift in the last line takes no rest', () => {
  const { lines } = allowed(draftOf(50, allowanceLine('49.6'), allowanceLine('0')));
  assert.deepEqual(
    lines.map(({ net, tax }) => [net, tax]),
    [
      ['48', 2],
      ['0', 0],
    ],
  );
});

test('classes without tax give back their amount alone', () => {
  for (const taxType of ['2', '3'] as const) {
    const invoice = issued({ taxType, clearanceMark: '1', buyer: BUSINESS });
    const { amounts, lines } = allowed(draftOf(50, allowanceLine('50')), invoice);
    assert.deepEqual([amounts.net, amounts.tax, lines[0]?.net], [50, 0, '50']);
  }
  const special = issued({ taxType: '4', invoiceType: '08', specialTaxCode: 1 });
  assert.equal(allowed(draftOf(50, allowanceLine('50')), special).amounts.tax, 0);
});

test('the unit price is filed without tax only for a tax ID and a taxable line', () => {
  const line = allowanceLine('50', { unitPrice: decimal('10.5') });
  const price = (invoice: ComposedInvoice) =>
    allowed(draftOf(50, line), invoice).lines[0]?.filedUnitPrice;
  assert.equal(price(issued()), '10.5');
  assert.equal(price(issued({ buyer: BUSINESS })), '10');
  assert.equal(price(issued({ buyer: BUSINESS, taxType: '3' })), '10.5');
});

test('the original line is named where exactly one bears the name', () => {
  const sequence = (description: string) =>
    allowed(draftOf(10, allowanceLine('10', { description, taxType: '1' })), MIXED).lines[0]
      ?.originalSequence;
  assert.equal(sequence('應稅'), 1);
  assert.equal(sequence('免稅'), null);
  assert.equal(sequence('無此商品'), null);
});

test('line faults and sum faults come back together', () => {
  const draft = allowanceDraft({
    total: dollars(50),
    lines: [allowanceLine('10'), allowanceLine('20')],
  });
  assert.deepEqual(codesOf(draft), ['LINE_SEQUENCE_DUPLICATE', 'ALLOWANCE_SUM_MISMATCH']);
});

test('what is left counts by class and never below nothing', () => {
  assert.deepEqual(remainingOf(MIXED, []), {
    total: 145,
    byClass: [
      { taxClass: '1', net: 100, tax: 5 },
      { taxClass: '3', net: 40, tax: 0 },
    ],
  });
  const all = allowed(draftOf(100, allowanceLine('100')));
  assert.throws(() => remainingOf(issued(), [all, all]), /exceed/);
});

test('an allowance reserves its amount while it lives or awaits consent', () => {
  const states = ['awaiting-consent', 'live', 'expired', 'withdrawn', 'voided'] as const;
  assert.deepEqual(states.filter(reservesAmount), ['awaiting-consent', 'live']);
  const moves = states.flatMap((from) =>
    states.filter((to) => canMoveAllowance(from, to)).map((to) => `${from} ${to}`),
  );
  assert.deepEqual(moves, [
    'awaiting-consent live',
    'awaiting-consent expired',
    'awaiting-consent withdrawn',
    'live voided',
  ]);
});
