/**
 * Claims about the ledger on every engine: numbers, references, voids, allowances, filings, the journal.
 * The store beneath is real; only the clock and the randomness are simulated.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  accepted,
  allowanceDraft,
  BUYER_UBN,
  composed,
  refusedCodes,
  SELLER_A,
  SELLER_B,
} from '../../test/support/demo.ts';
import {
  type OpenedStore,
  onEveryEngine,
  seededRandom,
  TestClock,
} from '../../test/support/engines.ts';
import type { IssuedInvoice } from '../domain/invoice.ts';
import { parseTrack } from '../domain/invoice-number.ts';
import { periodOf } from '../domain/period.ts';
import type { Seller } from '../domain/seller.ts';
import { taipeiDateOf, taipeiDateTime } from '../domain/taipei.ts';
import { createLedger, type LedgerHandle } from './create.ts';
import type { IssueCommand } from './ledger.ts';
import { verifyJournal } from './verify.ts';

const ACCOUNT = 'ecpay:2000132';

function issueCommand(reference: string, changes: Partial<IssueCommand> = {}): IssueCommand {
  return {
    seller: SELLER_A.ubn,
    account: ACCOUNT,
    ip: '127.0.0.1',
    composed: composed(105),
    references: [{ kind: 'relate', key: reference.toUpperCase(), until: 'ever' }],
    reference,
    billingReference: '',
    channel: 'api',
    channelPartner: '',
    segment: { category: 'b2c', code: '' },
    ...changes,
  };
}

interface House {
  readonly opened: OpenedStore;
  readonly clock: TestClock;
  readonly ledger: LedgerHandle;
}

async function openHouse(open: () => Promise<OpenedStore>): Promise<House> {
  const opened = await open();
  const clock = new TestClock();
  await opened.store.directory.saveSellers([SELLER_A, SELLER_B]);
  const ledger = createLedger({ store: opened.store, clock, random: seededRandom(7) });
  return { opened, clock, ledger };
}

async function addBook(house: House, track: string, first: number, last: number, seller: Seller) {
  const parsed = parseTrack(track);
  assert(parsed !== undefined);
  const period = periodOf(taipeiDateOf(taipeiDateTime(house.clock.now())));
  const [outcome] = await house.ledger.importBook([
    {
      seller: seller.ubn,
      account: 'system',
      ip: '',
      period,
      track: parsed,
      first,
      last,
      invoiceType: '07',
      source: 'manual',
      segments: [],
    },
  ]);
  return outcome;
}

async function issueOne(house: House, reference: string): Promise<IssuedInvoice> {
  const [outcome] = await house.ledger.issue([issueCommand(reference)]);
  return accepted(outcome);
}

/** Brings every open filing of the seller to `confirmed`, as the Ministry would. */
async function confirmAll(house: House): Promise<void> {
  for (;;) {
    const ready = await house.opened.store.reads.listFilings({ states: ['ready'] }, 0, 100);
    if (ready.items.length === 0) return;
    for (const to of ['handed', 'sent', 'confirmed'] as const) {
      await house.ledger.recordResult(
        ready.items.map(({ seller, sequence }) => ({
          seller,
          sequence,
          to,
          account: 'system',
          ip: '',
          code: to === 'confirmed' ? '00000' : '',
          text: '',
        })),
      );
    }
  }
}

