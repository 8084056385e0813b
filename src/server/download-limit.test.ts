/**
 * DownloadB2BPdf's limit over real HTTP: counted by the client's own address behind a trusted proxy, by the
 * machine's clock, and only where the keys were right.
 */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  encrypt,
  envelope,
  MERCHANT_A,
  type Members,
  openReply,
  STYLES,
} from '../../test/support/ecpay-bytes.ts';
import { TestClock } from '../../test/support/engines.ts';
import { type Served, startServed } from '../../test/support/served.ts';

const TOO_OFTEN = { RtnCode: 0, RtnMsg: '下載過於頻繁，請稍後再試' };
const NOT_FOUND = { RtnCode: 8990703, RtnMsg: '查無資料' };
const MINUTE_MS = 60_000;

suite('downloads', () => {
  const clock = new TestClock('2026-11-21 10:00:00');
  let trusting: Served;
  let direct: Served;

  before(async () => {
    trusting = await startServed({ KAILI_TRUST_PROXY: '127.0.0.1' }, { clock });
    direct = await startServed({}, { clock });
  });
  after(async () => {
    await trusting.stop();
    await direct.stop();
  });

  /** What a client behind this address is answered. */
  async function download(served: Served, address: string, merchant = MERCHANT_A) {
    const data = { MerchantID: merchant.id, InvoiceNo: 'ZZ00000000', InvoiceDate: '2026-11-21' };
    const body = envelope({
      merchant,
      data: encrypt(STYLES.php(JSON.stringify(data)), merchant),
      timestamp: Math.floor(clock.now() / 1000),
    });
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': address };
    const { status, text } = await served.call('/B2BInvoice/DownloadB2BPdf', {
      ...{ method: 'POST', headers, body },
    });
    const reply = { status, contentType: 'application/json', body: text };
    const opened = openReply(reply, merchant);
    return { status, envelope: opened.envelope, data: opened.data };
  }

  async function answers(served: Served, ...addresses: readonly string[]): Promise<unknown[]> {
    const found: unknown[] = [];
    for (const address of addresses) found.push((await download(served, address)).data);
    return found;
  }

  test('the third call of an address in ten seconds is refused, in the envelope, as RtnCode 0', async () => {
    clock.advanceMs(MINUTE_MS);
    const one = '203.0.113.1';
    assert.deepEqual(await answers(trusting, one, one), [NOT_FOUND, NOT_FOUND]);
    const refused = await download(trusting, one);
    assert.equal(refused.status, 200);
    assert.equal(refused.envelope.TransCode, 1);
    assert.deepEqual(refused.data, TOO_OFTEN);
    clock.advanceMs(9_999);
    assert.deepEqual(await answers(trusting, one), [TOO_OFTEN]);
    clock.advanceMs(1);
    assert.deepEqual(await answers(trusting, one), [NOT_FOUND]);
  });

  test('behind a trusted proxy each client is counted apart; other calls are not', async () => {
    clock.advanceMs(MINUTE_MS);
    const [one, two] = ['203.0.113.2', '203.0.113.3'];
    assert.deepEqual(await answers(trusting, one, two, one, two, one), [
      NOT_FOUND,
      NOT_FOUND,
      NOT_FOUND,
      NOT_FOUND,
      TOO_OFTEN,
    ]);
    // An IPv4 address in IPv6's form is the same address.
    assert.deepEqual(await answers(trusting, `::ffff:${one}`), [TOO_OFTEN]);
  });

  test('without a trusted proxy nobody escapes by naming other addresses', async () => {
    clock.advanceMs(MINUTE_MS);
    const named = ['203.0.113.4', '203.0.113.5', '203.0.113.6'];
    assert.deepEqual(await answers(direct, ...named), [NOT_FOUND, NOT_FOUND, TOO_OFTEN]);
  });

  test('calls with wrong keys count for nobody', async () => {
    clock.advanceMs(MINUTE_MS);
    const one = '203.0.113.7';
    const wrong = { ...MERCHANT_A, hashIv: 'aaaaaaaaaaaaaaaa' };
    for (let call = 0; call < 3; call += 1) {
      assert.equal((await download(trusting, one, wrong)).envelope.TransCode, 110);
    }
    assert.deepEqual(await answers(trusting, one), [NOT_FOUND]);
  });

  test('the sandbox’s clock, moved, does not shorten the ten seconds', async () => {
    clock.advanceMs(MINUTE_MS);
    const one = '127.0.0.1';
    await answers(direct, one, one);
    const moved = await direct.call('/sandbox/clock', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advanceSeconds: 60 } satisfies Members),
    });
    assert.equal(moved.status, 200, moved.text);
    assert.deepEqual(await answers(direct, one), [TOO_OFTEN]);
  });
});
