/** Claims about HTTP, over real connections: bodies, limits, callers, operations, the log. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, suite, test } from 'node:test';
import { z } from 'zod';
import { errorOf, type Served, startServed } from '../../test/support/served.ts';
import type { Dialect, WireRequest } from '../dialects/dialect.ts';
import { BODY_BYTES_MAX } from './raw-body.ts';

/** A dialect that shows what reached it. */
const echo: Dialect = {
  name: 'echo',
  prefixes: ['/Echo'],
  unknown: ({ path }) => ({ status: 404, contentType: 'text/plain', body: `no ${path}` }),
  routes: () => [
    { method: 'POST', path: '/Echo/Body', handle: async (wire) => show(wire) },
    {
      method: 'POST',
      path: '/Echo/Fail',
      handle: async () => {
        throw new Error('the reason, of hashKey and someone@example.com');
      },
    },
  ],
};

function show(wire: WireRequest) {
  wire.note({ RtnCode: 1, hint: 'mail someone@example.com is known', HashKey: 'ejCk326UnaZWKisg' });
  const { ip, query, headers } = wire;
  const body = JSON.stringify({
    ip,
    query,
    bytes: wire.body.length,
    text: Buffer.from(wire.body).toString('utf8').slice(0, 100),
    agent: headers['user-agent'] ?? null,
  });
  return { status: 200, contentType: 'application/json; charset=utf-8', body };
}

let served: Served;

before(async () => {
  served = await startServed({ KAILI_TRUST_PROXY: '127.0.0.1' }, { dialects: [echo] });
});
after(() => served.stop());

const shown = z.object({
  ip: z.string(),
  query: z.string(),
  bytes: z.int(),
  text: z.string(),
});

/** Posts to the dialect and answers what it saw. */
async function post(init: RequestInit = {}, query = ''): Promise<z.output<typeof shown>> {
  const { status, text } = await served.call(`/Echo/Body${query}`, { method: 'POST', ...init });
  assert.equal(status, 200, text);
  return shown.parse(JSON.parse(text));
}

suite('bodies for dialects', () => {
  for (const type of [
    'application/x-www-form-urlencoded',
    'application/json',
    'text/json',
    'nonsense',
    ';;',
  ]) {
    test(`a JSON body under Content-Type ${type} arrives as bytes`, async () => {
      const { text } = await post({
        headers: { 'content-type': type },
        body: '{"MerchantID":2000132}',
      });
      assert.equal(text, '{"MerchantID":2000132}');
    });
  }

  test('a body without a Content-Type, and no body at all, arrive too', async () => {
    assert.equal(await served.raw('/Echo/Body', 'POST', { 'content-length': '2' }, '{}'), 200);
    assert.equal(await served.raw('/Echo/Body', 'POST', {}), 200);
  });

  test('broken JSON is the dialect’s to judge', async () => {
    const headers = { 'content-type': 'application/json' };
    assert.equal((await post({ headers, body: '{"' })).text, '{"');
  });

  test('10 MiB is taken, one byte more is 413, and the connection tells it', async () => {
    const largest = await post({ body: Buffer.alloc(BODY_BYTES_MAX, 97) });
    assert.equal(largest.bytes, BODY_BYTES_MAX);
    const tooLarge = await served.call('/Echo/Body', {
      method: 'POST',
      body: Buffer.alloc(BODY_BYTES_MAX + 1, 97),
    });
    assert.equal(tooLarge.status, 413);
    assert.equal(JSON.parse(tooLarge.text).code, 'BODY_TOO_LARGE');
  });

  test('an action that no route claims is the dialect’s own 404', async () => {
    const unknown = await served.call('/Echo/Nothing', { method: 'POST' });
    assert.deepEqual(unknown, { status: 404, text: 'no /Echo/Nothing' });
    assert.deepEqual(await served.call('/Echo/Body'), { status: 404, text: 'no /Echo/Body' });
  });

  test('the query is handed over, undecoded', async () => {
    assert.equal((await post({}, '?a=%20b')).query, 'a=%20b');
  });

  test('a head that never ends is cut off without taking the server along', async () => {
    const { hostname, port } = new URL(served.url);
    const socket = connect(Number(port), hostname);
    socket.write(`GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(64 * 1024)}`);
    const answer = await new Promise<string>((resolve) => {
      socket.once('data', (data) => resolve(data.toString()));
      socket.once('error', () => resolve('cut'));
    });
    socket.destroy();
    assert.match(answer, /431|400|cut/);
    assert.equal((await served.call('/healthz')).status, 200);
  });
});

