/**
 * Claims about allowances that state net and tax apart and may name several invoices: each invoice is
 * measured, each one's filings wait, and the client's own numbers and times hold. On every engine.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  accepted,
  allowanceDraft,
  BUYER_UBN,
  composed,
  decimal,
  line as demoLine,
  dollars,
  refusedCodes,
  SELLER_A,
} from '../../test/support/demo.ts';
import {
  type OpenedStore,
  onEveryEngine,
  seededRandom,
  TestClock,
} from '../../test/support/engines.ts';
import type { StatedAllowanceDraft, StatedAllowanceLine } from '../domain/allowance.ts';
import type { IssuedInvoice } from '../domain/invoice.ts';
import { type InvoiceNumber, parseTrack } from '../domain/invoice-number.ts';
import { parsePeriod } from '../domain/period.ts';
import type { TaipeiDateTime } from '../domain/taipei.ts';
import { createLedger, type LedgerHandle } from './create.ts';
import type { AllowStatedCommand } from './ledger.ts';
import { verifyJournal } from './verify.ts';

const ORIGIN = { seller: SELLER_A.ubn, account: 'systemlead:12345675', ip: '' };
const BUSINESS = {
  ubn: BUYER_UBN,
  name: '買方',
  address: '',
  phone: '',
  email: '',
  customerId: '',
};

onEveryEngine((open) => {
  let opened: OpenedStore;
  let clock: TestClock;
  let ledger: LedgerHandle;
  let references = 0;

  before(async () => {
    opened = await open();
    clock = new TestClock();
    await opened.store.directory.saveSellers([SELLER_A]);
    ledger = createLedger({ store: opened.store, clock, random: seededRandom(5) });
    const [period, track] = [parsePeriod('11512'), parseTrack('AB')];
    assert(period !== undefined && track !== undefined);
    const book = { ...ORIGIN, period, track, invoiceType: '07', source: 'manual' } as const;
    accepted((await ledger.importBook([{ ...book, first: 0, last: 199, segments: [] }]))[0]);
  });
  after(() => opened.remove());

  /** An invoice of 1,000 and 50 to a business, or of 1,050 to a consumer. */
  async function issueOne(isBusiness = true): Promise<IssuedInvoice> {
    references += 1;
    const stated = { sales: dollars(1000), tax: dollars(50) };
    const lines = [demoLine(1, '示範商品', '1000')];
    const business = { sense: 'tax-apart', stated, lines, buyer: BUSINESS } as const;
    const outcomes = await ledger.issue([
      {
        ...ORIGIN,
        composed: composed(1050, isBusiness ? business : {}),
        references: [],
        reference: '',
        billingReference: `stated-${references}`,
        channel: 'api',
        channelPartner: '',
        segment: { category: 'systemlead', code: '' },
      },
    ]);
    return accepted(outcomes[0]);
  }

  function line(
    number: InvoiceNumber,
    net: string,
    tax: number,
    changes: Partial<StatedAllowanceLine> = {},
  ): StatedAllowanceLine {
    return {
      sequence: 1,
      invoice: { number },
      originalSequence: 1,
      description: '',
      quantity: decimal('1'),
      unit: '',
      unitPrice: decimal(net),
      net: decimal(net),
      tax: dollars(tax),
      taxType: '',
      ...changes,
    };
  }
  function command(
    net: number,
    tax: number,
    lines: readonly StatedAllowanceLine[],
    changes: Partial<AllowStatedCommand> = {},
    draft: Partial<StatedAllowanceDraft> = {},
  ): AllowStatedCommand {
    const numbered = lines.map((each, index) => ({ ...each, sequence: index + 1 }));
    return {
      ...ORIGIN,
      draft: {
        net: dollars(net),
        tax: dollars(tax),
        measure: 'gross',
        reason: '',
        customerName: '',
        notify: { kind: '', email: '', phone: '' },
        lines: numbered,
        ...draft,
      },
      ...changes,
    };
  }
  const allow = async (one: AllowStatedCommand) => (await ledger.allowStated([one]))[0];
  const invoiceOf = (number: InvoiceNumber) =>
    ledger.reads.findInvoice({ by: 'number', seller: SELLER_A.ubn, number });
  async function settle(message: string, number: InvoiceNumber): Promise<void> {
    const { items } = await ledger.reads.listFilings({ states: ['ready'] }, 0, 100);
    const found = items.find((row) => row.message === message && row.invoiceNumber === number);
    assert(found !== undefined, `${message} of ${number} is not ready`);
    for (const to of ['handed', 'confirmed'] as const) {
      const { seller, sequence } = found;
      await ledger.recordResult([
        { seller, sequence, to, account: 'system', ip: '', code: '', text: '' },
      ]);
    }
  }

  test('lines, classes and names come from the invoice; net and tax as stated', async () => {
    const { number } = await issueOne();
    const { content, remaining } = accepted(
      await allow(command(500, 25, [line(number, '500', 25)])),
    );
    assert.deepEqual(content.amounts, {
      net: 500,
      tax: 25,
      total: 525,
      byClass: [{ taxClass: '1', net: 500, tax: 25 }],
    });
    const [only] = content.lines;
    assert.deepEqual(
      [only?.description, only?.taxClass, only?.amount, only?.net, only?.originalSequence],
      ['示範商品', '1', '525', '500', 1],
    );
    assert.equal(content.parts, undefined);
    assert.equal(remaining, 525);
  });

  test('a line of no line of the invoice is named by the invoice', async () => {
    const { number } = await issueOne();
    const stranger = line(number, '10', 1, { originalSequence: 9 });
    const { content } = accepted(await allow(command(10, 1, [stranger])));
    assert.equal(content.lines[0]?.description, `${number}彙開折讓`);
    assert.equal(content.lines[0]?.originalSequence, null);
  });

  test('the gross sum of an invoice is never passed; a void gives it back', async () => {
    const { number } = await issueOne();
    const half = command(500, 25, [line(number, '500', 25)]);
    const first = accepted(await allow(half));
    accepted(await allow(half));
    const more = command(1, 0, [line(number, '1', 0)]);
    assert.deepEqual(refusedCodes(await allow(more)), ['ALLOWANCE_EXCEEDS_REMAINING']);
    const allowanceNumber = first.content.number;
    accepted((await ledger.voidAllowance([{ ...ORIGIN, allowanceNumber, reason: '誤開' }]))[0]);
    accepted(await allow(more));
  });

  test('stated roundings may use up the tax before the net, and both kinds stay within', async () => {
    const { number } = await issueOne();
    for (const [net, tax] of [
      [330, 17],
      [330, 17],
      [330, 17],
    ] as const) {
      accepted(await allow(command(net, tax, [line(number, String(net), tax)])));
    }
    const included = { ...ORIGIN, number, draft: allowanceDraft(9) };
    const { content, remaining } = accepted((await ledger.allow([included]))[0]);
    assert.deepEqual([content.amounts.net, content.amounts.tax, remaining], [9, 0, 0]);
  });

  test('by net measure the tax may pass by two dollars, the net by none', async () => {
    const { number } = await issueOne();
    const byNet = (net: number, tax: number) =>
      allow(command(net, tax, [line(number, String(net), tax)], {}, { measure: 'net' }));
    accepted(await byNet(500, 26));
    assert.deepEqual(refusedCodes(await byNet(501, 25)), ['ALLOWANCE_EXCEEDS_REMAINING']);
    accepted(await byNet(500, 26));
    assert.equal((await invoiceOf(number))?.allowed, 1052);
    assert.deepEqual(refusedCodes(await byNet(1, 0)), ['ALLOWANCE_EXCEEDS_REMAINING']);
  });

  test('one allowance over several invoices takes its part from each, all or nothing', async () => {
    const [a, b] = [await issueOne(), await issueOne()];
    const both = (net: number) =>
      command(net + 100, 5, [line(a.number, String(net), 0), line(b.number, '100', 5)]);
    assert.deepEqual(refusedCodes(await allow(both(1051))), ['ALLOWANCE_EXCEEDS_REMAINING']);
    assert.equal((await invoiceOf(b.number))?.allowed, 0);
    const { content } = accepted(await allow(both(200)));
    assert.deepEqual(
      content.parts?.map(({ invoice, amounts }) => [invoice.number, amounts.total]),
      [
        [a.number, 200],
        [b.number, 105],
      ],
    );
    assert.deepEqual(
      [(await invoiceOf(a.number))?.allowed, (await invoiceOf(b.number))?.allowed],
      [200, 105],
    );
    for (const { number } of [a, b]) {
      const lookup = { by: 'invoice', seller: SELLER_A.ubn, number } as const;
      const found = await ledger.reads.findAllowances(lookup);
      assert.deepEqual(
        found.map(({ row }) => row.number),
        [content.number],
      );
    }
    assert.deepEqual(refusedCodes(await allow(command(1051, 0, [line(b.number, '1051', 0)]))), [
      'ALLOWANCE_EXCEEDS_REMAINING',
    ]);
    const voided = { ...ORIGIN, issuedOn: '2026-11-21' as never, reason: '作廢' };
    const outcomes = await ledger.void([{ ...voided, number: b.number }]);
    assert.deepEqual(refusedCodes(outcomes[0]), ['INVOICE_HAS_ALLOWANCES']);
  });

  test('its filing waits for those of every invoice, and theirs for it', async () => {
    const [a, b] = [await issueOne(), await issueOne()];
    const lines = [line(a.number, '10', 0), line(b.number, '10', 0)];
    const { content } = accepted(await allow(command(20, 0, lines)));
    accepted(await allow(command(5, 0, [line(b.number, '5', 0)])));
    const [, later] = await ledger.reads.findAllowances({
      by: 'invoice',
      seller: SELLER_A.ubn,
      number: b.number,
    });
    const stateOf = async (number: string) => {
      const lookup = { by: 'allowance', seller: SELLER_A.ubn, number } as const;
      return (await ledger.reads.findAllowances(lookup))[0]?.allowFiling?.state;
    };
    assert(later !== undefined);
    await settle('F0401', a.number);
    assert.equal(await stateOf(content.number), 'held');
    await settle('F0401', b.number);
    assert.equal(await stateOf(content.number), 'ready');
    assert.equal(await stateOf(later.row.number), 'held');
    await settle('G0401', a.number);
    assert.equal(await stateOf(later.row.number), 'ready');
  });

  test('invoices of different buyers, or of another than the stated one, are refused', async () => {
    const [business, consumer] = [await issueOne(), await issueOne(false)];
    const lines = [line(business.number, '10', 0), line(consumer.number, '10', 0)];
    assert.deepEqual(refusedCodes(await allow(command(20, 0, lines))), [
      'ALLOWANCE_BUYER_MISMATCH',
    ]);
    const one = command(10, 0, lines.slice(0, 1), {}, { buyerUbn: null });
    assert.deepEqual(refusedCodes(await allow(one)), ['ALLOWANCE_BUYER_MISMATCH']);
  });

  test('sums that are not the lines’ are refused by name', async () => {
    const { number } = await issueOne();
    const codes = async (net: number, tax: number, ...lines: StatedAllowanceLine[]) =>
      refusedCodes(await allow(command(net, tax, lines)));
    assert.deepEqual(await codes(11, 0, line(number, '10', 0)), ['ALLOWANCE_SUM_MISMATCH']);
    assert.deepEqual(await codes(10, 1, line(number, '10', 0)), ['ALLOWANCE_TAX_MISMATCH']);
    const exempt = line(number, '10', 0, { taxType: '3' });
    assert.deepEqual(await codes(10, 0, exempt), ['ALLOWANCE_TAX_CLASS_ABSENT']);
    assert.deepEqual(await codes(0, 0), ['ALLOWANCE_SUM_MISMATCH']);
  });

  test('parts of a dollar close on the last line of their invoice', async () => {
    const { number } = await issueOne();
    const lines = [line(number, '33.3333', 2), line(number, '33.3333', 2), line(number, '33.3', 1)];
    const { content } = accepted(await allow(command(100, 5, lines)));
    assert.deepEqual(
      content.lines.map(({ net }) => net),
      ['33.3333', '33.3333', '33.3334'],
    );
  });

  test('a prefix makes a number of its own, once or with the next suffix', async () => {
    const { number } = await issueOne();
    const under = (prefix: string, reuse: 'reject' | 'suffix') =>
      command(1, 0, [line(number, '1', 0)], { naming: { prefix, reuse } });
    assert.equal(accepted(await allow(under('2601061', 'reject'))).content.number, '2601061A001');
    assert.deepEqual(refusedCodes(await allow(under('2601061', 'reject'))), [
      'ALLOWANCE_NUMBER_USED',
    ]);
    const two = await ledger.allowStated([under('2601061', 'suffix'), under('2601061', 'suffix')]);
    assert.deepEqual(
      two.map((outcome) => accepted(outcome).content.number),
      ['2601061A002', '2601061A003'],
    );
    const long = '1234567890123';
    assert.equal(accepted(await allow(under(long, 'reject'))).content.number, long);
    assert.deepEqual(refusedCodes(await allow(under(long, 'suffix'))), ['ALLOWANCE_NUMBER_USED']);
  });

  test('a prefix cannot foretell a number of Kaili’s own', async () => {
    const { number } = await issueOne();
    const lines = [line(number, '1', 0)];
    const own = accepted(await allow(command(1, 0, lines))).content.number;
    assert.match(own, /^\d{16}$/);
    const next = String(BigInt(own) + 1n);
    const under = (prefix: string) =>
      command(1, 0, lines, { naming: { prefix, reuse: 'suffix' as const } });
    for (const prefix of [own, next, '9999999999999999']) {
      assert.deepEqual(refusedCodes(await allow(under(prefix))), ['ALLOWANCE_NUMBER_USED']);
    }
    accepted(await allow(under(next.slice(0, 15))));
    assert.equal(accepted(await allow(command(1, 0, lines))).content.number, next);
  });

  test('an allowance over several invoices is voided once for all of them', async () => {
    const [a, b] = [await issueOne(), await issueOne()];
    const lines = [line(a.number, '10', 0), line(b.number, '10', 0)];
    const { content } = accepted(await allow(command(20, 0, lines)));
    const voided = { ...ORIGIN, allowanceNumber: content.number, reason: '誤開', remark: '備註' };
    const before = '2026-11-21 09:00:00' as TaipeiDateTime;
    const [early] = await ledger.voidAllowance([{ ...voided, at: before }]);
    assert.deepEqual(refusedCodes(early), ['VOID_TIME_INVALID']);
    const at = '2026-11-21 10:05:00' as TaipeiDateTime;
    accepted((await ledger.voidAllowance([{ ...voided, number: b.number, at }]))[0]);
    assert.equal((await invoiceOf(a.number))?.allowed, 0);
    assert.equal((await invoiceOf(b.number))?.allowed, 0);
    const lookup = { by: 'allowance', seller: SELLER_A.ubn, number: content.number } as const;
    const [record] = await ledger.reads.findAllowances(lookup);
    assert.deepEqual([record?.row.voidedAt, record?.voidFiling?.remark], [at, '備註']);
  });

  test('the journal of all this verifies', async () => {
    const { breaks } = await verifyJournal(ledger.reads, [SELLER_A.ubn]);
    assert.deepEqual(breaks, []);
  });
});
