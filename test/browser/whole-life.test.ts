/**
 * A whole life told by what passes over HTTP alone, on both engines: an invoice delayed, edited, triggered and
 * told to the shop's program, which fails twice first; reissued and confirmed; an allowance withdrawn,
 * another agreed to in Chromium by the link out of the mail; taken back, the invoice voided, every mail
 * read from the sandbox's inbox. The caller's envelope and check value share no code with Kaili.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, violations } from '../support/browser.ts';
import { line, order } from '../support/ecpay-b2c-case.ts';
import { call, MERCHANT_A, type Members, type Merchant, STYLES } from '../support/ecpay-bytes.ts';
import {
  type House,
  makeHouse,
  SERVER_ENGINES,
  type ServerProcess,
  startServerProcess,
} from '../support/server-process.ts';
import { ShopProgram } from '../support/shop-program.ts';

const WAIT_MS_MAX = 30_000;
const LOOK_PAUSE_MS = 25;
/** Longer than the first two pauses between attempts at a callback. */
const RETRY_SECONDS = 20;
const SELLER = '12345675';
const BUYER = 'buyer@example.com';
const TELEPHONE = { width: 390, height: 844 };
const MARKUP = '烏龍茶 <b>';

/** CheckMacValue as ECPay's guides describe it: sorted, between the keys, .NET-encoded, MD5. */
function macOf(fields: Readonly<Record<string, string>>, merchant: Merchant): string {
  const pairs = Object.keys(fields)
    .filter((name) => name !== 'CheckMacValue')
    .toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
    .map((name) => `${name}=${fields[name]}`);
  const text = `HashKey=${merchant.hashKey}&${pairs.join('&')}&HashIV=${merchant.hashIv}`;
  return createHash('md5').update(STYLES.dotnet(text).toLowerCase()).digest('hex').toUpperCase();
}

async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + WAIT_MS_MAX;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    assert(Date.now() < end, `not in time: ${what}`);
    await sleep(LOOK_PAUSE_MS);
  }
}

/** How wide what a page shows is. */
function widthOf(page: Page): Promise<unknown> {
  return page.evaluate('document.documentElement.scrollWidth');
}

interface Mail {
  readonly kind: string;
  readonly tag: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly links: readonly string[];
}

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

