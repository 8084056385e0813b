/**
 * Careless clients: in every example of a success each member in turn holds what no page allows, and the
 * action still answers as the API says: HTTP 200, a code that names a rule or a success, and never a failure
 * of Kaili's own. The short form sends every 29th such request, `KAILI_TEST_LONG=1` all of them, on
 * both engines.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  MERCHANT_A,
  MERCHANT_B,
  type Members,
  type Merchant,
} from '../../../test/support/ecpay-bytes.ts';
import {
  type EcpayHouse,
  type HouseOptions,
  openEcpayHouse,
  POS_MERCHANT,
} from '../../../test/support/ecpay-house.ts';
import { type OpenedStore, onEveryEngine } from '../../../test/support/engines.ts';
import { repositoryPath } from '../../../test/support/golden.ts';

const FOLDERS = ['examples/ecpay-b2c', 'examples/ecpay-b2b'] as const;
const EVERY = process.env.KAILI_TEST_LONG === '1' ? 1 : 29;
const SUCCESSES: ReadonlySet<number> = new Set([1, 4000003, 4000004]);
const MERCHANTS: readonly Merchant[] = [MERCHANT_A, MERCHANT_B, POS_MERCHANT];
/** Numbers enough for every request that is issued after all. */
const SEGMENTS = [
  { code: '', category: 'b2c', count: 700 },
  { code: '', category: 'b2b', count: 700 },
  { code: '', category: 'any', count: 100 },
] as const;

/** What stands where a member should. */
const WRONG: readonly unknown[] = [
  ...[null, true, false, '', ' ', [], {}, [[]], [{}], [null], { a: 1 }],
  ...[0, -1, 1e21, 1.797e308, 5e-324, 115, 999, '-0', 'NaN', 'Infinity', '0x10', '1e5', '+5', '.5'],
  ...[
    '00',
    '007',
    '00000000',
    '0000000000',
    '99999999999999999999',
    '1.0000000000',
    '０',
    '２０２６',
  ],
  ...['x'.repeat(10_000), '\u0000', '\ud800', '\uffff', '\u202e', '\u2028', '😀😀😀', 'a\u0301'],
  ...["a'b", 'a"b\\', '%', '_', '%00', '\\u0000', '__proto__', 'constructor'],
  ...['2026-02-30', '0000-00-00', '0001-01-01', '1911-12-31', '9999-12-31 23:59:59', '24:00:00'],
  ...['http://[::1', 'javascript:alert(1)', 'https://user:pw@host/', 'KA10000000', 'ka10000000'],
];

interface Example {
  readonly name: string;
  readonly action: string;
  readonly data: Members;
  readonly given: readonly (string | { readonly path: string; readonly data: Members })[];
}

function examples(): readonly Example[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(repositoryPath(folder)).flatMap((name) => {
      const [request, response] = ['request', 'response'].map((part) =>
        JSON.parse(readFileSync(repositoryPath(`${folder}/${name}/${part}.json`), 'utf8')),
      );
      const isGood = SUCCESSES.has(Number(response.data?.RtnCode));
      if (!isGood || name.startsWith('envelope-')) return [];
      const { data, given, path } = request;
      return [{ name, action: actionOf(path), data, given: given ?? [] }];
    }),
  );
}

function actionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return path.startsWith('/B2BInvoice/') ? `B2B/${name}` : name;
}

/** Who sends it: the merchant that the data names. */
function senderOf({ MerchantID: id }: Members): HouseOptions {
  const merchant = MERCHANTS.find((one) => one.id === id);
  return merchant === undefined ? {} : { merchant };
}

type Path = readonly (string | number)[];

/** Paths of every member but MerchantID, those of lines and models too. */
function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (name === 'MerchantID') return [];
    const key = Array.isArray(value) ? Number(name) : name;
    return [[...path, key], ...pathsOf(inner, [...path, key])];
  });
}

function replaced(value: unknown, [first, ...rest]: Path, by: unknown): unknown {
  if (first === undefined) return by;
  if (Array.isArray(value)) {
    return value.map((inner, index) => (index === first ? replaced(inner, rest, by) : inner));
  }
  const members = Object(value);
  return { ...members, [first]: replaced(members[first], rest, by) };
}

async function sendAll(house: EcpayHouse, example: Example, start: number): Promise<number> {
  const { action, data, name } = example;
  for (const step of example.given) {
    if (typeof step === 'string') await house.confirmAll();
    else await house.call(actionOf(step.path), step.data, senderOf(step.data));
  }
  let count = start;
  for (const path of pathsOf(data)) {
    for (const wrong of WRONG) {
      count += 1;
      if (count % EVERY !== 0) continue;
      const [first] = path;
      // Otherwise most would be refused for a number used before, and go no further.
      const fresh = {
        ...(first !== 'RelateNumber' && 'RelateNumber' in data && action.endsWith('Issue')
          ? { RelateNumber: `CARELESS-${count}` }
          : {}),
        ...(first !== 'Tsr' && action === 'DelayIssue' ? { Tsr: `CARELESS-${count}` } : {}),
      };
      const sent = { ...data, ...fresh };
      // Members of an object, one of them replaced.
      const careless = replaced(sent, path, wrong) as Members;
      const reply = await house.call(action, careless, senderOf(data));
      const what = `${name}: ${path.join('.')} is ${JSON.stringify(wrong)?.slice(0, 40)}`;
      assert.equal(reply.status, 200, what);
      assert.equal(reply.notes.failure, undefined, `${what}: ${JSON.stringify(reply.notes)}`);
      assert.notEqual(Number(reply.data.RtnCode ?? 1), 0, what);
    }
  }
  return count;
}

onEveryEngine((open, engine) => {
  test(`no member, whatever it holds, makes Kaili fail, ${engine}`, async () => {
    const opened: OpenedStore = await open();
    try {
      let count = 0;
      for (const example of examples()) {
        await opened.store.clear();
        const house = await openEcpayHouse({ opened, segments: SEGMENTS });
        count = await sendAll(house, example, count);
        await house.close();
      }
      assert(count > 50_000, String(count));
    } finally {
      await opened.remove();
    }
  });
});
