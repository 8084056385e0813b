/**
 * A list of attacks and accidents over real HTTP: what a client gets wrong is answered with the
 * provider's own code and text where it is known, with a clear Chinese text otherwise, and leaves no
 * trace in the ledger. Envelope failures are HTTP 500, as on ECPay's stage (observed 2026-08).
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ubn } from '../../src/domain/ubn.ts';
import {
  type Answer,
  call,
  encrypt,
  envelope,
  MERCHANT_A,
  type Members,
  openReply,
  post,
  STYLES,
} from '../support/ecpay-bytes.ts';
import { order } from '../support/ecpay-orders.ts';
import { openHouseStore } from '../support/house-journal.ts';
import {
  type House,
  makeHouse,
  SERVER_ENGINES,
  type ServerProcess,
  startServerProcess,
} from '../support/server-process.ts';

const BODY_BYTES_MAX = 10 * 1024 * 1024;
const STALE_SECONDS = 11 * 60;
const EMPTY = { InvoiceNo: '', InvoiceDate: '', RandomNumber: '' };
const GOOD = order('bad', 0);
const [GOOD_ITEM] = Array.isArray(GOOD.Items) ? GOOD.Items : [];

/** Name, what is changed in a good order, code, text. Texts: ECPay's where known, else Kaili's. */
const REFUSED: readonly (readonly [string, Members, number, string])[] = [
  [
    'a total that the lines do not add up to',
    { SalesAmount: 101 },
    5000022,
    '驗證發票金額發現錯誤，與商品合計金額不符',
  ],
  [
    'a RelateNumber of 51 characters',
    { RelateNumber: 'R'.repeat(51) },
    2001003,
    '自訂編號長度錯誤',
  ],
  [
    'an e-mail of 81 characters',
    { CustomerEmail: `${'e'.repeat(69)}@example.com` },
    2001010,
    '客戶電子信箱長度錯誤',
  ],
  ['a remark of 201 characters', { InvoiceRemark: '註'.repeat(201) }, 8910203, '發票備註長度錯誤'],
  [
    'a name of an item of 501 characters',
    { Items: [{ ...GOOD_ITEM, ItemName: '品'.repeat(501) }] },
    8910233,
    '商品名稱長度錯誤',
  ],
  ['no RelateNumber', { RelateNumber: null }, 8910011, '自訂編號為必填'],
  ['a total in words', { SalesAmount: '一百' }, 8910192, '發票金額格式錯誤'],
  ['a total with cents', { SalesAmount: 100.5 }, 8910192, '發票金額格式錯誤'],
  ['a total as an object', { SalesAmount: { amount: 100 } }, 8910192, '發票金額格式錯誤'],
  ['items that are no list', { Items: '商品' }, 8910212, '商品格式錯誤'],
  ['an item that is no object', { Items: [7] }, 8910212, '商品格式錯誤'],
  ['no items', { Items: [] }, 8910211, '商品為必填'],
  [
    'a price in words',
    { Items: [{ ...GOOD_ITEM, ItemPrice: '五十' }] },
    8910262,
    '商品單價格式錯誤',
  ],
  ['an unknown tax type', { TaxType: '7' }, 2001019, '課稅別格式錯誤'],
  ['an unknown carrier type', { CarrierType: '9' }, 2001096, '載具類別格式錯誤'],
  ['a malformed bar code', { CarrierType: '3', CarrierNum: '/abc' }, 8910142, '載具編號格式錯誤'],
  [
    'a carrier and print',
    { Print: '1', CustomerName: '客', CustomerAddr: '址' },
    5000015,
    '使用載具時，不可列印發票',
  ],
  [
    'a tax ID, no carrier, no print',
    { CarrierType: '', CustomerIdentifier: '04595257' },
    5000028,
    '有統一編號且無載具時，須列印發票',
  ],
  ['zero rate without clearance mark', { TaxType: '2' }, 5000007, '零稅率發票之通關方式為必填'],
  [
    'a tax ID of a wrong check digit',
    { CustomerIdentifier: '12345678' },
    8910702,
    '統一編號檢查碼驗證失敗，請再確認',
  ],
  [
    'neither mail nor phone',
    { CustomerEmail: '' },
    8910701,
    '客戶電子信箱與客戶手機號碼請至少填寫一項',
  ],
  ["another merchant's id inside Data", { MerchantID: '2000933' }, 8900701, '特店編號不一致'],
];

/** Name, the body, TransCode, TransMsg. */
const ENVELOPES: readonly (readonly [string, () => string, number, string])[] = [
  [
    'a wrong key',
    () => body(encrypt(data(), { ...MERCHANT_A, hashKey: '0123456789abcdef' })),
    110,
    'The parameter [Data] decrypt fail.',
  ],
  ['broken Base64', () => body('%%% no Base64 %%%'), 110, 'The parameter [Data] decrypt fail.'],
  [
    'a ciphertext cut short',
    () => body(encrypt(data(), MERCHANT_A).slice(0, -7)),
    110,
    'The parameter [Data] decrypt fail.',
  ],
  ['no Data', () => body(undefined), 111, 'The parameter [Data] cannot be empty.'],
  ['empty Data', () => body(''), 111, 'The parameter [Data] cannot be empty.'],
  [
    'a clock eleven minutes slow',
    () => body(encrypt(data(), MERCHANT_A), seconds() - STALE_SECONDS),
    104,
    'Timestamp is over 10 minutes than it just produced.',
  ],
  [
    'a clock eleven minutes fast',
    () => body(encrypt(data(), MERCHANT_A), seconds() + STALE_SECONDS),
    104,
    'Timestamp is over 10 minutes than it just produced.',
  ],
  [
    'an unknown merchant',
    () =>
      envelope({ merchant: { ...MERCHANT_A, id: '9999999' }, data: encrypt(data(), MERCHANT_A) }),
    115,
    'B2C/B2B功能尚未開通，請聯繫所屬業務',
  ],
];

