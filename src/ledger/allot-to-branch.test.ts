/** Claims about numbers that a head office gives to a branch: whole, free, once, gone, reported. On every engine. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accepted, composed, refusedCodes, SELLER_A, SELLER_B } from '../../test/support/demo.ts';
import {
  type OpenedStore,
  onEveryEngine,
  seededRandom,
  TestClock,
} from '../../test/support/engines.ts';
import { parseTrack } from '../domain/invoice-number.ts';
import type { NumberRange } from '../domain/number-book.ts';
import { parsePeriod } from '../domain/period.ts';
import { createLedger, type LedgerHandle } from './create.ts';
import { parseReport } from './number-report.ts';
import { verifyJournal } from './verify.ts';

const ORIGIN = { seller: SELLER_A.ubn, account: 'system', ip: '' };
const PERIOD = parsePeriod('11512') ?? assert.fail();
const TRACK = parseTrack('KA') ?? assert.fail();
const OTHER_TRACK = parseTrack('MN') ?? assert.fail();

onEveryEngine((open) => {
  let opened: OpenedStore;
  let clock: TestClock;
  let ledger: LedgerHandle;
  let references = 0;

  before(async () => {
    opened = await open();
    clock = new TestClock();
    await opened.store.directory.saveSellers([SELLER_A, SELLER_B]);
    ledger = createLedger({ store: opened.store, clock, random: seededRandom(17) });
    const book = { ...ORIGIN, period: PERIOD, invoiceType: '07', source: 'manual' } as const;
    const books = await ledger.importBook([
      { ...book, track: TRACK, first: 1000, last: 1999, segments: [] },
      { ...book, track: TRACK, first: 2000, last: 2049, segments: [] },
      { ...book, track: OTHER_TRACK, first: 0, last: 49, segments: [] },
    ]);
    books.forEach(accepted);
  });
  after(() => opened.remove());

  async function issue() {
    references += 1;
    const reference = `branch-${references}`;
    const [outcome] = await ledger.issue([
      {
        ...{ ...ORIGIN, composed: composed(105), reference },
        references: [{ kind: 'relate', key: reference, until: 'ever' }],
        ...{ billingReference: '', channel: 'api', channelPartner: '' },
        segment: { category: 'b2c', code: '' },
      },
    ]);
    return outcome;
  }
  async function allot(ranges: readonly NumberRange[], branch = SELLER_B.ubn) {
    const command = { ...ORIGIN, branch, period: PERIOD, track: TRACK, ranges };
    const [outcome] = await ledger.allotToBranch([command]);
    return outcome;
  }
  async function settle() {
    const { items } = await ledger.reads.listFilings({ message: 'E0401' }, 0, 100);
    for (const to of ['handed', 'confirmed'] as const) {
      const steps = items
        .filter(({ state }) => state !== 'confirmed')
        .map(({ sequence }) => ({ ...ORIGIN, sequence, to, code: '', text: '' }));
      (await ledger.recordResult(steps)).forEach(accepted);
    }
  }

  describe('allot to a branch', () => {
    test('half booklets, other books, used numbers and the head office itself are refused', async () => {
      assert.equal(accepted(await issue()).number, 'KA00001000');
      const refusals = [
        await allot([{ first: 1050, last: 1098 }]),
        await allot([{ first: 1975, last: 2024 }]),
        await allot([{ first: 1950, last: 2049 }]),
        await allot([{ first: 3000, last: 3049 }]),
        await allot([]),
        await allot([
          { first: 1100, last: 1199 },
          { first: 1150, last: 1249 },
        ]),
        await allot([{ first: 1000, last: 1049 }]),
        await allot([{ first: 1100, last: 1149 }], SELLER_A.ubn),
      ];
      assert.deepEqual(refusals.map(refusedCodes), [
        ['BOOK_RANGE_INVALID'],
        ['BOOK_RANGE_INVALID'],
        ['BOOK_RANGE_INVALID'],
        ['BOOK_RANGE_INVALID'],
        ['BOOK_RANGE_INVALID'],
        ['BOOK_OVERLAP'],
        ['SEGMENT_PART_USED'],
        ['BRANCH_UNKNOWN'],
      ]);
      assert.deepEqual(await ledger.reads.listNumberReports(SELLER_A.ubn), []);
    });

    test('one E0401 a book is owed, with the whole range and the parts in order', async () => {
      const ranges = [
        { first: 1500, last: 1549 },
        { first: 1050, last: 1499 },
      ];
      assert.equal(accepted(await allot(ranges)).isNew, true);
      const { items } = await ledger.reads.listFilings({ message: 'E0401' }, 0, 10);
      assert.deepEqual(
        items.map(({ numbers, version, state, dueAt }) => [numbers, version, state, dueAt]),
        [['KA/07/22222229', 1, 'ready', '2026-11-23 23:59:59']],
      );
      const [row = assert.fail()] = await ledger.reads.listNumberReports(SELLER_A.ubn, PERIOD);
      assert.deepEqual(parseReport(row), {
        ...{ head: SELLER_A.ubn, branch: SELLER_B.ubn, period: PERIOD, track: TRACK },
        ...{ invoiceType: '07', allotted: { first: 1000, last: 1999 } },
        ranges: [
          { first: 1050, last: 1499 },
          { first: 1500, last: 1549 },
        ],
      });
    });

    test('the same again changes nothing; another part waits until the report is confirmed', async () => {
      const ranges = [
        { first: 1050, last: 1499 },
        { first: 1500, last: 1549 },
      ];
      assert.equal(accepted(await allot(ranges)).isNew, false);
      const more = [{ first: 2000, last: 2049 }];
      assert.deepEqual(refusedCodes(await allot(more)), ['BRANCH_REPORT_UNDERWAY']);
      await settle();
      assert.deepEqual(refusedCodes(await allot([{ first: 1500, last: 1599 }])), ['BOOK_OVERLAP']);
      assert.equal(accepted(await allot(more)).isNew, true);
      const { items } = await ledger.reads.listFilings({ message: 'E0401' }, 0, 10);
      assert.deepEqual(
        items.map(({ version, state }) => `${version} ${state}`),
        ['1 confirmed', '2 ready'],
      );
      await settle();
    });

    test('the head office goes on around the branch’s numbers', async () => {
      for (let number = 1001; number <= 1049; number += 1) accepted(await issue());
      assert.equal(accepted(await issue()).number, 'KA00001550');
    });

    test('the head office reports none of the branch’s numbers as blank', async () => {
      clock.set('2027-01-05 09:00:00');
      const command = { ...ORIGIN, period: PERIOD, isResent: false };
      const tracks = accepted((await ledger.closePeriod([command]))[0]);
      assert.deepEqual(
        tracks.map(({ track, ranges }) => [track, ranges]),
        [
          [TRACK, [{ first: 1551, last: 1999 }]],
          [OTHER_TRACK, [{ first: 0, last: 49 }]],
        ],
      );
      const late = await allot([{ first: 1600, last: 1649 }]);
      assert.deepEqual(refusedCodes(late), ['BOOK_RANGE_INVALID'], 'the period is over');
    });

    test('a branch’s book names the head office, and so does its own report', async () => {
      const book = { ...ORIGIN, seller: SELLER_B.ubn, period: PERIOD, invoiceType: '07' } as const;
      const given = { ...book, track: TRACK, head: SELLER_A.ubn, source: 'branch' } as const;
      const outcomes = await ledger.importBook([
        { ...given, first: 1050, last: 1499, segments: [] },
        { ...given, head: '', first: 1700, last: 1749, segments: [] },
      ]);
      assert.equal(accepted(outcomes[0]).head, SELLER_A.ubn);
      assert.deepEqual(refusedCodes(outcomes[1]), ['BOOK_RANGE_INVALID'], 'two head offices');
      const command = { ...ORIGIN, seller: SELLER_B.ubn, period: PERIOD, isResent: false };
      accepted((await ledger.closePeriod([command]))[0]);
      const [row = assert.fail()] = await ledger.reads.listNumberReports(SELLER_B.ubn, PERIOD);
      const { head, branch, ranges } = parseReport(row);
      assert.deepEqual([head, branch], [SELLER_A.ubn, SELLER_B.ubn]);
      assert.deepEqual(ranges, [{ first: 1050, last: 1499 }]);
    });

    test('every allotment stands in the journal, and the journal verifies', async () => {
      const { breaks } = await verifyJournal(ledger.reads, [SELLER_A.ubn, SELLER_B.ubn]);
      assert.deepEqual(breaks, []);
      const entries = await ledger.reads.listEntries(SELLER_A.ubn, 0, 1000);
      assert.deepEqual(
        entries.filter(({ verb }) => verb === 'allotToBranch').map(({ subject }) => subject),
        ['numbers/11512/E0401/KA/07/22222229/1', 'numbers/11512/E0401/KA/07/22222229/2'],
      );
    });
  });
});
