/**
 * kill -9 while delayed invoices come due: each is issued exactly once, its callback is owed exactly once
 * and arrives at least once, whatever the process was doing when it died. Three kills an engine.
 */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createEcpayClient } from '../../packages/client/src/index.ts';
import { MERCHANT_A } from '../support/ecpay-bytes.ts';
import { seededRandom } from '../support/engines.ts';
import {
  makeHouse,
  SERVER_ENGINES,
  type ServerProcess,
  startServerProcess,
} from '../support/server-process.ts';

const INVOICES = 400;
const KILLS = 3;
const LIFE_MS_MIN = 20;
const LIFE_MS_SPREAD = 400;
const SETTLE_MS_MAX = 60_000;
const SEED = Number(process.env.KAILI_TEST_SEED ?? 20261121);

const ORDER = {
  CustomerPhone: '0911222333',
  Print: '0',
  Donation: '0',
  CarrierType: '1',
  TaxType: '1',
  SalesAmount: 100,
  Items: [{ ItemName: '茶', ItemCount: 1, ItemWord: '盒', ItemPrice: 100, ItemAmount: 100 }],
  InvType: '07',
} as const;
const DELAY = { DelayFlag: '1', DelayDay: 1, PayType: '2', PayAct: 'ECPAY' } as const;

async function schedule(server: ServerProcess, callbackUrl: string): Promise<void> {
  const shop = createEcpayClient({
    baseUrl: server.url,
    merchantId: MERCHANT_A.id,
    hashKey: MERCHANT_A.hashKey,
    hashIv: MERCHANT_A.hashIv,
  });
  const outcomes = await Promise.all(
    Array.from({ length: INVOICES }, (_, n) =>
      shop.delayIssue({
        ...ORDER,
        ...DELAY,
        RelateNumber: `CRASH${n}`,
        Tsr: `T${n}`,
        NotifyURL: callbackUrl,
      }),
    ),
  );
  assert(outcomes.every(({ kind }) => kind === 'ok'));
}

async function moveTwoDays(server: ServerProcess): Promise<void> {
  const reply = await fetch(`${server.url}/sandbox/clock`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advanceSeconds: 2 * 86_400 }),
  });
  assert.equal(reply.status, 200);
}

/** Total of a list of the native API. */
async function total(server: ServerProcess, path: string): Promise<number> {
  const reply = await fetch(`${server.url}/api/v1/sellers/12345675/${path}`);
  // The API's own answer.
  return ((await reply.json()) as { total: number }).total;
}

for (const engine of SERVER_ENGINES) {
  describe(`delayed invoices under kill -9, ${engine}`, () => {
    test(`each of ${INVOICES} is issued once and told (seed ${SEED})`, async () => {
      const told = new Set<string>();
      const program = createServer(async (request, response) => {
        let body = '';
        for await (const chunk of request) body += chunk;
        told.add(new URLSearchParams(body).get('tsr') ?? '');
        response.end('1|OK');
      });
      await new Promise<void>((resolve) => program.listen(0, '127.0.0.1', resolve));
      const address = program.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      const house = await makeHouse(engine);
      const random = seededRandom(SEED);
      try {
        let server = await startServerProcess(house);
        await schedule(server, `http://127.0.0.1:${port}/cb`);
        await moveTwoDays(server);
        for (let kill = 0; kill < KILLS; kill += 1) {
          await sleep(LIFE_MS_MIN + random.integer(LIFE_MS_SPREAD));
          await server.kill();
          server = await startServerProcess(house);
        }
        const end = Date.now() + SETTLE_MS_MAX;
        while ((await total(server, 'notices?kind=callback&state=sent&limit=1')) < INVOICES) {
          assert(Date.now() < end, `${told.size} of ${INVOICES} were told`);
          await sleep(100);
        }
        assert.equal(await total(server, 'invoices?limit=1'), INVOICES);
        assert.equal(await total(server, 'notices?kind=callback&limit=1'), INVOICES);
        assert.equal(told.size, INVOICES);
        await server.stop();
      } finally {
        program.closeAllConnections();
        program.close();
        await house.remove();
      }
    });
  });
}
