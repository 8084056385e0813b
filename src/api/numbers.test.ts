/** Claims about the native API's routes that change number books and periods. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { SELLER_A, SELLER_B } from '../../test/support/demo.ts';
import { testDocuments } from '../../test/support/documents.ts';
import { E0501_FILE } from '../../test/support/mig-download-cases.ts';
import { accountsOf, MofHouse } from '../../test/support/mof-house.ts';
import { createNumberImport } from '../server/number-import.ts';
import { type Authority, SEES_ALL } from './authority.ts';
import { ApiError } from './error.ts';
import { apiRoutes } from './routes.ts';
import { closedTrackView, importedLineView } from './views.ts';

const OWN: Authority = { maySee: (seller) => seller === SELLER_A.ubn };

async function served(t: TestContext) {
  const at = await MofHouse.open();
  t.after(() => at.close());
  const parts = { ledger: at.ledger, accounts: accountsOf(at.sellers), clock: at.clock };
  const context = {
    ...parts,
    reads: at.ledger.reads,
    importNumbers: createNumberImport(parts),
    centerAlarms: () => [],
    documents: testDocuments(parts),
  };
  async function post(operationId: string, params: object, body: unknown, authority = SEES_ALL) {
    const route = apiRoutes.find((candidate) => candidate.operationId === operationId);
    assert(route !== undefined);
    const reply = await route.answer({ params, query: {}, body }, context, authority);
    return JSON.parse(JSON.stringify(reply));
  }
  return { at, post };
}

test('a file of numbers is tried first, then taken in, seller by seller as the token may', async (t) => {
  const { at, post } = await served(t);
  const file = Buffer.from(E0501_FILE).toString('base64');
  const take = async (dryRun: boolean, authority: Authority) => {
    const { items } = await post('importBooks', {}, { file, dryRun }, authority);
    return importedLineView.array().parse(items);
  };
  const outcomes = (lines: Awaited<ReturnType<typeof take>>) => lines.map((line) => line.outcome);
  assert.deepEqual(outcomes(await take(true, OWN)), ['new', 'new']);
  assert.equal((await at.ledger.reads.listBooks(SELLER_A.ubn)).length, 1);
  assert.deepEqual(outcomes(await take(false, { maySee: () => false })), ['refused', 'refused']);
  assert.deepEqual(outcomes(await take(false, OWN)), ['new', 'new']);
  assert.deepEqual(outcomes(await take(false, OWN)), ['known', 'known']);
  const bad = post('importBooks', {}, { file: Buffer.from('a,b').toString('base64') });
  await assert.rejects(bad, (error) => error instanceof ApiError && error.status === 400);
});

test('a period is closed by hand for the sellers that the token may see', async (t) => {
  const { at, post } = await served(t);
  await at.issueOne();
  const close = async (body: unknown, authority: Authority = SEES_ALL) => {
    const { items } = await post('closePeriod', { period: '11512' }, body, authority);
    return closedTrackView.array().parse(items);
  };
  const early = close(undefined);
  await assert.rejects(early, (error) => error instanceof ApiError && error.status === 400);
  at.clock.set('2027-01-02 09:00:00');
  const own = await close(null, OWN);
  assert.deepEqual(own, [
    {
      ...{ seller: SELLER_A.ubn, track: 'KA', invoiceType: '07', state: 'reported' },
      ranges: [{ first: '10000001', last: '10004999' }],
    },
  ]);
  const foreign = close({ seller: SELLER_B.ubn }, OWN);
  await assert.rejects(foreign, (error) => error instanceof ApiError && error.status === 404);
  const all = await close({ resend: false });
  assert.deepEqual(
    all.map(({ seller, state }) => [seller, state]),
    [
      [SELLER_A.ubn, 'unchanged'],
      [SELLER_B.ubn, 'reported'],
    ],
  );
});

test('booklets are given to a branch that the seller names, once, by whoever sees the seller', async (t) => {
  const { at, post } = await served(t);
  const body = {
    ...{ branch: SELLER_B.ubn, period: '11512', track: 'KA' },
    ranges: [{ first: '10000100', last: '10000149' }],
  };
  const split = (changes: object = {}, authority: Authority = OWN) =>
    post('splitBook', { ubn: SELLER_A.ubn }, { ...body, ...changes }, authority);
  const isBad = (status: number, path: string) => (error: unknown) =>
    error instanceof ApiError && error.status === status && error.body.path === path;
  await assert.rejects(split(), isBad(400, 'body.branch'), 'it names no branch yet');
  at.sellers.splice(0, 2, {
    ...SELLER_A,
    branches: [{ ubn: SELLER_B.ubn, name: '高雄店' }],
  });
  await assert.rejects(split({}, { maySee: () => false }), isBad(404, 'params.ubn'));
  const odd = { ranges: [{ first: '10000100', last: '10000148' }] };
  await assert.rejects(split(odd), isBad(400, 'body.ranges[0]'));
  assert.deepEqual(await split(), { outcome: 'reported', isSellerHere: false });
  assert.deepEqual(await split(), { outcome: 'known', isSellerHere: false });
  const { items } = await at.ledger.reads.listFilings({ message: 'E0401' }, 0, 10);
  assert.equal(items.length, 1);
});
