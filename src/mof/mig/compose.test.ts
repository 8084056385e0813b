/** From a filing to its message: the mapping's edges, and what is held instead of handed over. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  allowanceDraft,
  decimal,
  dollars,
  draft,
  line,
  SELLER_A,
  SELLER_B,
} from '../../../test/support/demo.ts';
import { COMPANY, MIG_CASES } from '../../../test/support/mig-cases.ts';
import {
  allowanceOf,
  allowanceSource,
  contentOf,
  issueSource,
  voidSource,
} from '../../../test/support/mig-sources.ts';
import { NO_CARRIER } from '../../domain/carrier.ts';
import type { InvoiceContent, InvoiceDraft } from '../../domain/invoice.ts';
import { parsePeriod } from '../../domain/period.ts';
import { composeMessage, type MessageSource } from './compose.ts';

function xmlOf(source: MessageSource): string {
  const composed = composeMessage(source);
  assert(composed.ok, JSON.stringify(composed));
  return composed.xml;
}

/** `rule element hold` of each problem. */
function problemsOf(source: MessageSource): readonly string[] {
  const composed = composeMessage(source);
  assert(!composed.ok, 'not refused');
  return composed.problems.map(({ rule, element, hold }) => `${rule} ${element} ${hold}`);
}

function element(xml: string, name: string): string | null {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? null;
}

function issued(changes: Partial<InvoiceDraft> = {}, content: Partial<InvoiceContent> = {}) {
  return issueSource(contentOf(draft(100, changes), content));
}

const MEMBER = { kind: 'member', visibleId: 'A1', hiddenId: 'A1' } as const;

test('a seller without address: held for it, and for nothing else', () => {
  for (const address of ['', '　 \n']) {
    const source = { ...issued(), seller: { ...SELLER_A, address } };
    assert.deepEqual(problemsOf(source), ['GATEWAY-01 Main/Seller/Address seller-address-missing']);
  }
});

test("a member carrier without the seller's code: held for it, and for nothing else", () => {
  const seller = { ...SELLER_A, memberCarrierCode: '' };
  const named = issued({ isPrinted: false, carrier: MEMBER });
  const unnamed = issued({ isPrinted: false, carrier: NO_CARRIER, memberCarrierId: 'A1' });
  for (const source of [named, unnamed]) {
    assert.deepEqual(problemsOf({ ...source, seller }), [
      'GATEWAY-05 Main/CarrierType member-carrier-code-missing',
    ]);
    assert.deepEqual(problemsOf({ ...source, seller: { ...seller, address: '' } }), [
      'GATEWAY-01 Main/Seller/Address seller-address-missing',
      'GATEWAY-05 Main/CarrierType member-carrier-code-missing',
    ]);
  }
});

test('an invoice that no member carrier can take is no matter of settings', () => {
  assert.deepEqual(problemsOf(issued({ isPrinted: false })), [
    'GATEWAY-05 Main/CarrierId1 would-be-refused',
  ]);
  assert.deepEqual(
    problemsOf(issued({ isPrinted: false, buyer: COMPANY, memberCarrierId: 'A1' })),
    ['GATEWAY-05 Main/CarrierId1 would-be-refused'],
  );
});

test('texts longer than MIG carries are told of with element, limit and length, and never cut', () => {
  const long = (length: number): string => '柒'.repeat(length);
  const source = issued({
    buyer: {
      ...COMPANY,
      name: long(61),
      address: long(101),
      phone: long(27),
      customerId: long(21),
    },
    remark: long(201),
    lines: [{ ...line(1, long(501), '100'), unit: long(7), remark: long(121) }],
  });
  const composed = composeMessage({ ...source, seller: { ...SELLER_A, name: long(61) } });
  assert(!composed.ok);
  const expected: Readonly<Record<string, readonly [number, number]>> = {
    'Main/Seller/Name': [60, 61],
    'Main/Buyer/Name': [60, 61],
    'Main/Buyer/Address': [100, 101],
    'Main/Buyer/TelephoneNumber': [26, 27],
    'Main/Buyer/CustomerNumber': [20, 21],
    'Main/MainRemark': [200, 201],
    'Details/ProductItem[1]/Description': [500, 501],
    'Details/ProductItem[1]/Unit': [6, 7],
    'Details/ProductItem[1]/Remark': [120, 121],
  };
  assert.deepEqual(
    composed.problems.map((problem) => problem.element),
    Object.keys(expected),
  );
  for (const { rule, element: path, text, hold } of composed.problems) {
    const [limit, length] = expected[path] ?? assert.fail(path);
    assert.equal(rule, 'MIG-LENGTH');
    assert.equal(hold, 'would-be-refused');
    assert.match(text, new RegExp(`至 ${limit} 字，實際 ${length} 字`));
    assert(text.includes(path) && !text.includes('柒'), text);
  }
});

