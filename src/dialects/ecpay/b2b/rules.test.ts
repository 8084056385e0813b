/** Every rule of the B2B API at its bounds, over a real ledger, on both engines. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import {
  type B2bCall,
  type B2bCase,
  EXCHANGED,
  exchanged,
  issued,
  items,
  MERCHANT_A,
  STORED,
} from '../../../../test/support/ecpay-b2b-case.ts';
import { ISSUE_RULE_CASES } from '../../../../test/support/ecpay-b2b-issue-rules.ts';
import { STEP_RULE_CASES } from '../../../../test/support/ecpay-b2b-step-rules.ts';
import type { Members } from '../../../../test/support/ecpay-bytes.ts';
import { type EcpayHouse, openEcpayHouse } from '../../../../test/support/ecpay-house.ts';
import { type OpenedStore, onEveryEngine } from '../../../../test/support/engines.ts';

onEveryEngine((open) => {
  describe('rules', () => {
    let opened: OpenedStore;
    before(async () => {
      opened = await open();
    });
    beforeEach(() => opened.store.clear());
    after(() => opened.remove());

    async function inHouse(run: (house: EcpayHouse) => Promise<void>): Promise<void> {
      const segments = [{ code: '', category: 'b2b', count: 50 }] as const;
      const house = await openEcpayHouse({ segments, opened });
      try {
        await run(house);
      } finally {
        await house.close();
      }
    }

    for (const rule of [...ISSUE_RULE_CASES, ...STEP_RULE_CASES]) {
      test(`${rule.name} answers ${rule.answers}`, () => inHouse((house) => runRule(house, rule)));
    }

    test('999 lines are taken, one more is not, in either mode', () =>
      inHouse(async (house) => {
        const lines = (count: number) => ({
          SalesAmount: count,
          TaxAmount: Math.round(count / 20),
          TotalAmount: count + Math.round(count / 20),
          Items: items(...Array.from({ length: count }, (_, at) => [`品${at}`, 1, 1] as const)),
        });
        for (const call of [STORED, EXCHANGED]) assert.equal(await answerOf(house, call, []), 1);
        assert.equal(await answerOf(house, issued(lines(999)), []), 1);
        const more = { ...lines(1000), RelateNumber: 'more' };
        assert.equal(await answerOf(house, issued(more), []), 8960714);
        const most = exchanged({ ...lines(999), RelateNumber: 'most' });
        assert.equal(await answerOf(house, most, []), 1);
      }));
  });
});

async function runRule(house: EcpayHouse, rule: B2bCase): Promise<void> {
  const earlier: Members[] = [];
  for (const call of rule.given ?? []) assert.equal(await answerOf(house, call, earlier), 1);
  assert.equal(await answerOf(house, rule, earlier), rule.answers);
}

/** RtnCode of the call; its answer is kept for the calls after it. */
async function answerOf(house: EcpayHouse, call: B2bCall, earlier: Members[]): Promise<number> {
  if (call.at !== undefined) house.clock.set(call.at);
  const merchant = call.by ?? MERCHANT_A;
  const data = typeof call.data === 'function' ? call.data(earlier) : call.data;
  const reply = await house.call(`B2B/${call.action}`, data, { merchant });
  earlier.push(reply.data);
  return Number(reply.data.RtnCode);
}