function seconds(): number {
  return Math.floor(Date.now() / 1000);
}

function data(): string {
  return STYLES.php(JSON.stringify({ MerchantID: MERCHANT_A.id, ...GOOD }));
}

function body(cipher: unknown, timestamp?: number): string {
  return envelope({ merchant: MERCHANT_A, data: cipher, timestamp });
}

function seen({ status, data: inner }: Answer): unknown {
  return { status, data: inner };
}

for (const engine of SERVER_ENGINES) {
  describe(`bad input on ${engine}`, () => {
    let house: House;
    let server: ServerProcess;
    before(async () => {
      house = await makeHouse(engine, { KAILI_LOG_LEVEL: 'warn' });
      server = await startServerProcess(house);
    });
    after(async () => {
      await house.remove();
    });

    for (const [name, make, code, text] of ENVELOPES) {
      test(`${name} is refused in the envelope with ${code}`, async () => {
        const reply = await post(`${server.url}/B2CInvoice/Issue`, make());
        assert.equal(reply.status, 500);
        const { envelope: outer } = openReply(reply, MERCHANT_A);
        assert.deepEqual([outer.TransCode, outer.TransMsg, outer.Data], [code, text, null]);
      });
    }

    for (const [name, changes, code, text] of REFUSED) {
      test(`${name} is refused with ${code}`, async () => {
        const answer = await call(server.url, 'Issue', { ...GOOD, ...changes });
        assert.deepEqual(seen(answer), {
          status: 200,
          data: { RtnCode: code, RtnMsg: text, ...EMPTY },
        });
      });
    }

    test('several faults are told at once, in order, the first one giving the code', async () => {
      const changes = { RelateNumber: '', TaxType: '7', InvoiceRemark: '註'.repeat(201) };
      const { data: told } = await call(server.url, 'Issue', { ...GOOD, ...changes });
      assert.equal(told?.RtnCode, 8910011);
      assert.equal(told?.RtnMsg, '自訂編號為必填\r\n課稅別格式錯誤\r\n發票備註長度錯誤');
    });

    test('broken JSON, outside and inside, is refused without a server error of our own', async () => {
      const outside = await post(`${server.url}/B2CInvoice/Issue`, '{"MerchantID":');
      const outer: Members = JSON.parse(outside.body);
      assert.notEqual(outer.TransCode, 1);
      assert.equal(outer.Data ?? null, null);
      const broken = encrypt(STYLES.php('{"RelateNumber":'), MERCHANT_A);
      const inside = await post(`${server.url}/B2CInvoice/Issue`, body(broken));
      assert.equal(openReply(inside, MERCHANT_A).envelope.TransCode, 110);
      for (const reply of [outside, inside]) {
        assert.match(reply.contentType, /^application\/json/);
        assert(reply.status === 500 || reply.status < 500);
      }
    });

    test('a body over 10 MiB is refused with 413 and the server goes on', async () => {
      const reply = await post(
        `${server.url}/B2CInvoice/Issue`,
        Buffer.alloc(BODY_BYTES_MAX + 1, 0x20),
      ).catch((error: unknown) => error);
      // The server may close while the client still sends; what it said before counts where it arrived.
      if (!(reply instanceof Error)) assert.equal(Object(reply).status, 413);
      assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
    });

    test('an unknown action is 404 in HTML, as from ECPay', async () => {
      const reply = await post(`${server.url}/B2CInvoice/CheckUnifiedBussinesNo`, '{}');
      assert.equal(reply.status, 404);
      assert.match(reply.contentType, /^text\/html/);
    });

    test('nothing of all this was written: the next invoice takes the first number', async () => {
      const { data: told } = await call(server.url, 'Issue', GOOD);
      assert.equal(told?.RtnCode, 1, JSON.stringify(told));
      assert.equal(await server.stop(), 0, server.log());
      const store = await openHouseStore(house);
      try {
        const entries = await store.reads.listEntries(ubn('12345675'), 0, Number.MAX_SAFE_INTEGER);
        assert.equal(entries.filter(({ verb }) => verb === 'issue').length, 1);
        const segments = await store.reads.listSegments(ubn('12345675'));
        const used = segments.filter(({ next, first }) => next > first);
        assert.equal(used.length, 1);
        assert.equal(used[0]?.next, (used[0]?.first ?? 0) + 1);
        assert.equal(Number(String(told?.InvoiceNo).slice(2)), used[0]?.first);
      } finally {
        await store.close();
      }
    });
  });
}
