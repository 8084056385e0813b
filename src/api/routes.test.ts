/** Claims about the native API over a real ledger on every engine. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { z } from 'zod';
import { accepted, BUYER_UBN, composed, SELLER_A, SELLER_B } from '../../test/support/demo.ts';
import { testDocuments } from '../../test/support/documents.ts';
import { CONSUMER } from '../../test/support/draft.ts';
import {
  type OpenedStore,
  onEveryEngine,
  seededRandom,
  TestClock,
} from '../../test/support/engines.ts';
import { type InvoiceNumber, parseTrack } from '../domain/invoice-number.ts';
import { parsePeriod } from '../domain/period.ts';
import { createLedger, type LedgerHandle } from '../ledger/create.ts';
import type { IssueCommand } from '../ledger/ledger.ts';
import { createNumberImport } from '../server/number-import.ts';
import { type Authority, SEES_ALL } from './authority.ts';
import { ApiError } from './error.ts';
import { openApiDocument } from './openapi.ts';
import type { ApiContext } from './route.ts';
import { apiRoutes } from './routes.ts';

const period = parsePeriod('11512');
const track = parseTrack('AB');
assert.ok(period !== undefined && track !== undefined);
const ORIGIN = { seller: SELLER_A.ubn, account: 'ecpay:2000132', ip: '' };

const page = z.object({ total: z.int(), items: z.array(z.record(z.string(), z.unknown())) });
const list = z.object({ items: z.array(z.record(z.string(), z.unknown())) });

function issueCommand(reference: string, command: Partial<IssueCommand> = {}): IssueCommand {
  return {
    ...ORIGIN,
    composed: composed(105),
    references: [{ kind: 'relate', key: reference, until: 'ever' }],
    reference,
    billingReference: '',
    channel: 'api',
    channelPartner: '',
    segment: { category: 'b2c', code: '' },
    ...command,
  };
}

onEveryEngine((open, engine) => {
  suite(`native API on ${engine}`, () => {
    let opened: OpenedStore;
    let ledger: LedgerHandle;
    let context: ApiContext;
    const clock = new TestClock();
    const numbers: InvoiceNumber[] = [];

    before(async () => {
      opened = await open();
      const { store } = opened;
      await store.directory.saveSellers([SELLER_A, SELLER_B]);
      ledger = createLedger({ store, clock, random: seededRandom(1) });
      const sellers = [SELLER_A, SELLER_B];
      const accounts = {
        find: () => undefined,
        seller: (wanted: string) => sellers.find(({ ubn }) => ubn === wanted),
        sellers: () => sellers,
      };
      context = {
        ...{ reads: store.reads, ledger, accounts, clock },
        documents: testDocuments({ ledger, accounts, clock }),
        importNumbers: createNumberImport({ ledger, accounts, clock }),
        centerAlarms: () => [],
      };
      const book = { period, track, first: 0, last: 49, invoiceType: '07', source: 'csv' } as const;
      accepted((await ledger.importBook([{ ...ORIGIN, ...book, segments: [] }]))[0]);
      const business = composed(210, { buyer: { ...CONSUMER, ubn: BUYER_UBN, name: '買方' } });
      for (const command of [
        issueCommand('one'),
        issueCommand('two', { composed: business }),
        issueCommand('three'),
      ]) {
        numbers.push(accepted((await ledger.issue([command]))[0]).number);
        clock.advanceMs(60_000);
      }
      accepted((await ledger.issue([issueCommand('four')]))[0]);
    });
    after(() => opened.remove());

    /** Answers a path as the server would, and checks that the reply is what OpenAPI promises. */
    async function ask(operationId: string, query = {}, params = {}, authority = SEES_ALL) {
      const route = apiRoutes.find((candidate) => candidate.operationId === operationId);
      assert.ok(route);
      const input = { params: { ubn: SELLER_A.ubn, ...params }, query, body: undefined };
      const reply = await route.answer(input, context, authority);
      const strict =
        route.response instanceof z.ZodObject ? route.response.strict() : route.response;
      return strict.parse(JSON.parse(JSON.stringify(reply)));
    }

    async function refusal(
      operationId: string,
      query: object,
      params: object,
      authority?: Authority,
    ): Promise<string> {
      try {
        await ask(operationId, query, params, authority);
      } catch (error) {
        if (error instanceof ApiError)
          return `${error.status} ${error.body.code} ${error.body.path}`;
        throw error;
      }
      return 'answered';
    }

    test('invoices are listed newest first and in pages', async () => {
      const whole = page.parse(await ask('listInvoices'));
      assert.equal(whole.total, 4);
      const references = whole.items.map(({ reference }) => reference);
      assert.deepEqual(references, ['four', 'three', 'two', 'one']);
      const part = page.parse(await ask('listInvoices', { offset: '1', limit: '2' }));
      assert.deepEqual(
        part.items.map(({ reference }) => reference),
        ['three', 'two'],
      );
      assert.equal(part.total, 4);
    });

    test('filters narrow the list, times are Taipei or carry their offset', async () => {
      const count = async (query: object) => page.parse(await ask('listInvoices', query)).total;
      assert.equal(await count({ hasBuyerUbn: 'true' }), 1);
      assert.equal(await count({ hasBuyerUbn: 'false' }), 3);
      assert.equal(await count({ state: 'voided' }), 0);
      assert.equal(await count({ from: '2026-11-21' }), 4);
      assert.equal(await count({ before: '2026-11-21' }), 0);
      assert.equal(await count({ from: '2026-11-21T10:01:00+08:00' }), 3);
      assert.equal(await count({ from: '2026-11-21T10:01:00 08:00' }), 3);
      assert.equal(await count({ from: '2026-11-21T02:02:00Z' }), 2);
      assert.equal(await count({ filingState: 'confirmed' }), 0);
    });

    test('one invoice is shown with its lines and its filing', async () => {
      const [number] = numbers;
      const invoice = z
        .object({ number: z.string(), amounts: z.object({ total: z.int() }), remaining: z.int() })
        .parse(await ask('getInvoice', {}, { period, number }));
      assert.deepEqual(invoice, { number, amounts: { total: 105 }, remaining: 105 });
    });

    test('what is another’s, and what is not there, read the same', async () => {
      const [number] = numbers;
      const own = SELLER_B.ubn;
      const ofB: Authority = { maySee: (seller) => seller === own };
      const notFound = '404 NOT_FOUND params.ubn';
      assert.equal(await refusal('getInvoice', {}, { period, number }, ofB), notFound);
      assert.equal(
        await refusal('getInvoice', {}, { ubn: '04595257', period, number }, ofB),
        notFound,
      );
      for (const operationId of [
        'getSeller',
        'listBooks',
        'listInvoices',
        'listFilings',
        'listAlarms',
      ]) {
        assert.equal(await refusal(operationId, {}, {}, ofB), notFound);
      }
      assert.equal(await refusal('listEntries', {}, {}, ofB), notFound);
      assert.equal(await refusal('verifyJournal', {}, {}, ofB), notFound);
    });

    const wrong: readonly [string, object, object, string][] = [
      ['getSeller', {}, { ubn: '12345678' }, '400 PARAMETER_INVALID params.ubn'],
      ['listInvoices', { limit: '0' }, {}, '400 PARAMETER_INVALID query.limit'],
      ['listInvoices', { limit: '201' }, {}, '400 PARAMETER_INVALID query.limit'],
      ['listInvoices', { offset: '1.5' }, {}, '400 PARAMETER_INVALID query.offset'],
      ['listInvoices', { from: 'yesterday' }, {}, '400 PARAMETER_INVALID query.from'],
      ['listInvoices', { from: '2026-02-30' }, {}, '400 PARAMETER_INVALID query.from'],
      ['listInvoices', { form: '2026-01-01' }, {}, '400 PARAMETER_INVALID query'],
      ['listInvoices', { state: ['issued', 'voided'] }, {}, '400 PARAMETER_INVALID query.state'],
      ['listBooks', { period: '11513' }, {}, '400 PARAMETER_INVALID query.period'],
      ['getInvoice', {}, { period, number: 'AB99999999' }, '404 NOT_FOUND params.number'],
      ['getInvoice', {}, { period: '11510', number: 'AB00000000' }, '404 NOT_FOUND params.number'],
    ];
    for (const [operationId, query, params, expected] of wrong) {
      test(`${operationId} of ${JSON.stringify({ ...query, ...params })} is ${expected}`, async () => {
        assert.equal(await refusal(operationId, query, params), expected);
      });
    }

    test('filings are listed by state, oldest first', async () => {
      assert.equal(page.parse(await ask('listFilings')).total, 4);
      assert.equal(page.parse(await ask('listFilings', { state: 'confirmed' })).total, 0);
      assert.equal(page.parse(await ask('listFilings', { message: 'F0501' })).total, 0);
    });

    test('the journal is shown and verified', async () => {
      const { items } = list.parse(await ask('listEntries', { after: '1' }));
      assert.equal(items.length, 4);
      const verification = await ask('verifyJournal');
      assert.deepEqual(verification, { isWhole: true, entries: 5, breaks: [] });
    });

    test('alarms rise with time: unconfirmed, overdue, no numbers for the next period', async () => {
      const codes = async () => {
        const { items } = list.parse(await ask('listAlarms'));
        return items.map(({ code, severity }) => `${code} ${severity}`);
      };
      assert.deepEqual(await codes(), []);
      clock.set('2026-11-21 12:00:00');
      assert.deepEqual(await codes(), ['FILING_UNCONFIRMED warning']);
      clock.set('2026-12-25 12:00:00');
      assert.deepEqual(await codes(), [
        'FILING_OVERDUE critical',
        'FILING_UNCONFIRMED warning',
        'BOOK_MISSING warning',
      ]);
      clock.set('2027-01-01 00:00:00');
      assert.ok((await codes()).includes('BOOK_MISSING critical'));
      clock.set('2026-11-21 10:30:00');
    });

    test('numbers that run low and run out are alarms', async () => {
      const subjects = async () =>
        list.parse(await ask('listAlarms')).items.map(({ code, subject }) => `${code} ${subject}`);
      for (let n = 5; n <= 46; n += 1) {
        accepted((await ledger.issue([issueCommand(String(n))]))[0]);
      }
      assert.deepEqual(await subjects(), ['NUMBERS_LOW numbers/07 any: 4 left']);
      for (let n = 47; n <= 50; n += 1) {
        accepted((await ledger.issue([issueCommand(String(n))]))[0]);
      }
      assert.deepEqual(await subjects(), ['NUMBERS_EXHAUSTED numbers/07 any']);
      const [book] = z
        .object({
          items: z.array(
            z.object({ segments: z.array(z.object({ left: z.int(), next: z.null() })) }),
          ),
        })
        .parse(await ask('listBooks')).items;
      assert.deepEqual(book?.segments, [{ left: 0, next: null }]);
    });
  });
});

suite('OpenAPI', () => {
  test('every route is described, with its parameters and a schema of its reply', () => {
    const operation = z.object({
      operationId: z.string(),
      parameters: z.array(
        z.object({ name: z.string(), in: z.enum(['path', 'query']), schema: z.object({}) }),
      ),
      responses: z.object({
        '200': z.object({
          content: z.object({
            'application/json': z.object({ schema: z.looseObject({ type: z.literal('object') }) }),
          }),
        }),
      }),
    });
    const document = z
      .object({
        openapi: z.literal('3.1.0'),
        paths: z.record(z.string(), z.record(z.string(), operation)),
      })
      .parse(
        JSON.parse(JSON.stringify(openApiDocument(apiRoutes, 'https://kaili.example/api/v1'))),
      );
    for (const { path, method, operationId } of apiRoutes) {
      const described = document.paths[path]?.[method.toLowerCase()];
      assert.equal(described?.operationId, operationId);
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const inPath = described?.parameters.filter((parameter) => parameter.in === 'path');
      assert.deepEqual(
        inPath?.map(({ name }) => name),
        names,
      );
    }
  });
});
