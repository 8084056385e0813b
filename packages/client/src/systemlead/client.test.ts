/** Claims about the e首發票 client, over real HTTP against a server of a few lines. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { after, before, test } from 'node:test';
import { WireValueError } from '../wire/write-message.ts';
import { createSystemleadClient } from './client.ts';
import { SystemleadNetworkError } from './transport.ts';

const SALT = '0123456789ABCDEF0123456789ABCDEF';
let server: Server;
let baseUrl = '';
let seen: { path: string; body: unknown }[] = [];
let answer: { status: number; body: string } | null = null;

before(async () => {
  server = createServer((request, reply) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.push({ path: request.url ?? '', body: JSON.parse(Buffer.concat(chunks).toString()) });
      if (answer === null) return;
      reply.writeHead(answer.status, { 'content-type': 'application/json' });
      reply.end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert(typeof address === 'object' && address !== null);
  baseUrl = `http://127.0.0.1:${address.port}/terpapi/`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

function client() {
  seen = [];
  const options = { baseUrl, companyId: '12345675', salt: SALT };
  return createSystemleadClient({ ...options, clock: () => 1_767_225_600_000 });
}
const ask = { InvoiceID: 'AB20000001' };

test('one item travels as one signed envelope, many as an array of them', async () => {
  answer = {
    status: 200,
    body: '{"InvoiceID":"AB20000001","ProcessStatus":"I1","ProcessStatusMessage":"開立待上傳"}',
  };
  const result = await client().getInvoicesStatus(ask);
  assert(result.kind === 'ok');
  assert.equal(result.data.ProcessStatus, 'I1');
  const signature = createHash('sha256').update(`1767225600${SALT}`).digest('hex').toUpperCase();
  const envelope = {
    CompanyID: '12345675',
    Timestamp: '1767225600',
    Signature: signature,
    Data: ask,
  };
  assert.deepEqual(seen, [{ path: '/terpapi/Inquire/GetInvoicesStatus', body: envelope }]);
  answer = { status: 200, body: `[${answer.body},{"Message":"查無發票","ErrorCode":"E-INV-030"}]` };
  const results = await client().getInvoicesStatus.batch([ask, ask]);
  assert.deepEqual(
    results.map((one) => (one.kind === 'refused' ? [one.code, one.message] : one.kind)),
    ['ok', ['E-INV-030', '查無發票']],
  );
  assert.deepEqual(seen[0]?.body, [envelope, envelope]);
});

test('a refusal with another status is a refusal; a page of a proxy is unreadable', async () => {
  answer = { status: 401, body: '{"StatusCode":0,"ResultMessage":"簽章驗證錯誤"}' };
  const refused = await client().getInvoicesStatus(ask);
  assert(refused.kind === 'refused');
  assert.equal(refused.message, '簽章驗證錯誤');
  for (const body of ['<html>502</html>', '[]', '[{},{}]', '5']) {
    answer = { status: 502, body };
    assert.equal((await client().getInvoicesStatus(ask)).kind, 'unreadable');
  }
});

test('an array of one is one result, as TrackBlank answers', async () => {
  answer = {
    status: 200,
    body: '[{"ErrorMessage":null,"CompanyID":"12345675","BlankInvoiceBeginNo":"","BlankInvoiceEndNo":""}]',
  };
  const numbers = { StartNumber: '20000000', EndNumber: '20000499', NextNumber: '20000499' };
  const stage = { CompanyID: '12345675', Word: 'AB', StageYear: '2026', StageMonth: '2' };
  const result = await client().setBlankInvoiceId({ ...stage, ...numbers });
  assert(result.kind === 'ok');
  assert.equal(result.data.ErrorMessage, null);
});

test('no answer is thrown, a bad input too, and nothing is sent for it', async () => {
  answer = null;
  await assert.rejects(
    client().getInvoicesStatus(ask, { timeoutMs: 50 }),
    (error) => error instanceof SystemleadNetworkError && error.isTimeout,
  );
  const line = {
    DetailID: '001',
    ProductName: 'x',
    Quantity: Number.NaN,
    UnitPrice: 1,
    SubTotal: 1,
  };
  const order = { InvoiceFor: 'C', TaxType: '1', TotalAmount: 1, Details: [line] } as const;
  await assert.rejects(client().appendOrder(order), WireValueError);
  assert.deepEqual(seen, []);
  assert.throws(
    () => createSystemleadClient({ baseUrl: 'x', companyId: '', salt: '' }),
    RangeError,
  );
});