// Side by side: most of a life is waiting for the Ministry.
describe('a whole life', { concurrency: true }, () => {
  for (const engine of SERVER_ENGINES) {
    describe(engine, () => {
      const program = new ShopProgram();
      const place: { house?: House; server?: ServerProcess } = {};
      const life = { number: '', time: '', day: '', random: '', allowance: '', withdrawn: '' };

      before(async () => {
        await program.start();
        place.house = await makeHouse(engine);
        place.server = await startServerProcess(place.house);
      });
      after(async () => {
        program.stop();
        await place.server?.stop();
        await place.house?.remove();
      });

      const urlOf = (): string => place.server?.url ?? assert.fail('no server');

      async function asked(action: string, data: Members): Promise<Members> {
        const { data: answer } = await call(urlOf(), action, data);
        return answer ?? assert.fail(`${action} was refused in the envelope`);
      }

      async function done(action: string, data: Members, rtnCode = 1): Promise<Members> {
        const answer = await asked(action, data);
        assert.equal(answer.RtnCode, rtnCode, `${action}: ${JSON.stringify(answer)}`);
        return answer;
      }

      async function control(path: string, body: Members): Promise<void> {
        const headers = { 'content-type': 'application/json' };
        const init = { method: 'PUT', headers, body: JSON.stringify(body) };
        const reply = await fetch(`${urlOf()}/sandbox/${path}`, init);
        assert.equal(reply.status, 200, await reply.text());
      }

      async function mails(): Promise<readonly Mail[]> {
        const reply = await fetch(`${urlOf()}/sandbox/inbox`);
        // The sandbox's own answer, as the guide on notices describes it.
        return ((await reply.json()) as { items: readonly Mail[] }).items;
      }

      const mailOf = (tag: string, about: string): Promise<Mail> =>
        until(`the mail ${tag}`, async () =>
          (await mails()).find((mail) => mail.tag === tag && mail.text.includes(about)),
        );

      const found = (): Promise<Members> => done('GetIssue', { RelateNumber: 'WHOLE-1' });

      const confirmed = (): Promise<Members> =>
        until('the upload', async () => {
          const shown = await found();
          return shown.IIS_Upload_Status === '1' ? shown : undefined;
        });

      /** Moves the sandbox's clock on once the n-th attempt at a callback is known to have failed. */
      async function retried(attempts: number): Promise<void> {
        await until(`attempt ${attempts} recorded`, async () => {
          const path = `/api/v1/sellers/${SELLER}/notices?kind=callback`;
          const reply = await fetch(`${urlOf()}${path}`);
          // The native API's own answer.
          const { items } = (await reply.json()) as {
            items: { attempts: number; state: string }[];
          };
          return items.find((one) => one.state === 'due' && one.attempts === attempts);
        });
        await control('clock', { advanceSeconds: RETRY_SECONDS });
      }

      async function online(amount: number): Promise<Members> {
        return done('AllowanceByCollegiate', {
          ...{ InvoiceNo: life.number, InvoiceDate: life.day },
          ...{
            AllowanceNotify: 'E',
            NotifyMail: BUYER,
            AllowanceAmount: amount,
            Reason: '少寄一盒',
          },
          ReturnURL: `${program.url}/agreed`,
          Items: [line(1, MARKUP, 1, amount)],
        });
      }

      /** Is delayed, edited, triggered, and told to a program that fails twice. */
      async function delayedAndTold(): Promise<void> {
        const delay = { DelayFlag: '2', DelayDay: 0, PayType: '2', PayAct: 'ECPAY', Tsr: 'WT-1' };
        const first = order({ RelateNumber: 'WHOLE-1', CustomerEmail: BUYER });
        const kept = { ...first, ...delay, NotifyURL: `${program.url}/issued` };
        assert.equal((await done('DelayIssue', kept)).OrderNumber, 'WT-1');
        await done('DelayIssue', kept, 8920701);
        await done('DelayIssue', { ...kept, Tsr: 'WT-2' }, 5070357);
        const edited = { SalesAmount: 200, Items: [line(1, MARKUP, 4, 50)] };
        await done('EditDelayIssue', { ...first, ...edited, Tsr: 'WT-1' });
        await done('GetIssue', { RelateNumber: 'WHOLE-1' }, 2);
        program.answers = [
          [500, 'down'],
          [200, '0|busy'],
        ];
        const triggered = await done('TriggerIssue', { Tsr: 'WT-1', PayType: '2' }, 4000004);
        assert.equal(triggered.Tsr, 'WT-1');
        await done('CancelDelayIssue', { Tsr: 'WT-1' }, 8920702);
        const shown = await found();
        assert.deepEqual([shown.IIS_Sales_Amount, shown.IIS_Relate_Number], [200, 'WHOLE-1']);
        life.number = String(shown.IIS_Number);
        life.time = String(shown.IIS_Create_Date);
        life.day = life.time.slice(0, 10);
        life.random = String(shown.IIS_Random_Number);
        for (const attempts of [1, 2]) await retried(attempts);
        await until('the third attempt', async () => program.to('/issued')[2]);
        const told = {
          ...{ inv_mer_id: MERCHANT_A.id, od_sob: 'WHOLE-1', tsr: 'WT-1' },
          ...{ invoicedate: life.day, invoicetime: life.time.slice(11) },
          ...{ invoicenumber: life.number, invoicecode: life.random, inv_error: '' },
        };
        assert.deepEqual(program.to('/issued'), [told, told, told]);
        const { to, subject, html } = await mailOf('issued', life.number.slice(2));
        assert.equal(to, BUYER);
        assert.match(subject, /發票.*invoice/is);
        assert(!html.includes('<b>'), 'markup of an order never reaches a mail');
      }

      /** Is reissued under its number, which waits for the Ministry. */
      async function reissued(): Promise<void> {
        await confirmed();
        await control('ministry', { isTurnkeyDown: true });
        const model = {
          VoidModel: { InvoiceNo: life.number, VoidReason: '買受人更正' },
          IssueModel: order({
            ...{ RelateNumber: 'ANOTHER', InvoiceDate: life.time, CustomerEmail: BUYER },
            ...{ SalesAmount: 300, Items: [line(1, MARKUP, 6, 50)] },
          }),
        };
        const again = await done('VoidWithReIssue', model);
        assert.deepEqual([again.InvoiceNo, again.InvoiceDate], [life.number, life.time]);
        const shown = await found();
        const { IIS_Upload_Status, IIS_Random_Number, IIS_Sales_Amount } = shown;
        assert.deepEqual([IIS_Upload_Status, IIS_Sales_Amount], ['0', 300]);
        assert.equal(IIS_Random_Number, again.RandomNumber);
        await done('GetIssue', { RelateNumber: 'ANOTHER' }, 2);
        await done('VoidWithReIssue', model, 8930705);
        const invalid = { InvoiceNo: life.number, InvoiceDate: life.day, Reason: '退貨' };
        await done('Invalid', invalid, 5070451);
        await control('ministry', {});
        const { IIS_Turnkey_Status, IIS_Upload_Date } = await confirmed();
        assert.equal(IIS_Turnkey_Status, 'C');
        assert.match(String(IIS_Upload_Date), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
        assert.match((await mailOf('reissued', life.number.slice(2))).text, /300/);
      }

      /** Has an allowance that the shop withdraws before the buyer agreed. */
      async function withdrawn(): Promise<void> {
        const asks = await online(100);
        life.withdrawn = String(asks.IA_Allow_No);
        assert.equal(asks.IA_Remain_Allowance_Amt, 200);
        const { links } = await mailOf('consent', life.withdrawn);
        const named = { InvoiceNo: life.number, AllowanceNo: life.withdrawn, Reason: '寄錯' };
        await done('AllowanceInvalid', named, 8940705);
        const taken = await done('AllowanceInvalidByCollegiate', named);
        assert.deepEqual([taken.RtnMsg, taken.IA_Invoice_No], ['取消成功', life.number]);
        assert.equal((await found()).IIS_Remain_Allowance_Amt, 300);
        await done('AllowanceInvalidByCollegiate', named, 8940706);
        const page = await browser.newPage();
        assert.equal((await page.goto(links[0] ?? ''))?.status(), 410);
        assert.match((await page.getByRole('status').textContent()) ?? '', /賣方已取消此折讓/);
        assert.equal(await page.getByRole('button').count(), 0);
        await page.close();
      }

      /** Has another that the buyer agrees to on a telephone, told to the program. */
      async function agreed(): Promise<void> {
        const asks = await online(120);
        life.allowance = String(asks.IA_Allow_No);
        const both = { InvoiceNo: life.number, AllowanceNo: life.allowance };
        await done('GetAllowance', both, 7);
        const { links, text } = await mailOf('consent', life.allowance);
        assert.equal(links.length, 1);
        assert(text.includes(String(asks.IA_TempExpireDate)), 'the mail says until when');
        program.answers = [[200, '0|not now']];
        const context = await browser.newContext({ viewport: TELEPHONE, isMobile: true });
        const page = await context.newPage();
        await page.goto(links[0] ?? '');
        const body = (await page.locator('body').textContent()) ?? '';
        const number = `${life.number.slice(0, 2)}-${life.number.slice(2)}`;
        for (const fact of [number, life.allowance, '120', MARKUP, '少寄一盒', SELLER]) {
          assert(body.includes(fact), `${fact} is not on the page`);
        }
        assert.equal(await widthOf(page), TELEPHONE.width, 'nothing scrolls sideways');
        assert.deepEqual(await violations(page), []);
        await done('GetAllowance', both, 7);
        await page.getByRole('button', { name: /同意折讓/ }).click();
        assert.match((await page.getByRole('status').textContent()) ?? '', /您已同意此折讓/);
        assert.equal(await page.getByRole('button').count(), 0);
        assert.deepEqual(await violations(page), []);
        await page.reload();
        assert.match((await page.getByRole('status').textContent()) ?? '', /您已同意此折讓/);
        await context.close();
        await retried(1);
        const [refused, taken] = await until('the form again', async () => {
          const forms = program.to('/agreed');
          return forms.length === 2 ? forms : undefined;
        });
        assert.deepEqual(taken, refused);
        const { CheckMacValue: mac, IA_Date, RtnMsg, ...told } = taken ?? {};
        assert.deepEqual(told, {
          ...{ RtnCode: '1', IA_Allow_No: life.allowance, IA_Invoice_No: life.number },
          IIS_Remain_Allowance_Amt: '180',
        });
        assert.match(IA_Date ?? '', /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
        assert(RtnMsg !== undefined && mac === macOf(taken ?? {}, MERCHANT_A), 'the check value');
        const shown = await done('GetAllowance', both);
        assert.deepEqual(
          [shown.IA_Allow_No, shown.IA_Total_Tax_Amount, shown.IA_Invalid_Status, shown.IA_Date],
          [life.allowance, 120, '0', IA_Date],
        );
        const list = await done('GetAllowanceList', { SearchType: '1', ...both, Date: life.day });
        assert.equal(Array.isArray(list.AllowanceInfo) && list.AllowanceInfo.length, 1);
      }

      /** Ends: allowance and invoice are voided, and the Ministry has both. */
      async function voided(): Promise<void> {
        const named = { InvoiceNo: life.number, AllowanceNo: life.allowance, Reason: '折讓有誤' };
        const invalid = { InvoiceNo: life.number, InvoiceDate: life.day, Reason: '買方退貨' };
        await done('AllowanceInvalidByCollegiate', named, 5070250);
        const refused = await done('Invalid', invalid, 5070450);
        assert.equal(refused.InvoiceNo, life.number);
        assert.equal((await done('AllowanceInvalid', named)).RtnMsg, '該折讓單已作廢');
        await done('AllowanceInvalid', named, 2000063);
        const voided = await until('the voided allowance at the Ministry', async () => {
          const shown = await done('GetAllowanceInvalid', named);
          return shown.AI_Upload_Status === '1' ? shown : undefined;
        });
        assert.deepEqual([voided.AI_Allow_No, voided.Reason], [life.allowance, '折讓有誤']);
        assert.equal((await found()).IIS_Remain_Allowance_Amt, 300);
        assert.equal((await done('Invalid', invalid)).InvoiceNo, life.number);
        await done('Invalid', invalid, 5070453);
        const query = { RelateNumber: 'WHOLE-1', InvoiceNo: life.number, InvoiceDate: life.day };
        const gone = await until('the voided invoice at the Ministry', async () => {
          const shown = await done('GetInvalid', query);
          return shown.II_Upload_Status === '1' ? shown : undefined;
        });
        assert.equal(gone.Reason, '買方退貨');
        const days = { BeginDate: life.day, EndDate: life.day, NumPerPage: 10, ShowingPage: 1 };
        const list = await done('GetIssueList', { ...days, Query_Invalid: '1' });
        assert.equal(list.TotalCount, 1);
      }

      /** Every mail of it is in the inbox, once, and one more on request. */
      async function mailed(): Promise<void> {
        const tags = ['allowance-voided', 'allowed', 'consent', 'issued', 'reissued', 'voided'];
        await until('the last mail', async () =>
          (await mails()).find(({ tag }) => tag === 'voided'),
        );
        const told = (await mails()).map(({ tag }) => tag).toSorted();
        assert.deepEqual(told, [...tags, 'consent'].toSorted());
        const context = await browser.newContext({ viewport: TELEPHONE, isMobile: true });
        const page = await context.newPage();
        for (const mail of await mails()) {
          await page.setContent(mail.html);
          assert.equal(await widthOf(page), TELEPHONE.width, `${mail.tag} scrolls sideways`);
          assert.deepEqual([mail.kind, mail.to], ['mail', BUYER]);
          const number = life.number.slice(2);
          assert(mail.text.includes(number) && mail.html.includes(number), mail.tag);
          assert(/\p{Script=Han}/u.test(mail.text) && /invoice/i.test(mail.text), mail.tag);
        }
        await context.close();
        await done('InvoiceNotify', {
          ...{ InvoiceNo: life.number, NotifyMail: 'other@example.com' },
          ...{ Notify: 'E', InvoiceTag: 'II', Notified: 'C' },
        });
        const more = await until('the mail on request', async () =>
          (await mails()).find(({ to }) => to === 'other@example.com'),
        );
        assert.equal(more.tag, 'voided');
        assert.equal((await mails()).length, tags.length + 2);
        assert.deepEqual(
          program.forms.map(({ path }) => path),
          ['/issued', '/issued', '/issued', '/agreed', '/agreed'],
        );
      }
      // One test: what comes first is what the rest lives on.
      test('delayed, told, reissued, given back with consent, voided, all mailed', async () => {
        await delayedAndTold();
        await reissued();
        await withdrawn();
        await agreed();
        await voided();
        await mailed();
      });
    });
  }
});
