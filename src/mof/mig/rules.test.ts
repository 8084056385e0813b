/** Each rule beyond the schema finds its own fault, and only it, in a message that is right otherwise. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BUYER_UBN, draft, SELLER_A } from '../../../test/support/demo.ts';
import { COMPANY, MIG_CASES } from '../../../test/support/mig-cases.ts';
import { contentOf } from '../../../test/support/mig-sources.ts';
import { type F0401Value, f0401Of } from './f0401.ts';
import { f0501Of } from './f0501.ts';
import { type G0401Value, g0401Of } from './g0401.ts';
import { F0401_RULES, G0401_RULES, VOID_RULES } from './message-rules.ts';
import type { Finding, Rule } from './rules/rule.ts';

type Item = F0401Value['Details']['ProductItem'][number];
type AllowanceItem = G0401Value['Details']['ProductItem'][number];

function found<Value>(rules: readonly Rule<Value>[], value: Value): readonly string[] {
  return rules.flatMap((rule) => rule.find(value).map(() => rule.id));
}

function invoiceCase(name: string): F0401Value {
  const source = MIG_CASES[name];
  assert(source !== undefined, name);
  return f0401Of(source.invoice.content, source.seller);
}

function allowanceCase(name: string): G0401Value {
  const source = MIG_CASES[name];
  assert(source?.allowance, name);
  return g0401Of(source.allowance.content, source.invoice.content.buyer, source.seller);
}

function main(value: F0401Value, changes: Partial<F0401Value['Main']>): F0401Value {
  return { ...value, Main: { ...value.Main, ...changes } };
}
function amount(value: F0401Value, changes: Partial<F0401Value['Amount']>): F0401Value {
  return { ...value, Amount: { ...value.Amount, ...changes } };
}
function items(value: F0401Value, change: (item: Item, index: number) => Item): F0401Value {
  return { ...value, Details: { ProductItem: value.Details.ProductItem.map(change) } };
}
/** Both parts scaled alike, so that only the rule in question breaks. */
function fractional(value: F0401Value): F0401Value {
  const halved = items(value, (item, index) => (index === 0 ? { ...item, Amount: '99.5' } : item));
  return amount(halved, { SalesAmount: '99.5', TotalAmount: '99.5' });
}

const consumer = invoiceCase('f0401-consumer-member-carrier');
const printed = invoiceCase('f0401-consumer-printed');
const barcode = invoiceCase('f0401-consumer-mobile-barcode');
const claim = invoiceCase('f0401-company-mobile-barcode-printed');
const donated = invoiceCase('f0401-consumer-donated');
const company = invoiceCase('f0401-company-printed');
const zero = invoiceCase('f0401-consumer-zero-rate');
const mixedZero = invoiceCase('f0401-consumer-mixed-zero-rate');
const mixed = invoiceCase('f0401-company-mixed-exempt');
const special = invoiceCase('f0401-consumer-special-tax');
const CARRIER = { CarrierType: undefined, CarrierId1: undefined, CarrierId2: undefined };