onEveryEngine((open) => {
  describe('issue', () => {
    let house: House;
    before(async () => {
      house = await openHouse(open);
      accepted(await addBook(house, 'AB', 0, 49, SELLER_A));
      accepted(await addBook(house, 'CD', 100, 149, SELLER_A));
    });
    after(() => house.opened.remove());

    test('numbers run without gaps and the next book follows the first', async () => {
      const commands = Array.from({ length: 60 }, (_, index) => issueCommand(`gapless-${index}`));
      const outcomes = await house.ledger.issue(commands);
      const numbers = outcomes.map((outcome) => accepted(outcome).number);
      assert.equal(numbers[0], 'AB00000000');
      assert.equal(numbers[49], 'AB00000049');
      assert.equal(numbers[50], 'CD00000100');
      assert.equal(new Set(numbers).size, 60);
    });

    test('a used reference is refused, whatever its case, and takes no number', async () => {
      const first = await issueOne(house, 'Order-1');
      const [again] = await house.ledger.issue([issueCommand('ORDER-1')]);
      assert.deepEqual(refusedCodes(again), ['REFERENCE_DUPLICATE']);
      const next = await issueOne(house, 'order-2');
      assert.equal(Number(next.number.slice(2)), Number(first.number.slice(2)) + 1);
    });

    test('of one reference twice in a batch the first is issued', async () => {
      const [first, second] = await house.ledger.issue([
        issueCommand('twin'),
        issueCommand('twin'),
      ]);
      accepted(first);
      assert.deepEqual(refusedCodes(second), ['REFERENCE_DUPLICATE']);
    });

    test('what is read back is what was issued', async () => {
      const command = issueCommand('read-back');
      const issued = accepted((await house.ledger.issue([command]))[0]);
      const { composed: invoice, reference, billingReference, channelPartner } = command;
      const record = await house.ledger.reads.findInvoice({
        by: 'number',
        seller: SELLER_A.ubn,
        number: issued.number,
      });
      const content = { ...invoice, reference, billingReference, channelPartner, ...issued };
      assert.deepEqual(record?.content, content);
      assert.equal(record?.issueFiling.message, 'F0401');
      assert.equal(record?.issueFiling.state, 'ready');
    });

    test('an exhausted period refuses by name and the rest of the batch is served', async () => {
      const commands = Array.from({ length: 60 }, (_, index) => issueCommand(`last-${index}`));
      const outcomes = await house.ledger.issue(commands);
      const issued = outcomes.filter((outcome) => outcome.ok).length;
      const used = (await house.ledger.reads.listInvoices({ seller: SELLER_A.ubn }, 0, 1)).total;
      assert.equal(used, 100);
      assert(issued > 0 && issued < 60);
      assert.deepEqual(refusedCodes(outcomes.at(-1)), ['TRACK_EXHAUSTED']);
    });

    test('another seller has its own books', async () => {
      const [outcome] = await house.ledger.issue([
        issueCommand('other', { seller: SELLER_B.ubn, account: 'ecpay:2000933' }),
      ]);
      assert.deepEqual(refusedCodes(outcome), ['TRACK_EXHAUSTED']);
    });

    test('midnight in Taipei rolls over to the next period', async () => {
      house.clock.set('2026-12-31 23:59:59');
      accepted(await addBook(house, 'EF', 0, 49, SELLER_A));
      const last = await issueOne(house, 'old-year');
      house.clock.set('2027-01-01 00:00:00');
      const [without] = await house.ledger.issue([issueCommand('new-year')]);
      assert.deepEqual(refusedCodes(without), ['TRACK_EXHAUSTED']);
      accepted(await addBook(house, 'AB', 0, 49, SELLER_A));
      const next = await issueOne(house, 'new-year');
      assert.deepEqual([last.period, next.period], ['11512', '11602']);
      assert.equal(next.number, 'AB00000000');
    });

    test('a clock that falls back never gives a number an earlier time', async () => {
      house.clock.set('2027-01-02 10:00:10');
      const before = await issueOne(house, 'before-correction');
      house.clock.set('2027-01-02 10:00:07');
      const corrected = await issueOne(house, 'after-correction');
      assert.equal(corrected.issuedAt, before.issuedAt);
      house.clock.set('2027-01-02 09:00:00');
      const [refusedIssue] = await house.ledger.issue([issueCommand('far-behind')]);
      assert.deepEqual(refusedCodes(refusedIssue), ['CLOCK_BEHIND_SEGMENT']);
      house.clock.set('2027-01-02 10:00:30');
    });

    test('a seller that is not set up is refused alone', async () => {
      const stranger = { ...issueCommand('stranger'), seller: BUYER_UBN };
      const [one, two] = await house.ledger.issue([stranger, issueCommand('neighbour')]);
      assert.deepEqual(refusedCodes(one), ['SELLER_UNKNOWN']);
      accepted(two);
    });
  });

  describe('void and allowances', () => {
    let house: House;
    before(async () => {
      house = await openHouse(open);
      accepted(await addBook(house, 'AB', 0, 99, SELLER_A));
    });
    after(() => house.opened.remove());

    const origin = { seller: SELLER_A.ubn, account: ACCOUNT, ip: '' };

    function voidOf(invoice: IssuedInvoice) {
      const { number } = invoice;
      const issuedOn = taipeiDateOf(invoice.issuedAt);
      return house.ledger.void([{ ...origin, number, issuedOn, reason: '退貨' }]);
    }

    test('a void happens once and on the invoice’s own day only', async () => {
      const invoice = await issueOne(house, 'void-1');
      const otherDay = taipeiDateOf(taipeiDateTime(house.clock.now() + 86_400_000));
      const [wrongDay] = await house.ledger.void([
        { ...origin, number: invoice.number, issuedOn: otherDay, reason: 'x' },
      ]);
      assert.deepEqual(refusedCodes(wrongDay), ['INVOICE_NOT_FOUND']);
      const [first] = await voidOf(invoice);
      assert.equal(accepted(first).state, 'voided');
      const [second] = await voidOf(invoice);
      assert.deepEqual(refusedCodes(second), ['INVOICE_VOIDED']);
    });

    test('a void waits until the issue is confirmed, then its own filing goes', async () => {
      const invoice = await issueOne(house, 'void-waits');
      accepted((await voidOf(invoice))[0]);
      const lookup = { by: 'number', seller: SELLER_A.ubn, number: invoice.number } as const;
      const waiting = await house.ledger.reads.findInvoice(lookup);
      assert.deepEqual(waiting?.voidFiling?.holds, ['earlier-filing']);
      await confirmAll(house);
      const settled = await house.ledger.reads.findInvoice(lookup);
      assert.equal(settled?.issueFiling.state, 'confirmed');
      assert.equal(settled?.voidFiling?.state, 'confirmed');
    });

    test('allowances never exceed the invoice and block its void until they are voided', async () => {
      const invoice = await issueOne(house, 'allow-1');
      const allow = (total: number) =>
        house.ledger.allow([{ ...origin, number: invoice.number, draft: allowanceDraft(total) }]);
      const first = accepted((await allow(60))[0]);
      assert.equal(first.remaining, 45);
      assert.deepEqual(refusedCodes((await allow(46))[0]), ['ALLOWANCE_EXCEEDS_REMAINING']);
      const second = accepted((await allow(45))[0]);
      assert.equal(second.remaining, 0);
      assert.deepEqual(refusedCodes((await voidOf(invoice))[0]), ['INVOICE_HAS_ALLOWANCES']);
      for (const { content } of [first, second]) {
        const command = {
          ...origin,
          number: invoice.number,
          allowanceNumber: content.number,
          reason: '誤開',
        };
        accepted((await house.ledger.voidAllowance([command]))[0]);
        assert.deepEqual(refusedCodes((await house.ledger.voidAllowance([command]))[0]), [
          'ALLOWANCE_VOIDED',
        ]);
      }
      accepted((await voidOf(invoice))[0]);
      assert.deepEqual(refusedCodes((await allow(1))[0]), ['INVOICE_VOIDED']);
    });

    test('two allowances in one batch share what is left', async () => {
      const invoice = await issueOne(house, 'allow-batch');
      const command = { ...origin, number: invoice.number, draft: allowanceDraft(60) };
      const [first, second] = await house.ledger.allow([command, command]);
      accepted(first);
      assert.deepEqual(refusedCodes(second), ['ALLOWANCE_EXCEEDS_REMAINING']);
    });

    test('the void deadline is the end of the 13th after the period', async () => {
      const one = await issueOne(house, 'deadline-1');
      const two = await issueOne(house, 'deadline-2');
      house.clock.set('2027-01-13 23:59:59');
      accepted((await voidOf(one))[0]);
      house.clock.set('2027-01-14 00:00:00');
      assert.deepEqual(refusedCodes((await voidOf(two))[0]), ['VOID_DEADLINE_PASSED']);
      house.clock.set('2027-01-14 00:00:01');
    });

    test('the journal verifies and names a changed document', async () => {
      const { reads } = house.ledger;
      const verification = await verifyJournal(reads, [SELLER_A.ubn]);
      assert.deepEqual(verification.breaks, []);
      assert(verification.entries > 10);
      const entries = await reads.listEntries(SELLER_A.ubn, 0, 1_000);
      const issued = entries.find((entry) => entry.verb === 'issue');
      assert(issued !== undefined);
      const tampered: typeof reads = {
        ...reads,
        listEntries: (seller, afterSequence, limit) =>
          reads.listEntries(seller, afterSequence, limit),
        findVersions: async (keys) =>
          (await reads.findVersions(keys)).map((row) =>
            issued.subject === `invoice/${row.period}/${row.number}/${row.version}`
              ? { ...row, content: row.content.replace('105', '106') }
              : row,
          ),
        findAllowances: (lookup) => reads.findAllowances(lookup),
      };
      const found = await verifyJournal(tampered, [SELLER_A.ubn]);
      assert.deepEqual(
        found.breaks.map((broken) => broken.sequence),
        [issued.sequence],
      );
    });
  });
});
