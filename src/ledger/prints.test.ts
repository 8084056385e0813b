/** Claims about prints: one original a version, who and when on record, what may not be printed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accepted, refusedCodes, SELLER_A } from '../../test/support/demo.ts';
import { onEveryEngine } from '../../test/support/engines.ts';
import { openPrintHouse, type PrintHouse } from '../../test/support/print-house.ts';
import { parseDonationCode } from '../domain/donation-code.ts';
import { parseInvoiceNumber } from '../domain/invoice-number.ts';
import { verifyJournal } from './verify.ts';

onEveryEngine((open) => {
  async function withHouse(claim: (house: PrintHouse) => Promise<void>): Promise<void> {
    const house = await openPrintHouse(await open());
    try {
      await claim(house);
    } finally {
      await house.close();
    }
  }

  test('the first print is the original and every later one a reprint, also at the same time', () =>
    withHouse(async ({ ledger, issue, command }) => {
      const content = await issue(100);
      const answers = await Promise.all(
        Array.from({ length: 12 }, () => ledger.recordPrint([command(content)])),
      );
      const originals = answers.filter(([outcome]) => accepted(outcome).isOriginal);
      assert.equal(originals.length, 1);
      const [one, two] = await ledger.recordPrint([command(content), command(content)]);
      assert.equal(accepted(one).isOriginal || accepted(two).isOriginal, false);
      const log = await ledger.reads.listPrints({ seller: content.seller, invoice: content }, 100);
      assert.equal(log.length, 14);
      assert(
        log.every(({ account, createdAt }) => account === 'ecpay:2000132' && createdAt !== ''),
      );
      assert.equal(log.at(-1)?.isOriginal, true);
    }));

  test('a reprint that is asked for leaves no original behind it', () =>
    withHouse(async ({ ledger, issue, command }) => {
      const content = await issue(100);
      const [asked] = await ledger.recordPrint([command(content, { isReprint: true })]);
      const [next] = await ledger.recordPrint([command(content)]);
      assert.equal(accepted(asked).isOriginal, false);
      assert.equal(accepted(next).isOriginal, false);
    }));

  test('only if it was never printed answers the print that was first', () =>
    withHouse(async ({ ledger, issue, command }) => {
      const content = await issue(100);
      const once = command(content, { medium: 'thermal', printer: '00', isOnlyFirst: true });
      const [first] = await ledger.recordPrint([once]);
      const [again] = await ledger.recordPrint([once]);
      assert.deepEqual(accepted(first), accepted(again));
      assert.equal(accepted(first).state, 'due');
    }));

  test('carrier and donated invoices are not printed, a won carrier one is', () =>
    withHouse(async ({ ledger, issue, command }) => {
      const mobile = {
        kind: 'mobile-barcode',
        visibleId: '/ABC1234',
        hiddenId: '/ABC1234',
      } as const;
      const carried = await issue(100, { carrier: mobile, isPrinted: false });
      const donated = await issue(100, {
        donationCode: parseDonationCode('168001') ?? '',
        isPrinted: false,
      });
      const outcomes = await ledger.recordPrint([
        command(carried),
        command(donated),
        command(carried, { hasWon: true }),
        command({ ...carried, number: donated.number }, { hasWon: true }),
      ]);
      assert.deepEqual(refusedCodes(outcomes[0]), ['PRINT_CARRIER']);
      assert.deepEqual(refusedCodes(outcomes[1]), ['PRINT_DONATED']);
      assert.equal(accepted(outcomes[2]).isOriginal, true);
      assert.deepEqual(refusedCodes(outcomes[3]), ['PRINT_DONATED']);
    }));

  test('an unknown number prints nothing', () =>
    withHouse(async ({ ledger, issue, command }) => {
      const content = await issue(100);
      const number = parseInvoiceNumber('PA99999999') ?? assert.fail();
      const unknown = { ...content, number };
      const [outcome] = await ledger.recordPrint([command(unknown)]);
      assert.deepEqual(refusedCodes(outcome), ['INVOICE_NOT_FOUND']);
    }));

  test('a job moves only from the state it is in, and the journal tells of the paper', () =>
    withHouse(async ({ ledger, issue, command, clock }) => {
      const content = await issue(100);
      const job = command(content, { medium: 'thermal', printer: '00' });
      const { sequence } = accepted((await ledger.recordPrint([job]))[0]);
      const origin = { seller: content.seller, account: 'system', ip: '', sequence } as const;
      const until = content.issuedAt;
      const sending = { ...origin, to: 'sending', until } as const;
      const moves = await ledger.recordPrintJob([
        { ...origin, to: 'printed', result: '' },
        sending,
        sending,
        { ...origin, to: 'printed', result: '' },
        { ...origin, to: 'due', nextAt: until, result: '' },
      ]);
      assert.deepEqual(
        moves.map((outcome) => accepted(outcome).isMoved),
        [false, true, false, true, false],
      );
      clock.advanceMs(60_000);
      assert.deepEqual(await ledger.reads.listDuePrints(content.issuedAt, 10), []);
      const print = await ledger.reads.findPrint(content.seller, sequence);
      assert.equal(print?.state, 'printed');
      assert.equal(print?.attempts, 1);
    }));

  test('a print that was changed afterwards is found by its entry', () =>
    withHouse(async ({ ledger, issue, command, store }) => {
      const content = await issue(100);
      const print = accepted((await ledger.recordPrint([command(content)]))[0]);
      const sellers = [SELLER_A.ubn];
      assert.deepEqual((await verifyJournal(ledger.reads, sellers)).breaks, []);
      const reads = {
        ...store.reads,
        findPrint: async () => ({ ...print, account: 'ecpay:9999999' }),
      };
      const [found] = (await verifyJournal(reads, sellers)).breaks;
      assert.equal(found?.sequence, print.sequence);
    }));
});