test('texts as long as MIG carries go out whole, counted in characters', () => {
  const name = '𠮷'.repeat(60);
  assert.equal(
    element(xmlOf(issued({ buyer: { ...COMPANY, name } })).split('<Buyer>')[1] ?? '', 'Name'),
    name,
  );
});

test('an order number of up to 20 characters is sent, a longer one left out', () => {
  assert.equal(
    element(xmlOf(issued({}, { reference: 'A'.repeat(20) })), 'RelateNumber'),
    'A'.repeat(20),
  );
  assert.equal(element(xmlOf(issued({}, { reference: 'A'.repeat(21) })), 'RelateNumber'), null);
});

test('a buyer without a usable name is named by tax ID, or as a consumer', () => {
  const buyerName = (changes: Partial<InvoiceDraft['buyer']>): string | null => {
    const source = issued({ buyer: { ...COMPANY, ...changes } });
    return element(xmlOf(source).split('<Buyer>')[1] ?? '', 'Name');
  };
  assert.equal(buyerName({ name: ' ' }), '04595257');
  // The gateway refuses the zeros for a consumer only.
  assert.equal(buyerName({ name: '00' }), '00');
  for (const name of ['', '　', '0', '00', ' 000 ', '0000']) {
    assert.equal(buyerName({ ubn: null, name }), '消費者');
  }
  assert.equal(buyerName({ ubn: null, name: '00000' }), '00000');
});

test('of a consumer nothing but the name is sent', () => {
  const xml = xmlOf(issued({ buyer: { ...COMPANY, ubn: null } }));
  const buyer = xml.slice(xml.indexOf('<Buyer>'), xml.indexOf('</Buyer>'));
  assert.deepEqual(buyer.match(/<\w+>/g), ['<Buyer>', '<Identifier>', '<Name>']);
});

test('the customs mark is left out without zero-rated sales, even if kept', () => {
  const source = issued({}, { clearanceMark: '1', zeroTaxRateReason: '71' });
  assert.equal(element(xmlOf(source), 'CustomsClearanceMark'), null);
  assert.equal(element(xmlOf(source), 'ZeroTaxRateReason'), null);
});

test('blanks around a carrier id are no part of it', () => {
  const carrier = { kind: 'easycard', visibleId: ' 123 ', hiddenId: '　ABC' } as const;
  const xml = xmlOf(issued({ isPrinted: false, carrier }));
  assert.equal(element(xml, 'CarrierId1'), '123');
  assert.equal(element(xml, 'CarrierId2'), 'ABC');
});

test('a character that XML cannot carry is filed as a blank', () => {
  const xml = xmlOf(issued({ lines: [line(1, '示範\u0000商\ud800品', '100')] }));
  assert.equal(element(xml, 'Description'), '示範 商 品');
});

test('a sequence above 999 keeps its fourth digit', () => {
  assert.equal(
    element(xmlOf(issued({ lines: [line(1234, '商品', '100')] })), 'SequenceNumber'),
    '1234',
  );
});

test("a quantity of zero is held under the platform's own code", () => {
  const lines = [{ ...line(1, '商品', '100'), quantity: decimal('0') }];
  assert.deepEqual(problemsOf(issued({ lines })), [
    'E0106 Details/ProductItem[1]/Quantity would-be-refused',
  ]);
});

