/**
 * Runs the worked examples of docs/internals/amounts.md: what the page says is filed, is filed. The
 * tables hold every case of the ECPay B2C API mapping's own list, and those of the B2B one.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { decimal, dollars, SELLER_A as SELLER } from '../../test/support/demo.ts';
import {
  allowanceDraft,
  allowanceLine,
  BUSINESS,
  CONSUMER,
  draftLine,
  invoiceDraft,
} from '../../test/support/draft.ts';
import type { AllowanceAmounts } from './allowance.ts';
import { composeAllowance } from './compose-allowance.ts';
import { composeInvoice } from './compose-invoice.ts';
import type {
  ComposedInvoice,
  DraftLine,
  InvoiceDraft,
  LineTaxType,
  PriceSense,
  SpecialTaxCode,
  TaxType,
} from './invoice.ts';

const PAGE = readFileSync(new URL('../../docs/internals/amounts.md', import.meta.url), 'utf8');

/** Rows of the page's table whose head begins with these cells. */
function tableRows(...head: readonly string[]): readonly (readonly string[])[] {
  const lines = PAGE.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${head.join(' | ')} |`));
  assert.notEqual(start, -1, `the page has the table ${head[0]}`);
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'));
  return lines.slice(start + 2, end).map((line) => line.slice(2, -2).split(' | '));
}

const LINE_SHAPE = /^(\S+) × (\S+) = (\S+?)(?: \(([123])\))?$/;

function readLines(text: string): readonly DraftLine[] {
  return text.split('; ').map((part, index) => {
    const [, quantity, price, amount, taxClass] = LINE_SHAPE.exec(part) ?? assert.fail(part);
    return draftLine(amount ?? '', {
      sequence: index + 1,
      quantity: decimal(quantity ?? ''),
      unitPrice: decimal(price ?? ''),
      // The pattern lets through only line classes and nothing.
      taxType: (taxClass ?? '') as LineTaxType | '',
    });
  });
}

function writeLines(invoice: ComposedInvoice): string {
  return invoice.lines
    .map((line) => {
      const taxClass = invoice.taxType === '9' ? ` (${line.taxClass})` : '';
      return `${line.quantity} × ${line.filedUnitPrice} = ${line.filedAmount}${taxClass}`;
    })
    .join('; ');
}

function readDraft(sense: string, buyer: string, tax: string, lines: string, total: string) {
  const [senseName = '', stated] = sense.split(', ');
  const [sales, apart] = (stated ?? '').split(' + ').map(Number);
  const [taxType = '', special = '0'] = tax.split('/');
  const changes: Partial<InvoiceDraft> = {
    // Cells of a page in this repository; an unknown word fails the comparison below.
    sense: senseName as PriceSense,
    taxType: taxType as TaxType,
    specialTaxCode: Number(special) as SpecialTaxCode,
    invoiceType: taxType === '4' ? '08' : '07',
    clearanceMark: taxType === '2' ? '1' : '',
    stated:
      sales === undefined || apart === undefined || stated === undefined
        ? null
        : { sales: dollars(sales), tax: dollars(apart) },
    buyer: buyer === 'tax ID' ? BUSINESS : CONSUMER,
    lines: readLines(lines),
    total: dollars(Number(total)),
  };
  return invoiceDraft(changes);
}

const invoiceRows = tableRows('Case', 'Sense', 'Buyer');

test('the page holds the worked examples', () => {
  assert.ok(invoiceRows.length >= 21);
  assert.ok(tableRows('Invoice', 'Buyer').length >= 5);
});

for (const [name, sense, buyer, tax, lines, total, filed, sums] of invoiceRows) {
  test(`filed as on the page: ${name}, ${sense}, ${buyer}`, () => {
    const draft = readDraft(sense ?? '', buyer ?? '', tax ?? '', lines ?? '', total ?? '');
    const outcome = composeInvoice(draft, SELLER);
    assert.ok(outcome.ok, JSON.stringify(outcome));
    const { amounts } = outcome.value;
    assert.equal(writeLines(outcome.value), filed);
    const parts = [amounts.sales, amounts.exempt, amounts.zeroRated, amounts.tax];
    assert.equal(`${parts.join(' + ')} = ${amounts.total}`, sums);
    assert.deepEqual(outcome.value.holds, []);
  });
}

for (const [total, buyer, allowances, filed, sums] of tableRows('Invoice', 'Buyer')) {
  test(`given back as on the page: ${allowances} of ${total}, ${buyer}`, () => {
    const invoice = composeInvoice(
      invoiceDraft({
        total: dollars(Number(total)),
        lines: [draftLine(total ?? '')],
        buyer: buyer === 'tax ID' ? BUSINESS : CONSUMER,
      }),
      SELLER,
    );
    assert.ok(invoice.ok);
    const live: { amounts: AllowanceAmounts }[] = [];
    const written: string[] = [];
    for (const allowance of (allowances ?? '').split(', then ')) {
      const amounts = allowance.split('; ');
      const draft = allowanceDraft({
        total: dollars(amounts.reduce((sum, amount) => sum + Number(amount), 0)),
        lines: amounts.map((amount, index) => allowanceLine(amount, { sequence: index + 1 })),
      });
      const outcome = composeAllowance(draft, invoice.value, live);
      assert.ok(outcome.ok, JSON.stringify(outcome));
      live.push(outcome.value);
      written.push(outcome.value.lines.map((line) => `${line.net} + ${line.tax}`).join('; '));
    }
    assert.equal(written.join(', then '), filed);
    const given = live.map(({ amounts }) => `${amounts.net}, ${amounts.tax}`);
    assert.equal(given.join(', then '), sums);
  });
}
