/** Claims about notices, delayed invoices and consents: written whole, found by what asks for them. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { type MakeData, storeForGroup } from './opened.ts';
import {
  consentAt,
  keyAt,
  noticeAt,
  PERIOD,
  pendingAt,
  sellerAt,
  sellerSettings,
  timeAt,
} from './rows.ts';

export function claimsAboutNotices(makeData: MakeData): void {
  describe('notices', () => {
    const group = storeForGroup(makeData);
    const [one, two] = [sellerAt(0), sellerAt(1)];
    before(() => group.store.directory.saveSellers([one, two].map(sellerSettings)));

    test('notices are found by sequence and by event, each of its own seller', async () => {
      const rows = [noticeAt(one, 1), noticeAt(one, 2), noticeAt(two, 1)];
      await group.store.transaction(async (transaction) => {
        await transaction.insertNotices(rows);
        assert.deepEqual(await transaction.findNotices([{ seller: two, sequence: 1 }]), [rows[2]]);
        const events = [{ seller: one, event: 'issued 2' }];
        assert.deepEqual(await transaction.findNoticesOfEvents(events), [rows[1]]);
      });
    });

    test('a second notice of one event is refused by the store itself', async () => {
      const twin = { ...noticeAt(one, 9), event: 'issued 1' };
      await assert.rejects(group.store.transaction((each) => each.insertNotices([twin])));
    });

    test('due ones come by time, and neither settled nor begun ones', async () => {
      const sent = { ...noticeAt(one, 1), state: 'sent', settledAt: timeAt(5) } as const;
      const begun = { ...noticeAt(one, 2), state: 'sending', attempts: 1 } as const;
      await group.store.transaction((each) => each.saveNotices([sent, begun]));
      const { reads } = group.store;
      assert.deepEqual(await reads.listDueNotices('people', timeAt(9), 10), [noticeAt(two, 1)]);
      assert.deepEqual(await reads.listDueNotices('people', timeAt(0), 10), []);
      assert.deepEqual(await reads.findNotice(one, 1), sent);
      assert.equal(await reads.findNotice(two, 2), null);
    });

    test('a list is filtered, newest first, and counts past its end', async () => {
      const { reads } = group.store;
      const all = await reads.listNotices({}, 0, 10);
      assert.deepEqual(
        all.items.map(({ seller, sequence }) => [seller, sequence]),
        [
          [one, 2],
          [one, 1],
          [two, 1],
        ],
      );
      assert.equal((await reads.listNotices({ seller: one, states: ['sent'] }, 0, 10)).total, 1);
      assert.equal((await reads.listNotices({ kinds: ['sms'] }, 0, 10)).total, 0);
      assert.equal((await reads.listNotices({ subject: 'invoice/x' }, 0, 10)).total, 0);
      assert.deepEqual(await reads.listNotices({ seller: one }, 5, 10), { total: 2, items: [] });
    });

    test('delayed invoices are found by key, by reference while they wait, and when due', async () => {
      const rows = [pendingAt(one, 1), pendingAt(one, 2), { ...pendingAt(two, 3), nextAt: null }];
      const { reads } = group.store;
      await group.store.transaction(async (transaction) => {
        await transaction.insertPendingIssues(rows);
        const [first] = rows;
        assert(first !== undefined);
        assert.deepEqual(await transaction.findPendingIssues([first]), [first]);
        assert.deepEqual(await transaction.findPendingReferences([first]), [first]);
      });
      assert.deepEqual(await reads.listDuePendingIssues(timeAt(1), 10), [rows[0]]);
      assert.equal((await reads.listDuePendingIssues(timeAt(9), 10)).length, 2);
      const { number } = keyAt(one, 1);
      const issued = { ...pendingAt(one, 1), state: 'issued', period: PERIOD, number } as const;
      await group.store.transaction(async (transaction) => {
        await transaction.savePendingIssues([issued]);
        assert.deepEqual(await transaction.findPendingReferences([issued]), []);
      });
      assert.deepEqual(await reads.findPendingIssue(issued), issued);
      assert.deepEqual(await reads.listDuePendingIssues(timeAt(9), 10), [rows[1]]);
    });

    test('consents are found by allowance, by token, and when their time is over', async () => {
      const rows = [consentAt(one, 10), consentAt(two, 20)];
      const { reads } = group.store;
      await group.store.transaction(async (transaction) => {
        await transaction.insertConsents(rows);
        assert.deepEqual(await transaction.findConsents(rows.slice(1)), [rows[1]]);
      });
      assert.deepEqual(await reads.findConsentOfToken(`${one}-10`), rows[0]);
      assert.equal(await reads.findConsentOfToken(''), null);
      assert.deepEqual(await reads.findConsent(two, rows[1]?.number ?? ''), rows[1]);
      // The last second is still in time.
      assert.deepEqual(await reads.listExpiredConsents(timeAt(10), 10), []);
      assert.deepEqual(await reads.listExpiredConsents(timeAt(11), 10), rows.slice(0, 1));
      const given = { ...consentAt(one, 10), state: 'given', settledAt: timeAt(9) } as const;
      await group.store.transaction((each) => each.saveConsents([given]));
      assert.deepEqual(await reads.listExpiredConsents(timeAt(11), 10), []);
      assert.deepEqual(await reads.findConsent(one, given.number), given);
    });
  });
}