suite('callers', () => {
  test('a trusted proxy is believed about the client', async () => {
    const headers = { 'x-forwarded-for': '198.51.100.7, 203.0.113.9' };
    assert.equal((await post({ headers })).ip, '203.0.113.9');
  });

  test('what a proxy forwards as no address is shown as none', async () => {
    const headers = { 'x-forwarded-for': 'unknown' };
    assert.equal((await post({ headers })).ip, '');
  });

  test('without a proxy it is the socket’s address', async () => {
    assert.equal((await post()).ip, '127.0.0.1');
  });

  for (const path of ['/sandbox/clock', '/api/v1/sellers']) {
    test(`${path} is closed to other names, other sites and proxies`, async () => {
      const refused = path.startsWith('/sandbox') ? 403 : 401;
      assert.equal(await served.raw(path, 'GET', { host: 'localhost' }), 200);
      assert.equal(await served.raw(path, 'GET', { host: 'rebound.example' }), refused);
      assert.equal(await served.raw(path, 'GET', { origin: 'https://evil.example' }), refused);
      assert.equal(await served.raw(path, 'GET', { 'x-forwarded-for': '127.0.0.1' }), refused);
    });
  }

  test('a wrong token is refused even from this machine', async () => {
    const headers = { authorization: 'Bearer kaili_0000000000000000_none' };
    const reply = await served.call('/api/v1/sellers', { headers });
    assert.equal(reply.status, 401);
    assert.equal(errorOf(reply).code, 'UNAUTHORIZED');
  });
});

suite('operations', () => {
  test('it is alive and ready, with sandbox books', async () => {
    assert.equal((await served.call('/healthz')).status, 200);
    const checks = z.object({ checks: z.array(z.object({ name: z.string() })) });
    const { checks: all } = await served.read('/readyz', checks);
    assert.deepEqual(
      all.map(({ name }) => name),
      ['store', 'writer', 'outbox', 'books'],
    );
  });

  test('metrics count requests by route and show numbers left, but not to a proxy', async () => {
    await post();
    const { text } = await served.call('/metrics');
    assert.match(
      text,
      /kaili_http_request_duration_seconds_count\{method="POST",route="\/Echo\/Body",status="200"\}/,
    );
    assert.match(text, /kaili_numbers_left\{seller="12345675",[^}]*category="b2c"[^}]*\} 100000/);
    assert.match(text, /kaili_ledger_batch_commands_count [1-9]/);
    assert.match(text, /^kaili_outbox_leader [01]$/m);
    assert.match(text, /process_resident_memory_bytes/);
    assert.equal(await served.raw('/metrics', 'GET', { 'x-forwarded-for': '203.0.113.9' }), 404);
  });

  test('one log line a request, with its facts and without what is personal or secret', async () => {
    const { lines } = served;
    lines.length = 0;
    await post({ body: 'secret body' }, '?phone=0912345678');
    await served.call('/Echo/Fail', { method: 'POST' });
    const text = lines.join('');
    const requests = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'request');
    assert.equal(requests.length, 2);
    assert.equal(requests[0].facts.RtnCode, 1);
    assert.equal(requests[0].path, '/Echo/Body');
    assert.equal(typeof requests[0].durationMs, 'number');
    for (const hidden of [
      'someone@example.com',
      'ejCk326UnaZWKisg',
      '0912345678',
      'secret body',
      '127.0.0.1',
    ]) {
      assert.ok(!text.includes(hidden), hidden);
    }
  });

  test('an unforeseen error says nothing to the client but where to look', async () => {
    const reply = await served.call('/Echo/Fail', { method: 'POST' });
    assert.equal(reply.status, 500);
    assert.equal(errorOf(reply).code, 'INTERNAL');
    assert.ok(!reply.text.includes('hashKey'));
  });

  test('a path that cannot be decoded is a 400 in the same shape', async () => {
    const reply = await served.call('/api/%zz');
    assert.equal(reply.status, 400);
    assert.equal(errorOf(reply).code, 'REQUEST_INVALID');
  });

  test('health answers HEAD too', async () => {
    assert.equal(await served.raw('/readyz', 'HEAD', {}), 200);
  });

  test('a path that nobody serves is a JSON 404', async () => {
    assert.equal(errorOf(await served.call('/nowhere')).code, 'NOT_FOUND');
  });
});
