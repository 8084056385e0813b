/**
 * Every documented answer of the B2B endpoints over a real ledger, on both engines: request and reply are
 * goldens in `examples/ecpay-b2b/`, which is also where integrators read them, and so is every message to the
 * Ministry that the call causes. Rewritten with `--update`.
 */
import assert from 'node:assert/strict';
import { globSync, readdirSync, readFileSync } from 'node:fs';
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
import { checkAllAgainstSchema } from '../../../../test/support/mig-schema.ts';
import { KeptLog } from '../../../../test/support/mof-house.ts';
import { requireReference } from '../../../../test/support/reference.ts';
import type { FilingRow } from '../../../ledger/rows.ts';
import { ALL_TABLES } from '../../../mof/mig/message-tables.ts';
import { readChecked } from '../../../mof/mig/read-message.ts';
import { composeFilings } from '../../../mof/turnkey/compose-filings.ts';

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

/** Every message of every example, by its path. */
function messages(): readonly (readonly [string, string])[] {
  return globSync('*/*.xml', { cwd: repositoryPath(FOLDER) })
    .sort()
    .map((path) => [path, readFileSync(repositoryPath(`${FOLDER}/${path}`), 'utf8')] as const);
}

test('every message of the examples passes Kaili’s own tables', () => {
  for (const [path, xml] of messages()) {
    const table = ALL_TABLES.find(({ message }) => path.endsWith(`/${message}.xml`));
    assert(table !== undefined, path);
    const read = readChecked(table, xml);
    assert(read.ok, `${path}: ${JSON.stringify(read)}`);
  }
});

test('every message of the examples passes the Ministry’s schemas, and all kinds are there', async (t) => {
  const found = messages();
  const kinds = new Set(found.map(([path]) => path.slice(-'A0101.xml'.length, -'.xml'.length)));
  assert.deepEqual([...kinds].sort(), [
    ...['A0101', 'A0102', 'A0201', 'A0202', 'A0301', 'A0302', 'B0101', 'B0102', 'B0201', 'B0202'],
    ...['F0401', 'F0501', 'F0701', 'G0401', 'G0501'],
  ]);
  if (requireReference(t, 'mig-xsd') === null) return;
  const errors = await checkAllAgainstSchema(found.map(([, xml]) => xml));
  errors.forEach((own, index) => {
    assert.deepEqual(own, [], found[index]?.[0] ?? '');
  });
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
  const filed = new Set((await filings(house)).map(filingName));
  const reply = await house.call(action, data, { merchant });
  const { Data: _sealed, ...envelope } = reply.envelope;
  assert.equal(reply.data.RtnCode, example.answers, reply.dataText);
  const { Data: _cipher, ...outer } = JSON.parse(house.body(data, { merchant }));
  const request = { given, path: pathOf(action), envelope: outer, data };
  assertGolden(`${FOLDER}/${example.name}/request.json`, `${JSON.stringify(request, null, 2)}\n`);
  const response = { status: reply.status, envelope, data: reply.data };
  assertGolden(`${FOLDER}/${example.name}/response.json`, `${JSON.stringify(response, null, 2)}\n`);
  const owed = (await filings(house)).filter((filing) => !filed.has(filingName(filing)));
  await assertMessages(house, example, owed);
}

async function filings({ ledger }: EcpayHouse): Promise<readonly FilingRow[]> {
  return (await ledger.reads.listFilings({}, 0, 100)).items;
}
function filingName({ seller, sequence }: FilingRow): string {
  return `${seller}/${sequence}`;
}

/** The messages that the call caused, as they go to Turnkey; no other message lies in its folder. */
async function assertMessages(
  { ledger, accounts }: EcpayHouse,
  { name }: B2bCase,
  owed: readonly FilingRow[],
): Promise<void> {
  const log = new KeptLog();
  const { composed, obstructed } = await composeFilings({ ledger, accounts, log }, owed);
  assert.deepEqual(log.errors(), []);
  for (const { filing, text } of obstructed) {
    assert(filing.holds.length > 0, `${name}: ${filing.message} cannot go out: ${text}`);
  }
  for (const { filing, bytes } of composed) {
    const xml = new TextDecoder().decode(bytes);
    assertGolden(`${FOLDER}/${name}/${filing.message}.xml`, xml);
  }
  const kept = readdirSync(repositoryPath(`${FOLDER}/${name}`)).filter((file) =>
    file.endsWith('.xml'),
  );
  assert.deepEqual(kept.sort(), composed.map(({ filing }) => `${filing.message}.xml`).sort());
}

/** The call with its data made from the answers before, at its time. */
function prepared(house: EcpayHouse, call: B2bCall, earlier: readonly Members[]) {
  if (call.at !== undefined) house.clock.set(call.at);
  const merchant = call.by ?? MERCHANT_A;
  const data = typeof call.data === 'function' ? call.data(earlier) : call.data;
  return { action: `B2B/${call.action}`, data: { MerchantID: merchant.id, ...data }, merchant };
}
