/**
 * Papers over real HTTP: a print is asked for, its page is there for an hour, the next one says 補印; the buyer's
 * page cannot be guessed; a job without a printer lands in the sandbox's folder, and with one, in it.
 */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { parseTaipeiDate } from '../../src/domain/calendar.ts';
import { periodOf } from '../../src/domain/period.ts';
import { ubn } from '../../src/domain/ubn.ts';
import { openStore } from '../../src/storage/open.ts';
import { call } from '../support/ecpay-bytes.ts';
import { readEscPos } from '../support/escpos-paper.ts';
import { pictureOf, scanCertificate } from '../support/scan.ts';
import {
  type House,
  makeHouse,
  type ServerProcess,
  startServerProcess,
} from '../support/server-process.ts';
import { startThermalPrinter } from '../support/thermal-printer.ts';

const SELLER = '12345675';
const WAIT_MS_MAX = 20_000;

const printed = z.object({
  url: z.string().nullable(),
  print: z.object({ sequence: z.int(), state: z.string(), isOriginal: z.boolean() }).nullable(),
});
const log = z.object({
  buyerUrl: z.string(),
  items: z.array(z.object({ isOriginal: z.boolean(), account: z.string(), state: z.string() })),
});

describe('papers of a shop', () => {
  let house: House;
  let server: ServerProcess;
  let number = '';
  let period = '';

  before(async () => {
    house = await makeHouse('sqlite');
    server = await startServerProcess(house);
    number = await issue('papers-1');
  });
  after(async () => {
    await house.remove();
  });

  async function post(path: string, body: object): Promise<Response> {
    return fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  async function issue(relate: string): Promise<string> {
    const { data } = await call(server.url, 'Issue', {
      RelateNumber: relate,
      CustomerName: '王小明',
      CustomerAddr: '臺北市示範路1號',
      CustomerEmail: 'buyer@example.com',
      Print: '1',
      Donation: '0',
      TaxType: '1',
      InvType: '07',
      SalesAmount: 105,
      Items: [
        { ItemName: '乾電池', ItemCount: 1, ItemWord: '個', ItemPrice: 105, ItemAmount: 105 },
      ],
    });
    const day = parseTaipeiDate(String(data?.InvoiceDate).slice(0, 10));
    assert(day !== undefined, JSON.stringify(data));
    period = periodOf(day);
    return String(data?.InvoiceNo);
  }

  async function print(of: string, body: object = {}) {
    const path = `/api/v1/sellers/${SELLER}/invoices/${period}/${of}/prints`;
    const reply = await post(path, body);
    assert.equal(reply.status, 200, await reply.clone().text());
    return printed.parse(await reply.json());
  }

  async function prints(of: string) {
    const path = `/api/v1/sellers/${SELLER}/invoices/${period}/${of}/prints`;
    return log.parse(await (await fetch(`${server.url}${path}`)).json());
  }

  test('the first page is the original, the second says 補印, and both are on record', async () => {
    const [first, second] = [await print(number), await print(number)];
    const original = await (await fetch(first.url ?? '')).text();
    const again = await (await fetch(second.url ?? '')).text();
    assert.match(original, /電子發票證明聯<\/h1>/);
    assert.match(original, /測試/);
    assert.match(again, /電子發票證明聯補印<\/h1>/);
    const { items } = await prints(number);
    assert.deepEqual(
      items.map(({ isOriginal, account, state }) => [isOriginal, account, state]),
      [
        [false, 'api', 'printed'],
        [true, 'api', 'printed'],
      ],
    );
  });

  test('the buyer’s page is found by its address alone, in the language that is asked for', async () => {
    const { buyerUrl } = await prints(number);
    const page = await fetch(buyerUrl, { headers: { 'accept-language': 'en-GB,en' } });
    assert.equal(page.status, 200);
    assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    assert.equal(page.headers.get('cache-control'), 'private, no-store');
    assert.match(await page.text(), /Invoice number/);
    assert.match(await (await fetch(`${buyerUrl}?lang=zh-Hant`)).text(), /發票號碼/);
    const [head, signature = ''] = buyerUrl.split('.').slice(-2);
    for (const wrong of [
      `${buyerUrl}x`,
      buyerUrl.slice(0, -1),
      `${server.url}/i/`,
      `${server.url}/i/${head?.split('/').at(-1)}.${'A'.repeat(signature.length)}`,
    ]) {
      assert.equal((await fetch(wrong)).status, 404, wrong);
    }
  });

  test('a job without a printer lies in the sandbox’s folder as a picture', async () => {
    const own = await issue('papers-2');
    const { print: job } = await print(own, { printer: '00' });
    assert.equal(job?.state, 'due');
    assert.equal(job?.isOriginal, true);
    await until(async () => (await prints(own)).items[0]?.state === 'printed');
    const files = readdirSync(join(house.dataFolder, 'prints'));
    assert(
      files.some((file) => file.startsWith(`${SELLER}-${own}-${job?.sequence}-`)),
      String(files),
    );
  });

  test('a printer that is set up gets the job, and its paper reads to the letter', async () => {
    const printer = await startThermalPrinter();
    try {
      const store = await openStore({ engine: 'sqlite', path: join(house.dataFolder, 'kaili.db') });
      const { port } = printer;
      const row = { seller: ubn(SELLER), code: '01', host: '127.0.0.1', port };
      await store.directory.savePrinters([
        { ...row, roll: 80, dpi: 203, hasCutter: true, answersStatus: true },
      ]);
      await store.close();
      const own = await issue('papers-3');
      await print(own, { printer: '01' });
      await until(async () => (await prints(own)).items[0]?.state === 'printed');
      const [strip] = readEscPos(printer.jobs[0] ?? assert.fail('nothing came')).strips;
      const { barcode } = await scanCertificate(pictureOf(strip ?? assert.fail()));
      assert.equal(barcode?.slice(0, -4), `${period}${own}`);
    } finally {
      await printer.close();
    }
  });

  test('a print page ends after an hour', async () => {
    const { url } = await print(number);
    const moved = await fetch(`${server.url}/sandbox/clock`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advanceSeconds: 3_600 }),
    });
    assert.equal(moved.status, 200);
    const reply = await fetch(url ?? '');
    assert.equal(reply.status, 410);
    assert.match(await reply.text(), /連結已失效/);
    assert.equal((await fetch((await prints(number)).buyerUrl)).status, 200);
  });
});

async function until(isReached: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + WAIT_MS_MAX;
  while (!(await isReached())) {
    assert(Date.now() < end, 'not in time');
    await sleep(50);
  }
}
