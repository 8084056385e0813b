/**
 * Every documented answer of the B2C endpoints, over a real ledger on either engine: request and reply are goldens in
 * `examples/ecpay-b2c/`, which is also where integrators read them. Rewritten with `--update`.
 */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import {
  type Case,
  type CaseCall,
  CONFIRMED,
  type Earlier,
} from '../../../test/support/ecpay-b2c-case.ts';
import { DELAY_CASES } from '../../../test/support/ecpay-b2c-delay-cases.ts';
import { FIELD_CASES } from '../../../test/support/ecpay-b2c-field-cases.ts';
import { ISSUE_BAD, ISSUE_GOOD } from '../../../test/support/ecpay-b2c-issue-cases.ts';
import { LOOK_UP_CASES } from '../../../test/support/ecpay-b2c-look-up-cases.ts';
import { NOTIFY_CASES, ONLINE_CASES } from '../../../test/support/ecpay-b2c-notice-cases.ts';
import { OFFLINE_CASES } from '../../../test/support/ecpay-b2c-offline-cases.ts';
import {
  ALLOWANCE_CASES,
  ENVELOPE_CASES,
  QUERY_CASES,
  VOID_CASES,
} from '../../../test/support/ecpay-b2c-other-cases.ts';
import { PRINT_CASES } from '../../../test/support/ecpay-b2c-print-cases.ts';
import { REISSUE_CASES } from '../../../test/support/ecpay-b2c-reissue-cases.ts';
import { TRACK_CASES } from '../../../test/support/ecpay-b2c-track-cases.ts';
import { MERCHANT_A, type Members, type Merchant } from '../../../test/support/ecpay-bytes.ts';
import { type EcpayHouse, openEcpayHouse } from '../../../test/support/ecpay-house.ts';
import { ENGINES, type OpenedStore } from '../../../test/support/engines.ts';
import { assertGolden, repositoryPath } from '../../../test/support/golden.ts';
import { FAULTS, type FaultCode } from '../../domain/fault.ts';
import { type Action, answerTo, B2C_ACTIONS } from './faults.ts';

const GROUPS: Readonly<Record<string, readonly Case[]>> = {
  'Issue, issued': ISSUE_GOOD,
  'Issue, refused': ISSUE_BAD,
  Invalid: VOID_CASES,
  VoidWithReIssue: REISSUE_CASES,
  'Allowance, AllowanceInvalid': ALLOWANCE_CASES,
  'delayed issue': DELAY_CASES,
  'online allowance': ONLINE_CASES,
  InvoiceNotify: NOTIFY_CASES,
  queries: QUERY_CASES,
  'look-ups': LOOK_UP_CASES,
  'number tracks': TRACK_CASES,
  'offline machines': OFFLINE_CASES,
  InvoicePrint: PRINT_CASES,
  'members refused': FIELD_CASES,
  envelope: ENVELOPE_CASES,
};
const FOLDER = 'examples/ecpay-b2c';

for (const [engine, open] of Object.entries(ENGINES)) {
  describe(engine, () => {
    const place: { opened?: OpenedStore } = {};
    before(async () => {
      place.opened = await open();
    });
    after(() => place.opened?.remove());
    for (const [group, cases] of Object.entries(GROUPS)) {
      describe(group, () => {
        for (const example of cases) {
          test(`${example.name} answers ${example.answers}`, async () => {
            assert(place.opened !== undefined);
            await place.opened.store.clear();
            await runCase(example, place.opened);
          });
        }
      });
    }
  });
}

test('no example is left that no case makes', () => {
  const made = new Set(Object.values(GROUPS).flatMap((cases) => cases.map(({ name }) => name)));
  const kept = readdirSync(repositoryPath(FOLDER));
  assert.deepEqual(
    kept.filter((name) => !made.has(name)),
    [],
  );
});

/**
 * Refusals that no request alone can cause (the center's own failures, a clock that was set back), and one
 * whose request is a thousand lines long.
 */
