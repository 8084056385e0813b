/**
 * Every documented answer of the B2B endpoints over a real ledger, on both engines: request and reply are
 * goldens in `examples/ecpay-b2b/`, which is also where integrators read them. Rewritten with `--update`.
 */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { B2bCall, B2bCase } from '../../../../test/support/ecpay-b2b-case.ts';
import {
  ALLOWANCE_CASES,
  QUERY_CASES,
  STEP_CASES,
} from '../../../../test/support/ecpay-b2b-cases.ts';
import {
  ISSUE_CASES,
  PARTNER_CASES,
  REISSUE_CASES,
} from '../../../../test/support/ecpay-b2b-issue-cases.ts';
import {
  COMPANY_CASES,
  NOTIFY_CASES,
  PRINT_CASES,
  TRACK_CASES,
} from '../../../../test/support/ecpay-b2b-other-cases.ts';
import { MERCHANT_A, type Members } from '../../../../test/support/ecpay-bytes.ts';
import { type EcpayHouse, openEcpayHouse, pathOf } from '../../../../test/support/ecpay-house.ts';
import { type OpenedStore, onEveryEngine } from '../../../../test/support/engines.ts';
import { assertGolden, repositoryPath } from '../../../../test/support/golden.ts';

const CASES: readonly B2bCase[] = [
  ...PARTNER_CASES,
  ...ISSUE_CASES,
  ...STEP_CASES,
  ...ALLOWANCE_CASES,
  ...QUERY_CASES,
  ...REISSUE_CASES,
  ...NOTIFY_CASES,
  ...PRINT_CASES,
  ...TRACK_CASES,
  ...COMPANY_CASES,
];
const FOLDER = 'examples/ecpay-b2b';

onEveryEngine((open) => {
  describe('examples', () => {
    let opened: OpenedStore;
    before(async () => {
      opened = await open();
    });
    beforeEach(() => opened.store.clear());
    after(() => opened.remove());
    for (const example of CASES) {
      test(`${example.name} answers ${example.answers}`, async () => {
        const segments = [{ code: '', category: 'b2b', count: 1000 }] as const;
        const house = await openEcpayHouse({ segments, ...example.house, opened });
        try {
          await runCase(house, example);
        } finally {
          await house.close();
        }
      });
    }
  });
});

test('no example is left that no case makes', () => {
  const made = new Set(CASES.map(({ name }) => name));
  assert.equal(made.size, CASES.length);
  const kept = readdirSync(repositoryPath(FOLDER));
  assert.deepEqual(
    kept.filter((name) => !made.has(name)),
    [],
  );
});

async function runCase(house: EcpayHouse, example: B2bCase): Promise<void> {
  const given: Members[] = [];
  const earlier: Members[] = [];
  for (const before of example.given ?? []) {
    const { action, data, merchant } = prepared(house, before, earlier);
    const reply = await house.call(action, data, { merchant });
    assert.equal(
      Number(reply.data.RtnCode),
      1,
      `${action} before ${example.name}: ${reply.dataText}`,
    );
    earlier.push(reply.data);
    given.push({ path: pathOf(action), data });
  }
  const { action, data, merchant } = prepared(house, example, earlier);
  const reply = await house.call(action, data, { merchant });
  const { Data: _sealed, ...envelope } = reply.envelope;
  assert.equal(reply.data.RtnCode, example.answers, reply.dataText);
  const { Data: _cipher, ...outer } = JSON.parse(house.body(data, { merchant }));
  const request = { given, path: pathOf(action), envelope: outer, data };
  assertGolden(`${FOLDER}/${example.name}/request.json`, `${JSON.stringify(request, null, 2)}\n`);
  const response = { status: reply.status, envelope, data: reply.data };
  assertGolden(`${FOLDER}/${example.name}/response.json`, `${JSON.stringify(response, null, 2)}\n`);
}

/** The call with its data made from the answers before, at its time. */
function prepared(house: EcpayHouse, call: B2bCall, earlier: readonly Members[]) {
  if (call.at !== undefined) house.clock.set(call.at);
  const merchant = call.by ?? MERCHANT_A;
  const data = typeof call.data === 'function' ? call.data(earlier) : call.data;
  return { action: `B2B/${call.action}`, data: { MerchantID: merchant.id, ...data }, merchant };
}
