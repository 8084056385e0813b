/**
 * Requests recorded from ECPay's official SDK examples, sent again as they were, header for header and
 * byte for byte but for the time: each of the endpoints that Kaili has answers as ECPay's pages and
 * recorded replies say. Skips where the recordings are absent.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, type TestContext, test } from 'node:test';
import { order } from '../support/ecpay-b2c-case.ts';
import {
  call,
  encrypt,
  MERCHANT_A,
  type Members,
  openReply,
  post,
} from '../support/ecpay-bytes.ts';
import { requireReference } from '../support/reference.ts';
import {
  type House,
  makeHouse,
  SERVER_ENGINES,
  type ServerProcess,
  startServerProcess,
} from '../support/server-process.ts';

interface Recorded {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly envelope_without_Data: Members & { readonly RqHeader: Members };
  readonly data_plaintext: string;
  readonly data_before_aes: string;
}

const ISSUED = { RtnCode: 1, RtnMsg: '開立發票成功' };

function recorded(folder: string, path: string): readonly Recorded[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name): Recorded => JSON.parse(readFileSync(join(folder, name), 'utf8')))
    .filter((each) => each.path === path);
}

/** The recording with other numbers and times in it, each of them free of what URL-encoding changes. */
function about(each: Recorded, changes: Readonly<Record<string, string>>): Recorded {
  let text = each.data_before_aes;
  for (const [before, now] of Object.entries(changes)) {
    assert(text.includes(before), `${before} is not in the recording`);
    text = text.replaceAll(before, now);
  }
  return { ...each, data_before_aes: text };
}

/** Sends a recorded request with the present time. */
async function replay(url: string, each: Recorded) {
  const { RqHeader, ...rest } = each.envelope_without_Data;
  const body = JSON.stringify({
    ...rest,
    RqHeader: { ...RqHeader, Timestamp: Math.floor(Date.now() / 1000) },
    Data: encrypt(each.data_before_aes, MERCHANT_A),
  });
  const reply = await post(url + each.path, body, each.headers);
  assert.equal(reply.status, 200, reply.body);
  assert.match(reply.contentType, /^application\/json/);
  const { envelope, data } = openReply(reply, MERCHANT_A);
  const { RpHeader, Data: _, ...outer } = envelope;
  const wanted = { PlatformID: 0, MerchantID: 2000132, TransCode: 1, TransMsg: 'Success' };
  assert.deepEqual(outer, wanted);
  // The revision comes back as sent, and null where none was sent.
  assert.equal(Object(RpHeader).Revision, RqHeader.Revision ?? null);
  assert(data !== null);
  return data;
}

