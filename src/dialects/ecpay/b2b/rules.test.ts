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
  MERCHANT_B,
  queried,
  STORED,
  step,
} from '../../../../test/support/ecpay-b2b-case.ts';
import { ISSUE_RULE_CASES, reissued } from '../../../../test/support/ecpay-b2b-issue-rules.ts';
import { QUERY_RULE_CASES } from '../../../../test/support/ecpay-b2b-query-rules.ts';
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

    for (const rule of [...ISSUE_RULE_CASES, ...STEP_RULE_CASES, ...QUERY_RULE_CASES]) {
      test(`${rule.name} answers ${rule.answers}`, () => inHouse((house) => runRule(house, rule)));
    }

    test('an invoice dated into the period before takes a number of that period', () =>
      inHouse(async (house) => {
        const earlier: Members[] = [];
        assert.equal(await answerOf(house, STORED, earlier), 1);
        const back = issued({ InvoiceTime: '2026-12-31 23:59:59' });
        assert.equal(await answerOf(house, { ...back, at: '2027-01-05 10:00:00' }, earlier), 1);
        assert.equal(await answerOf(house, issued({ RelateNumber: 'now' }), earlier), 1);
        assert.match(String(earlier[1]?.InvoiceNumber), /^KA/);
        assert.match(String(earlier[2]?.InvoiceNumber), /^LA/);
      }));

    test('after a reissue both wait for the Ministry: the next reissue, and the void', () =>
      inHouse(async (house) => {
        const earlier: Members[] = [];
        for (const call of [STORED, issued(), reissued({})]) {
          assert.equal(await answerOf(house, call, earlier), 1);
        }
        assert.equal(await answerOf(house, reissued({}), earlier), 8960719);
        assert.equal(await answerOf(house, step('Invalid', MERCHANT_A), earlier), 5070451);
        await house.confirmAll();
        assert.equal(await answerOf(house, reissued({}), earlier), 1);
        await house.confirmAll();
        assert.equal(await answerOf(house, step('Invalid', MERCHANT_A), earlier), 1);
      }));

    test('GetIssue shows how the upload went, to its sender alone', () =>
      inHouse(async (house) => {
        const earlier: Members[] = [];
        for (const call of [EXCHANGED, exchanged(), step('IssueConfirm', MERCHANT_B)]) {
          assert.equal(await answerOf(house, call, earlier), 1);
        }
        const shown = async (action: string, by: typeof MERCHANT_A) => {
          await answerOf(house, queried(action, by), earlier);
          const { Upload_Status, Upload_Date } = Object(earlier.at(-1)?.RtnData);
          return [Upload_Status, Upload_Date];
        };
        assert.deepEqual(await shown('GetIssue', MERCHANT_A), [0, null]);
        assert.deepEqual(await shown('GetIssue', MERCHANT_B), [null, null]);
        const { items: filings } = await house.ledger.reads.listFilings({}, 0, 10);
        const issue = filings.find(({ message }) => message === 'A0101') ?? assert.fail();
        const { seller, sequence } = issue;
        const system = { seller, sequence, account: 'system', ip: '', text: '' } as const;
        const steps = { ...system, code: 'E0202' } as const;
        for (const to of ['handed', 'sent', 'refused'] as const) {
          const file = to === 'handed' ? { fileName: 'case.xml', isWritten: true } : {};
          await house.ledger.recordResult([{ ...steps, ...file, to }]);
        }
        assert.deepEqual(await shown('GetIssue', MERCHANT_A), [2, null]);
        await house.ledger.recordResult([{ ...steps, code: '', to: 'confirmed' }]);
        const done = [1, '2026-11-21 10:20:30'];
        assert.deepEqual(await shown('GetIssue', MERCHANT_A), done);
        // The confirmation is the buyer's message.
        assert.deepEqual(await shown('GetIssueConfirm', MERCHANT_A), [null, null]);
        assert.deepEqual(await shown('GetIssueConfirm', MERCHANT_B), [0, null]);
      }));

    test('a returned invoice that is issued again is not a returned one', () =>
      inHouse(async (house) => {
        const earlier: Members[] = [];
        for (const call of [STORED, issued(), step('Reject', MERCHANT_A)]) {
          assert.equal(await answerOf(house, call, earlier), 1);
        }
        const status = async () => {
          await answerOf(house, queried('GetIssue', MERCHANT_A), earlier);
          return Object(earlier.at(-1)?.RtnData).Issue_Status;
        };
        assert.equal(await status(), 0);
        house.clock.set('2026-11-21 11:00:00');
        assert.equal(await answerOf(house, reissued({}), earlier), 1);
        assert.equal(await status(), 1);
      }));

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
