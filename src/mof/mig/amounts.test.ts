/**
 * Whatever invoice is issued, the message that comes of it adds up: thousands of made-up invoices,
 * judged by rules, by the independent count and, a part of them, by the Ministry's schema. And the
 * count itself finds what is wrong.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decimal, dollars, draft, SELLER_A } from '../../../test/support/demo.ts';
import { allowanceSumViolations, amountViolations } from '../../../test/support/mig-amounts.ts';
import { COMPANY, item, MIG_CASES } from '../../../test/support/mig-cases.ts';
import { checkAllAgainstSchema, SCHEMA_PATH } from '../../../test/support/mig-schema.ts';
import {
  allowanceOf,
  allowanceSource,
  contentOf,
  issueSource,
} from '../../../test/support/mig-sources.ts';
import { requireReference } from '../../../test/support/reference.ts';
import type { AllowanceContent, AllowanceDraft } from '../../domain/allowance.ts';
import { composeInvoice } from '../../domain/compose-invoice.ts';
import type {
  DraftLine,
  InvoiceDraft,
  LineTaxType,
  PriceSense,
  TaxType,
} from '../../domain/invoice.ts';
import { composeMessage, type MessageSource } from './compose.ts';

const RUNS = 1500;
/** Files of each run that the schema judges too. */
const SCHEMA_FILES = 300;

function xmlOf(source: MessageSource): string {
  const composed = composeMessage(source);
  assert(composed.ok, JSON.stringify(composed));
  return composed.xml;
}

/** Prices of up to seven decimals, sometimes negative; an amount near quantity times price. */
const LINE = fc
  .record({
    quantity: fc.integer({ min: 1, max: 99 }),
    cents: fc.bigInt({ min: -1_000_000n, max: 100_000_000_000n }),
    taxType: fc.constantFrom<LineTaxType>('1', '2', '3'),
    off: fc.integer({ min: -1, max: 1 }),
  })
  .map(({ quantity, cents, taxType, off }) => {
    const price = `${cents < 0n ? '-' : ''}${String(cents < 0n ? -cents : cents).padStart(8, '0')}`;
    const unitPrice = decimal(
      `${price.slice(0, -7) === '-' ? '-0' : price.slice(0, -7)}.${price.slice(-7)}`,
    );
    const amount = Number((cents * BigInt(quantity)) / 10_000_000n) + off;
    return { quantity: decimal(String(quantity)), unitPrice, amount, taxType };
  });

const DRAFT = fc
  .record({
    lines: fc.array(LINE, { minLength: 1, maxLength: 12 }),
    taxType: fc.constantFrom<TaxType>('1', '2', '3', '4', '9'),
    other: fc.constantFrom<LineTaxType>('2', '3'),
    isCompany: fc.boolean(),
    sense: fc.constantFrom<PriceSense>('tax-included', 'price-apart'),
  })
  .map(({ lines, taxType, other, isCompany, sense }): InvoiceDraft => {
    const isMixed = taxType === '9';
    const drafted = lines.map((made, index): DraftLine => {
      // A mixed invoice begins with one line of each class.
      const own = index === 0 || (index > 1 && made.taxType === '1') ? '1' : other;
      return item(index + 1, '1', '0', String(made.amount), {
        quantity: made.quantity,
        unitPrice: made.unitPrice,
        taxType: isMixed ? own : '',
      });
    });
    const total = lines.reduce((sum, made) => sum + made.amount, 0);
    return draft(1, {
      total: dollars(Math.max(total, 0)),
      taxType,
      invoiceType: taxType === '4' ? '08' : '07',
      specialTaxCode: taxType === '4' ? 2 : 0,
      clearanceMark: '1',
      sense,
      lines: drafted,
      ...(isCompany ? { buyer: COMPANY } : {}),
    });
  });

/** Drafts that are issued at all: negative classes and the like are refused before. */
const ISSUED = DRAFT.filter((made) => composeInvoice(made, SELLER_A).ok);

test('every invoice that is issued becomes a message that adds up', async (t) => {
  const xmls: string[] = [];
  fc.assert(
    fc.property(ISSUED, (made) => {
      const xml = xmlOf(issueSource(contentOf(made)));
      assert.deepEqual(amountViolations(xml), []);
      if (xmls.length < SCHEMA_FILES) xmls.push(xml);
    }),
    { numRuns: RUNS },
  );
  if (requireReference(t, ...SCHEMA_PATH) === null) return;
  assert.deepEqual((await checkAllAgainstSchema(xmls)).flat(), []);
});

