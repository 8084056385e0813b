/**
 * An invoice's whole life over real HTTP, on both engines, seen by the published client and by raw bytes
 * beside it: issued, uploaded by itself, partly given back, the allowance taken back, voided. Every
 * message that it caused passes the Ministry's schemas and Kaili's rules.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createEcpayClient, type EcpayClient, type EcpayResult } from '@kaili/client';
import { call, MERCHANT_A, MERCHANT_B, type Members, STYLES } from '../support/ecpay-bytes.ts';
import { assertShown, ORDER_KINDS, order, specialOrder } from '../support/ecpay-orders.ts';
import { assertJournalHolds } from '../support/house-journal.ts';
import {
  assertMessagesValid,
  assertWrittenOnce,
  type MessageFile,
  messageFiles,
} from '../support/message-files.ts';
import {
  type House,
  makeHouse,
  SERVER_ENGINES,
  type ServerProcess,
  startServerProcess,
} from '../support/server-process.ts';

const LOOK_PAUSE_MS = 20;
const SETTLE_MS_MAX = 30_000;

function succeeded<T>(result: EcpayResult<T>): T {
  assert(result.kind === 'ok', JSON.stringify(result));
  return result.data;
}

function refusedWith(result: EcpayResult<unknown>): number {
  assert(result.kind === 'refused', JSON.stringify(result));
  return result.code;
}

/** Looks at an invoice until it is confirmed, and tells every pair of states that was seen. */
async function statesUntilConfirmed(shop: EcpayClient, relate: string): Promise<readonly string[]> {
  const states: string[] = [];
  const end = Date.now() + SETTLE_MS_MAX;
  for (;;) {
    const shown = succeeded(await shop.getIssue({ RelateNumber: relate }));
    const state = `${shown.IIS_Upload_Status}${shown.IIS_Turnkey_Status}`;
    if (states.at(-1) !== state) states.push(state);
    if (state === '1C') return states;
    assert(Date.now() < end, `not confirmed in time: ${states.join(' ')}`);
    await sleep(LOOK_PAUSE_MS);
  }
}

/** Waits for messages of a kind about a document. */
async function messageOf(folder: string, message: string, document: string): Promise<MessageFile> {
  const end = Date.now() + SETTLE_MS_MAX;
  for (;;) {
    const found = messageFiles(folder).find(
      (file) => file.message === message && file.document === document,
    );
    if (found !== undefined) return found;
    assert(Date.now() < end, `no ${message} of ${document}`);
    await sleep(LOOK_PAUSE_MS);
  }
}

