/** Claims about notices as ledger facts: owed once, begun before sent, settled once, verified. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accepted, SELLER_A, SELLER_B } from '../../test/support/demo.ts';
import { onEveryEngine, seededRandom, TestClock } from '../../test/support/engines.ts';
import type { TaipeiDateTime } from '../domain/taipei.ts';
import { createLedger, type LedgerHandle } from './create.ts';
import type { NotifyCommand } from './ledger.ts';
import type { Store } from './ports.ts';
import { verifyJournal } from './verify.ts';

const { ubn: seller } = SELLER_A;
const SYSTEM = { seller, account: 'system', ip: '' } as const;
// A time as the clock of these claims writes it.
const LATER = '2026-11-21 10:05:00' as TaipeiDateTime;

function mailTo(recipient: string, changes: Partial<NotifyCommand> = {}): NotifyCommand {
  return {
    ...SYSTEM,
    kind: 'mail',
    tag: 'issued',
    audience: 'buyer',
    recipient,
    subject: 'invoice/11512/AB10000000/1',
    event: `issued invoice/11512/AB10000000/1 mail ${recipient}`,
    isAgain: false,
    ...changes,
  };
}

onEveryEngine((open) => {
  async function withLedger(
    claim: (ledger: LedgerHandle, store: Store) => Promise<void>,
  ): Promise<void> {
    const opened = await open();
    try {
      await opened.store.directory.saveSellers([SELLER_A, SELLER_B]);
      const clock = new TestClock();
      const ledger = createLedger({ store: opened.store, clock, random: seededRandom(4) });
      await claim(ledger, opened.store);
      await ledger.drain();
    } finally {
      await opened.remove();
    }
  }

  test('one event is owed once, however often and however concurrently it is asked for', () =>
    withLedger(async (ledger) => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => ledger.notify([mailTo('a@example.com')])),
      );
      const sequences = new Set(answers.map(([outcome]) => accepted(outcome).sequence));
      assert.equal(sequences.size, 1);
      const [first, second] = await ledger.notify([
        mailTo('b@example.com'),
        mailTo('b@example.com'),
      ]);
      assert.deepEqual(accepted(first), accepted(second));
      assert.equal((await ledger.reads.listNotices({ seller }, 0, 10)).total, 2);
    }));

  test('on request it is made again, each time as one more notice', () =>
    withLedger(async (ledger) => {
      accepted((await ledger.notify([mailTo('a@example.com')]))[0]);
      for (const _ of [1, 2]) {
        accepted((await ledger.notify([mailTo('a@example.com', { isAgain: true })]))[0]);
      }
      const { total, items } = await ledger.reads.listNotices({ seller }, 0, 10);
      assert.equal(total, 3);
      assert.equal(new Set(items.map(({ event }) => event)).size, 3);
    }));

  test('the same event of another seller is another notice', () =>
    withLedger(async (ledger) => {
      const other = { ...mailTo('a@example.com'), seller: SELLER_B.ubn };
      accepted((await ledger.notify([mailTo('a@example.com')]))[0]);
      accepted((await ledger.notify([other]))[0]);
      assert.equal((await ledger.reads.listNotices({}, 0, 10)).total, 2);
    }));

  test('of two that begin the same attempt one may send', () =>
    withLedger(async (ledger) => {
      const { sequence } = accepted((await ledger.notify([mailTo('a@example.com')]))[0]);
      const begin = { ...SYSTEM, sequence, to: 'sending' } as const;
      const answers = await Promise.all([
        ledger.recordNotice([begin]),
        ledger.recordNotice([begin]),
      ]);
      const moved = answers.filter(([outcome]) => accepted(outcome).isMoved);
      assert.equal(moved.length, 1);
    }));

  test('a failed attempt is due again at its time and not before', () =>
    withLedger(async (ledger, store) => {
      const { sequence } = accepted((await ledger.notify([mailTo('a@example.com')]))[0]);
      const begin = { ...SYSTEM, sequence, to: 'sending' } as const;
      const again = { ...SYSTEM, sequence, to: 'due', nextAt: LATER, result: 'refused' } as const;
      accepted((await ledger.recordNotice([begin]))[0]);
      accepted((await ledger.recordNotice([again]))[0]);
      // Taipei times of a second before and of the very second.
      const before = '2026-11-21 10:04:59' as TaipeiDateTime;
      assert.deepEqual(await store.reads.listDueNotices('people', before, 10), []);
      const [due] = await store.reads.listDueNotices('people', LATER, 10);
      assert.deepEqual([due?.sequence, due?.attempts, due?.result], [sequence, 1, 'refused']);
    }));

  test('a settled notice moves no more', () =>
    withLedger(async (ledger, store) => {
      const { sequence } = accepted((await ledger.notify([mailTo('a@example.com')]))[0]);
      const steps = ['sending', 'sent', 'sending', 'failed'] as const;
      const moved: boolean[] = [];
      for (const to of steps) {
        const [outcome] = await ledger.recordNotice([
          to === 'sending' ? { ...SYSTEM, sequence, to } : { ...SYSTEM, sequence, to, result: to },
        ]);
        moved.push(accepted(outcome).isMoved);
      }
      assert.deepEqual(moved, [true, true, false, false]);
      const notice = await store.reads.findNotice(seller, sequence);
      assert.deepEqual([notice?.state, notice?.result, notice?.attempts], ['sent', 'sent', 1]);
      assert.deepEqual(await store.reads.listDueNotices('people', LATER, 10), []);
    }));

  test('the journal holds what was owed: verification is clean and notices a change', () =>
    withLedger(async (ledger, store) => {
      const notice = accepted((await ledger.notify([mailTo('a@example.com')]))[0]);
      assert.deepEqual((await verifyJournal(store.reads, [seller])).breaks, []);
      const changed = {
        ...store.reads,
        findNotice: async () => ({ ...notice, recipient: 'thief@example.com' }),
      };
      const { breaks } = await verifyJournal(changed, [seller]);
      assert.match(breaks[0]?.problem ?? '', /notice\/1 was changed/);
    }));
});
