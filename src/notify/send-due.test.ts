/**
 * Rounds of a lane over a ledger that is busy or throws, on both engines: what was sent is recorded in the end
 * and sent once, and no notice stands in front of the others.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DelayHouse, issueOf, withDelayHouse } from '../../test/support/delayed-invoices.ts';
import { SELLER_A } from '../../test/support/demo.ts';
import { onEveryEngine } from '../../test/support/engines.ts';
import { countingMail, notices, partsOf } from '../../test/support/notifier-parts.ts';
import { fault, refused } from '../domain/fault.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { Notifier } from './notifier.ts';

const { ubn: seller } = SELLER_A;

onEveryEngine((open) => {
  const house = (claim: (opened: DelayHouse) => Promise<void>) => withDelayHouse(open, claim);

  test('an outcome that a busy ledger did not take is told again, and nothing is sent twice', () =>
    house(async (opened) => {
      const { ledger } = opened;
      await ledger.issue([issueOf('BUSY')]);
      let refusals = 2;
      const busy: Pick<Ledger, 'recordNotice'> = {
        async recordNotice(commands) {
          if (commands[0]?.to !== 'sent' || refusals === 0) return ledger.recordNotice(commands);
          refusals -= 1;
          return commands.map(() => refused(fault('BUSY', '', '')));
        },
      };
      const sent = countingMail();
      const notifier = new Notifier(partsOf(opened, { ledger: { ...ledger, ...busy }, ...sent }));
      await notifier.follow();
      const states: (string | undefined)[] = [];
      for (let round = 0; round < 3; round += 1) {
        await notifier.send('people');
        states.push((await notices(opened))[0]?.state);
      }
      assert.deepEqual(states, ['sending', 'sending', 'sent']);
      assert.equal(sent.count(), 1);
    }));

  test('an outcome known to this process is told before it is called cut off', () =>
    house(async (opened) => {
      const { ledger } = opened;
      await ledger.issue([issueOf('TERM')]);
      let isBusy = true;
      const busy: Pick<Ledger, 'recordNotice'> = {
        recordNotice: async (commands) =>
          isBusy && commands[0]?.to === 'sent'
            ? commands.map(() => refused(fault('BUSY', '', '')))
            : ledger.recordNotice(commands),
      };
      const notifier = new Notifier(partsOf(opened, { ledger: { ...ledger, ...busy } }));
      await notifier.follow();
      await notifier.send('people');
      isBusy = false;
      await notifier.settleCutOff('people');
      assert.equal((await notices(opened))[0]?.state, 'sent');
    }));

  test('one notice that the ledger throws at keeps no other waiting, and is tried again later', () =>
    house(async (opened) => {
      const { ledger, clock } = opened;
      await ledger.issue(Array.from({ length: 4 }, (_, index) => issueOf(`T${index}`)));
      const follower = new Notifier(partsOf(opened));
      await follower.follow();
      const [first, second] = await notices(opened);
      assert(first !== undefined && second !== undefined);
      let isBroken = true;
      const throws = (commands: readonly { readonly sequence: number; readonly to: string }[]) =>
        isBroken &&
        commands.some(
          ({ sequence, to }) =>
            (sequence === first.sequence && to === 'sending') ||
            (sequence === second.sequence && to === 'sent'),
        );
      const broken: Pick<Ledger, 'recordNotice'> = {
        recordNotice: async (commands) => {
          if (throws(commands)) throw new Error('a row that cannot be written');
          return ledger.recordNotice(commands);
        },
      };
      const sent = countingMail();
      const notifier = new Notifier(partsOf(opened, { ledger: { ...ledger, ...broken }, ...sent }));
      assert.equal(await notifier.send('people'), 3);
      assert.equal(await notifier.send('people'), 0);
      const states = async () => (await notices(opened)).map(({ state }) => state);
      assert.deepEqual(await states(), ['due', 'sending', 'sent', 'sent']);
      isBroken = false;
      clock.advanceMs(60_001);
      assert.equal(await notifier.send('people'), 1);
      assert.deepEqual(await states(), ['sent', 'sent', 'sent', 'sent']);
      assert.equal(sent.count(), 4);
    }));

  test('a cut-off attempt that the ledger throws at keeps the others from waiting', () =>
    house(async (opened) => {
      const { ledger } = opened;
      await ledger.issue(Array.from({ length: 3 }, (_, index) => issueOf(`C${index}`)));
      await new Notifier(partsOf(opened)).follow();
      const owed = await notices(opened);
      const base = { seller, account: 'system', ip: '', to: 'sending' } as const;
      await ledger.recordNotice(owed.map(({ sequence }) => ({ ...base, sequence })));
      const stuck = owed[1]?.sequence;
      const broken: Pick<Ledger, 'recordNotice'> = {
        recordNotice: async (commands) => {
          if (commands.some(({ sequence }) => sequence === stuck)) throw new Error('not this one');
          return ledger.recordNotice(commands);
        },
      };
      const next = new Notifier(partsOf(opened, { ledger: { ...ledger, ...broken } }));
      await next.settleCutOff('people');
      const states = (await notices(opened)).map(({ state }) => state);
      assert.deepEqual(states, ['failed', 'sending', 'failed']);
    }));
});
