/**
 * What holds when everybody wants a number at once, over real HTTP, on both engines: every number once
 * and without a gap, times that never go back, each reply found again by GetIssue, one invoice a
 * RelateNumber, the last numbers to as many as there are. 2,000 issues an engine; 128,000 with
 * `KAILI_TEST_LONG=1`.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Answer, call, MERCHANT_A, MERCHANT_B, type Members } from '../support/ecpay-bytes.ts';
import { assertShown, order, relateNumber, specialOrder } from '../support/ecpay-orders.ts';
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
  makeSecondHouse,
  SERVER_ENGINES,
  type ServerProcess,
  startServerProcess,
} from '../support/server-process.ts';

const CLIENTS = 64;
const ISSUES = process.env.KAILI_TEST_LONG === '1' ? 128_000 : 2_000;
/** Two sellers by turns: each has 100,000 numbers in the sandbox, and a batch meets both journals. */
const MERCHANTS = [MERCHANT_A, MERCHANT_B];
/** Numbers in the sandbox's segment of type 08. */
const SPECIAL_NUMBERS = 1_000;
const LAST_NUMBERS = 10;

function replies(sent: readonly Omit<Sent, 'merchant'>[]): readonly Members[] {
  return sent.map(issued);
}

/** Every reply's invoice is found by its RelateNumber and says what was sent. */
async function assertFound(server: ServerProcess, sent: readonly Sent[]): Promise<void> {
  await eachOf(sent, CLIENTS, async (each) => {
    const { RelateNumber } = each.order;
    const shown = await ask(server, 'GetIssue', { RelateNumber }, each.merchant);
    assertShown(shown, each.order, issued(each));
  });
}

/** No document's message was written twice, by whichever process, and all of them are valid. */
async function assertMessagesHold(houses: readonly House[]): Promise<void> {
  const files = houses.flatMap((each) => messageFiles(join(each.dataFolder, 'turnkey')));
  assertWrittenOnce(files, 'F0401', [...new Set(files.map((file) => file.document))]);
  await assertMessagesValid(files);
}

function codes(answers: readonly Answer[]): readonly unknown[] {
  return answers.map((answer) => answer.data?.RtnCode);
}

for (const engine of SERVER_ENGINES) {
  describe(`${CLIENTS} clients at once on ${engine}`, () => {
    let house: House;
    let server: ServerProcess;
    before(async () => {
      house = await makeHouse(engine);
      server = await startServerProcess(house);
    });
    after(async () => {
      await house.remove();
    });

    test(`${ISSUES} issues take every number once, in time order, and are all found again`, async () => {
      const orders = Array.from({ length: ISSUES }, (_, n) => order('many', n));
      const sent = await sendOrders({
        clients: CLIENTS,
        urls: [server.url],
        orders,
        merchants: MERCHANTS,
      });
      assert.equal(sent.length, ISSUES);
      assertNumbers(replies(sent));
      await assertFound(server, sent);
    });

    test('racing one RelateNumber, in any case, makes one invoice; the others are told 5070357', async () => {
      const spelling = (n: number): string => (n % 2 === 0 ? 'Race-One' : 'RACE-one');
      const answers = await Promise.all(
        Array.from({ length: CLIENTS }, (_, n) =>
          call(server.url, 'Issue', { ...order('race', n), RelateNumber: spelling(n) }),
        ),
      );
      assert.deepEqual(codes(answers).toSorted(), [1, ...Array(CLIENTS - 1).fill(5070357)]);
      const refused = answers.find((answer) => answer.data?.RtnCode === 5070357);
      assert.deepEqual(refused?.data, {
        RtnCode: 5070357,
        RtnMsg: 'B2C開立發票 自訂編號重覆，請重新設定',
        InvoiceNo: '',
        InvoiceDate: '',
        RandomNumber: '',
      });
    });

    test('racing the last 10 numbers, exactly 10 succeed; the others are told 5070350', async () => {
      const wanted = SPECIAL_NUMBERS - LAST_NUMBERS;
      const orders = Array.from({ length: wanted }, (_, n) => specialOrder('special', n));
      const first = await sendOrders({ clients: CLIENTS, urls: [server.url], orders });
      const racers = Array.from({ length: CLIENTS }, (_, n) => specialOrder('last', n));
      const answers = await Promise.all(
        racers.map(async (each) => ({
          order: each,
          answer: await call(server.url, 'Issue', each),
        })),
      );
      const won = answers.filter(({ answer }) => answer.data?.RtnCode === 1);
      assert.equal(won.length, LAST_NUMBERS);
      const lost = answers.filter(({ answer }) => answer.data?.RtnCode === 5070350);
      assert.equal(lost.length, CLIENTS - LAST_NUMBERS);
      assert.match(String(lost[0]?.answer.data?.RtnMsg), /字軌.*用完/);
      assertNumbers(replies([...first, ...won]));
      // Who came too late has no invoice, and may send the same order again.
      const again = await call(server.url, 'GetIssue', {
        RelateNumber: lost[0]?.order.RelateNumber,
      });
      assert.equal(again.data?.RtnCode, 2);
    });

    test('the server stops politely, its journals verify and its messages are valid', async () => {
      assert.equal(await server.stop(), 0, server.log());
      await assertMessagesHold([house]);
      await assertJournalHolds(house, ISSUES + SPECIAL_NUMBERS + 1);
    });
  });
}

describe('two servers over one PostgreSQL database', () => {
  let house: House;
  let second: House;
  let servers: readonly ServerProcess[];
  before(async () => {
    house = await makeHouse('postgres');
    const one = await startServerProcess(house);
    second = makeSecondHouse(house);
    servers = [one, await startServerProcess(second)];
  });
  after(async () => {
    await second.remove();
    await house.remove();
  });

  test(`${ISSUES} issues over both take every number once, in time order`, async () => {
    const urls = servers.map((server) => server.url);
    const orders = Array.from({ length: ISSUES }, (_, n) => order('both', n));
    const sent = await sendOrders({ clients: CLIENTS, urls, orders, merchants: MERCHANTS });
    assert.equal(sent.length, ISSUES);
    assertNumbers(replies(sent));
    // Each is found through the server that did not issue it as well.
    for (const server of servers) await assertFound(server, sent.slice(0, 200));
  });

  test('racing one RelateNumber through both makes one invoice', async () => {
    const answers = await Promise.all(
      Array.from({ length: CLIENTS }, (_, n) =>
        call(servers[n % 2]?.url ?? '', 'Issue', {
          ...order('race', n),
          RelateNumber: relateNumber('one-of-both', 0),
        }),
      ),
    );
    assert.deepEqual(codes(answers).toSorted(), [1, ...Array(CLIENTS - 1).fill(5070357)]);
  });

  test('both stop politely, the journals verify, and no message was written twice', async () => {
    for (const server of servers) assert.equal(await server.stop(), 0, server.log());
    await assertMessagesHold([house, second]);
    await assertJournalHolds(house, ISSUES + 1);
  });
});
