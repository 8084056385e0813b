/**
 * Invoices and allowances as clients may state them, at random within ECPay's tolerances: whatever is taken
 * becomes messages that add up, in either mode, and allowances never pass their invoices (ECPay B2B API
 * mapping, 16.4).
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  DAY,
  EXCHANGED,
  MERCHANT_A,
  MERCHANT_B,
  OUTSIDE,
  PARTNER_B,
  STORED,
} from '../../../../test/support/ecpay-b2b-case.ts';
import type { Members } from '../../../../test/support/ecpay-bytes.ts';
import { type EcpayHouse, openEcpayHouse } from '../../../../test/support/ecpay-house.ts';
import { amountViolations } from '../../../../test/support/mig-amounts.ts';
import { KeptLog } from '../../../../test/support/mof-house.ts';
import { composeFilings } from '../../../mof/turnkey/compose-filings.ts';

/** Ten-millionths of a dollar, exact. */
const DOLLAR = 10_000_000n;
const SEED = 20261121;
const ROUNDS = process.env.KAILI_TEST_LONG === '1' ? 400 : 40;

function text(value: bigint): string {
  const size = value < 0n ? -value : value;
  const rest = (size % DOLLAR).toString().padStart(7, '0').replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${size / DOLLAR}${rest === '' ? '' : `.${rest}`}`;
}
function whole(value: bigint): number {
  return Number((value + DOLLAR / 2n) / DOLLAR);
}
function parts(decimal: string): bigint {
  const [units = '0', rest = ''] = decimal.replace('-', '').split('.');
  const size = BigInt(units) * DOLLAR + BigInt(rest.padEnd(7, '0'));
  return decimal.startsWith('-') ? -size : size;
}

interface Line {
  /** Hundredths, and thousandths of a dollar. */
  readonly count: number;
  readonly price: number;
  /** Off count times price, in tenths of a dollar. */
  readonly off: number;
}
interface Order {
  readonly isExchanged: boolean;
  readonly lines: readonly Line[];
  readonly taxOff: number;
}

const line: fc.Arbitrary<Line> = fc.record({
  count: fc.integer({ min: 1, max: 5_000 }),
  price: fc.integer({ min: 0, max: 200_000 }),
  off: fc.integer({ min: -5, max: 5 }),
});
const order: fc.Arbitrary<Order> = fc.record({
  isExchanged: fc.boolean(),
  lines: fc.array(line, { minLength: 1, maxLength: 5 }),
  taxOff: fc.integer({ min: -2, max: 2 }),
});
/** Which hundredth of each line's count comes back, and over how many invoices. */
const giveBack = fc.record({ share: fc.integer({ min: 1, max: 60 }), isOfTwo: fc.boolean() });

function itemOf({ count, price, off }: Line, index: number): Members {
  const exact = BigInt(count) * BigInt(price) * 100n;
  const nudged = exact + (BigInt(off) * DOLLAR) / 10n;
  return {
    ...{ ItemSeq: index + 1, ItemName: `品${index}` },
    ItemCount: text(BigInt(count) * 100_000n),
    ItemPrice: text(BigInt(price) * 10_000n),
    ItemAmount: text(nudged < 0n ? 0n : nudged),
  };
}

/** An invoice as it was issued, with its lines as the request had them. */
interface Issued {
  readonly number: string;
  readonly isExchanged: boolean;
  readonly sales: number;
  readonly items: readonly Members[];
}

async function ask(house: EcpayHouse, action: string, data: Members, merchant = MERCHANT_A) {
  return (await house.call(`B2B/${action}`, data, { merchant })).data;
}

async function issueOne(house: EcpayHouse, { isExchanged, lines, taxOff }: Order, at: number) {
  const items = lines.map(itemOf);
  const sales = whole(items.reduce((sum, item) => sum + parts(String(item.ItemAmount)), 0n));
  const tax = Math.max(0, Math.round(sales / 20) + taxOff);
  const answer = await ask(house, 'Issue', {
    ...{ RelateNumber: `R${at}`, InvType: '07', TaxType: '1', Items: items },
    CustomerIdentifier: isExchanged ? PARTNER_B : OUTSIDE,
    ...{ SalesAmount: sales, TaxAmount: tax, TotalAmount: sales + tax },
  });
  if (sales === 0) {
    assert.notEqual(answer.RtnCode, 1);
    return null;
  }
  assert.equal(answer.RtnCode, 1, JSON.stringify({ answer, items, sales, tax }));
  const number = String(answer.InvoiceNumber);
  if (isExchanged) {
    const named = { InvoiceNumber: number, InvoiceDate: DAY };
    assert.equal((await ask(house, 'IssueConfirm', named, MERCHANT_B)).RtnCode, 1);
  }
  return { number, isExchanged, sales, items };
}

/** Gives a share of every line back; answers whether it was taken. */
async function allow(house: EcpayHouse, from: readonly Issued[], share: number): Promise<boolean> {
  const Details = from.flatMap(({ number, items }) =>
    items.map((item) => {
      const count = (parts(String(item.ItemCount)) * BigInt(share)) / 100n;
      const price = parts(String(item.ItemPrice));
      return {
        ...{ OriginalInvoiceNumber: number, OriginalInvoiceDate: DAY },
        ...{ OriginalSequenceNumber: item.ItemSeq, ItemName: item.ItemName },
        ...{ ItemCount: text(count), ItemPrice: text(price) },
        ItemAmount: text((count * price) / DOLLAR),
      };
    }),
  );
  const TotalAmount = whole(Details.reduce((sum, { ItemAmount }) => sum + parts(ItemAmount), 0n));
  const TaxAmount = Math.round(TotalAmount / 20);
  const { RtnCode } = await ask(house, 'Allowance', { TotalAmount, TaxAmount, Details });
  if (TotalAmount === 0) assert.equal(RtnCode, 8980708);
  else assert(RtnCode === 1 || RtnCode === 8980710, `${RtnCode}`);
  return RtnCode === 1;
}

/** The auditor's, but that the client's tax is the invoice's: within 2 of the rounded 5 % (invariant (e)). */
function storageViolations(xml: string): readonly string[] {
  const value = (name: string) => parts(new RegExp(`<${name}>([\\d.]+)<`).exec(xml)?.[1] ?? '0');
  const [sales, tax] = [value('SalesAmount'), value('TaxAmount')];
  const off = tax * 20n - sales;
  const isFar = xml.includes('<SalesAmount>') && (off > DOLLAR * 50n || off < -DOLLAR * 50n);
  const others = amountViolations(xml).filter((found) => !found.startsWith('(e)'));
  return isFar ? [...others, `the tax ${tax} is far from 5 % of ${sales}`] : others;
}

/** What is wrong with the amounts of an exchanged message, which the auditor of stored ones does not know. */
function exchangeViolations(xml: string): readonly string[] {
  const all = (name: string) =>
    [...xml.matchAll(new RegExp(`<${name}>(-?[\\d.]+)</${name}>`, 'g'))].map(
      ([, value]) => value ?? '',
    );
  const lines = all('Amount').reduce((sum, each) => sum + parts(each), 0n);
  const [tax = '', total = ''] = [all('TaxAmount')[0], all('TotalAmount')[0]];
  if (xml.includes('<SalesAmount>')) {
    const sales = all('SalesAmount')[0] ?? '';
    const isWhole = parts(sales) + parts(tax) === parts(total) && lines === parts(sales);
    return isWhole ? [] : [`${lines} is not ${sales}, or ${sales} + ${tax} is not ${total}`];
  }
  const taxes = all('Tax').reduce((sum, each) => sum + parts(each), 0n);
  const isWhole = lines === parts(total) && taxes === parts(tax);
  return isWhole && all('Amount').every((each) => !each.includes('.'))
    ? []
    : [`${lines} is not ${total}, ${taxes} is not ${tax}, or a line is broken`];
}

/** What allowances' lines take from each invoice, by the messages themselves. */
function takenBy(messages: readonly string[]): ReadonlyMap<string, bigint> {
  const taken = new Map<string, bigint>();
  for (const xml of messages) {
    for (const [, item = ''] of xml.matchAll(/<ProductItem>([\s\S]*?)<\/ProductItem>/g)) {
      const number = /<OriginalInvoiceNumber>(\w+)</.exec(item)?.[1] ?? '';
      const amount = /<Amount>(-?[\d.]+)</.exec(item)?.[1] ?? '';
      taken.set(number, (taken.get(number) ?? 0n) + parts(amount));
    }
  }
  return taken;
}

test('whatever ECPay’s tolerances let through is filed in sums that add up', async () => {
  const segments = [{ code: '', category: 'b2b', count: ROUNDS * 2 }] as const;
  const house = await openEcpayHouse({ segments });
  try {
    for (const { action, data } of [STORED, EXCHANGED]) {
      assert(typeof data !== 'function');
      assert.equal((await ask(house, action, data)).RtnCode, 1);
    }
    const orders = fc.sample(order, { numRuns: ROUNDS, seed: SEED });
    const backs = fc.sample(giveBack, { numRuns: ROUNDS, seed: SEED });
    const issued: Issued[] = [];
    for (const [at, one] of orders.entries()) {
      const made = await issueOne(house, one, at);
      if (made !== null) issued.push(made);
    }
    let taken = 0;
    for (const [at, { share, isOfTwo }] of backs.entries()) {
      const first = issued[at % issued.length];
      if (first === undefined) continue;
      const second = issued.find(
        (other) => other !== first && other.isExchanged === first.isExchanged,
      );
      const from = isOfTwo && second !== undefined ? [first, second] : [first];
      if (await allow(house, from, share)) taken += 1;
    }
    assert(taken > ROUNDS / 3, `${taken} allowances were taken`);
    const { ledger, accounts } = house;
    const { items: filings } = await ledger.reads.listFilings({}, 0, ROUNDS * 4);
    const log = new KeptLog();
    const { composed, obstructed } = await composeFilings({ ledger, accounts, log }, filings);
    assert.deepEqual([obstructed, log.errors()], [[], []]);
    const messages = composed.map(({ filing, bytes }) => {
      return { kind: filing.message, xml: new TextDecoder().decode(bytes) };
    });
    for (const { kind, xml } of messages) {
      const isStored = kind.startsWith('F') || kind.startsWith('G');
      const isCounted = isStored || kind === 'A0101' || kind === 'B0101';
      if (!isCounted) continue;
      assert.deepEqual(isStored ? storageViolations(xml) : exchangeViolations(xml), [], xml);
    }
    const allowances = messages.filter(({ kind }) => kind === 'G0401' || kind === 'B0101');
    const back = takenBy(allowances.map(({ xml }) => xml));
    for (const { number, sales } of issued) {
      const amount = back.get(number) ?? 0n;
      assert(amount <= BigInt(sales) * DOLLAR, `${number}: ${amount} of ${sales}`);
      const named = { InvoiceNumber: number, InvoiceDate: DAY };
      const { RtnData } = await ask(house, 'GetIssue', named);
      const left = BigInt(Object(RtnData).BalanceAmount) * DOLLAR;
      assert.equal(left, BigInt(sales) * DOLLAR - amount, number);
    }
  } finally {
    await house.close();
  }
});
