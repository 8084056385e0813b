/**
 * What always holds of filed amounts (docs/internals/amounts.md, last section), over random drafts and
 * over random series of allowances until the invoice is empty. fast-check prints the seed of a failure.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  cutsArbitrary,
  invoiceDraftArbitrary,
  splitDollars,
} from '../../test/support/amount-arbitraries.ts';
import { dollars, SELLER_A as SELLER } from '../../test/support/demo.ts';
import { allowanceDraft, allowanceLine, BUSINESS } from '../../test/support/draft.ts';
import type { AllowanceDraft } from './allowance.ts';
import { type ComposedAllowance, composeAllowance } from './compose-allowance.ts';
import { composeInvoice } from './compose-invoice.ts';
import { DECIMAL_UNIT, fromScaled, scaled } from './decimal.ts';
import type { ComposedInvoice, InvoiceDraft, LineTaxType } from './invoice.ts';
import { allowableOf, remainingOf } from './remaining.ts';

/** Refusals that a random draft may earn: they are about sums. */
const SUM_FAULTS = ['AMOUNT_NOT_POSITIVE', 'AMOUNT_SUM_MISMATCH', 'CLASS_SUM_NEGATIVE'];

function sumWhere(invoice: ComposedInvoice, ...classes: readonly LineTaxType[]): bigint {
  return invoice.lines
    .filter((line) => classes.includes(line.taxClass))
    .reduce((sum, line) => sum + scaled(line.filedAmount), 0n);
}

function assertInvoiceHolds(draft: InvoiceDraft, invoice: ComposedInvoice): void {
  const { sales, exempt, zeroRated, tax, total } = invoice.amounts;
  const inDollars = (value: number) => BigInt(value) * DECIMAL_UNIT;
  // (a) and (d)
  assert.equal(sumWhere(invoice, '1', '4'), inDollars(sales));
  assert.equal(sumWhere(invoice, '3'), inDollars(exempt));
  assert.equal(sumWhere(invoice, '2'), inDollars(zeroRated));
  // (b), (c), (g)
  assert.equal(sales + exempt + zeroRated + tax, total);
  for (const amount of [sales, exempt, zeroRated, tax, total]) {
    assert.ok(Number.isSafeInteger(amount) && amount >= 0);
  }
  assert.ok(total > 0);
  assert.equal(total, draft.total);
  // (e)
  const hasTax = draft.buyer.ubn !== null && ['1', '9'].includes(draft.taxType);
  if (!hasTax) assert.equal(tax, 0);
  else if (draft.sense !== 'tax-apart') assert.ok(Math.abs(20 * tax - sales) <= 10);
  if (draft.sense === 'tax-included')
    assert.ok(!invoice.holds.includes('closing-correction-large'));
}

test('every composed invoice satisfies the invariant of the F0401', () => {
  let composed = 0;
  let runs = 0;
  const seen = new Set<string>();
  fc.assert(
    fc.property(invoiceDraftArbitrary, (draft) => {
      runs += 1;
      const outcome = composeInvoice(draft, SELLER);
      if (!outcome.ok) {
        for (const { code } of outcome.faults) assert.ok(SUM_FAULTS.includes(code), code);
        return;
      }
      composed += 1;
      seen.add(`${draft.sense} ${draft.taxType} ${draft.buyer.ubn === null}`);
      assertInvoiceHolds(draft, outcome.value);
    }),
    { numRuns: 3_000 },
  );
  // The property says nothing unless most drafts compose, in every combination: two senses of five tax
  // types for two kinds of buyer, and four tax types stated apart.
  assert.ok(composed > runs * 0.6, `${composed} of ${runs} drafts composed`);
  assert.equal(seen.size, 24);
});

test('prices with tax correct the closing line by less than a dollar, whatever the lines', () => {
  fc.assert(
    fc.property(invoiceDraftArbitrary, (draft) => {
      fc.pre(draft.sense === 'tax-included' && draft.taxType === '1');
      const outcome = composeInvoice({ ...draft, buyer: BUSINESS }, SELLER);
      fc.pre(outcome.ok);
      for (const line of outcome.value.lines) {
        const net = (scaled(line.amount) * 20n) / 21n;
        const difference = scaled(line.filedAmount) - net;
        assert.ok(difference < DECIMAL_UNIT && difference > -DECIMAL_UNIT);
      }
    }),
    { numRuns: 500 },
  );
});

