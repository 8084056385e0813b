/** Claims about the sandbox: books whatever the clock says, a clock that keeps behind nothing, a reset. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { createEcpayClient } from '@kaili/client';
import { z } from 'zod';
import { errorOf, type Reply, type Served, startServed } from '../../../test/support/served.ts';
import { bookView, sellerView } from '../../api/views.ts';
import { parsePeriod } from '../../domain/period.ts';
import { demoTrack } from './demo-books.ts';

const DAY_SECONDS = 86_400;
const clockShown = z.strictObject({
  now: z.string(),
  period: z.string(),
  offsetSeconds: z.number(),
});
const books = z.strictObject({ items: z.array(bookView) });
const sellers = z.strictObject({ items: z.array(sellerView) });

let served: Served;
before(async () => {
  served = await startServed();
});
after(() => served.stop());

function put(body: unknown): Promise<Reply> {
  return served.call('/sandbox/clock', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

const readClock = () => served.read('/sandbox/clock', clockShown);

suite('sandbox', () => {
  test('it has two sellers, each with the numbers that are promised', async () => {
    const { items } = await served.read('/api/v1/sellers', sellers);
    assert.deepEqual(items.map(({ ubn }) => ubn).sort(), ['12345675', '22222229']);
    for (const { ubn } of items) {
      const { period } = await readClock();
      const { items: own } = await served.read(
        `/api/v1/sellers/${ubn}/books?period=${period}`,
        books,
      );
      const segments = own.flatMap(({ invoiceType, segments: cuts }) =>
        cuts.map(({ category, code, allotter, first, last, left }) => {
          const count = Number(last) - Number(first) + 1;
          assert.equal(left, allotter === 'center' ? count : null);
          return `${invoiceType} ${category} ${code} ${allotter} ${count}`;
        }),
      );
      assert.deepEqual(segments, [
        '07 b2c  center 100000',
        '07 b2b  center 10000',
        '07 systemlead U1 center 10000',
        '07 systemlead  merchant 10000',
        '07 pos POS1 merchant 5000',
        '07 any  center 10000',
        '08 any  center 1000',
      ]);
    }
  });

  test('a new period has its books, and the one after it, at once', async () => {
    const before = await readClock();
    const reply = await put({ advanceSeconds: 62 * DAY_SECONDS });
    assert.equal(reply.status, 200);
    assert.notEqual(clockShown.parse(JSON.parse(reply.text)).period, before.period);
    assert.equal((await served.call('/readyz')).status, 200);
    const { items } = await served.read('/api/v1/sellers/22222229/books', books);
    assert.equal(new Set(items.map(({ period }) => period)).size, 3);
    assert.equal(new Set(items.map(({ track }) => track)).size, items.length);
  });

  test('a client keeps its own time when the sandbox’s clock is moved', async () => {
    const keys = {
      merchantId: '2000132',
      hashKey: 'ejCk326UnaZWKisg',
      hashIv: 'q9jcZX8Ib9LM8wYk',
    };
    const { offsetSeconds, now } = await readClock();
    assert.equal(offsetSeconds, 62 * DAY_SECONDS);
    const moved = () => Date.parse(now);
    for (const clock of [undefined, moved]) {
      const shop = createEcpayClient({ baseUrl: served.url, ...keys, ...(clock && { clock }) });
      const answer = await shop.getIssue({ RelateNumber: 'nobody-has-this' });
      assert.equal(answer.kind, 'refused');
    }
    const stranger = () => Date.parse(now) - 31 * DAY_SECONDS * 1000;
    const shop = createEcpayClient({ baseUrl: served.url, ...keys, clock: stranger });
    assert.equal((await shop.getIssue({ RelateNumber: 'x' })).kind, 'rejected');
  });

  test('the clock does not run back behind the journal, except by a reset', async () => {
    const reply = await put({ now: '2001-01-01T00:00:00+08:00' });
    assert.equal(reply.status, 409);
    assert.equal(errorOf(reply).code, 'CLOCK_BEHIND_JOURNAL');
    assert.equal((await readClock()).offsetSeconds, 62 * DAY_SECONDS);
    assert.equal((await served.call('/sandbox/reset', { method: 'POST' })).status, 200);
    assert.equal((await readClock()).offsetSeconds, 0);
    assert.equal((await served.call('/readyz')).status, 200);
    const { items } = await served.read('/api/v1/sellers/12345675/books', books);
    assert.equal(items.length, 4);
    assert.equal((await served.call('/sandbox/status')).status, 200);
  });

  const wrong = [{}, { now: 'tomorrow' }, { now: '9999-01-01T00:00:00Z' }, { now: 1 }, [], 'x'];
  for (const body of [...wrong, { advanceSeconds: -1 }, { advanceSeconds: 1, now: 'x' }]) {
    test(`${JSON.stringify(body)} is no time to set`, async () => {
      assert.equal((await put(body)).status, 400);
    });
  }

  test('no track comes back within 28 years, whatever seller, period or type', () => {
    const tracks = new Set<string>();
    let count = 0;
    for (let year = 110; year < 138; year += 1) {
      for (const month of ['02', '04', '06', '08', '10', '12']) {
        const period = parsePeriod(`${year}${month}`);
        assert.ok(period);
        for (const seller of [0, 1]) {
          for (const type of ['07', '08'] as const) {
            tracks.add(demoTrack(seller, period, type));
            count += 1;
          }
        }
      }
    }
    assert.equal(tracks.size, count);
  });
});
