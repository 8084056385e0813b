/** Claims about online allowances: reserved at once, in force and filed on consent only, released in time. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type DelayHouse,
  issueOf,
  MERCHANT,
  SYSTEM,
  withDelayHouse,
} from '../../test/support/delayed-invoices.ts';
import { accepted, allowanceDraft, refusedCodes, SELLER_A } from '../../test/support/demo.ts';
import { onEveryEngine } from '../../test/support/engines.ts';
import type { InvoiceNumber } from '../domain/invoice-number.ts';
import { type TaipeiDate, taipeiDateTime } from '../domain/taipei.ts';
import type { AllowCommand } from './ledger.ts';
import { verifyJournal } from './verify.ts';

const { ubn: seller } = SELLER_A;

function online(number: InvoiceNumber, amount: number, callbackUrl = ''): AllowCommand {
  return { ...MERCHANT, number, draft: allowanceDraft(amount), consent: { callbackUrl } };
}

async function issued({ ledger }: DelayHouse): Promise<InvoiceNumber> {
  return accepted((await ledger.issue([issueOf('SHOP')]))[0]).number;
}

async function stateOf({ ledger }: DelayHouse, number: string) {
  const [record] = await ledger.reads.findAllowances({ by: 'allowance', seller, number });
  return record;
}

onEveryEngine((open) => {
  const house = (claim: (opened: DelayHouse) => Promise<void>) => withDelayHouse(open, claim);

  test('it reserves its amount and files nothing until the buyer agrees', () =>
    house(async (opened) => {
      const { ledger, clock } = opened;
      const number = await issued(opened);
      const made = accepted((await ledger.allow([online(number, 60)]))[0]);
      assert.deepEqual([made.remaining, made.expiresAt], [40, '2026-11-24 10:00:00']);
      const tooMuch = await ledger.allow([online(number, 41)]);
      assert.deepEqual(refusedCodes(tooMuch[0]), ['ALLOWANCE_EXCEEDS_REMAINING']);
      const waiting = await stateOf(opened, made.content.number);
      assert.deepEqual([waiting?.row.state, waiting?.allowFiling], ['awaiting-consent', null]);
      clock.set('2026-11-24 10:00:00');
      const agree = { ...MERCHANT, allowanceNumber: made.content.number };
      accepted((await ledger.consentAllowance([agree]))[0]);
      const live = await stateOf(opened, made.content.number);
      assert.deepEqual(
        [live?.row.state, live?.row.allowedAt, live?.content.allowedAt],
        ['live', '2026-11-24 10:00:00', '2026-11-24 10:00:00'],
      );
      assert.deepEqual(
        [live?.allowFiling?.message, live?.allowFiling?.keyDate, live?.allowFiling?.state],
        ['G0401', '2026-11-24', 'held'],
      );
      assert.deepEqual((await verifyJournal(ledger.reads, [seller])).breaks, []);
    }));

  test('of many clicks one counts: one filing, one callback', () =>
    house(async (opened) => {
      const { ledger } = opened;
      const number = await issued(opened);
      const { content } = accepted(
        (await ledger.allow([online(number, 60, 'https://shop.example/agreed')]))[0],
      );
      const agree = { ...MERCHANT, allowanceNumber: content.number };
      const answers = [
        ...(await Promise.all(Array.from({ length: 5 }, () => ledger.consentAllowance([agree])))),
        await ledger.consentAllowance([agree, agree]),
      ].flat();
      const refusals = answers.filter((outcome) => !outcome.ok);
      assert.equal(answers.length - refusals.length, 1);
      assert.deepEqual(new Set(refusals.flatMap(refusedCodes)), new Set(['ALLOWANCE_CONSENTED']));
      const filings = await ledger.reads.listFilings({ seller, message: 'G0401' }, 0, 10);
      assert.equal(filings.total, 1);
      const notices = await ledger.reads.listNotices({ kinds: ['callback'] }, 0, 10);
      assert.deepEqual(
        notices.items.map(({ tag, recipient }) => [tag, recipient]),
        [['consented', 'https://shop.example/agreed']],
      );
    }));

  test('after its last second nobody can agree, and the amount is released', () =>
    house(async (opened) => {
      const { ledger, clock } = opened;
      const number = await issued(opened);
      const { content } = accepted((await ledger.allow([online(number, 100)]))[0]);
      const named = { ...MERCHANT, allowanceNumber: content.number };
      clock.set('2026-11-24 10:00:00');
      const [early] = await ledger.expireAllowance([{ ...named, reason: '' }]);
      assert.deepEqual(refusedCodes(early), ['ALLOWANCE_AWAITS_CONSENT']);
      clock.set('2026-11-24 10:00:01');
      const [late] = await ledger.consentAllowance([named]);
      assert.deepEqual(refusedCodes(late), ['ALLOWANCE_LAPSED']);
      const expired = await ledger.reads.listExpiredConsents(taipeiDateTime(clock.now()), 10);
      assert.deepEqual(
        expired.map((row) => row.number),
        [content.number],
      );
      accepted((await ledger.expireAllowance([{ ...SYSTEM, ...named, reason: '' }]))[0]);
      accepted((await ledger.allow([online(number, 100)]))[0]);
      assert.deepEqual((await verifyJournal(ledger.reads, [seller])).breaks, []);
    }));

  test('it is withdrawn while the buyer has not agreed, once', () =>
    house(async (opened) => {
      const { ledger } = opened;
      const number = await issued(opened);
      const { content } = accepted((await ledger.allow([online(number, 100)]))[0]);
      const named = { ...MERCHANT, allowanceNumber: content.number, number, reason: '打錯' };
      accepted((await ledger.withdrawAllowance([named]))[0]);
      const [again] = await ledger.withdrawAllowance([named]);
      assert.deepEqual(refusedCodes(again), ['ALLOWANCE_LAPSED']);
      const [late] = await ledger.consentAllowance([named]);
      assert.deepEqual(refusedCodes(late), ['ALLOWANCE_LAPSED']);
      const second = accepted((await ledger.allow([online(number, 100)]))[0]);
      const other = { ...named, allowanceNumber: second.content.number };
      accepted((await ledger.consentAllowance([other]))[0]);
      const [agreed] = await ledger.withdrawAllowance([other]);
      assert.deepEqual(refusedCodes(agreed), ['ALLOWANCE_CONSENTED']);
    }));

  test('an allowance agreed on paper is no online one', () =>
    house(async (opened) => {
      const { ledger } = opened;
      const number = await issued(opened);
      const paper = { ...MERCHANT, number, draft: allowanceDraft(10) };
      const { content } = accepted((await ledger.allow([paper]))[0]);
      const named = { ...MERCHANT, allowanceNumber: content.number, number, reason: '打錯' };
      assert.deepEqual(refusedCodes((await ledger.withdrawAllowance([named]))[0]), [
        'ALLOWANCE_NOT_FOUND',
      ]);
      assert.deepEqual(refusedCodes((await ledger.consentAllowance([named]))[0]), [
        'ALLOWANCE_NOT_FOUND',
      ]);
    }));

  test('the invoice cannot be voided while consent is awaited', () =>
    house(async (opened) => {
      const { ledger } = opened;
      const number = await issued(opened);
      accepted((await ledger.allow([online(number, 10)]))[0]);
      // The day of the claim's clock.
      const issuedOn = '2026-11-21' as TaipeiDate;
      const [refusal] = await ledger.void([{ ...MERCHANT, number, issuedOn, reason: '買方退貨' }]);
      assert.deepEqual(refusedCodes(refusal), ['INVOICE_HAS_ALLOWANCES']);
    }));

  test('links differ and cannot be guessed: 128 random bits each', () =>
    house(async (opened) => {
      const { ledger } = opened;
      const number = await issued(opened);
      const tokens = new Set<string>();
      for (let round = 0; round < 5; round += 1) {
        const { content } = accepted((await ledger.allow([online(number, 10)]))[0]);
        const consent = await ledger.reads.findConsent(seller, content.number);
        assert.match(consent?.token ?? '', /^[0-9a-f]{32}$/);
        tokens.add(consent?.token ?? '');
      }
      assert.equal(tokens.size, 5);
    }));
});