function assertAllowanceHolds(draft: AllowanceDraft, allowance: ComposedAllowance): void {
  const { net, tax, total, byClass } = allowance.amounts;
  const nets = allowance.lines.reduce((sum, line) => sum + scaled(line.net), 0n);
  const taxes = allowance.lines.reduce((sum, line) => sum + line.tax, 0);
  assert.equal(nets, BigInt(net) * DECIMAL_UNIT);
  assert.equal(taxes, tax);
  assert.equal(net + tax, draft.total);
  assert.equal(total, draft.total);
  assert.equal(
    byClass.reduce((sum, part) => sum + part.net + part.tax, 0),
    draft.total,
  );
  for (const part of byClass) {
    assert.ok(part.net >= 0 && part.tax >= 0);
    const own = allowance.lines.filter((line) => line.taxClass === part.taxClass);
    assert.equal(
      own.reduce((sum, line) => sum + scaled(line.net), 0n),
      BigInt(part.net) * DECIMAL_UNIT,
    );
  }
}

/** Draft that gives back a part of each class, in lines cut at random. */
function draftOf(
  parts: readonly { taxClass: LineTaxType; total: number }[],
  cuts: readonly bigint[],
) {
  const lines = parts.flatMap(({ taxClass, total }) =>
    splitDollars(total, cuts).map((amount) => ({ taxClass, amount })),
  );
  return allowanceDraft({
    total: dollars(parts.reduce((sum, part) => sum + part.total, 0)),
    lines: lines.map(({ taxClass, amount }, index) =>
      allowanceLine('0', { sequence: index + 1, taxType: taxClass, amount: fromScaled(amount) }),
    ),
  });
}

const stepArbitrary = fc.record({
  /** Thousandths of what is left of each class. */
  shares: fc.tuple(fc.integer({ min: 0, max: 1_000 }), fc.integer({ min: 0, max: 1_000 })),
  cuts: cutsArbitrary,
  isVoidedAfter: fc.integer({ min: 0, max: 5 }).map((value) => value === 0),
});

/** Takes one allowance of these parts off the invoice and checks it; nothing is left beyond the rest. */
function allow(
  invoice: ComposedInvoice,
  live: readonly ComposedAllowance[],
  parts: readonly { taxClass: LineTaxType; total: number }[],
  cuts: readonly bigint[],
): readonly ComposedAllowance[] {
  if (parts.every((part) => part.total === 0)) return live;
  const draft = draftOf(parts, cuts);
  const outcome = composeAllowance(draft, invoice, live);
  assert.ok(outcome.ok, JSON.stringify(outcome));
  assertAllowanceHolds(draft, outcome.value);
  const before = remainingOf(invoice, live).total;
  const now = [...live, outcome.value];
  // remainingOf throws where a class is exceeded.
  assert.equal(remainingOf(invoice, now).total, before - draft.total);
  return now;
}

test('allowances never exceed the invoice by class, and the last one takes exactly the rest', () => {
  let emptied = 0;
  const steps = fc.array(stepArbitrary, { maxLength: 12 });
  fc.assert(
    fc.property(invoiceDraftArbitrary, steps, cutsArbitrary, (draft, givenSteps, lastCuts) => {
      const outcome = composeInvoice(draft, SELLER);
      if (!outcome.ok) return;
      const invoice = outcome.value;
      let live: readonly ComposedAllowance[] = [];
      for (const { shares, cuts, isVoidedAfter } of givenSteps) {
        const parts = remainingOf(invoice, live).byClass.map(({ taxClass, net, tax }, index) => ({
          taxClass,
          total: Math.floor(((net + tax) * (shares[index] ?? 0)) / 1_000),
        }));
        live = allow(invoice, live, parts, cuts);
        if (isVoidedAfter) live = live.slice(1);
      }
      const rest = remainingOf(invoice, live).byClass.map(({ taxClass, net, tax }) => ({
        taxClass,
        total: net + tax,
      }));
      live = allow(invoice, live, rest, lastCuts);
      assert.equal(remainingOf(invoice, live).total, 0);
      assertEmptied(invoice, live);
      emptied += 1;
    }),
    { numRuns: 1_500 },
  );
  assert.ok(emptied > 700, `${emptied} invoices emptied`);
});

function assertEmptied(invoice: ComposedInvoice, live: readonly ComposedAllowance[]): void {
  for (const { taxClass, net, tax } of allowableOf(invoice)) {
    const parts = live.flatMap(({ amounts }) =>
      amounts.byClass.filter((p) => p.taxClass === taxClass),
    );
    assert.equal(
      parts.reduce((sum, part) => sum + part.net, 0),
      net,
    );
    assert.equal(
      parts.reduce((sum, part) => sum + part.tax, 0),
      tax,
    );
  }
  // Nothing more can be given, not even a dollar.
  const one = allowanceDraft({
    total: dollars(1),
    lines: [allowanceLine('1', { taxType: invoice.lines[0]?.taxClass ?? '1' })],
  });
  const more = composeAllowance(one, invoice, live);
  assert.ok(!more.ok);
  assert.deepEqual(
    more.faults.map(({ code }) => code),
    ['ALLOWANCE_EXCEEDS_REMAINING'],
  );
}