const WITHOUT_EXAMPLE: ReadonlySet<FaultCode> = new Set([
  'BUSY',
  'SELLER_UNKNOWN',
  'CLOCK_BEHIND_SEGMENT',
  'LINES_TOO_MANY',
]);
/** Actions whose rules others share, word for word: one example of such a rule is enough. */
const BASES: readonly Action[] = ['Issue', 'Allowance', 'Invalid'];

/** What the examples of an action answer. */
function answersOf(action: Action): ReadonlySet<number> {
  const cases = Object.values(GROUPS).flat();
  const own = cases.filter((example) => example.action === action);
  return new Set(own.map((example) => example.answers));
}

function hasExample(action: Action, code: FaultCode, rtnCode: number): boolean {
  return [action, ...BASES].some(
    (one) => answerTo(one, { code, path: '' })?.rtnCode === rtnCode && answersOf(one).has(rtnCode),
  );
}

for (const action of B2C_ACTIONS) {
  test(`${action} has an example of success, and one of each of its refusals`, () => {
    // Every code is in this table.
    const codes = (Object.keys(FAULTS) as readonly FaultCode[]).filter(
      (code) => !code.startsWith('FIELD_') && !WITHOUT_EXAMPLE.has(code),
    );
    const missing = codes.flatMap((code) => {
      const answer = answerTo(action, { code, path: '' });
      const isMissing = answer !== undefined && !hasExample(action, code, answer.rtnCode);
      return isMissing ? [`${code} ${answer.rtnCode}`] : [];
    });
    assert.deepEqual(missing, []);
    const successes = [1, 4000003, 4000004];
    assert(successes.some((rtnCode) => answersOf(action).has(rtnCode)));
  });
}

async function runCase(example: Case, opened: OpenedStore): Promise<void> {
  const house = await openEcpayHouse({ ...example.house, opened });
  try {
    const given: (Members | string)[] = [];
    const earlier: Members[] = [];
    for (const step of example.given ?? []) {
      if (step === CONFIRMED) {
        await house.confirmAll();
        given.push(step);
        continue;
      }
      const merchant = example.options?.merchant;
      const { action, data } = prepared(house, step, earlier, merchant);
      const reply = await house.call(action, data, merchant === undefined ? {} : { merchant });
      assert.equal(
        reply.data.RtnCode,
        step.replies ?? 1,
        `${action} before ${example.name}: ${reply.dataText}`,
      );
      earlier.push(reply.data);
      given.push({ path: `/B2CInvoice/${action}`, data });
    }
    await example.meanwhile?.(house, earlier);
    const { action, data } = prepared(house, example, earlier, example.options?.merchant);
    const reply = await house.call(action, data, example.options);
    const { Data: sealed, ...envelope } = reply.envelope;
    const isRead = sealed !== null;
    assert.equal(isRead ? reply.data.RtnCode : envelope.TransCode, example.answers, reply.dataText);
    const { Data: _cipher, ...outer } = JSON.parse(house.body(data, example.options));
    golden(example.name, 'request', {
      given,
      path: `/B2CInvoice/${action}`,
      envelope: outer,
      data: example.options?.sealed ?? data,
    });
    const answer = isRead ? { data: reply.data } : { data: null };
    golden(example.name, 'response', { status: reply.status, envelope, ...answer });
  } finally {
    await house.close();
  }
}

/** The call with its data made from the answers before, at its time. */
function prepared(
  house: EcpayHouse,
  step: CaseCall,
  earlier: Earlier,
  merchant: Merchant = MERCHANT_A,
) {
  if (step.at !== undefined) house.clock.set(step.at);
  const data = typeof step.data === 'function' ? step.data(earlier) : step.data;
  return { action: step.action, data: { MerchantID: merchant.id, ...data } };
}

function golden(name: string, part: 'request' | 'response', value: unknown): void {
  assertGolden(`${FOLDER}/${name}/${part}.json`, `${JSON.stringify(value, null, 2)}\n`);
}