for (const engine of SERVER_ENGINES) {
  describe(`recorded requests on ${engine}`, () => {
    let house: House;
    let server: ServerProcess;
    before(async () => {
      house = await makeHouse(engine, { KAILI_LOG_LEVEL: 'warn' });
      server = await startServerProcess(house);
    });
    after(async () => {
      await server.stop();
      await house.remove();
    });

    function requests(t: TestContext, path: string): readonly Recorded[] {
      const folder = requireReference(t, 'ecpay-requests');
      if (folder === null) return [];
      const found = recorded(folder, path);
      assert(found.length > 0, `no recording of ${path}`);
      return found;
    }

    test('each Issue is issued, and GetIssue shows what was sent', async (t) => {
      for (const each of requests(t, '/B2CInvoice/Issue')) {
        const { InvoiceNo, InvoiceDate, RandomNumber, ...rest } = await replay(server.url, each);
        assert.deepEqual(rest, ISSUED);
        assert.match(String(InvoiceNo), /^[A-Z]{2}\d{8}$/);
        assert.match(String(InvoiceDate), /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/);
        assert.match(String(RandomNumber), /^\d{4}$/);
        const sent: Members = JSON.parse(each.data_plaintext);
        const shown = await call(server.url, 'GetIssue', { RelateNumber: sent.RelateNumber });
        assert.equal(shown.data?.IIS_Number, InvoiceNo);
        assert.equal(shown.data?.IIS_Sales_Amount, sent.SalesAmount);
        assert.equal(shown.data?.IIS_Identifier, sent.CustomerIdentifier ?? '0000000000');
        const { data } = shown;
        assert(Array.isArray(data?.Items) && Array.isArray(sent.Items));
        assert.deepEqual(
          data.Items.map(({ ItemName, ItemPrice, ItemAmount }) => [
            ItemName,
            ItemPrice,
            ItemAmount,
          ]),
          sent.Items.map(({ ItemName, ItemPrice, ItemAmount }) => [
            ItemName,
            ItemPrice,
            ItemAmount,
          ]),
        );
      }
    });

    test('an Issue recorded twice is refused the second time', async (t) => {
      for (const each of requests(t, '/B2CInvoice/Issue')) {
        assert.equal((await replay(server.url, each)).RtnCode, 5070357);
      }
    });

    test('DelayIssue is kept, shown nowhere yet, and refused the second time', async (t) => {
      for (const each of requests(t, '/B2CInvoice/DelayIssue')) {
        const { Tsr, RelateNumber }: Members = JSON.parse(each.data_plaintext);
        assert.deepEqual(await replay(server.url, each), { ...ISSUED, OrderNumber: Tsr });
        assert.equal((await call(server.url, 'GetIssue', { RelateNumber })).data?.RtnCode, 2);
        const again = await replay(server.url, each);
        assert.deepEqual([again.RtnCode, again.OrderNumber], [8920701, '']);
      }
    });

    async function issued(relate: string): Promise<Members> {
      const { data } = await call(server.url, 'Issue', order({ RelateNumber: relate }));
      assert.equal(data?.RtnCode, 1, JSON.stringify(data));
      return data ?? {};
    }

    test('VoidWithReIssue, its MerchantID inside both models, keeps number and time', async (t) => {
      for (const each of requests(t, '/B2CInvoice/VoidWithReIssue')) {
        // The invoice of the recording is ECPay's own.
        assert.equal((await replay(server.url, each)).RtnCode, 2);
        const { InvoiceNo, InvoiceDate } = await issued('RECORDED-1');
        const [day = '', time = ''] = String(InvoiceDate).split(' ');
        const changes = { MJ80009359: String(InvoiceNo), '2021-07-28': day };
        const encoded = { '13%3A32%3A48': time.replaceAll(':', '%3A') };
        const again = await replay(server.url, about(each, { ...changes, ...encoded }));
        assert.deepEqual(
          [again.RtnCode, again.InvoiceNo, again.InvoiceDate],
          [1, InvoiceNo, InvoiceDate],
        );
        assert.match(String(again.RandomNumber), /^\d{4}$/);
        const { data } = await call(server.url, 'GetIssue', { RelateNumber: 'RECORDED-1' });
        assert.deepEqual([data?.IIS_Sales_Amount, data?.IIS_Number], [11, InvoiceNo]);
        assert.equal(data?.IIS_Random_Number, again.RandomNumber);
      }
    });

    test('AllowanceByCollegiate reserves the amount until the buyer agrees', async (t) => {
      for (const each of requests(t, '/B2CInvoice/AllowanceByCollegiate')) {
        assert.equal((await replay(server.url, each)).RtnCode, 2000018);
        const { InvoiceNo, InvoiceDate } = await issued('RECORDED-2');
        const day = String(InvoiceDate).slice(0, 10);
        const changes = { MJ80009035: String(InvoiceNo), '2021-07-28': day };
        const asked = await replay(server.url, about(each, changes));
        const { RtnCode, IA_Invoice_No, IA_Remain_Allowance_Amt } = asked;
        assert.deepEqual([RtnCode, IA_Invoice_No, IA_Remain_Allowance_Amt], [1, InvoiceNo, 89]);
        assert.match(String(asked.IA_Allow_No), /^\d{16}$/);
        const [from, until] = [asked.IA_TempDate, asked.IA_TempExpireDate].map((text) =>
          Date.parse(`${String(text).replace(' ', 'T')}+08:00`),
        );
        assert.equal(Number(until) - Number(from), 72 * 3_600_000);
      }
    });

    test('GetIssueList answers in clear, and an empty page is a success', async (t) => {
      for (const each of requests(t, '/B2CInvoice/GetIssueList')) {
        assert.deepEqual(await replay(server.url, each), {
          ShowingPage: 2,
          RtnMsg: '成功',
          TotalCount: 0,
          InvoiceData: [],
          RtnCode: 1,
        });
      }
    });
  });
}
