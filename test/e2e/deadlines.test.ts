/**
 * Deadlines to the second, over HTTP and on both engines, with the sandbox's clock set through
 * `/sandbox/clock` above a clock that stands still: across the end of a period, the 13th after it, the 72
 * hours of a consent. Each last second allows what the first one after it refuses (ECPay B2C API, Invalid,
 * VoidWithReIssue, AllowanceInvalid, AllowanceByCollegiate).
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { line, order } from '../support/ecpay-b2c-case.ts';
import { call, MERCHANT_A, type Members, type Merchant } from '../support/ecpay-bytes.ts';
import { POS_MERCHANT } from '../support/ecpay-house.ts';
import { TestClock } from '../support/engines.ts';
import { openTestDatabase } from '../support/postgres.ts';
import { type Served, startServed } from '../support/served.ts';
import { SERVER_ENGINES } from '../support/server-process.ts';

/** The period 11512 ends, 11602 begins. */
const PERIOD_ENDS = '2026-12-31 23:59:59';
const PERIOD_BEGINS = '2027-01-01 00:00:00';
/** Last second for what 11512 holds, and the first too late; the same for 11602. */
const LAST = '2027-01-13 23:59:59';
const TOO_LATE = '2027-01-14 00:00:00';
const NEXT_LAST = '2027-03-13 23:59:59';
const NEXT_TOO_LATE = '2027-03-14 00:00:00';
const WAIT_MS_MAX = 20_000;
const LOOK_PAUSE_MS = 25;

interface Issued {
  readonly number: string;
  readonly time: string;
}