test('special tax that the platform may refuse goes out only after a person released it', () => {
  const released = MIG_CASES['f0401-special-tax-one-percent-released'];
  assert(released !== undefined);
  const refused = ['E0225 Amount/TaxRate special-tax-unconfirmed'];
  xmlOf(released);
  const held = { ...released.filing, state: 'held', holds: ['special-tax-unconfirmed'] } as const;
  assert.deepEqual(problemsOf({ ...released, filing: held }), refused);
  // A content that was never held for it has been decided by nobody.
  const content = { ...released.invoice.content, holds: [] };
  assert.deepEqual(problemsOf(issueSource(content)), refused);
});

test('a void reason of 1 to 20 characters goes out, blanks around not counted; others are held', () => {
  const source = (reason: string): MessageSource =>
    voidSource(contentOf(draft(100)), 'F0501', reason);
  assert.equal(element(xmlOf(source('因'.repeat(20))), 'CancelReason'), '因'.repeat(20));
  assert.equal(
    element(xmlOf(source(` ${'因'.repeat(20)} `)), 'CancelReason'),
    ` ${'因'.repeat(20)} `,
  );
  for (const reason of ['', '  ', '因'.repeat(21)]) {
    assert.deepEqual(problemsOf(source(reason)), ['MIG-LENGTH CancelReason would-be-refused']);
  }
});

test('records of another document are never sent under a filing', () => {
  const invoice = contentOf(draft(100, { buyer: COMPANY }));
  const allowance = allowanceOf(invoice, allowanceDraft(50));
  const issue = issueSource(invoice);
  const allow = allowanceSource(invoice, allowance);
  const other = contentOf(draft(100), { version: 2 });
  const earlier = parsePeriod('11510');
  assert(earlier !== undefined);
  const strangers: readonly MessageSource[] = [
    { ...issue, invoice: issueSource(other).invoice },
    { ...issue, seller: SELLER_B },
    {
      ...issue,
      filing: { ...issue.filing, period: earlier },
    },
    { ...issue, filing: { ...issue.filing, message: 'F0501' } },
    { ...allow, allowance: null },
    { ...allow, filing: { ...allow.filing, allowanceNumber: '2026112510000009' } },
    { ...allow, filing: { ...allow.filing, message: 'G0501' } },
  ];
  for (const source of strangers) {
    assert.match(problemsOf(source).join(), /^KAILI-10 \S* would-be-refused$/);
  }
});

test("a message whose total is not the ledger's is held", () => {
  const invoice = contentOf(draft(100));
  const allowance = allowanceOf(invoice, allowanceDraft(50));
  assert.deepEqual(problemsOf(issueSource({ ...invoice, total: dollars(101) })), [
    'KAILI-09 Amount/TotalAmount would-be-refused',
  ]);
  assert.deepEqual(problemsOf(allowanceSource(invoice, { ...allowance, total: dollars(51) })), [
    'KAILI-09 Amount/TotalAmount would-be-refused',
  ]);
});

test('a file larger than the gateway takes is held', () => {
  const content = contentOf(draft(1, { lines: [line(1, '𠮷'.repeat(500), '1')] }));
  const first = content.lines[0];
  assert(first !== undefined);
  const lines = Array.from({ length: 9999 }, (_, index) => ({ ...first, sequence: index + 1 }));
  const total = dollars(9999);
  const amounts = { ...content.amounts, sales: total, total };
  const source = issueSource({ ...content, lines, amounts, total });
  assert.deepEqual(problemsOf(source), ['KAILI-11  would-be-refused']);
});

test('more items than MIG takes are told of once', () => {
  const content = contentOf(draft(1));
  const first = content.lines[0];
  assert(first !== undefined);
  const lines = Array.from({ length: 10_000 }, (_, index) => ({ ...first, sequence: index + 1 }));
  assert(
    problemsOf(issueSource({ ...content, lines })).includes(
      'MIG-COUNT Details/ProductItem would-be-refused',
    ),
  );
});
