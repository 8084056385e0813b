/** Claims about the ledger's thread: answers, bounds, closing, a thread that ends. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { accepted, composed, line, refusedCodes, SELLER_A } from '../../../test/support/demo.ts';
import type { Outcome } from '../../domain/fault.ts';
import type { IssuedInvoice } from '../../domain/invoice.ts';
import { parseTrack } from '../../domain/invoice-number.ts';
import { periodOf } from '../../domain/period.ts';
import { taipeiDateOf, taipeiDateTime } from '../../domain/taipei.ts';
import { wholeOf } from '../../ledger/carried-invoice.ts';
import type { IssueCommand } from '../../ledger/ledger.ts';
import type { Store } from '../../ledger/ports.ts';
import { openStore, type StoreOptions } from '../../storage/open.ts';
import { systemClock } from '../clock.ts';
import { makeSharedOffset, setSharedOffset } from '../thread-clock.ts';
import { joinLedger, openThreadedLedger, type ThreadedLedger } from './open-ledger.ts';

const ORIGIN = { seller: SELLER_A.ubn, account: 'ecpay:2000132', ip: '' };

suite('the ledger in a thread of its own', () => {
  let folder: string;
  let options: StoreOptions;
  let store: Store;
  let ledger: ThreadedLedger;
  let batches = 0;
  const clockOffset = makeSharedOffset();

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kaili-thread-'));
    options = { engine: 'sqlite', path: join(folder, 'kaili.db') };
    store = await openStore(options);
    await store.directory.saveSellers([SELLER_A]);
    ledger = await open();
    const track = parseTrack('AB');
    assert(track !== undefined);
    const period = periodOf(taipeiDateOf(taipeiDateTime(systemClock.now())));
    const book = {
      period,
      track,
      first: 0,
      last: 999,
      invoiceType: '07',
      source: 'manual',
    } as const;
    accepted((await ledger.importBook([{ ...ORIGIN, ...book, segments: [] }]))[0]);
  });
  after(async () => {
    await ledger.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function open(openCharactersMax = 64 * 1024 * 1024): Promise<ThreadedLedger> {
    return openThreadedLedger({
      store: options,
      reads: store.reads,
      clockOffset,
      openCharactersMax,
      onBatch: () => {
        batches += 1;
      },
    });
  }

  function command(reference: string, description = '示範商品'): IssueCommand {
    return {
      ...ORIGIN,
      composed: composed(105, { lines: [line(1, description, '105')] }),
      references: [{ kind: 'relate', key: reference, until: 'ever' }],
      reference,
      billingReference: '',
      channel: 'api',
      channelPartner: '',
      segment: { category: 'b2c', code: '' },
    };
  }

  test('what it answers is committed: this thread’s reads see it', async () => {
    const all = await Promise.all(
      Array.from({ length: 50 }, (_, index) => ledger.issue([command(`seen-${index}`)])),
    );
    const numbers = all.map(([outcome]) => accepted(outcome).number);
    assert.equal(new Set(numbers).size, 50);
    for (const [outcome] of all) {
      const { seller, number, ...issued } = accepted(outcome);
      const record = await store.reads.findInvoice({ by: 'number', seller, number });
      assert(record !== null);
      assert.deepEqual(record.content, { ...record.content, ...issued });
      assert.equal(record.content.amounts.total, record.row.total);
    }
    assert(batches > 0 && batches < 50, 'calls of one turn share batches');
  });

  test('each invoice is kept under its own order, whole and in order of its members', async () => {
    const orders = Array.from({ length: 30 }, (_, index) =>
      command(`kept-${index}`, `商品「${index}」\n\u2028"'\\`),
    );
    const calls = [orders.slice(0, 1), orders.slice(1, 4), orders.slice(4, 20), orders.slice(20)];
    const outcomes = await Promise.all(
      calls.flatMap((each) => [ledger.issue(each), ledger.closePeriod([])]),
    );
    for (const [index, outcome] of outcomes.flat().entries()) {
      const { number, seller } = accepted(outcome as Outcome<IssuedInvoice>);
      const record = await store.reads.findInvoice({ by: 'number', seller, number });
      const { composed: invoice, reference } = orders[index] ?? assert.fail();
      assert.equal(record?.row.reference, reference);
      const { lines, ...rest } = wholeOf(invoice);
      assert.deepEqual(record?.content, { ...record?.content, ...rest, lines });
      const names = Object.keys(record?.content ?? {});
      assert.deepEqual(names.slice(-Object.keys(wholeOf(invoice)).length), Object.keys(invoice));
    }
  });

  test('a refusal comes back as it is', async () => {
    accepted((await ledger.issue([command('twice')]))[0]);
    assert.deepEqual(refusedCodes((await ledger.issue([command('twice')]))[0]), [
      'REFERENCE_DUPLICATE',
    ]);
  });

  test('more than it can hold is answered BUSY, and nothing is lost of the rest', async () => {
    const small = await open(100_000);
    const large = '大'.repeat(9_000);
    const calls = Array.from({ length: 100 }, (_, index) =>
      small.issue([command(`large-${index}`, large)]),
    );
    const outcomes = (await Promise.all(calls)).map(([outcome]) => outcome);
    const busy = outcomes.filter((outcome) => outcome?.ok === false);
    assert(busy.length > 0 && busy.length < 100, `${busy.length} of 100 were refused`);
    for (const outcome of busy) assert.deepEqual(refusedCodes(outcome), ['BUSY']);
    accepted((await small.issue([command('after-large')]))[0]);
    await small.close();
  });

  test('another thread’s calls over a wire of its own share the ledger', async () => {
    const joined = joinLedger(ledger.connect(), store.reads);
    const [here, there] = await Promise.all([
      ledger.issue([command('here')]),
      joined.issue([command('there')]),
    ]);
    assert.notEqual(accepted(here[0]).number, accepted(there[0]).number);
    assert.deepEqual(refusedCodes((await joined.issue([command('here')]))[0]), [
      'REFERENCE_DUPLICATE',
    ]);
  });

  test('a ledger that is closed ends those who joined it', async () => {
    const other = await open();
    const joined = joinLedger(other.connect(), store.reads);
    accepted((await joined.issue([command('joined')]))[0]);
    await other.close();
    await assert.rejects(joined.failure, /ended/);
    await assert.rejects(joined.issue([command('after')]), /ended/);
  });

  test('the offset of the center’s clock reaches it', async () => {
    setSharedOffset(clockOffset, 3_600_000);
    const { issuedAt } = accepted((await ledger.issue([command('ahead')]))[0]);
    assert(issuedAt > taipeiDateTime(systemClock.now() + 3_500_000));
  });

  test('closing answers every call, also one made in answer to the last', async () => {
    const other = await open();
    const answered: string[] = [];
    const first = other.issue([command('closing-1')]).then(async ([outcome]) => {
      answered.push(accepted(outcome).number);
      const [next] = await other.issue([command('closing-2')]);
      answered.push(accepted(next).number);
    });
    const settled = first.catch((error: unknown) => error);
    await other.close();
    await settled;
    assert.equal(answered.length, 2);
    await assert.rejects(other.issue([command('closed')]), /closed/);
  });
});
