/** Claims about notices where the leadership moves between processes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type DelayHouse,
  delayed,
  issueOf,
  MERCHANT,
  withDelayHouse,
} from '../../test/support/delayed-invoices.ts';
import { accepted, SELLER_A } from '../../test/support/demo.ts';
import { onEveryEngine } from '../../test/support/engines.ts';
import type { NoticeKind } from '../domain/notice.ts';
import type { PostReply } from '../notify/ports.ts';
import { createLog } from './log.ts';
import { startNoticeWork } from './notice-work.ts';

const { ubn: seller } = SELLER_A;
const PATIENCE_MS = 15_000;
/** Longer than a loop's pause: every loop has looked again who may work. */
const LOOKED_MS = 1_500;

async function until(what: () => Promise<boolean>): Promise<void> {
  const endsAt = performance.now() + PATIENCE_MS;
  while (!(await what())) {
    assert.ok(performance.now() < endsAt, 'it did not come to pass');
    await pause(20);
  }
}

/** One process's notices over the house, with its leadership in the claim's hands. */
function workOf({ ledger, store, clock }: DelayHouse, post: () => Promise<PostReply>) {
  const leadership = { isMine: true };
  const work = startNoticeWork({
    ledger,
    accounts: {
      find: () => undefined,
      seller: (ubn) => (ubn === seller ? SELLER_A : undefined),
      sellers: () => [SELLER_A],
    },
    directory: store.directory,
    clock,
    log: createLog('fatal'),
    mail: { send: async () => ({ kind: 'delivered', note: 'kept' }) },
    sms: null,
    poster: { post },
    forms: { formOf: async () => ({ fields: {}, isAccepted: () => true }) },
    links: { invoiceLink: () => 'https://kaili.example/i/x', consentLink: (token) => token },
    host: 'kaili.example',
    isCrowded: () => false,
    isReady: () => true,
    mayWork: () => leadership.isMine,
  });
  return { work, leadership };
}

async function stateOf({ ledger }: DelayHouse, kind: NoticeKind) {
  const { items } = await ledger.reads.listNotices({ seller, kinds: [kind] }, 0, 1);
  return items[0];
}

const TAKEN: PostReply = { kind: 'answered', status: 200, text: '1|OK' };

onEveryEngine((open) => {
  const house = (claim: (opened: DelayHouse) => Promise<void>) => withDelayHouse(open, claim);

  test('what another process left half sent is settled when the leadership comes back', () =>
    house(async (opened) => {
      const { ledger } = opened;
      const { work, leadership } = workOf(opened, async () => TAKEN);
      try {
        await ledger.issue([issueOf('FIRST')]);
        await until(async () => (await stateOf(opened, 'mail'))?.state === 'sent');
        leadership.isMine = false;
        await pause(LOOKED_MS);
        // The other process: it owes, begins, and is gone.
        const { number } = accepted((await ledger.issue([issueOf('SECOND')]))[0]);
        const asked = { kind: 'mail', tag: 'issued', audience: 'buyer' } as const;
        const row = accepted(
          (
            await ledger.notify([
              {
                ...MERCHANT,
                ...asked,
                recipient: 'a@example.com',
                subject: `invoice/11512/${number}/1`,
                event: 'other',
                isAgain: false,
              },
            ])
          )[0],
        );
        await ledger.recordNotice([{ ...MERCHANT, sequence: row.sequence, to: 'sending' }]);
        leadership.isMine = true;
        await until(
          async () => (await ledger.reads.findNotice(seller, row.sequence))?.state === 'failed',
        );
      } finally {
        await work.stop();
      }
    }));

  test('what this process itself still sends is not cut off when the leadership comes back', () =>
    house(async (opened) => {
      const { ledger } = opened;
      const reply = Promise.withResolvers<PostReply>();
      let posts = 0;
      const { work, leadership } = workOf(opened, () => {
        posts += 1;
        return reply.promise;
      });
      try {
        const callbackUrl = 'https://shop.example/cb';
        await ledger.schedule([delayed('A', { mode: 'trigger', delayDays: 0, callbackUrl })]);
        await ledger.trigger([{ ...MERCHANT, key: 'A' }]);
        await until(async () => posts === 1);
        leadership.isMine = false;
        await pause(LOOKED_MS);
        leadership.isMine = true;
        await pause(LOOKED_MS);
        assert.equal((await stateOf(opened, 'callback'))?.state, 'sending');
        reply.resolve(TAKEN);
        await until(async () => (await stateOf(opened, 'callback'))?.state === 'sent');
        assert.equal(posts, 1);
      } finally {
        reply.resolve(TAKEN);
        await work.stop();
      }
    }));
});
