/** Claims about what is done by the clock: one that throws keeps nobody waiting, and nothing spins. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type DelayHouse,
  delayed,
  issueOf,
  MERCHANT,
  withDelayHouse,
} from '../../test/support/delayed-invoices.ts';
import { accepted, allowanceDraft, SELLER_A, SELLER_B } from '../../test/support/demo.ts';
import { onEveryEngine } from '../../test/support/engines.ts';
import { fault, refused } from '../domain/fault.ts';
import type { IssueCommand, Ledger } from '../ledger/ledger.ts';
import { ClockWork, ROUND_MAX } from './clock-work.ts';

const DAY_MS = 86_400_000;

/** A delayed invoice that was stored with something in it that nobody foresaw: issuing it throws. */
function unforeseen(key: string) {
  // What no client can send today; the claim is about what nobody foresaw.
  const composed = null as unknown as IssueCommand['composed'];
  const invoice = { ...issueOf(`ORDER-${key}`), seller: SELLER_B.ubn, composed };
  return delayed(key, { seller: SELLER_B.ubn, invoice });
}

function clockWork({ ledger, clock }: DelayHouse, changes: Partial<Ledger> = {}) {
  const errors: object[] = [];
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (facts: object) => void errors.push(facts),
  };
  return { work: new ClockWork({ ledger: { ...ledger, ...changes }, clock, log }), errors };
}

async function stateOf({ ledger }: DelayHouse, seller = SELLER_A.ubn, key = 'A') {
  return (await ledger.reads.findPendingIssue({ ...MERCHANT, seller, key }))?.state;
}

async function allowOnline({ ledger }: DelayHouse): Promise<string> {
  const { number } = accepted((await ledger.issue([issueOf('SHOP')]))[0]);
  const draft = allowanceDraft(10, { notify: { kind: 'E', email: 'a@example.com', phone: '' } });
  const online = { ...MERCHANT, number, draft, consent: { callbackUrl: '' } };
  return accepted((await ledger.allow([online]))[0]).content.number;
}

onEveryEngine((open) => {
  const house = (claim: (opened: DelayHouse) => Promise<void>) => withDelayHouse(open, claim);

  test('a delayed invoice that throws keeps no other seller’s waiting, and no consent alive', () =>
    house(async (opened) => {
      const { ledger, clock } = opened;
      const allowance = await allowOnline(opened);
      for (const outcome of await ledger.schedule([unforeseen('X'), delayed('A')])) {
        accepted(outcome);
      }
      clock.advanceMs(5 * DAY_MS);
      const { work, errors } = clockWork(opened);
      assert.equal(await work.round(), 2);
      assert.equal(await stateOf(opened), 'issued');
      assert.equal((await ledger.reads.findConsent(SELLER_A.ubn, allowance))?.state, 'expired');
      assert.equal(await stateOf(opened, SELLER_B.ubn, 'X'), 'waiting');
      assert.equal(errors.length, 1);
    }));

  test('one that throws is put off for growing times, and issued once it can be', () =>
    house(async (opened) => {
      const { ledger, clock } = opened;
      accepted((await ledger.schedule([delayed('A')]))[0]);
      clock.advanceMs(DAY_MS);
      let isBroken = true;
      const { work, errors } = clockWork(opened, {
        issuePending: (commands) =>
          isBroken ? Promise.reject(new Error('unforeseen')) : ledger.issuePending(commands),
      });
      const tryAfter = async (pauseMs: number) => {
        clock.advanceMs(pauseMs);
        const settled = await work.round();
        return [settled, errors.length];
      };
      assert.deepEqual(await tryAfter(0), [0, 1]);
      assert.deepEqual(await tryAfter(59_000), [0, 1]);
      assert.deepEqual(await tryAfter(1_000), [0, 2]);
      assert.deepEqual(await tryAfter(299_000), [0, 2]);
      assert.deepEqual(await tryAfter(1_000), [0, 3]);
      isBroken = false;
      assert.deepEqual(await tryAfter(900_000), [1, 3]);
      assert.equal(await stateOf(opened), 'issued');
    }));

  test('a round full of those that throw leaves the next one to the others', () =>
    house(async (opened) => {
      const { ledger, clock } = opened;
      const broken = Array.from({ length: ROUND_MAX }, (_, index) => unforeseen(`X${index}`));
      await ledger.schedule(broken);
      clock.advanceMs(1_000);
      await ledger.schedule([delayed('A', { delayDays: 2 })]);
      clock.advanceMs(5 * DAY_MS);
      const { work, errors } = clockWork(opened);
      await work.round();
      await work.round();
      assert.equal(errors.length, ROUND_MAX);
      assert.equal(await stateOf(opened), 'issued');
    }));

  test('what was answered with BUSY was not settled: the loop pauses before it asks again', () =>
    house(async (opened) => {
      const { ledger, clock } = opened;
      await allowOnline(opened);
      accepted((await ledger.schedule([delayed('A')]))[0]);
      clock.advanceMs(5 * DAY_MS);
      const busy = async (commands: readonly unknown[]) =>
        commands.map(() => refused(fault('BUSY', '', 'send again later')));
      const { work, errors } = clockWork(opened, { issuePending: busy, expireAllowance: busy });
      assert.equal(await work.round(), 0);
      assert.equal(errors.length, 0);
      // Not put off: it is asked again at once.
      assert.equal(await clockWork(opened).work.round(), 2);
    }));
});