for (const engine of SERVER_ENGINES) {
  describe(`a shop on ${engine}`, () => {
    let house: House;
    let server: ServerProcess;
    let shop: EcpayClient;
    let turnkey: string;
    /** Of the invoice whose life is told. */
    let number = '';
    let issuedOn = '';
    let allowanceNumber = '';
    const relate = 'journey-1';

    before(async () => {
      house = await makeHouse(engine);
      turnkey = join(house.dataFolder, 'turnkey');
      server = await startServerProcess(house);
      shop = createEcpayClient({
        baseUrl: server.url,
        merchantId: MERCHANT_A.id,
        hashKey: MERCHANT_A.hashKey,
        hashIv: MERCHANT_A.hashIv,
      });
    });
    after(async () => {
      await house.remove();
    });

    test('issues an invoice, and GetIssue shows its upload go on by itself', async () => {
      const issued = succeeded(
        await shop.issue({
          RelateNumber: relate,
          CustomerIdentifier: '04595257',
          CustomerName: '示範有限公司',
          CustomerAddr: '臺北市示範路1號',
          CustomerEmail: 'buyer@example.com',
          Print: '1',
          Donation: '0',
          TaxType: '1',
          InvType: '07',
          SalesAmount: 100,
          Items: [
            { ItemName: '示範甲', ItemCount: 1, ItemWord: '個', ItemPrice: 70, ItemAmount: 70 },
            { ItemName: '示範乙', ItemCount: 3, ItemWord: '個', ItemPrice: 10, ItemAmount: 30 },
          ],
        }),
      );
      number = issued.InvoiceNo;
      issuedOn = issued.InvoiceDate.slice(0, 10);
      const states = await statesUntilConfirmed(shop, relate);
      // Each step may pass between two looks, but none comes out of turn.
      const order = ['0', '0P', '0G', '1C'];
      assert.deepEqual(
        states,
        order.filter((state) => states.includes(state)),
      );
      assert(states.length > 1, 'the upload was seen before its end');
    });

    test('its F0401 states what the invoice states', async () => {
      const { xml } = await messageOf(turnkey, 'F0401', number);
      for (const [element, value] of [
        [
          'RandomNumber',
          String(succeeded(await shop.getIssue({ RelateNumber: relate })).IIS_Random_Number),
        ],
        ['SalesAmount', '95'],
        ['TaxAmount', '5'],
        ['TotalAmount', '100'],
        ['PrintMark', 'Y'],
      ] as const) {
        assert.match(xml, new RegExp(`<${element}>${value}</${element}>`), element);
      }
    });

    test('gives a part back, which lowers what is left', async () => {
      const given = succeeded(
        await shop.allowance({
          InvoiceNo: number,
          InvoiceDate: issuedOn,
          AllowanceNotify: 'N',
          AllowanceAmount: 30,
          Items: [
            { ItemName: '示範乙', ItemCount: 3, ItemWord: '個', ItemPrice: 10, ItemAmount: 30 },
          ],
        }),
      );
      allowanceNumber = given.IA_Allow_No;
      assert.match(allowanceNumber, /^\d{16}$/);
      assert.deepEqual([given.IA_Invoice_No, given.IA_Remain_Allowance_Amt], [number, 70]);
      const { xml } = await messageOf(turnkey, 'G0401', allowanceNumber);
      assert.match(xml, /<TaxAmount>1<\/TaxAmount>\s*<TotalAmount>29<\/TotalAmount>/);
    });

    test('cannot give back more than is left, nor void while an allowance lives', async () => {
      const more = await shop.allowance({
        InvoiceNo: number,
        InvoiceDate: issuedOn,
        AllowanceNotify: 'N',
        AllowanceAmount: 71,
        Items: [
          { ItemName: '示範甲', ItemCount: 1, ItemWord: '個', ItemPrice: 71, ItemAmount: 71 },
        ],
      });
      assert.equal(refusedWith(more), 2000034);
      const voided = await shop.invalid({
        InvoiceNo: number,
        InvoiceDate: issuedOn,
        Reason: '示範',
      });
      assert.equal(refusedWith(voided), 5070450);
    });

    test('takes the allowance back once, and is told so with the text of success', async () => {
      const taken = { InvoiceNo: number, AllowanceNo: allowanceNumber, Reason: '示範' };
      const raw = await call(server.url, 'AllowanceInvalid', taken);
      assert.deepEqual(raw.data, { RtnCode: 1, RtnMsg: '該折讓單已作廢', IA_Invoice_No: number });
      assert.equal(refusedWith(await shop.allowanceInvalid(taken)), 2000063);
      await messageOf(turnkey, 'G0501', allowanceNumber);
      assert.equal(
        succeeded(await shop.getIssue({ RelateNumber: relate })).IIS_Remain_Allowance_Amt,
        100,
      );
    });

    test('voids on the right day only, and once', async () => {
      const day = { InvoiceNo: number, Reason: '示範作廢' };
      assert.equal(refusedWith(await shop.invalid({ ...day, InvoiceDate: '2020-01-01' })), 1600003);
      const voided = await shop.invalid({ ...day, InvoiceDate: issuedOn });
      assert.equal(succeeded(voided).InvoiceNo, number);
      assert.equal(refusedWith(await shop.invalid({ ...day, InvoiceDate: issuedOn })), 5070453);
      await messageOf(turnkey, 'F0501', number);
      const shown = succeeded(await shop.getIssue({ RelateNumber: relate }));
      assert.deepEqual([shown.IIS_Issue_Status, shown.IIS_Invalid_Status], ['1', '1']);
      const how = await shop.getInvalid({
        RelateNumber: relate,
        InvoiceNo: number,
        InvoiceDate: issuedOn,
      });
      assert.equal(succeeded(how).Reason, '示範作廢');
    });

    test('issues every kind of order in every client style, each found as sent', async () => {
      const styles = Object.values(STYLES);
      const numbers: string[] = [];
      for (let n = 0; n < ORDER_KINDS + 1; n += 1) {
        const sent: Members = n < ORDER_KINDS ? order('kinds', n) : specialOrder('kinds', n);
        const style = styles[n % styles.length] ?? STYLES.php;
        const reply = await call(server.url, 'Issue', sent, { style });
        assert.equal(reply.data?.RtnCode, 1, JSON.stringify(reply.data));
        const found = await call(
          server.url,
          'GetIssue',
          { RelateNumber: sent.RelateNumber },
          { style },
        );
        assert(found.data !== null);
        assertShown(found.data, sent, reply.data);
        numbers.push(String(reply.data.InvoiceNo));
      }
      for (const each of numbers) await messageOf(turnkey, 'F0401', each);
    });

    test("does not see another seller's invoice", async () => {
      const asked = { InvoiceNo: number, InvoiceDate: issuedOn };
      const other = await call(server.url, 'GetIssue', asked, { merchant: MERCHANT_B });
      assert.deepEqual(other.data, { RtnCode: 2, RtnMsg: '查無發票資料，請重新確認' });
      const voided = await call(
        server.url,
        'Invalid',
        { ...asked, Reason: '示範' },
        { merchant: MERCHANT_B },
      );
      assert.equal(voided.data?.RtnCode, 1600003);
    });

    test('wrote each message once, all of them valid, and its journals verify', async () => {
      assert.equal(await server.stop(), 0, server.log());
      const files = messageFiles(turnkey);
      assert.equal(await assertMessagesValid(files), ORDER_KINDS + 1 + 4);
      const invoices = files.filter((file) => file.message === 'F0401');
      assertWrittenOnce(files, 'F0401', [...new Set(invoices.map((file) => file.document))]);
      assertWrittenOnce(files, 'F0501', [number]);
      assertWrittenOnce(files, 'G0401', [allowanceNumber]);
      assertWrittenOnce(files, 'G0501', [allowanceNumber]);
      await assertJournalHolds(house, ORDER_KINDS + 5);
    });
  });
}
