/** Claims about delayed invoices: judged once, issued exactly once, on their day and not a second before. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type DelayHouse,
  delayed,
  issueDue,
  issueOf,
  MERCHANT,
  withDelayHouse,
} from '../../test/support/delayed-invoices.ts';
import { accepted, refusedCodes, SELLER_A } from '../../test/support/demo.ts';
import { onEveryEngine } from '../../test/support/engines.ts';
import { verifyJournal } from './verify.ts';

const { ubn: seller } = SELLER_A;
const URL = 'https://shop.example/notify';

async function invoiceOf({ ledger }: DelayHouse, reference: string) {
  const { account } = MERCHANT;
  return ledger.reads.findInvoice({
    by: 'reference',
    key: { seller, account, kind: 'relate', key: reference },
  });
}

async function callbacks({ ledger }: DelayHouse): Promise<readonly string[]> {
  const { items } = await ledger.reads.listNotices({ kinds: ['callback'] }, 0, 50);
  return items.map(({ tag }) => tag).toReversed();
}

onEveryEngine((open) => {
  const house = (claim: (opened: DelayHouse) => Promise<void>, numbers?: number) =>
    withDelayHouse(open, claim, numbers);

  test('it is issued from 10:00:00 of its day on, with the time of its issue', () =>
    house(async (opened) => {
      accepted((await opened.ledger.schedule([delayed('A', { delayDays: 3 })]))[0]);
      opened.clock.set('2026-11-24 09:59:59');
      assert.equal(await issueDue(opened), 0);
      assert.equal(await invoiceOf(opened, 'ORDER-A'), null);
      opened.clock.set('2026-11-24 10:00:00');
      assert.equal(await issueDue(opened), 1);
      const invoice = await invoiceOf(opened, 'ORDER-A');
      assert.deepEqual(
        [invoice?.row.issuedAt, invoice?.row.number],
        ['2026-11-24 10:00:00', 'KA10000000'],
      );
      assert.equal(await issueDue(opened), 0);
    }));

  test('a day in the next period takes a number of that period', () =>
    house(async (opened) => {
      opened.clock.set('2026-12-31 23:59:59');
      accepted((await opened.ledger.schedule([delayed('A')]))[0]);
      opened.clock.set('2027-01-01 10:00:00');
      await issueDue(opened);
      assert.equal((await invoiceOf(opened, 'ORDER-A'))?.row.period, '11602');
    }));

  test('asked for by many at once, it is issued once and told once', () =>
    house(async (opened) => {
      accepted((await opened.ledger.schedule([delayed('A', { callbackUrl: URL })]))[0]);
      opened.clock.set('2026-11-22 10:00:00');
      await Promise.all(Array.from({ length: 10 }, () => issueDue(opened)));
      const { total } = await opened.ledger.reads.listInvoices({ seller }, 0, 10);
      assert.equal(total, 1);
      assert.deepEqual(await callbacks(opened), ['delayed-issued']);
    }));

  test('its key and its reference are its own', () =>
    house(async (opened) => {
      const { ledger } = opened;
      accepted((await ledger.schedule([delayed('A')]))[0]);
      accepted((await ledger.issue([issueOf('SHOP')]))[0]);
      const [same, reference, waiting, ok, twin] = await ledger.schedule([
        delayed('A', { invoice: issueOf('OTHER') }),
        delayed('B', { invoice: issueOf('SHOP') }),
        delayed('C', { invoice: issueOf('ORDER-A') }),
        delayed('D'),
        delayed('D'),
      ]);
      assert.deepEqual(refusedCodes(same), ['PENDING_KEY_USED']);
      assert.deepEqual(refusedCodes(reference), ['REFERENCE_DUPLICATE']);
      assert.deepEqual(refusedCodes(waiting), ['REFERENCE_DUPLICATE']);
      accepted(ok);
      assert.deepEqual(refusedCodes(twin), ['PENDING_KEY_USED']);
    }));

  test('an edit replaces the content and keeps the day', () =>
    house(async (opened) => {
      const { ledger } = opened;
      accepted((await ledger.schedule([delayed('A')]))[0]);
      const edit = { ...MERCHANT, key: 'A', invoice: issueOf('ORDER-A', 250) };
      accepted((await ledger.reschedule([edit]))[0]);
      opened.clock.set('2026-11-22 10:00:00');
      await issueDue(opened);
      assert.equal((await invoiceOf(opened, 'ORDER-A'))?.row.total, 250);
      assert.deepEqual(refusedCodes((await ledger.reschedule([edit]))[0]), ['PENDING_ISSUED']);
      const unknown = { ...edit, key: 'B' };
      assert.deepEqual(refusedCodes((await ledger.reschedule([unknown]))[0]), [
        'PENDING_NOT_FOUND',
      ]);
    }));

  test('without its trigger it is never issued; with it, now or after its days', () =>
    house(async (opened) => {
      const { ledger, clock } = opened;
      const wait = { mode: 'trigger', callbackUrl: URL } as const;
      await ledger.schedule([
        delayed('NOW', { ...wait, delayDays: 0 }),
        delayed('LATER', { ...wait, delayDays: 2 }),
        delayed('NEVER', { ...wait, delayDays: 0 }),
      ]);
      clock.set('2027-02-01 12:00:00');
      assert.equal(await issueDue(opened), 0);
      const [now, later] = await ledger.trigger([
        { ...MERCHANT, key: 'NOW' },
        { ...MERCHANT, key: 'LATER' },
      ]);
      assert.equal(accepted(now).isIssued, true);
      assert.deepEqual(
        [accepted(later).isIssued, accepted(later).row.dueAt],
        [false, '2027-02-03 10:00:00'],
      );
      assert.notEqual(await invoiceOf(opened, 'ORDER-NOW'), null);
      const again = await ledger.trigger([{ ...MERCHANT, key: 'LATER' }]);
      assert.deepEqual(refusedCodes(again[0]), ['PENDING_TRIGGERED']);
      clock.set('2027-02-03 10:00:00');
      assert.equal(await issueDue(opened), 1);
      assert.deepEqual(await callbacks(opened), ['delayed-issued', 'delayed-issued']);
    }));

  test('a trigger that cannot issue changes nothing and says why', () =>
    house(async (opened) => {
      const { ledger } = opened;
      const now = { mode: 'trigger', delayDays: 0 } as const;
      await ledger.schedule([delayed('A', now), delayed('B', now)]);
      const outcomes = await ledger.trigger(['A', 'B'].map((key) => ({ ...MERCHANT, key })));
      assert.equal(accepted(outcomes[0]).isIssued, true);
      assert.deepEqual(refusedCodes(outcomes[1]), ['TRACK_EXHAUSTED']);
      const row = await ledger.reads.findPendingIssue({ ...MERCHANT, key: 'B' });
      assert.deepEqual([row?.state, row?.triggeredAt], ['waiting', null]);
    }, 1));

  test('it is cancelled before 10:00:00 of its day, not from then on', () =>
    house(async (opened) => {
      const { ledger, clock } = opened;
      await ledger.schedule([delayed('A'), delayed('B')]);
      clock.set('2026-11-22 09:59:59');
      accepted((await ledger.cancelSchedule([{ ...MERCHANT, key: 'A' }]))[0]);
      clock.set('2026-11-22 10:00:00');
      const [late] = await ledger.cancelSchedule([{ ...MERCHANT, key: 'B' }]);
      assert.deepEqual(refusedCodes(late), ['PENDING_CANCEL_DEADLINE_PASSED']);
      await issueDue(opened);
      assert.equal(await invoiceOf(opened, 'ORDER-A'), null);
      const answers = await ledger.cancelSchedule(
        ['A', 'B', 'C'].map((key) => ({ ...MERCHANT, key })),
      );
      assert.deepEqual(answers.flatMap(refusedCodes), [
        'PENDING_NOT_FOUND',
        'PENDING_ISSUED',
        'PENDING_NOT_FOUND',
      ]);
    }));

  test('a cancelled one gives its reference back, its key never', () =>
    house(async ({ ledger }) => {
      await ledger.schedule([delayed('A')]);
      accepted((await ledger.cancelSchedule([{ ...MERCHANT, key: 'A' }]))[0]);
      assert.deepEqual(refusedCodes((await ledger.schedule([delayed('A')]))[0]), [
        'PENDING_KEY_USED',
      ]);
      accepted((await ledger.schedule([delayed('B', { invoice: issueOf('ORDER-A') })]))[0]);
    }));

  test('what cannot be issued stays, is told once, tried again, and may be dropped', () =>
    house(async (opened) => {
      const { ledger, clock } = opened;
      await ledger.schedule(
        ['A', 'B', 'C'].map((key) => delayed(key, { callbackUrl: `${URL}/${key}` })),
      );
      clock.set('2026-11-22 10:00:00');
      await issueDue(opened);
      assert.deepEqual(await callbacks(opened), [
        'delayed-issued',
        'delayed-failed',
        'delayed-failed',
      ]);
      clock.set('2026-11-22 10:09:59');
      assert.equal(await issueDue(opened), 0);
      clock.set('2026-11-22 10:10:00');
      assert.equal(await issueDue(opened), 2);
      assert.equal((await callbacks(opened)).length, 3);
      accepted((await ledger.cancelSchedule([{ ...MERCHANT, key: 'B' }]))[0]);
      // Its client may also move on: in the next period there are numbers.
      clock.set('2027-01-02 10:00:00');
      await issueDue(opened);
      assert.equal((await invoiceOf(opened, 'ORDER-C'))?.row.period, '11602');
      assert.deepEqual((await callbacks(opened)).at(-1), 'delayed-issued');
    }, 1));

  test('the journal holds what was scheduled: verification is clean and notices a change', () =>
    house(async ({ ledger, store }) => {
      await ledger.schedule([delayed('A'), delayed('B/二')]);
      await ledger.reschedule([{ ...MERCHANT, key: 'A', invoice: issueOf('ORDER-A', 7) }]);
      await ledger.trigger([{ ...MERCHANT, key: 'A' }]);
      await ledger.cancelSchedule([{ ...MERCHANT, key: 'B/二' }]);
      assert.deepEqual((await verifyJournal(store.reads, [seller])).breaks, []);
      const row = await store.reads.findPendingIssue({ ...MERCHANT, key: 'A' });
      assert(row !== null);
      const changed = {
        ...store.reads,
        findPendingIssue: async () => ({ ...row, command: row.command.replace('7', '8') }),
      };
      assert.equal((await verifyJournal(changed, [seller])).breaks.length, 1);
    }));
});
