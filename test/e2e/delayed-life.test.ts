/**
 * A life that only speaks the wire: delayed, edited, triggered, told to the shop's program (which fails
 * twice first), partly given back online with the buyer's consent on the real page, told again, the
 * allowance voided, the invoice voided, the mails read from the sandbox's inbox. On both engines.
 */
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  createEcpayClient,
  type EcpayClient,
  type EcpayResult,
} from '../../packages/client/src/index.ts';
import { checkMacValue } from '../../src/dialects/ecpay/check-mac-value.ts';
import { MERCHANT_A } from '../support/ecpay-bytes.ts';
import {
  type House,
  makeHouse,
  SERVER_ENGINES,
  type ServerProcess,
  startServerProcess,
} from '../support/server-process.ts';

const WAIT_MS_MAX = 30_000;
const LOOK_PAUSE_MS = 50;
const ITEMS = [
  { ItemName: '茶 <b>', ItemCount: 2, ItemWord: '盒', ItemPrice: 50, ItemAmount: 100 },
];
const ORDER = {
  CustomerEmail: 'buyer@example.com',
  Print: '0',
  Donation: '0',
  CarrierType: '1',
  TaxType: '1',
  SalesAmount: 100,
  Items: ITEMS,
  InvType: '07',
  vat: '1',
} as const;

function succeeded<T>(result: EcpayResult<T>): T {
  assert(result.kind === 'ok', JSON.stringify(result));
  return result.data;
}

/** The shop's own program: takes forms, and fails as often as it is told to. */
class Program {
  readonly forms: URLSearchParams[] = [];
  failures = 0;
  #server: Server | null = null;
  url = '';

  async start(): Promise<void> {
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      this.forms.push(new URLSearchParams(body));
      this.failures -= 1;
      if (this.failures >= 0) response.writeHead(500).end('busy');
      else response.end('1|OK');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    this.url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    this.#server = server;
  }

  stop(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }
}

async function until<T>(
  what: string,
  look: () => Promise<T | undefined> | T | undefined,
): Promise<T> {
  const end = Date.now() + WAIT_MS_MAX;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    assert(Date.now() < end, `not in time: ${what}`);
    await sleep(LOOK_PAUSE_MS);
  }
}

interface InboxItem {
  readonly tag: string;
  readonly to: string;
  readonly text: string;
  readonly html: string;
  readonly links: readonly string[];
}

