/** Claims about how the journals are followed: in calls that the writer takes, each seller for itself. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type DelayHouse,
  issueOf,
  MERCHANT,
  withDelayHouse,
} from '../../test/support/delayed-invoices.ts';
import { accepted, allowanceDraft, SELLER_A, SELLER_B } from '../../test/support/demo.ts';
import { onEveryEngine } from '../../test/support/engines.ts';
import { fault, refused } from '../domain/fault.ts';
import type { Ledger } from '../ledger/ledger.ts';
import {
  CROWDED_ENTRIES_A_ROUND,
  cursorName,
  JournalFollower,
  NOTICES_A_CALL,
} from './follow-journal.ts';

const ALLOWANCES = 120;
const RECIPIENTS = 10;

function follower(
  { ledger, store }: DelayHouse,
  changes: { readonly ledger?: Partial<Ledger>; readonly isCrowded?: () => boolean } = {},
) {
  const errors: object[] = [];
  const one = new JournalFollower({
    ledger: { ...ledger, ...changes.ledger },
    accounts: {
      find: () => undefined,
      seller: () => undefined,
      sellers: () => [SELLER_B, SELLER_A],
    },
    directory: store.directory,
    channels: new Set(['mail'] as const),
    log: {
      info: () => undefined,
      warn: () => undefined,
      error: (facts) => void errors.push(facts),
    },
    isCrowded: changes.isCrowded ?? (() => false),
  });
  return { follower: one, errors };
}

/** Allowances that each tell many people. */
async function allowances({ ledger }: DelayHouse): Promise<void> {
  const { number } = accepted((await ledger.issue([issueOf('SHOP', ALLOWANCES)]))[0]);
  const email = Array.from({ length: RECIPIENTS }, (_, index) => `b${index}@example.com`).join(';');
  const draft = allowanceDraft(1, { notify: { kind: 'E', email, phone: '' } });
  const commands = Array.from({ length: ALLOWANCES }, () => ({ ...MERCHANT, number, draft }));
  for (const outcome of await ledger.allow(commands)) accepted(outcome);
}

async function countOwed({ ledger }: DelayHouse): Promise<number> {
  return (await ledger.reads.listNotices({ seller: SELLER_A.ubn }, 0, 1)).total;
}

onEveryEngine((open) => {
  const house = (claim: (opened: DelayHouse) => Promise<void>) => withDelayHouse(open, claim);

  test('entries that owe more notices than the writer takes in a call are owed in several', () =>
    house(async (opened) => {
      await allowances(opened);
      const sizes: number[] = [];
      const { follower: one } = follower(opened, {
        ledger: {
          notify: (commands) => {
            sizes.push(commands.length);
            return opened.ledger.notify(commands);
          },
        },
      });
      await one.round();
      // The buyer's mail of issue beside those of the allowances.
      assert.equal(await countOwed(opened), ALLOWANCES * RECIPIENTS + 1);
      assert.ok(Math.max(...sizes) <= NOTICES_A_CALL);
      assert.equal(await one.round(), 0);
      assert.notEqual(await opened.store.directory.readMeta(cursorName(SELLER_A.ubn)), null);
    }));

  test('a busy ledger between two calls: read again, nothing is owed twice', () =>
    house(async (opened) => {
      await allowances(opened);
      let calls = 0;
      const { follower: one } = follower(opened, {
        ledger: {
          notify: async (commands) => {
            calls += 1;
            const isBusy = calls === 2;
            if (isBusy) return commands.map(() => refused(fault('BUSY', '', 'send again later')));
            return opened.ledger.notify(commands);
          },
        },
      });
      assert.equal(await one.round(), 0);
      assert.equal(calls, 2);
      await one.round();
      assert.equal(await countOwed(opened), ALLOWANCES * RECIPIENTS + 1);
    }));

  test('a seller whose journal cannot be followed keeps no other waiting', () =>
    house(async (opened) => {
      await opened.ledger.issue([issueOf('SHOP')]);
      const { reads } = opened.ledger;
      const { follower: one, errors } = follower(opened, {
        ledger: {
          reads: {
            ...reads,
            listEntries: (seller, after, limit) =>
              seller === SELLER_B.ubn
                ? Promise.reject(new Error('unforeseen'))
                : reads.listEntries(seller, after, limit),
          },
        },
      });
      assert.equal(await one.round(), 1);
      assert.equal(errors.length, 1);
    }));

  test('while clients crowd the process it takes small bites and a pause, and misses nothing', () =>
    house(async (opened) => {
      await allowances(opened);
      const { reads } = opened.ledger;
      const limits: number[] = [];
      let isCrowded = true;
      const { follower: one } = follower(opened, {
        isCrowded: () => isCrowded,
        ledger: {
          reads: {
            ...reads,
            listEntries: (seller, after, limit) => {
              limits.push(limit);
              return reads.listEntries(seller, after, limit);
            },
          },
        },
      });
      // 0: whoever runs the rounds pauses after it.
      assert.equal(await one.round(), 0);
      assert.equal(Math.max(...limits), CROWDED_ENTRIES_A_ROUND);
      const owed = await countOwed(opened);
      assert.ok(owed > 0 && owed < ALLOWANCES * RECIPIENTS);
      isCrowded = false;
      await one.round();
      assert.equal(await countOwed(opened), ALLOWANCES * RECIPIENTS + 1);
    }));
});