/** An allowance of part of an invoice, by one line a class. */
function allowanceOfShare(content: ReturnType<typeof contentOf>, share: number): AllowanceDraft {
  const classes = [...new Set(content.lines.map((made) => made.taxClass))];
  const { amounts } = content;
  const sums: Readonly<Record<LineTaxType, number>> = {
    1: amounts.sales + amounts.tax,
    4: amounts.sales,
    3: amounts.exempt,
    2: amounts.zeroRated,
  };
  const parts = classes.map((taxType) => ({ taxType, amount: Math.floor(sums[taxType] * share) }));
  return {
    total: dollars(parts.reduce((sum, part) => sum + part.amount, 0)),
    reason: '',
    customerName: '',
    notify: { kind: 'N', email: '', phone: '' },
    lines: parts.map(({ taxType, amount }, index) => ({
      sequence: index + 1,
      description: '退貨',
      quantity: decimal('1'),
      unit: '式',
      unitPrice: decimal(String(amount)),
      amount: decimal(String(amount)),
      taxType: content.taxType === '9' ? taxType : '',
    })),
  };
}

test('allowances in three parts become messages that add up, alone and together', async (t) => {
  const xmls: string[] = [];
  fc.assert(
    fc.property(ISSUED, (made) => {
      const content = contentOf(made);
      const live: AllowanceContent[] = [];
      const files: string[] = [];
      for (const number of ['2026112510000001', '2026112510000002', '2026112510000003']) {
        const wanted = allowanceOfShare(content, 1 / 3);
        if (wanted.total === 0) return;
        const allowance = allowanceOf(content, wanted, number, live);
        live.push(allowance);
        files.push(xmlOf(allowanceSource(content, allowance)));
      }
      for (const xml of files) assert.deepEqual(amountViolations(xml), []);
      assert.deepEqual(allowanceSumViolations(xmlOf(issueSource(content)), files), []);
      if (xmls.length < SCHEMA_FILES) xmls.push(...files);
    }),
    { numRuns: RUNS / 3 },
  );
  if (requireReference(t, ...SCHEMA_PATH) === null) return;
  assert.deepEqual((await checkAllAgainstSchema(xmls)).flat(), []);
});

const SPOILED: readonly (readonly [string, string, string, string])[] = [
  ['a line raised by a ten-millionth', 'f0401-company-printed', '66.6666667', '66.6666668'],
  ['a tax raised', 'f0401-company-printed', '<TaxAmount>5<', '<TaxAmount>6<'],
  ['a total of zero', 'f0401-consumer-exempt', '<TotalAmount>100<', '<TotalAmount>0<'],
  ['fractions in the sums', 'f0401-consumer-member-carrier', '>100<', '>100.5<'],
  ['an exempt line called taxable', 'f0401-company-mixed-exempt', '<TaxType>3<', '<TaxType>1<'],
  ['a consumer with tax beside', 'f0401-company-printed', '04595257', '0000000000'],
  ['a quantity of zero', 'f0401-company-printed', '<Quantity>3<', '<Quantity>0<'],
  ['a sequence twice', 'f0401-company-printed', '>002<', '>001<'],
  ['a missing sum', 'f0401-company-printed', 'TaxAmount', 'Tax'],
  ['special tax with tax beside', 'f0401-company-special-tax', '<TaxAmount>0<', '<TaxAmount>1<'],
  ['an allowance line raised', 'g0401-company-two-lines', '<Amount>29<', '<Amount>30<'],
  ['an allowance tax raised', 'g0401-company-two-lines', '<TaxAmount>2<', '<TaxAmount>3<'],
  [
    'an allowance that taxes the exempt',
    'g0401-company-mixed-exempt',
    '<TaxType>1<',
    '<TaxType>3<',
  ],
  ['an allowance sequence twice', 'g0401-company-two-lines', '>002<', '>001<'],
];

for (const [what, name, from, to] of SPOILED) {
  test(`the independent count finds ${what}`, () => {
    const source = MIG_CASES[name];
    assert(source !== undefined, name);
    const xml = xmlOf(source);
    const spoiled = xml.replaceAll(from, to);
    assert.notEqual(spoiled, xml);
    assert.deepEqual(amountViolations(xml), []);
    assert.notDeepEqual(amountViolations(spoiled), []);
  });
}