/** What is done, the broken message, the rules that must speak. */
const INVOICES: readonly (readonly [string, F0401Value, readonly string[]])[] = [
  [
    'seller without address',
    main(consumer, { Seller: { ...consumer.Main.Seller, Address: undefined } }),
    ['GATEWAY-01'],
  ],
  [
    'seller address of blanks',
    main(consumer, { Seller: { ...consumer.Main.Seller, Address: '　 ' } }),
    ['GATEWAY-01'],
  ],
  [
    'buyer of letters',
    main(consumer, { Buyer: { Identifier: 'A12345678', Name: '陳' } }),
    ['GATEWAY-02'],
  ],
  [
    'seller of ten digits',
    main(consumer, { Seller: { ...consumer.Main.Seller, Identifier: '0012345675' } }),
    ['GATEWAY-02'],
  ],
  [
    'consumer named 0',
    main(consumer, { Buyer: { Identifier: '0000000000', Name: '0' } }),
    ['GATEWAY-03'],
  ],
  [
    'consumer named 000',
    main(consumer, { Buyer: { Identifier: '0000000000', Name: '000' } }),
    ['GATEWAY-03'],
  ],
  ['printed and on a carrier', main(consumer, { PrintMark: 'Y' }), ['GATEWAY-04']],
  ['printed and donated', main(donated, { PrintMark: 'Y' }), ['GATEWAY-04']],
  ['printed on a mobile barcode without tax ID', main(barcode, { PrintMark: 'Y' }), ['GATEWAY-04']],
  [
    'printed claim without hidden id',
    main(claim, { CarrierId2: '' }),
    ['GATEWAY-04', 'GATEWAY-06'],
  ],
  ['neither printed, donated nor on a carrier', main(consumer, CARRIER), ['GATEWAY-05']],
  ['carrier without hidden id', main(consumer, { CarrierId2: undefined }), ['GATEWAY-05']],
  ['company neither printed nor on a carrier', main(company, { PrintMark: 'N' }), ['GATEWAY-05']],
  ['mobile barcode of two codes', main(barcode, { CarrierId2: '/ABC1234' }), ['GATEWAY-06']],
  ['donated without code', main(donated, { NPOBAN: undefined }), ['GATEWAY-07']],
  ['code without donation', main(printed, { NPOBAN: '8999' }), ['GATEWAY-07']],
  ['donation code of letters', main(donated, { NPOBAN: 'X99' }), ['E1001']],
  ['donation code of eight digits', main(donated, { NPOBAN: '12345678' }), ['E1001']],
  ['blank before a carrier id', main(consumer, { CarrierId1: ' ABC' }), ['E1005']],
  ['full-width blank after a carrier id', main(consumer, { CarrierId2: 'ABC　' }), ['E1005']],
  [
    'mixed line',
    items(mixed, (item, index) => (index === 0 ? { ...item, TaxType: '9' } : item)),
    ['GATEWAY-08', 'KAILI-03'],
  ],
  ['zero rate without reason', main(zero, { ZeroTaxRateReason: undefined }), ['GATEWAY-09']],
  [
    'mixed zero rate without reason',
    main(mixedZero, { ZeroTaxRateReason: undefined }),
    ['GATEWAY-09'],
  ],
  ['zero rate without customs mark', main(zero, { CustomsClearanceMark: undefined }), ['E0228']],
  [
    'mixed zero rate without customs mark',
    main(mixedZero, { CustomsClearanceMark: undefined }),
    ['E0228'],
  ],
  ['customs mark without zero rate', main(consumer, { CustomsClearanceMark: '1' }), ['E0112']],
  ['customs mark on a mixed exempt invoice', main(mixed, { CustomsClearanceMark: '1' }), ['E0112']],
  ['special rate of 1 %', amount(special, { TaxRate: '0.01' }), ['E0225']],
  ['special rate of 0', amount(special, { TaxRate: '0' }), ['E0225']],
  ['taxable invoice of type 08', main(printed, { InvoiceType: '08' }), ['E0226']],
  ['special tax on type 07', main(special, { InvoiceType: '07' }), ['KAILI-05']],
  ['taxable at another rate', amount(consumer, { TaxRate: '0' }), ['KAILI-05']],
  [
    'exempt at 5 %',
    amount(invoiceCase('f0401-consumer-exempt'), { TaxRate: '0.05' }),
    ['KAILI-05'],
  ],
  [
    'special tax with tax',
    amount(special, { SalesAmount: '952', TaxAmount: '48' }),
    ['E0224', 'E0227', 'E0103', 'KAILI-03', 'KAILI-04'],
  ],
  [
    'a consumer charged tax beside',
    amount(consumer, { SalesAmount: '95', TaxAmount: '5' }),
    ['E0103', 'KAILI-03', 'KAILI-04'],
  ],
  [
    'a line too low',
    items(company, (item, index) => (index === 0 ? { ...item, Amount: '66.6666666' } : item)),
    ['E0103', 'KAILI-03'],
  ],
  ['a total too high', amount(company, { TotalAmount: '101' }), ['KAILI-01']],
  ['a tax one too high', amount(company, { TaxAmount: '6', TotalAmount: '101' }), ['KAILI-04']],
  ['a tax one too low', amount(company, { TaxAmount: '4', TotalAmount: '99' }), ['KAILI-04']],
  ['fractions of a dollar', fractional(consumer), ['GATEWAY-10', 'GATEWAY-10']],
  [
    'a total of zero',
    items(amount(printed, { SalesAmount: '0', TotalAmount: '0' }), (item) => ({
      ...item,
      Amount: '0',
    })),
    ['E0105'],
  ],
  [
    'negative sales',
    items(amount(printed, { SalesAmount: '-2', TotalAmount: '-2' }), (item) => ({
      ...item,
      Amount: '-1',
    })),
    ['KAILI-02', 'KAILI-02'],
  ],
  [
    'exempt sales under another head',
    amount(mixed, { FreeTaxSalesAmount: '0', ZeroTaxSalesAmount: '40' }),
    ['GATEWAY-09', 'E0228', 'KAILI-03', 'KAILI-03'],
  ],
  ['a quantity of zero', items(consumer, (item) => ({ ...item, Quantity: '0' })), ['E0106']],
  ['a quantity of 0.0', items(consumer, (item) => ({ ...item, Quantity: '0.0' })), ['E0106']],
  ['a sequence twice', items(printed, (item) => ({ ...item, SequenceNumber: '001' })), ['E0220']],
];

for (const [what, value, ids] of INVOICES) {
  test(`F0401, ${what}: ${ids.join(', ')}`, () => {
    assert.deepEqual(found(F0401_RULES, value), ids);
  });
}