for (const engine of SERVER_ENGINES) {
  describe(`deadlines, ${engine}`, () => {
    const place: { served?: Served; drop?: () => Promise<void> } = {};
    let count = 0;
    let timestamp = 0;

    before(async () => {
      const database = engine === 'postgres' ? await openTestDatabase() : null;
      if (database !== null) place.drop = database.drop;
      const environment = database === null ? {} : { KAILI_DATABASE_URL: database.url };
      const clock = new TestClock('2026-12-01 10:00:00');
      place.served = await startServed(environment, { clock });
    });
    after(async () => {
      await place.served?.stop();
      await place.drop?.();
    });

    const served = (): Served => place.served ?? assert.fail('no server');

    /** Sets the clock; it stands still there. */
    async function at(taipei: string): Promise<void> {
      const now = `${taipei.replace(' ', 'T')}+08:00`;
      const headers = { 'content-type': 'application/json' };
      const init = { method: 'PUT', headers, body: JSON.stringify({ now }) };
      const reply = await served().call('/sandbox/clock', init);
      assert.equal(reply.status, 200, reply.text);
      assert.equal(JSON.parse(reply.text).now, now);
      timestamp = Math.floor(Date.parse(now) / 1000);
    }

    async function asked(
      action: string,
      data: Members,
      merchant: Merchant = MERCHANT_A,
    ): Promise<Members> {
      const { data: answer } = await call(served().url, action, data, { merchant, timestamp });
      return answer ?? assert.fail(`${action} was refused in the envelope`);
    }

    async function answers(action: string, data: Members, rtnCode: number): Promise<Members> {
      const answer = await asked(action, data);
      assert.equal(answer.RtnCode, rtnCode, `${action}: ${JSON.stringify(answer)}`);
      return answer;
    }

    async function issue(time: string): Promise<Issued> {
      count += 1;
      const { InvoiceNo, InvoiceDate } = await answers(
        'Issue',
        order({ RelateNumber: `DEADLINE-${count}` }),
        1,
      );
      assert.equal(InvoiceDate, time);
      return { number: String(InvoiceNo), time };
    }

    const dayOf = ({ time }: Issued): string => time.slice(0, 10);

    const invalid = (one: Issued, rtnCode: number): Promise<Members> =>
      answers(
        'Invalid',
        { InvoiceNo: one.number, InvoiceDate: dayOf(one), Reason: '退貨' },
        rtnCode,
      );

    const reissue = (one: Issued, rtnCode: number): Promise<Members> =>
      answers(
        'VoidWithReIssue',
        {
          VoidModel: { InvoiceNo: one.number, VoidReason: '更正' },
          IssueModel: order({ InvoiceDate: one.time, CustomerEmail: 'other@example.com' }),
        },
        rtnCode,
      );

    const given = (one: Issued): Members => ({
      ...{ InvoiceNo: one.number, InvoiceDate: dayOf(one), AllowanceNotify: 'N' },
      ...{ AllowanceAmount: 10, Items: [line(1, '高山烏龍茶', 1, 10)] },
    });

    async function allow(one: Issued): Promise<string> {
      return String((await answers('Allowance', given(one), 1)).IA_Allow_No);
    }

    const voidAllowance = (one: Issued, number: string, rtnCode: number): Promise<Members> =>
      answers(
        'AllowanceInvalid',
        { InvoiceNo: one.number, AllowanceNo: number, Reason: '有誤' },
        rtnCode,
      );

    test('voids, reissues and voided allowances end with the 13th after their own period', async () => {
      await at(PERIOD_ENDS);
      const old: Issued[] = [];
      for (let n = 0; n < 6; n += 1) old.push(await issue(PERIOD_ENDS));
      const [a, b, c, d, e, f] = old;
      assert(a && b && c && d && e && f);
      const early = [await allow(e), await allow(e)];
      await at(PERIOD_BEGINS);
      const fresh: Issued[] = [];
      for (let n = 0; n < 4; n += 1) fresh.push(await issue(PERIOD_BEGINS));
      const [v, w, x, y] = fresh;
      assert(v && w && x && y);
      assert.notEqual(v.number.slice(0, 2), a.number.slice(0, 2), 'a track of the new period');
      // An allowance counts by its own day: this one is the next period's, on an invoice of the last.
      const late = [await allow(f), await allow(f)];

      await at(LAST);
      await invalid(a, 1);
      assert.equal((await reissue(b, 1)).InvoiceDate, PERIOD_ENDS);
      await voidAllowance(e, early[0] ?? '', 1);

      await at(TOO_LATE);
      await invalid(c, 8930701);
      await reissue(d, 8930702);
      await voidAllowance(e, early[1] ?? '', 8940704);
      // What the deadline does not end: giving back, and whatever is the next period's.
      const after13th = await allow(c);
      await voidAllowance(f, late[0] ?? '', 1);
      await invalid(v, 1);
      await reissue(w, 1);

      await at(NEXT_LAST);
      await invalid(x, 1);
      await voidAllowance(f, late[1] ?? '', 1);
      const youngest = await allow(d);
      await at(NEXT_TOO_LATE);
      await invalid(y, 8930701);
      await reissue(y, 8930702);
      await voidAllowance(c, after13th, 8940704);
      // Made yesterday, in a period that is not over.
      await voidAllowance(d, youngest, 1);
    });

    test('a consent lives 72 hours to the second, and counts by the day it is given', async () => {
      const asks = '2027-04-28 12:00:00';
      const expires = '2027-05-01 12:00:00';
      await at(asks);
      const [one, two] = [await issue(asks), await issue(asks)];
      const online = { AllowanceNotify: 'E', NotifyMail: 'buyer@example.com' };
      const links: string[] = [];
      const numbers: string[] = [];
      for (const invoice of [one, two]) {
        const answer = await answers('AllowanceByCollegiate', { ...given(invoice), ...online }, 1);
        assert.deepEqual([answer.IA_TempDate, answer.IA_TempExpireDate], [asks, expires]);
        numbers.push(String(answer.IA_Allow_No));
        links.push(await consentLink(String(answer.IA_Allow_No)));
      }
      await at(expires);
      const page = await fetch(links[0] ?? '');
      assert.equal(page.status, 200);
      const key = /name="key" value="([0-9a-f]+)"/.exec(await page.text())?.[1] ?? '';
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const agreed = await fetch(links[0] ?? '', { method: 'POST', headers, body: `key=${key}` });
      assert.equal(agreed.status, 200);
      const search = { SearchType: '0', AllowanceNo: numbers[0] };
      const { AllowanceInfo: found } = await answers('GetAllowanceList', search, 1);
      assert(Array.isArray(found) && found[0]?.IA_Date === expires);
      await at('2027-05-01 12:00:01');
      assert.equal((await fetch(links[1] ?? '')).status, 410);
      const withdrawn = { InvoiceNo: two.number, AllowanceNo: numbers[1], Reason: '有誤' };
      await answers('AllowanceInvalidByCollegiate', withdrawn, 8940706);
      // Agreed to in May: the period 11606 holds it, so July's 13th ends it.
      await at('2027-07-13 23:59:59');
      await voidAllowance(one, numbers[0] ?? '', 1);
    });

    test('a machine’s void ends with the 13th, its invoice with the 15th', async () => {
      await at('2027-08-31 23:00:00');
      const track = { InvoiceYear: '116', InvoiceTerm: 4, InvoiceStatus: 1, MachineID: 'POS1' };
      const fetched = await asked('GetOfflineInvoiceWordSettingNumber', track, POS_MERCHANT);
      const { InvoiceInfo: numbers } = fetched;
      assert(Array.isArray(numbers), JSON.stringify(fetched));
      const time = '2027-08-31 22:00:00';
      const upload = (n: number): Promise<Members> =>
        asked(
          'OfflineIssue',
          order({
            ...{ MachineID: 'POS1', InvoiceDate: time, RelateNumber: `MACHINE-${n}` },
            ...numbers[n],
            EncryptData: undefined,
          }),
          POS_MERCHANT,
        );
      const voided = (n: number): Promise<Members> =>
        asked(
          'OfflineInvalid',
          {
            ...{ InvoiceNo: numbers[n].InvoiceNo, InvoiceDate: time },
            ...{ Reason: '退貨', CancelDate: '2027-08-31 22:30:00' },
          },
          POS_MERCHANT,
        );
      for (const n of [0, 1]) assert.equal((await upload(n)).RtnCode, 1);
      await at('2027-09-13 23:59:59');
      assert.equal((await voided(0)).RtnCode, 1);
      await at('2027-09-14 00:00:00');
      assert.equal((await voided(1)).RtnCode, 8930701);
      await at('2027-09-15 23:59:59');
      assert.equal((await upload(2)).RtnCode, 1);
      await at('2027-09-16 00:00:00');
      assert.equal((await upload(3)).RtnCode, 8950707);
    });

    async function consentLink(about: string): Promise<string> {
      const end = Date.now() + WAIT_MS_MAX;
      for (;;) {
        const { text } = await served().call('/sandbox/inbox');
        // The sandbox's own answer, as the guide on notices describes it.
        const { items } = JSON.parse(text) as {
          items: { tag: string; text: string; links: string[] }[];
        };
        const mail = items.find((one) => one.tag === 'consent' && one.text.includes(about));
        if (mail?.links[0] !== undefined) return mail.links[0];
        assert(Date.now() < end, 'no mail in time');
        await sleep(LOOK_PAUSE_MS);
      }
    }
  });
}
