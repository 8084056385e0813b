/**
 * Claims about asking the Ministry's business API, against an HTTP server of the test's own that answers
 * well, badly, late, too much, or not at all.
 */
import assert from 'node:assert/strict';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { seededRandom } from '../../../test/support/engines.ts';
import { parseDonationCode } from '../../domain/donation-code.ts';
import type { Outcome } from '../../domain/fault.ts';
import { ubn } from '../../domain/ubn.ts';
import type { Registry } from '../../ledger/registry-ports.ts';
import { ministryRegistry } from './ministry-registry.ts';
import { createMinistryService, QUESTIONS_AT_ONCE_MAX } from './ministry-service.ts';

const CODE = parseDonationCode('168001') ?? assert.fail();
const NO_COMPANIES = { findCompany: async () => null, companyEdition: async () => null };

/** What the server was asked, and how it answers. */
const fake: { asked: URLSearchParams[]; reply: (response: ServerResponse) => void } = {
  asked: [],
  reply: answering('{"isExist":"Y"}'),
};
let server: Server;
let url = '';

function answering(body: string, status = 200): (response: ServerResponse) => void {
  return (response) => void response.writeHead(status).end(body);
}

before(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      fake.asked.push(new URLSearchParams(Buffer.concat(chunks).toString('utf8')));
      fake.reply(response);
    });
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const address = server.address();
  assert(address !== null && typeof address === 'object');
  url = `http://127.0.0.1:${address.port}/BIZAPIVAN/biz`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

function registry(at = url, questionMsMax = 2_000): Registry {
  const random = seededRandom(7);
  const service = createMinistryService({ url: at, appId: 'APP-1', random, questionMsMax });
  return ministryRegistry({ service, companies: NO_COMPANIES });
}

function assertUnavailable(outcome: Outcome<unknown>, hint: RegExp): void {
  assert(!outcome.ok, 'it answered');
  assert.deepEqual(
    outcome.faults.map(({ code }) => code),
    ['REGISTRY_UNAVAILABLE'],
  );
  assert.match(outcome.faults[0]?.hint ?? '', hint);
}

describe('the Ministry’s service', () => {
  test('is asked for a barcode as its form says, each time under another transaction id', async () => {
    fake.asked = [];
    fake.reply = answering('{"version":"1.0","code":"200","msg":"ok","isExist":"Y"}');
    const asking = registry();
    assert.deepEqual(await asking.isMobileBarcodeKnown('/AB+12.-'), { ok: true, value: true });
    await asking.isMobileBarcodeKnown('/AB+12.-');
    const [first, second] = fake.asked;
    assert(first !== undefined && second !== undefined);
    const { TxID, ...members } = Object.fromEntries(first);
    assert.deepEqual(members, {
      version: '1.0',
      action: 'bcv',
      barCode: '/AB+12.-',
      appId: 'APP-1',
    });
    assert.notEqual(TxID, second.get('TxID'));
  });

  test('is asked for a donation code, and N means that nobody has it', async () => {
    fake.asked = [];
    fake.reply = answering('{"isExist":"N"}');
    assert.deepEqual(await registry().findDonationOrganisation(CODE), { ok: true, value: null });
    assert.equal(fake.asked[0]?.get('action'), 'preserveCodeCheck');
    assert.equal(fake.asked[0]?.get('pCode'), '168001');
    fake.reply = answering('{"isExist":"Y"}');
    assert.deepEqual(await registry().findDonationOrganisation(CODE), {
      ok: true,
      value: { name: '' },
    });
  });

  const failures: readonly [string, (response: ServerResponse) => void, RegExp][] = [
    ['status 500', answering('{"isExist":"Y"}', 500), /status 500/],
    ['a page instead of JSON', answering('<html>'), /no JSON/],
    ['neither Y nor N', answering('{"code":"919","msg":"AppID 錯誤"}'), /neither Y nor N/],
    ['null', answering('null'), /neither Y nor N/],
    ['a flood', answering(`"${'x'.repeat(70_000)}"`), /too long/],
    ['a redirect', (response) => response.writeHead(302, { location: url }).end(), /reached/],
    ['a broken connection', (response) => void response.destroy(), /reached/],
  ];
  for (const [what, reply, hint] of failures) {
    test(`${what} is a failure, not an answer`, async () => {
      fake.reply = reply;
      assertUnavailable(await registry().isMobileBarcodeKnown('/ABC1234'), hint);
    });
  }

  test('one that never answers is given up after the time-out', async () => {
    fake.reply = () => undefined;
    assertUnavailable(await registry(url, 100).isMobileBarcodeKnown('/ABC1234'), /within 100 ms/);
  });

  test('one that begins and never ends is given up after the time-out', async () => {
    fake.reply = (response) => void response.writeHead(200).write('{"isEx');
    assertUnavailable(await registry(url, 200).isMobileBarcodeKnown('/ABC1234'), /within 200 ms/);
  });

  test('one that nobody runs is a failure', async () => {
    const nobody = registry('http://127.0.0.1:9/biz');
    assertUnavailable(await nobody.isMobileBarcodeKnown('/ABC1234'), /reached/);
  });

  test('more questions than may be under way fail at once; then there is room again', async () => {
    const waiting: ServerResponse[] = [];
    fake.reply = (response) => void waiting.push(response);
    const asking = registry();
    const asked = Array.from({ length: QUESTIONS_AT_ONCE_MAX }, () =>
      asking.isMobileBarcodeKnown('/ABC1234'),
    );
    assertUnavailable(await asking.isMobileBarcodeKnown('/ABC1234'), /under way/);
    while (waiting.length < QUESTIONS_AT_ONCE_MAX) await new Promise(setImmediate);
    fake.reply = answering('{"isExist":"Y"}');
    for (const response of waiting) answering('{"isExist":"N"}')(response);
    for (const outcome of await Promise.all(asked)) {
      assert.deepEqual(outcome, { ok: true, value: false });
    }
    assert.equal((await asking.isMobileBarcodeKnown('/ABC1234')).ok, true);
  });

  test('without an AppID nothing is asked', async () => {
    fake.asked = [];
    const mute = ministryRegistry({ service: null, companies: NO_COMPANIES });
    assertUnavailable(await mute.isMobileBarcodeKnown('/ABC1234'), /AppID/);
    assertUnavailable(await mute.findDonationOrganisation(CODE), /AppID/);
    assert.deepEqual(fake.asked, []);
  });
});

describe('company names', () => {
  const SHOP = ubn('12345675');

  test('come from the register; who is not in it is unknown', async () => {
    const companies = {
      findCompany: async (one: string) => (one === SHOP ? '開立測試商店' : null),
      companyEdition: async () => 1,
    };
    const imported = ministryRegistry({ service: null, companies });
    assert.deepEqual(await imported.findCompanyName(SHOP), { ok: true, value: '開立測試商店' });
    assert.deepEqual(await imported.findCompanyName(ubn('22222229')), { ok: true, value: null });
  });

  test('without any register nobody is called unknown', async () => {
    const none = ministryRegistry({ service: null, companies: NO_COMPANIES });
    assertUnavailable(await none.findCompanyName(SHOP), /no company register/);
  });
});
