/**
 * kill -9 of the server's own process under load, again and again, each time started over the same data:
 * every acknowledged invoice is there, an unacknowledged one is whole or absent and sending it again
 * does not issue twice, no number is lost or used twice, and each invoice's message reaches the
 * Ministry's folder exactly once. The fault is the death of the process: what the engine has said is on
 * disk stays there. Three kills an engine; twenty-five with `KAILI_TEST_LONG=1`.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Members } from '../support/ecpay-bytes.ts';
import { assertShown, order } from '../support/ecpay-orders.ts';
import { seededRandom } from '../support/engines.ts';
import { assertJournalHolds } from '../support/house-journal.ts';
import {
  ask,
  assertNumbers,
  eachOf,
  issued,
  type Sent,
  sendOrders,
} from '../support/issue-load.ts';
import { assertMessagesValid, assertWrittenOnce, messageFiles } from '../support/message-files.ts';
import {
  type House,
  makeHouse,
  SERVER_ENGINES,
  type ServerProcess,
  startServerProcess,
} from '../support/server-process.ts';

const KILLS = process.env.KAILI_TEST_LONG === '1' ? 25 : 3;
const CLIENTS = 64;
/** More than a life of the server can issue. */
const ORDERS_A_LIFE = 20_000;
/** Lives end before the outbox's first round, in it, and in a later one. */
const LIFE_MS_MIN = 200;
const LIFE_MS_SPREAD = 2_500;
/** Keeps the pace of issuing near the outbox's, so that a kill meets both at work. */
const CLIENT_REST_MS = 80;
const SETTLE_MS_MAX = 60_000;
const DUPLICATE = 5070357;
const SEED = Number(process.env.KAILI_TEST_SEED ?? 20261121);

/** Load on a server that is killed in the middle of it. */
async function killUnderLoad(
  server: ServerProcess,
  run: string,
  lifeMs: number,
): Promise<readonly Sent[]> {
  let isDead = false;
  const orders = Array.from({ length: ORDERS_A_LIFE }, (_, n) => order(run, n));
  const load = sendOrders({
    clients: CLIENTS,
    urls: [server.url],
    orders,
    restMs: CLIENT_REST_MS,
    isOver: () => isDead,
  });
  await sleep(lifeMs);
  await server.kill();
  isDead = true;
  return load;
}

/** Sends again what was not answered, as a careless client does, and answers who has an invoice now. */
async function settleUnanswered(
  server: ServerProcess,
  lost: readonly Sent[],
): Promise<readonly Members[]> {
  return await eachOf(lost, CLIENTS, async ({ order: sent }) => {
    const again = await ask(server, 'Issue', sent);
    assert(again.RtnCode === 1 || again.RtnCode === DUPLICATE, JSON.stringify(again));
    const found = await ask(server, 'GetIssue', { RelateNumber: sent.RelateNumber });
    const reply = {
      InvoiceNo: found.IIS_Number,
      InvoiceDate: found.IIS_Create_Date,
      RandomNumber: found.IIS_Random_Number,
    };
    assertShown(found, sent, reply);
    return reply;
  });
}

/** Waits until the Ministry has confirmed the invoice. */
async function confirmed(server: ServerProcess, relate: unknown): Promise<void> {
  const end = Date.now() + SETTLE_MS_MAX;
  for (;;) {
    const found = await ask(server, 'GetIssue', { RelateNumber: relate });
    if (found.IIS_Turnkey_Status === 'C') return;
    assert.notEqual(found.IIS_Turnkey_Status, 'E', `${String(relate)} was refused`);
    assert(Date.now() < end, `${String(relate)} is not confirmed: ${JSON.stringify(found)}`);
    await sleep(200);
  }
}

for (const engine of SERVER_ENGINES) {
  describe(`kill -9 under load on ${engine} (seed ${SEED})`, () => {
    const random = seededRandom(SEED);
    const acknowledged: Sent[] = [];
    const settled: Members[] = [];
    let house: House;
    let server: ServerProcess;
    before(async () => {
      house = await makeHouse(engine);
      server = await startServerProcess(house);
    });
    after(async () => {
      await house.remove();
    });

    test(`after each of ${KILLS} kills every acknowledged invoice is there, whole`, async () => {
      let filesAtKills = 0;
      for (let kill = 0; kill < KILLS; kill += 1) {
        const lifeMs = LIFE_MS_MIN + random.integer(LIFE_MS_SPREAD);
        const sent = await killUnderLoad(server, `life${kill}`, lifeMs);
        filesAtKills += messageFiles(join(house.dataFolder, 'turnkey')).length;
        server = await startServerProcess(house);
        const answered = sent.filter(({ answer }) => answer !== null);
        await eachOf(answered, CLIENTS, async (each) => {
          const { RelateNumber } = each.order;
          assertShown(await ask(server, 'GetIssue', { RelateNumber }), each.order, issued(each));
        });
        const lost = sent.filter(({ answer }) => answer === null);
        settled.push(...(await settleUnanswered(server, lost)));
        acknowledged.push(...answered);
      }
      assert(acknowledged.length > KILLS, 'the load got through before the kills');
      assert(filesAtKills > 0, 'no kill met the outbox at work');
    });

    test('no number is lost or used twice, and times never go back', () => {
      assertNumbers([...acknowledged.map(issued), ...settled]);
    });

    test('the outbox goes on: every invoice is confirmed, its message written exactly once', async () => {
      const relates = acknowledged.map((each) => each.order.RelateNumber);
      await eachOf(relates, 8, (relate) => confirmed(server, relate));
      const numbers = [...acknowledged.map(issued), ...settled].map((each) =>
        String(each.InvoiceNo),
      );
      const files = messageFiles(join(house.dataFolder, 'turnkey'));
      assertWrittenOnce(files, 'F0401', numbers);
      assert.equal(await assertMessagesValid(files), numbers.length);
    });

    test('the journals verify', async () => {
      assert.equal(await server.stop(), 0, server.log());
      await assertJournalHolds(house, acknowledged.length + settled.length);
    });
  });
}
