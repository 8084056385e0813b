/**
 * Claims about books that are brought in after some of their numbers were used or declared blank, and
 * about requests that share a segment: nothing is issued twice, no issued number is reported blank.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accepted, composed, refusedCodes, SELLER_A } from '../../test/support/demo.ts';
import {
  type OpenedStore,
  onEveryEngine,
  seededRandom,
  TestClock,
} from '../../test/support/engines.ts';
import { parseInvoiceNumber, parseTrack, type Track } from '../domain/invoice-number.ts';
import { parsePeriod } from '../domain/period.ts';
import type { TaipeiDateTime } from '../domain/taipei.ts';
import { createLedger, type LedgerHandle } from './create.ts';
import type { ImportBookCommand, IssueCommand } from './ledger.ts';
import type { SegmentRow } from './rows.ts';
import { verifyJournal } from './verify.ts';

const ORIGIN = { seller: SELLER_A.ubn, account: 'systemlead:12345675', ip: '' };
const NOW = '2026-11-21 10:00:00' as TaipeiDateTime;
const PERIOD = parsePeriod('11512') ?? assert.fail();

onEveryEngine((open) => {
  let opened: OpenedStore;
  let ledger: LedgerHandle;
  let clock: TestClock;
  let track: Track;

  before(async () => {
    opened = await open();
    clock = new TestClock(NOW);
    await opened.store.directory.saveSellers([SELLER_A]);
    ledger = createLedger({ store: opened.store, clock, random: seededRandom(21) });
  });
  after(() => opened.remove());

  function command(category: IssueCommand['segment']['category'], code = ''): IssueCommand {
    return {
      ...{ ...ORIGIN, composed: composed(105), references: [], reference: '' },
      ...{ billingReference: '', channel: 'api', channelPartner: '' },
      segment: { category, code },
    };
  }
  async function bring(position: number) {
    const text = `${track}${String(position).padStart(8, '0')}`;
    const number = parseInvoiceNumber(text) ?? assert.fail(text);
    const given = { number, issuedAt: NOW, randomNumber: '4321', tracks: 'when-known' } as const;
    return (await ledger.issue([{ ...command('systemlead'), given }]))[0];
  }
  async function declare(first: number, last: number) {
    const range = { ...ORIGIN, period: PERIOD, track, invoiceType: '07', first, last } as const;
    accepted((await ledger.reportBlank([{ ...range, next: first }]))[0]);
  }
  async function importBook(segments: ImportBookCommand['segments'] = []) {
    const book = { ...ORIGIN, period: PERIOD, track, first: 0, last: 49, segments };
    return (await ledger.importBook([{ ...book, invoiceType: '07', source: 'manual' }]))[0];
  }
  async function segments() {
    const rows = await ledger.reads.listSegments(SELLER_A.ubn, PERIOD);
    return rows
      .filter((row) => row.track === track && row.status !== 'stopped')
      .map(({ first, last, next }) => [first, last, next]);
  }
  async function issueNext(category: IssueCommand['segment']['category'] = 'b2c', code = '') {
    return accepted((await ledger.issue([command(category, code)]))[0]).number;
  }
  function onTrack(text: string): void {
    track = parseTrack(text) ?? assert.fail(text);
  }

  test('a book over used and blank numbers: Kaili issues the others, each once', async () => {
    onTrack('AB');
    for (const position of [0, 3, 4, 8, 49]) accepted(await bring(position));
    await declare(10, 46);
    accepted(await importBook());
    assert.deepEqual(await segments(), [
      [1, 2, 1],
      [5, 7, 5],
      [9, 9, 9],
      [47, 48, 47],
    ]);
    const issued = [];
    for (let count = 0; count < 7; count += 1) issued.push(Number((await issueNext()).slice(2)));
    assert.deepEqual(issued, [1, 2, 5, 6, 7, 9, 47]);
    assert.deepEqual(refusedCodes(await bring(3)), ['INVOICE_NUMBER_USED']);
    assert.deepEqual(refusedCodes(await bring(10)), ['INVOICE_NUMBER_BLANK']);
  });

  test('explicit center segments over used numbers refuse the book, over blanks go around them', async () => {
    onTrack('ZA');
    const cut = { code: 'ZA', category: 'b2c', allotter: 'center' } as const;
    accepted(await bring(3));
    await declare(10, 19);
    const used = await importBook([{ ...cut, first: 0, last: 9 }]);
    assert.deepEqual(refusedCodes(used), ['SEGMENT_PART_USED']);
    assert.deepEqual(await segments(), []);
    accepted(await importBook([{ ...cut, first: 19, last: 49 }]));
    assert.equal(await issueNext('b2c', 'ZA'), 'ZA00000020');
  });

  test('a batch with two categories on one segment for any issues all, gapless', async () => {
    onTrack('ZB');
    const cut = { first: 0, last: 5, code: 'ZB', category: 'any', allotter: 'center' } as const;
    accepted(await importBook([cut]));
    const categories = ['b2c', 'b2b', 'b2b', 'b2c', 'b2c', 'b2b', 'b2c', 'b2b'] as const;
    const outcomes = await ledger.issue(categories.map((category) => command(category, 'ZB')));
    const numbers = outcomes.map((outcome) => (outcome.ok ? outcome.value.number.slice(-2) : null));
    assert.deepEqual(numbers, ['00', '01', '02', '03', '04', '05', null, null]);
    assert.deepEqual(refusedCodes(outcomes[7]), ['TRACK_EXHAUSTED']);
    assert.deepEqual(await segments(), [[0, 5, 6]]);
  });

  test('no issued number is ever in a report of blank ones', async () => {
    clock.set('2027-01-05 09:00:00');
    const [outcome] = await ledger.closePeriod([{ ...ORIGIN, period: PERIOD, isResent: false }]);
    const reported = accepted(outcome).map(({ track: of, ranges }) => [of, ranges]);
    assert.deepEqual(reported, [
      [
        'AB',
        [
          { first: 10, last: 46 },
          { first: 48, last: 48 },
        ],
      ],
      [
        'ZA',
        [
          { first: 0, last: 2 },
          { first: 4, last: 19 },
          { first: 21, last: 49 },
        ],
      ],
      ['ZB', [{ first: 6, last: 49 }]],
    ]);
    assert.deepEqual((await verifyJournal(ledger.reads, [SELLER_A.ubn])).breaks, []);
  });

  test('a segment that holds used numbers, as an earlier release could make, reports none of them', async () => {
    onTrack('CD');
    clock.set(NOW);
    accepted(await bring(2));
    const row: SegmentRow = {
      ...{ seller: SELLER_A.ubn, period: PERIOD, track, first: 0, last: 49, next: 0 },
      category: 'b2c',
      allotter: 'center',
      invoiceType: '07',
      status: 'active',
      ...{ code: 'CD', lastIssuedAt: null },
    };
    await opened.store.transaction(async (transaction) => {
      await transaction.lockSellers([SELLER_A.ubn]);
      await transaction.insertSegments([row]);
    });
    clock.set('2027-01-05 09:00:00');
    const [outcome] = await ledger.closePeriod([{ ...ORIGIN, period: PERIOD, isResent: false }]);
    const ranges = accepted(outcome).find((one) => one.track === track)?.ranges;
    assert.deepEqual(ranges, [
      { first: 0, last: 1 },
      { first: 3, last: 49 },
    ]);
  });
});