for (const engine of SERVER_ENGINES) {
  describe(`a delayed life, ${engine}`, () => {
    const program = new Program();
    const place: { house?: House; server?: ServerProcess; shop?: EcpayClient } = {};
    let movedMs = 0;

    before(async () => {
      await program.start();
      place.house = await makeHouse(engine);
      place.server = await startServerProcess(place.house);
      place.shop = createEcpayClient({
        baseUrl: place.server.url,
        merchantId: MERCHANT_A.id,
        hashKey: MERCHANT_A.hashKey,
        hashIv: MERCHANT_A.hashIv,
        clock: () => Date.now() + movedMs,
      });
    });
    after(async () => {
      program.stop();
      await place.server?.stop();
      await place.house?.remove();
    });

    const shopOf = (): EcpayClient => place.shop ?? assert.fail('no shop');
    const urlOf = (): string => place.server?.url ?? assert.fail('no server');

    async function move(seconds: number): Promise<void> {
      const reply = await fetch(`${urlOf()}/sandbox/clock`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ advanceSeconds: seconds }),
      });
      assert.equal(reply.status, 200);
      movedMs += seconds * 1000;
    }

    async function inbox(): Promise<readonly InboxItem[]> {
      const reply = await fetch(`${urlOf()}/sandbox/inbox`);
      // The sandbox's own answer, as the guide on notices describes it.
      return ((await reply.json()) as { items: readonly InboxItem[] }).items;
    }

    async function consentLink(): Promise<string> {
      return until(
        'the consent mail',
        async () => (await inbox()).find(({ tag }) => tag === 'consent')?.links[0],
      );
    }

    async function onlineAllowance(invoice: string, day: string, amount: number): Promise<string> {
      const asked = succeeded(
        await shopOf().allowanceByCollegiate({
          InvoiceNo: invoice,
          InvoiceDate: day,
          AllowanceNotify: 'E',
          NotifyMail: 'buyer@example.com',
          AllowanceAmount: amount,
          ReturnURL: `${program.url}/agreed`,
          Items: [
            {
              ItemName: '茶 <b>',
              ItemCount: 1,
              ItemPrice: amount,
              ItemAmount: amount,
              ItemWord: '盒',
            },
          ],
        }),
      );
      return asked.IA_Allow_No;
    }

    const life = { invoice: '', day: '', allowance: '' };

    test('delayed, edited, triggered, told to a program that fails twice first', async () => {
      const shop = shopOf();
      const delay = { DelayFlag: '2', DelayDay: 0, PayType: '2', PayAct: 'ECPAY' } as const;
      const named = { RelateNumber: 'LIFE1', Tsr: 'T1' };
      succeeded(
        await shop.delayIssue({ ...ORDER, ...delay, ...named, NotifyURL: `${program.url}/issued` }),
      );
      const line = {
        ItemName: '茶 <b>',
        ItemCount: 4,
        ItemWord: '盒',
        ItemPrice: 50,
        ItemAmount: 200,
      };
      succeeded(await shop.editDelayIssue({ ...ORDER, ...named, SalesAmount: 200, Items: [line] }));
      program.failures = 2;
      assert.equal(
        succeeded(await shop.triggerIssue({ Tsr: 'T1', PayType: '2' })).RtnCode,
        4000004,
      );
      const invoice = succeeded(await shop.getIssue({ RelateNumber: 'LIFE1' }));
      assert.equal(invoice.IIS_Sales_Amount, 200);
      // Two failures, each followed by a pause of the sandbox's clock.
      for (const attempts of [1, 2]) {
        await until(`attempt ${attempts}`, () => program.forms.length >= attempts || undefined);
        await move(20);
      }
      const told = await until('the third attempt', () => program.forms[2]);
      assert.deepEqual(Object.fromEntries(told), {
        inv_mer_id: MERCHANT_A.id,
        od_sob: 'LIFE1',
        tsr: 'T1',
        invoicedate: invoice.IIS_Create_Date.slice(0, 10),
        invoicetime: invoice.IIS_Create_Date.slice(11),
        invoicenumber: invoice.IIS_Number,
        invoicecode: invoice.IIS_Random_Number,
        inv_error: '',
      });
      life.invoice = invoice.IIS_Number;
      life.day = invoice.IIS_Create_Date.slice(0, 10);
    });

    test('given back online: the page agrees once, for nobody else, and the program is told', async () => {
      const shop = shopOf();
      life.allowance = await onlineAllowance(life.invoice, life.day, 50);
      const link = await consentLink();
      const page = await fetch(link);
      assert.equal(page.status, 200);
      assert.equal(page.headers.get('referrer-policy'), 'no-referrer');
      const html = await page.text();
      assert.doesNotMatch(html, /茶 <b>/);
      assert.match(html, /name="viewport"/);
      const key = /name="key" value="([0-9a-f]+)"/.exec(html)?.[1] ?? '';
      const agree = (body: string, headers: Record<string, string> = {}) =>
        fetch(link, {
          method: 'POST',
          body,
          headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        });
      for (const [body, headers] of [
        ['', {}],
        ['key=0', {}],
        [`key=${key}`, { origin: 'https://evil.example' }],
        [`key=${key}`, { 'sec-fetch-site': 'cross-site' }],
      ] as const) {
        assert.equal((await agree(body, headers)).status, 403, body);
      }
      assert.equal((await agree(`key=${'0'.repeat(2_000)}`)).status, 413);
      assert.equal((await fetch(link, { method: 'HEAD' })).status, 200);
      assert.equal((await fetch(`${link}0`, { method: 'HEAD' })).status, 404);
      const list = { SearchType: '0', AllowanceNo: life.allowance } as const;
      assert.equal((await shop.getAllowanceList(list)).kind, 'refused');
      const answers = await Promise.all([agree(`key=${key}`), agree(`key=${key}`)]);
      for (const answer of answers) assert.match(await answer.text(), /您已同意此折讓/);
      assert.equal(succeeded(await shop.getAllowanceList(list)).AllowanceInfo.length, 1);
      const agreed = Object.fromEntries(
        await until('the consent callback', () => program.forms[3]),
      );
      assert.equal(agreed.IA_Allow_No, life.allowance);
      assert.equal(agreed.IIS_Remain_Allowance_Amt, '150');
      assert.equal(agreed.CheckMacValue, checkMacValue(agreed, MERCHANT_A));
    });

    test('the allowance voided, the invoice voided, all of it in the inbox', async () => {
      const shop = shopOf();
      const named = { InvoiceNo: life.invoice, AllowanceNo: life.allowance, Reason: '折讓有誤' };
      const late = await shop.allowanceInvalidByCollegiate(named);
      assert.equal(late.kind === 'refused' && late.code, 5070250);
      succeeded(await shop.allowanceInvalid(named));
      succeeded(
        await shop.invalid({
          InvoiceNo: life.invoice,
          InvoiceDate: life.day,
          Reason: '買方退貨',
        }),
      );
      const tags = await until('the mails', async () => {
        const found = (await inbox()).map(({ tag }) => tag).toSorted();
        return found.length >= 5 ? found : undefined;
      });
      assert.deepEqual(tags, ['allowance-voided', 'allowed', 'consent', 'issued', 'voided']);
      assert.equal(program.forms.length, 4);
    });

    test('an invoice delayed by days comes at 10:00 of its day; a consent ends after 72 hours', async () => {
      const shop = shopOf();
      const delay = { DelayFlag: '1', DelayDay: 2, PayType: '2', PayAct: 'ECPAY' } as const;
      succeeded(await shop.delayIssue({ ...ORDER, ...delay, RelateNumber: 'LIFE2', Tsr: 'T2' }));
      assert.equal((await shop.getIssue({ RelateNumber: 'LIFE2' })).kind, 'refused');
      await move(3 * 86_400);
      const invoice = await until('the delayed invoice', async () => {
        const found = await shop.getIssue({ RelateNumber: 'LIFE2' });
        return found.kind === 'ok' ? found.data : undefined;
      });
      const day = invoice.IIS_Create_Date.slice(0, 10);
      const asked = await onlineAllowance(invoice.IIS_Number, day, 100);
      const link = await until(
        'another consent mail',
        async () =>
          (await inbox()).find(({ tag, text }) => tag === 'consent' && text.includes(asked))
            ?.links[0],
      );
      assert.equal((await fetch(link)).status, 200);
      await move(72 * 3_600 + 1);
      assert.equal((await fetch(link)).status, 410);
      const left = await until('the amount released', async () => {
        const found = succeeded(await shop.getIssue({ RelateNumber: 'LIFE2' }));
        return found.IIS_Remain_Allowance_Amt === 100 ? found : undefined;
      });
      assert.equal(left.IIS_Remain_Allowance_Amt, 100);
      assert.equal((await fetch(`${link.slice(0, -1)}x`)).status, 404);
    });

    test('what cannot be issued on its day tells why, once, and is issued when mended', async () => {
      const shop = shopOf();
      const before = program.forms.length;
      const delay = { DelayFlag: '1', DelayDay: 1, PayType: '2', PayAct: 'ECPAY' } as const;
      const named = { RelateNumber: 'LIFE3', Tsr: 'T3' };
      succeeded(
        await shop.delayIssue({ ...ORDER, ...delay, ...named, NotifyURL: `${program.url}/issued` }),
      );
      // Another program of the shop takes the number meanwhile.
      succeeded(await shop.issue({ ...ORDER, RelateNumber: 'LIFE3' }));
      await move(2 * 86_400);
      const failed = await until('the form of the failure', () => program.forms[before]);
      assert.deepEqual(Object.fromEntries(failed), {
        inv_mer_id: MERCHANT_A.id,
        od_sob: 'LIFE3',
        tsr: '',
        invoicedate: '',
        invoicetime: '',
        invoicenumber: '',
        invoicecode: '',
        inv_error: '5070357',
      });
      succeeded(await shop.editDelayIssue({ ...ORDER, ...named, RelateNumber: 'LIFE3-MENDED' }));
      await move(11 * 60);
      const told = await until('the form of the issue', () => program.forms[before + 1]);
      const invoice = succeeded(await shop.getIssue({ RelateNumber: 'LIFE3-MENDED' }));
      assert.deepEqual(
        [told.get('tsr'), told.get('od_sob'), told.get('invoicenumber'), told.get('inv_error')],
        ['T3', 'LIFE3-MENDED', invoice.IIS_Number, ''],
      );
      assert.equal(program.forms.length, before + 2);
    });

    test('a callback is made again on request', async () => {
      const list = `${urlOf()}/api/v1/sellers/12345675/notices`;
      const reply = await fetch(`${list}?kind=callback`);
      // The native API's own answer.
      const { items } = (await reply.json()) as { items: { sequence: number; state: string }[] };
      const before = program.forms.length;
      const again = await fetch(`${list}/${items.at(-1)?.sequence}/resend`, { method: 'POST' });
      assert.equal(again.status, 200);
      await until('the form once more', () => program.forms.length > before || undefined);
      assert.equal(program.forms.at(-1)?.get('tsr'), 'T1');
    });
  });
}
