/**
 * Claims about numbers beyond the ordinary issue: reissue under the same number, numbers that the client
 * brings, and blank numbers. On every engine.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  accepted,
  allowanceDraft,
  composed,
  refusedCodes,
  SELLER_A,
} from '../../test/support/demo.ts';
import {
  type OpenedStore,
  onEveryEngine,
  seededRandom,
  TestClock,
} from '../../test/support/engines.ts';
import type { IssuedInvoice } from '../domain/invoice.ts';
import { type InvoiceNumber, parseInvoiceNumber, parseTrack } from '../domain/invoice-number.ts';
import { type Period, parsePeriod } from '../domain/period.ts';
import { taipeiDateTime } from '../domain/taipei.ts';
import { createLedger, type LedgerHandle } from './create.ts';
import type { GivenNumber, IssueCommand } from './ledger.ts';
import { verifyJournal } from './verify.ts';

const ORIGIN = { seller: SELLER_A.ubn, account: 'ecpay:2000132', ip: '' };

function track(text: string) {
  const parsed = parseTrack(text);
  assert(parsed !== undefined);
  return parsed;
}
function numberOf(text: string): InvoiceNumber {
  const parsed = parseInvoiceNumber(text);
  assert(parsed !== undefined);
  return parsed;
}
function periodOfText(text: string): Period {
  const parsed = parsePeriod(text);
  assert(parsed !== undefined);
  return parsed;
}
const PERIOD = periodOfText('11512');

onEveryEngine((open) => {
  let opened: OpenedStore;
  let clock: TestClock;
  let ledger: LedgerHandle;
  let references = 0;

  before(async () => {
    opened = await open();
    clock = new TestClock();
    await opened.store.directory.saveSellers([SELLER_A]);
    ledger = createLedger({ store: opened.store, clock, random: seededRandom(11) });
    const book = { ...ORIGIN, period: PERIOD, invoiceType: '07', source: 'manual' } as const;
    const merchant = { code: 'U1', category: 'systemlead', allotter: 'merchant' } as const;
    const books = await ledger.importBook([
      { ...book, track: track('AB'), first: 0, last: 49, segments: [] },
      {
        ...book,
        track: track('MN'),
        first: 100,
        last: 199,
        segments: [{ first: 100, last: 149, ...merchant }],
      },
    ]);
    books.forEach(accepted);
  });
  after(() => opened.remove());

  function command(changes: Partial<IssueCommand> = {}): IssueCommand {
    references += 1;
    const reference = `numbers-${references}`;
    return {
      ...ORIGIN,
      composed: composed(105),
      references: [{ kind: 'relate', key: reference, until: 'ever' }],
      reference,
      billingReference: '',
      channel: 'api',
      channelPartner: '',
      segment: { category: 'b2c', code: '' },
      ...changes,
    };
  }
  async function issueOne(): Promise<IssuedInvoice> {
    return accepted((await ledger.issue([command()]))[0]);
  }
  async function confirmAll(): Promise<void> {
    for (;;) {
      const { items } = await ledger.reads.listFilings({ states: ['ready'] }, 0, 100);
      if (items.length === 0) return;
      for (const to of ['handed', 'confirmed'] as const) {
        const account = 'system';
        await ledger.recordResult(
          items.map(({ seller, sequence }) => ({
            seller,
            sequence,
            to,
            account,
            ip: '',
            code: '',
            text: '',
          })),
        );
      }
    }
  }

  describe('reissue', () => {
    async function reissue(number: InvoiceNumber, total: number) {
      const content = composed(total);
      const reason = '買受人更正';
      const all = await ledger.reissue([
        { ...ORIGIN, number, reason, composed: content, channelPartner: '' },
      ]);
      return all[0];
    }

    test('number, day, time and reference stay; content and random code are new', async () => {
      const first = await issueOne();
      const second = accepted(await reissue(first.number, 210));
      assert.deepEqual(
        [second.number, second.issuedAt, second.reference, second.version],
        [first.number, first.issuedAt, `numbers-${references}`, 2],
      );
      assert.equal(second.amounts.total, 210);
      const record = await ledger.reads.findInvoice({
        by: 'number',
        seller: SELLER_A.ubn,
        number: first.number,
      });
      assert.deepEqual(record?.content, second);
      assert.deepEqual(record?.issueFiling.holds, ['earlier-filing']);
    });

    test('the annulment goes before the new issue, each after the one before is confirmed', async () => {
      const first = await issueOne();
      accepted(await reissue(first.number, 210));
      const seen: string[] = [];
      for (;;) {
        const { items } = await ledger.reads.listFilings({ states: ['ready'] }, 0, 100);
        const next = items.find((row) => row.invoiceNumber === first.number);
        if (next === undefined) break;
        seen.push(`${next.message}/${next.version}`);
        for (const to of ['handed', 'confirmed'] as const) {
          const { seller, sequence } = next;
          const step = { seller, sequence, to, account: 'system', ip: '', code: '', text: '' };
          accepted((await ledger.recordResult([step]))[0]);
        }
      }
      assert.deepEqual(seen, ['F0401/1', 'F0701/1', 'F0401/2']);
    });

    test('a second one waits for the confirmation of the first, and so does a void', async () => {
      const { number } = await issueOne();
      accepted(await reissue(number, 210));
      assert.deepEqual(refusedCodes(await reissue(number, 315)), ['REISSUE_UNCONFIRMED']);
      await confirmAll();
      assert.equal(accepted(await reissue(number, 315)).version, 3);
    });

    test('a live allowance or the 13th of the month after the period forbids it', async () => {
      const { number } = await issueOne();
      const late = await issueOne();
      accepted((await ledger.allow([{ ...ORIGIN, number, draft: allowanceDraft(5) }]))[0]);
      assert.deepEqual(refusedCodes(await reissue(number, 210)), ['INVOICE_HAS_ALLOWANCES']);
      clock.set('2027-01-13 23:59:59');
      accepted(await reissue(late.number, 210));
      const other = late.number;
      await confirmAll();
      clock.set('2027-01-14 00:00:00');
      assert.deepEqual(refusedCodes(await reissue(other, 315)), ['VOID_DEADLINE_PASSED']);
      clock.set('2026-11-21 12:00:00');
    });
  });

  describe('numbers that the client brings', () => {
    const issuedAt = taipeiDateTime(new TestClock('2026-11-21 11:00:00').now());

    async function issueGiven(number: string, changes: Partial<GivenNumber> = {}) {
      const given: GivenNumber = {
        number: numberOf(number),
        issuedAt,
        randomNumber: '0042',
        tracks: 'when-known',
        ...changes,
      };
      const segment = { category: 'systemlead', code: '' } as const;
      return (await ledger.issue([command({ given, segment })]))[0];
    }

    test('one is kept with the client’s own time and random code, in any order', async () => {
      const later = accepted(await issueGiven('MN00000120'));
      const earlier = accepted(await issueGiven('MN00000110'));
      assert.deepEqual([later.randomNumber, later.issuedAt], ['0042', issuedAt]);
      assert.equal(earlier.number, 'MN00000110');
    });

    test('the same number is never issued twice', async () => {
      accepted(await issueGiven('MN00000130'));
      assert.deepEqual(refusedCodes(await issueGiven('MN00000130')), ['INVOICE_NUMBER_USED']);
    });

    test('a number of a center’s segment or outside every segment is refused', async () => {
      for (const number of ['AB00000040', 'MN00000150', 'ZZ00000001']) {
        const outcome = await issueGiven(number);
        assert.deepEqual(refusedCodes(outcome), ['INVOICE_NUMBER_OUTSIDE_TRACKS'], number);
      }
    });

    test('a time far ahead of the clock is refused', async () => {
      const ahead = taipeiDateTime(clock.now() + 11 * 60_000);
      const outcome = await issueGiven('MN00000131', { issuedAt: ahead });
      assert.deepEqual(refusedCodes(outcome), ['ISSUE_TIME_IN_FUTURE']);
    });

    test('a declared blank cannot be issued, an issued number cannot be declared', async () => {
      const declare = (first: number, last: number) =>
        ledger.declareBlank([
          { ...ORIGIN, period: PERIOD, track: track('MN'), first, last, invoiceType: '07' },
        ]);
      accepted((await declare(140, 144))[0]);
      assert.deepEqual(refusedCodes(await issueGiven('MN00000142')), ['INVOICE_NUMBER_BLANK']);
      const refusals = [
        [[140, 144], 'BLANK_RANGE_KNOWN'],
        [[144, 145], 'BLANK_OVERLAP'],
        [[118, 122], 'BLANK_NUMBER_ISSUED'],
        [[149, 150], 'BLANK_OUTSIDE_TRACKS'],
        [[146, 145], 'BLANK_RANGE_INVALID'],
      ] as const;
      for (const [[first, last], code] of refusals) {
        assert.deepEqual(refusedCodes((await declare(first, last))[0]), [code]);
      }
      const blanks = await ledger.reads.listBlanks(SELLER_A.ubn, PERIOD);
      assert.deepEqual(
        blanks.map(({ first, last }) => [first, last]),
        [[140, 144]],
      );
    });

    test('the journal covers reissues and blanks', async () => {
      const { breaks } = await verifyJournal(ledger.reads, [SELLER_A.ubn]);
      assert.deepEqual(breaks, []);
    });
  });
});