function allowanceItems(
  value: G0401Value,
  change: (item: AllowanceItem) => AllowanceItem,
): G0401Value {
  return { ...value, Details: { ProductItem: value.Details.ProductItem.map(change) } };
}

const credited = allowanceCase('g0401-company-two-lines');
const exemptCredited = allowanceCase('g0401-company-mixed-exempt');

const ALLOWANCES: readonly (readonly [string, G0401Value, readonly string[]])[] = [
  [
    'a tax total one too high',
    { ...credited, Amount: { TaxAmount: '3', TotalAmount: '48' } },
    ['KAILI-06'],
  ],
  [
    'a net total with the tax in it',
    { ...credited, Amount: { TaxAmount: '2', TotalAmount: '50' } },
    ['KAILI-06'],
  ],
  [
    'fractions',
    allowanceItems({ ...credited, Amount: { TaxAmount: '2', TotalAmount: '1.5' } }, (item) => ({
      ...item,
      Amount: '0.75',
    })),
    ['KAILI-07'],
  ],
  [
    'nothing given back',
    allowanceItems({ ...credited, Amount: { TaxAmount: '0', TotalAmount: '0' } }, (item) => ({
      ...item,
      Amount: '0',
      Tax: '0',
    })),
    ['KAILI-07'],
  ],
  [
    'tax on an exempt line',
    allowanceItems(exemptCredited, (item) => ({ ...item, TaxType: '3' })),
    ['KAILI-08'],
  ],
  [
    'a mixed line',
    allowanceItems(allowanceCase('g0401-company-zero-rate'), (item) => ({ ...item, TaxType: '9' })),
    ['GATEWAY-08'],
  ],
  [
    'a quantity of zero',
    allowanceItems(allowanceCase('g0401-consumer'), (item) => ({ ...item, Quantity: '0' })),
    ['E0106'],
  ],
  [
    'a sequence twice',
    allowanceItems(credited, (item) => ({ ...item, AllowanceSequenceNumber: '001' })),
    ['E0220'],
  ],
  [
    'a buyer of letters',
    { ...credited, Main: { ...credited.Main, Buyer: { Identifier: 'PASSPORT1', Name: '陳' } } },
    ['GATEWAY-02'],
  ],
];

for (const [what, value, ids] of ALLOWANCES) {
  test(`G0401, ${what}: ${ids.join(', ')}`, () => {
    assert.deepEqual(found(G0401_RULES, value), ids);
  });
}

test('void messages: identifiers are digits', () => {
  const content = contentOf(draft(100, { buyer: COMPANY }));
  const value = f0501Of(content, content.issuedAt, '訂單取消');
  assert.deepEqual(found(VOID_RULES, value), []);
  assert.deepEqual(found(VOID_RULES, { ...value, BuyerId: '' }), ['GATEWAY-02']);
  assert.deepEqual(found(VOID_RULES, { ...value, SellerId: 'X2345675' }), ['GATEWAY-02']);
});

test('every rule is broken by some message here', () => {
  const broken = new Set([...INVOICES, ...ALLOWANCES].flatMap(([, , ids]) => ids));
  const all = [...F0401_RULES, ...G0401_RULES, ...VOID_RULES].map((rule) => rule.id);
  assert.deepEqual(
    [...new Set(all)].filter((id) => !broken.has(id)),
    [],
  );
});

test('a number that is none is left to the table: no rule throws or invents a sum', () => {
  const broken = items(amount(company, { SalesAmount: 'x', TaxAmount: '' }), (item) => ({
    ...item,
    Amount: '1e9',
    Quantity: '?',
  }));
  assert.deepEqual(found(F0401_RULES, broken), []);
});

test('1 % and an exempt invoice of type 08 wait for a decision; other special faults are refusals', () => {
  const holdsOf = (value: F0401Value): readonly (Finding['hold'] | 'default')[] =>
    F0401_RULES.flatMap((rule) => rule.find(value).map((finding) => finding.hold ?? 'default'));
  const exempt = main(invoiceCase('f0401-consumer-exempt'), { InvoiceType: '08' });
  assert.deepEqual(holdsOf(amount(special, { TaxRate: '0.01' })), ['special-tax-unconfirmed']);
  assert.deepEqual(holdsOf(exempt), ['special-tax-unconfirmed']);
  assert.deepEqual(holdsOf(amount(special, { TaxRate: '0' })), ['default']);
});

test('a finding repeats codes and numbers only, never a name', () => {
  const value = main(company, {
    Buyer: { Identifier: BUYER_UBN.slice(1), Name: '機密買方' },
    Seller: { ...company.Main.Seller, Identifier: SELLER_A.name },
  });
  const findings = F0401_RULES.flatMap((rule) => rule.find(value));
  assert(findings.length > 0);
  assert(findings.every(({ got }) => !got.includes('機密') && !got.includes(SELLER_A.name)));
});
