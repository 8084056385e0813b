/**
 * Business invoices over real HTTP by the typed client: the sandbox's two sellers trade with each other, one of
 * them with the simulated partner outside, and by storage. Everything uploads by itself, and every message
 * passes the Ministry's schemas and Kaili's tables. On PostgreSQL too in the long form.
 */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import {
  createEcpayB2bClient,
  type EcpayB2bClient,
} from '../../packages/client/src/ecpay/b2b-client.ts';
import type { EcpayResult } from '../../packages/client/src/ecpay/result.ts';
import { MESSAGE_TABLES } from '../../src/mof/mig/message-tables.ts';
import { readChecked } from '../../src/mof/mig/read-message.ts';
import { MERCHANT_A, MERCHANT_B, type Merchant } from '../support/ecpay-bytes.ts';
import { assertJournalHolds } from '../support/house-journal.ts';
import { checkAllAgainstSchema } from '../support/mig-schema.ts';
import { referenceFolder } from '../support/reference.ts';
import {
  type House,
  makeHouse,
  SERVER_ENGINES,
  type ServerProcess,
  startServerProcess,
} from '../support/server-process.ts';

const LOOK_PAUSE_MS = 50;
const SETTLE_MS_MAX = 30_000;
const SELLER_B = '22222229';
const OUTSIDE = '04595257';
/** A partner for whom nothing is exchanged. */
const STORED = '53538851';

const inbox = z.object({ items: z.array(z.object({ to: z.string(), text: z.string() })) });

function succeeded<T>(result: EcpayResult<T>): T {
  assert(result.kind === 'ok', JSON.stringify(result));
  return result.data;
}
function refusedWith(result: EcpayResult<unknown>): number {
  assert(result.kind === 'refused', JSON.stringify(result));
  return result.code;
}

/** Asks again until the answer is a success that fits. */
async function until<T>(
  what: string,
  ask: () => Promise<EcpayResult<T>>,
  fits: (data: T) => boolean,
): Promise<T> {
  const end = Date.now() + SETTLE_MS_MAX;
  for (;;) {
    const result = await ask();
    if (result.kind === 'ok' && fits(result.data)) return result.data;
    assert(Date.now() < end, `${what}: ${JSON.stringify(result)}`);
    await sleep(LOOK_PAUSE_MS);
  }
}

function messages(folder: string): readonly { readonly kind: string; readonly xml: string }[] {
  const upCast = join(folder, 'UpCast');
  if (!existsSync(upCast)) return [];
  return globSync('{B2BEXCHANGE,B2SSTORAGE}/*/{SRC,BAK,ERR}/**/*.xml', { cwd: upCast }).map(
    (path) => ({
      kind: path.split(/[/\\]/)[1] ?? '',
      xml: readFileSync(join(upCast, path), 'utf8'),
    }),
  );
}

const ENGINES_RUN = process.env.KAILI_TEST_LONG === '1' ? SERVER_ENGINES : (['sqlite'] as const);

for (const engine of ENGINES_RUN) {
  describe(`trade on ${engine}`, () => {
    let house: House;
    let server: ServerProcess;
    let seller: EcpayB2bClient;
    let buyer: EcpayB2bClient;
    let today = '';

    before(async () => {
      house = await makeHouse(engine);
      server = await startServerProcess(house);
      seller = clientOf(MERCHANT_A);
      buyer = clientOf(MERCHANT_B);
    });
    after(() => house.remove());

    function clientOf({ id, hashKey, hashIv }: Merchant): EcpayB2bClient {
      return createEcpayB2bClient({ baseUrl: server.url, merchantId: id, hashKey, hashIv });
    }

    async function addPartner(Identifier: string, ExchangeMode: '0' | '1'): Promise<void> {
      const names = { CompanyName: '示範股份有限公司', TradingSlang: Identifier };
      const rest = { ExchangeMode, EmailAddress: 'ap@example.com', type: '3' } as const;
      const added = seller.maintainPartner({ Action: 'Add', Identifier, ...names, ...rest });
      assert.equal(succeeded(await added).RtnMsg, '新增成功');
    }

    /** Issues two hours of 100, and names the invoice. */
    async function issue(CustomerIdentifier: string, RelateNumber: string, InvoiceRemark = '') {
      const { InvoiceNumber } = succeeded(
        await seller.issue({
          ...{ RelateNumber, CustomerIdentifier, InvoiceRemark, InvType: '07', TaxType: '1' },
          ...{ SalesAmount: 200, TaxAmount: 10, TotalAmount: 210 },
          Items: [{ ItemSeq: 1, ItemName: '顧問', ItemCount: 2, ItemPrice: 100, ItemAmount: 200 }],
        }),
      );
      const clock = await (await fetch(`${server.url}/sandbox/clock`)).text();
      today = /\d{4}-\d{2}-\d{2}/.exec(clock)?.[0] ?? assert.fail(clock);
      return { InvoiceNumber, InvoiceDate: today };
    }

    function allowance({ InvoiceNumber, InvoiceDate }: Awaited<ReturnType<typeof issue>>) {
      const original = { OriginalInvoiceNumber: InvoiceNumber, OriginalInvoiceDate: InvoiceDate };
      const line = { ...original, OriginalSequenceNumber: 1, ItemName: '顧問', ItemCount: 1 };
      const Details = [{ ...line, ItemPrice: 100, ItemAmount: 100 }];
      return seller.allowance({ TaxAmount: 5, TotalAmount: 100, Details });
    }

    async function exchange(): Promise<void> {
      const named = await issue(SELLER_B, 'trade-1');
      assert.equal(refusedWith(await allowance(named)), 8970703);
      assert.equal(refusedWith(await seller.issueConfirm(named)), 8970706);
      succeeded(await buyer.issueConfirm(named));
      assert.equal(refusedWith(await buyer.issueConfirm(named)), 8970705);
      const { AllowanceNo } = succeeded(await allowance(named));
      succeeded(await buyer.allowanceConfirm({ AllowanceNo }));
      assert.equal(refusedWith(await seller.invalid({ ...named, Reason: '取消' })), 8970702);
      succeeded(await seller.cancelAllowance({ AllowanceNo, Reason: '有誤' }));
      succeeded(await buyer.cancelAllowanceConfirm({ AllowanceNo }));
      succeeded(await seller.invalid({ ...named, Reason: '取消' }));
      succeeded(await buyer.invalidConfirm(named));
      for (const [party, InvoiceCategory] of [
        [seller, '0'],
        [buyer, '1'],
      ] as const) {
        const { RtnData } = succeeded(await party.getIssue({ InvoiceCategory, ...named }));
        assert.deepEqual(
          [RtnData.Invalid_Status, RtnData.BalanceAmount, RtnData.ExchangeStatus],
          [1, 200, 1],
        );
      }
      const last = { InvoiceCategory: '1', ...named } as const;
      const ask = () => buyer.getInvalidConfirm(last);
      await until('the last message', ask, ({ RtnData }) => RtnData.Upload_Status === 1);
    }

    async function giveBack(): Promise<void> {
      const named = await issue(SELLER_B, 'trade-2');
      succeeded(await buyer.reject({ ...named, Reason: '規格不符' }));
      assert.equal(refusedWith(await buyer.issueConfirm(named)), 8970708);
      succeeded(await seller.rejectConfirm(named));
      const { RtnData } = succeeded(await buyer.getIssue({ InvoiceCategory: '1', ...named }));
      assert.equal(RtnData.Issue_Status, 0);
      const ask = () => seller.getRejectConfirm({ InvoiceCategory: '0', ...named });
      await until('the last message', ask, (data) => data.RtnData.Upload_Status === 1);
    }

    async function tradeOutside(): Promise<void> {
      const named = await issue(OUTSIDE, 'trade-3');
      const returned = await issue(OUTSIDE, 'trade-4', '請退回');
      const shown = () => seller.getIssue({ InvoiceCategory: '0', ...named });
      await until('the confirmation', shown, ({ RtnData }) => RtnData.ExchangeStatus === 1);
      succeeded(await seller.invalid({ ...named, Reason: '取消' }));
      await until('the void', shown, ({ RtnData }) => RtnData.Invalid_Status === 1);
      const back = () => seller.getReject({ InvoiceCategory: '0', ...returned });
      const { RtnData } = await until('the return', back, () => true);
      assert.equal(RtnData.ExchangeStatus, 0);
      succeeded(await seller.rejectConfirm(returned));
      const ask = () => seller.getRejectConfirm({ InvoiceCategory: '0', ...returned });
      await until('its confirmation', ask, (data) => data.RtnData.Upload_Status === 1);
    }

    async function store(): Promise<void> {
      const named = await issue(STORED, 'trade-5');
      const shown = () => seller.getIssue({ InvoiceCategory: '0', ...named });
      await until('the upload', shown, ({ RtnData }) => RtnData.Upload_Status === 1);
      const again = succeeded(
        await seller.voidWithReIssue({
          VoidModel: { InvoiceNo: named.InvoiceNumber, VoidReason: '品名錯誤' },
          IssueModel: {
            ...{ RelateNumber: 'trade-5', InvoiceTime: `${today} 00:00:00`, InvType: '07' },
            ...{ CustomerIdentifier: STORED, CustomerEmail: 'ap@example.com', TaxType: '1' },
            ...{ SalesAmount: 300, TaxAmount: 15, TotalAmount: 315 },
            Items: [
              { ItemSeq: 1, ItemName: '顧問', ItemCount: 3, ItemPrice: 100, ItemAmount: 300 },
            ],
          },
        }),
      );
      assert.equal(again.InvoiceNumber, named.InvoiceNumber);
      const { RtnData } = await until('the second upload', shown, (data) => {
        const { Upload_Status, TotalAmount } = data.RtnData;
        return Upload_Status === 1 && TotalAmount === 315;
      });
      assert.equal(RtnData.RandomNumber, again.RandomNumber);
      succeeded(await seller.invalid({ ...named, Reason: '取消' }));
      const ask = () => seller.getInvalid({ InvoiceCategory: '0', ...named });
      await until('the void', ask, (data) => data.RtnData.Upload_Status === 1);
    }

    test('partners are added', async () => {
      await addPartner(SELLER_B, '1');
      await addPartner(OUTSIDE, '1');
      await addPartner(STORED, '0');
    });

    // Side by side: each waits seconds for the Ministry's answers.
    describe('at the same time', { concurrency: true }, () => {
      test('two sellers: issue to void, each step confirmed, and all of it uploaded', exchange);
      test('two sellers: a return, confirmed', giveBack);
      test('the partner outside confirms by itself, and returns what says so', tradeOutside);
      test('storage: uploaded, issued again under its number, voided', store);
    });

    test('a notice lies in the sandbox’s inbox; a sheet is there as a link, and twice as a file', async () => {
      const named = await issue(SELLER_B, 'trade-6');
      const told = { NotifyMail: 'one@example.com', InvoiceTag: '1', Notified: 'C' } as const;
      succeeded(await seller.notify({ ...named, ...told }));
      const end = Date.now() + SETTLE_MS_MAX;
      for (;;) {
        const { items } = inbox.parse(await (await fetch(`${server.url}/sandbox/inbox`)).json());
        const mail = items.find(({ to }) => to === 'one@example.com');
        if (mail !== undefined) {
          assert.match(mail.text, /請買方確認或退回。/);
          break;
        }
        assert(Date.now() < end, 'no mail');
        await sleep(LOOK_PAUSE_MS);
      }
      const { InvoiceNumber: InvoiceNo, InvoiceDate } = named;
      const sheet = succeeded(await seller.invoicePrint({ InvoiceNo, InvoiceDate }));
      const page = await fetch(sheet.InvoiceHtml);
      assert.equal(page.status, 200);
      assert.match(await page.text(), new RegExp(InvoiceNo.slice(2)));
      for (const _ of [1, 2]) {
        const pdf = succeeded(await seller.downloadPdf({ InvoiceNo, InvoiceDate }));
        assert.equal(Buffer.from(pdf.subarray(0, 5)).toString(), '%PDF-');
      }
      assert.equal(refusedWith(await seller.downloadPdf({ InvoiceNo, InvoiceDate })), 0);
    });

    test('every message is valid, and the journals verify', async () => {
      assert.equal(await server.stop(), 0, server.log());
      const files = messages(join(house.dataFolder, 'turnkey'));
      const kinds = new Set(files.map(({ kind }) => kind));
      assert.deepEqual([...kinds].sort(), [
        ...['A0101', 'A0102', 'A0201', 'A0202', 'A0301', 'A0302'],
        ...['B0101', 'B0102', 'B0201', 'B0202', 'F0401', 'F0501', 'F0701'],
      ]);
      for (const { kind, xml } of files) {
        const table = Object.entries(MESSAGE_TABLES).find(([name]) => name === kind)?.[1];
        assert(table !== undefined, kind);
        const read = readChecked(table, xml);
        assert(read.ok, `${kind}: ${JSON.stringify(read)}`);
      }
      if (referenceFolder() !== null) {
        const errors = await checkAllAgainstSchema(files.map(({ xml }) => xml));
        assert.deepEqual(errors.flat(), []);
      }
      await assertJournalHolds(house, 25);
    });
  });
}
