/** Claims about segments: cutting them, enabling and stopping them, and blanks within them. On every engine. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accepted, composed, refusedCodes, SELLER_A } from '../../test/support/demo.ts';
import {
  type OpenedStore,
  onEveryEngine,
  seededRandom,
  TestClock,
} from '../../test/support/engines.ts';
import { parseTrack, type Track } from '../domain/invoice-number.ts';
import { type Period, parsePeriod } from '../domain/period.ts';
import { createLedger, type LedgerHandle } from './create.ts';
import type { SplitSegmentCommand } from './ledger.ts';
import type { SegmentRow } from './rows.ts';
import { verifyJournal } from './verify.ts';

const ORIGIN = { seller: SELLER_A.ubn, account: 'ecpay:2000132', ip: '' };
const PERIOD: Period = parsePeriod('11512') ?? assert.fail();
let tracks = 0;

/** A track of its own for each test. */
function newTrack(): Track {
  tracks += 1;
  const letters = String.fromCharCode(65 + Math.floor(tracks / 26), 65 + (tracks % 26));
  return parseTrack(letters) ?? assert.fail(letters);
}

onEveryEngine((open) => {
  let opened: OpenedStore;
  let ledger: LedgerHandle;
  let references = 0;

  before(async () => {
    opened = await open();
    await opened.store.directory.saveSellers([SELLER_A]);
    const [clock, random] = [new TestClock(), seededRandom(12)];
    ledger = createLedger({ store: opened.store, clock, random });
  });
  after(() => opened.remove());

  /** A book of 100 numbers that serves one code alone. */
  async function book(code: string, allotter: SegmentRow['allotter'] = 'center'): Promise<Track> {
    const track = newTrack();
    const range = { first: 0, last: 99 };
    const segments = [{ ...range, code, category: 'b2c', allotter } as const];
    const command = { ...ORIGIN, period: PERIOD, track, ...range, segments } as const;
    accepted((await ledger.importBook([{ ...command, invoiceType: '07', source: 'manual' }]))[0]);
    return track;
  }
  async function issue(code: string) {
    references += 1;
    const reference = `segments-${references}`;
    const [outcome] = await ledger.issue([
      {
        ...ORIGIN,
        composed: composed(105),
        references: [{ kind: 'relate', key: reference, until: 'ever' }],
        reference,
        ...{ billingReference: '', channel: 'api', channelPartner: '' },
        segment: { category: 'b2c', code },
      },
    ]);
    return outcome;
  }
  async function split(track: Track, changes: Partial<SplitSegmentCommand>) {
    const part = { first: 50, last: 99, code: 'NEW', category: 'b2c', allotter: 'center' } as const;
    const rows = await ledger.reads.listSegments(SELLER_A.ubn, PERIOD);
    const first = changes.first ?? part.first;
    const seen = rows.find((row) => row.track === track && row.first <= first && first <= row.last);
    const from = { category: seen?.category ?? 'b2c', code: seen?.code ?? '' };
    const command = { ...ORIGIN, period: PERIOD, track, from, ...part, ...changes };
    return (await ledger.splitSegment([command]))[0];
  }
  async function setStatus(track: Track, first: number, status: 'active' | 'paused' | 'stopped') {
    const command = { ...ORIGIN, period: PERIOD, track, first, status };
    return (await ledger.setSegmentStatus([command]))[0];
  }
  async function segmentsOf(track: Track) {
    const rows = await ledger.reads.listSegments(SELLER_A.ubn, PERIOD);
    return rows
      .filter((row) => row.track === track)
      .map(({ first, last, code, status, next }) => [first, last, code, status, next]);
  }

  describe('splitting', () => {
    test('a part of a segment serves other requests, the rest what it served', async () => {
      const track = await book('S1');
      accepted(await issue('S1'));
      accepted(await split(track, { first: 20, last: 29, code: 'S1B' }));
      assert.deepEqual(await segmentsOf(track), [
        [0, 19, 'S1', 'active', 1],
        [20, 29, 'S1B', 'active', 20],
        [30, 99, 'S1', 'active', 30],
      ]);
      assert.equal(accepted(await issue('S1B')).number, `${track}00000020`);
      assert.equal(accepted(await issue('S1')).number, `${track}00000001`);
    });

    test('what is left in front of the next number is exhausted', async () => {
      const track = await book('S2');
      accepted(await issue('S2'));
      accepted(await split(track, { first: 1, last: 99, code: 'S2B' }));
      assert.deepEqual(await segmentsOf(track), [
        [0, 0, 'S2', 'exhausted', 1],
        [1, 99, 'S2B', 'active', 1],
      ]);
      assert.deepEqual(refusedCodes(await issue('S2')), ['TRACK_EXHAUSTED']);
    });

    test('a whole segment may change what it serves, even its allotter', async () => {
      const track = await book('S3');
      const all = { first: 0, last: 99, code: 'S3B', allotter: 'merchant' } as const;
      accepted(await split(track, all));
      assert.deepEqual(await segmentsOf(track), [[0, 99, 'S3B', 'active', 0]]);
      assert.deepEqual(refusedCodes(await issue('S3B')), ['TRACK_EXHAUSTED']);
    });

    test('issued numbers stay where they are, and a range is of one segment', async () => {
      const track = await book('S4');
      accepted(await issue('S4'));
      assert.deepEqual(refusedCodes(await split(track, { first: 0 })), ['SEGMENT_PART_USED']);
      accepted(await split(track, { first: 50, code: 'S4B' }));
      const across = await split(track, { first: 49, last: 50 });
      assert.deepEqual(refusedCodes(across), ['SEGMENT_NOT_FOUND']);
      const reversed = await split(track, { first: 20, last: 19 });
      assert.deepEqual(refusedCodes(reversed), ['SEGMENT_NOT_FOUND']);
      assert.deepEqual(refusedCodes(await split(newTrack(), {})), ['SEGMENT_NOT_FOUND']);
    });

    test('commands of one batch see each other’s cuts', async () => {
      const track = await book('S5');
      const at = (first: number) => {
        const serves = { code: `C${first}`, category: 'b2c', allotter: 'center' } as const;
        const from = { category: 'b2c', code: 'S5' } as const;
        return { ...ORIGIN, period: PERIOD, track, from, first, last: first + 9, ...serves };
      };
      const outcomes = await ledger.splitSegment([at(10), at(30), at(35)]);
      assert.deepEqual(
        outcomes.map(({ ok }) => ok),
        [true, true, false],
      );
      assert.deepEqual(
        (await segmentsOf(track)).map(([first, last]) => [first, last]),
        [
          [0, 9],
          [10, 19],
          [20, 29],
          [30, 39],
          [40, 99],
        ],
      );
    });

    test('of two splits of one range at once, for two machines, one wins', async () => {
      const track = await book('S6');
      const from = { category: 'b2c', code: 'S6' } as const;
      const serves = { category: 'pos', allotter: 'merchant', first: 0, last: 49 } as const;
      const outcomes = await Promise.all([
        split(track, { ...serves, from, code: 'M1' }),
        split(track, { ...serves, from, code: 'M2' }),
      ]);
      // Which of the two comes first is nobody's promise.
      const winners = outcomes.flatMap((outcome) => (outcome?.ok ? [outcome.value.code] : []));
      const losers = outcomes.filter((outcome) => !outcome?.ok);
      assert.equal(winners.length, 1);
      assert.deepEqual(losers.map(refusedCodes), [['SEGMENT_NOT_FOUND']]);
      assert.deepEqual(await segmentsOf(track), [
        [0, 49, winners[0], 'active', 0],
        [50, 99, 'S6', 'active', 50],
      ]);
    });

    test('numbers that were declared blank are never cut out to be issued', async () => {
      for (const allotter of ['center', 'merchant'] as const) {
        const track = await book(`S7-${allotter}`, allotter);
        const range = { first: 10, last: 19 };
        const blank = { ...ORIGIN, period: PERIOD, track, invoiceType: '07', ...range } as const;
        accepted((await ledger.declareBlank([blank]))[0]);
        assert.deepEqual(refusedCodes(await split(track, range)), ['SEGMENT_PART_USED']);
      }
    });
  });

  describe('status', () => {
    test('a part that is cut idle gives numbers once it is enabled', async () => {
      const track = await book('T1');
      accepted(await split(track, { code: 'T1B', status: 'idle' }));
      assert.deepEqual(refusedCodes(await issue('T1B')), ['TRACK_EXHAUSTED']);
      accepted(await setStatus(track, 50, 'active'));
      assert.equal(accepted(await issue('T1B')).number, `${track}00000050`);
    });

    test('a paused segment goes on where it stood, a stopped one never again', async () => {
      const track = await book('T2');
      accepted(await issue('T2'));
      accepted(await setStatus(track, 0, 'paused'));
      assert.deepEqual(refusedCodes(await issue('T2')), ['TRACK_EXHAUSTED']);
      accepted(await setStatus(track, 0, 'active'));
      assert.equal(accepted(await issue('T2')).number, `${track}00000001`);
      accepted(await setStatus(track, 0, 'stopped'));
      accepted(await setStatus(track, 0, 'stopped'));
      assert.deepEqual(refusedCodes(await setStatus(track, 0, 'active')), ['SEGMENT_STATUS_FINAL']);
      assert.deepEqual(refusedCodes(await setStatus(track, 1, 'active')), ['SEGMENT_NOT_FOUND']);
    });
  });

  test('numbers declared blank leave the segment that would have given them', async () => {
    const track = await book('B1');
    accepted(await issue('B1'));
    const blank = { ...ORIGIN, period: PERIOD, track, invoiceType: '07' } as const;
    accepted((await ledger.declareBlank([{ ...blank, first: 1, last: 2 }]))[0]);
    assert.equal(accepted(await issue('B1')).number, `${track}00000003`);
    assert.deepEqual(await segmentsOf(track), [
      [0, 0, 'B1', 'exhausted', 1],
      [1, 2, 'B1', 'stopped', 1],
      [3, 99, 'B1', 'active', 4],
    ]);
  });

  test('a number reported blank is never issued, an issued one never reported', async () => {
    const track = await book('B2');
    accepted(await issue('B2'));
    accepted(await issue('B2'));
    const report = async (next: number) => {
      const range = { period: PERIOD, track, first: 0, last: 49, next, invoiceType: '07' } as const;
      return (await ledger.reportBlank([{ ...ORIGIN, ...range }]))[0];
    };
    assert.deepEqual(refusedCodes(await report(1)), ['BLANK_NUMBER_ISSUED']);
    accepted(await report(3));
    const given = async () => accepted(await issue('B2')).number;
    assert.deepEqual([await given(), await given()], [`${track}00000002`, `${track}00000050`]);
    accepted(await report(5));
    assert.equal(await given(), `${track}00000051`);
    // Nor by a cut that would serve again what was reported.
    const revived = await split(track, { first: 10, last: 19, code: 'B2' });
    assert.deepEqual(refusedCodes(revived), ['SEGMENT_PART_USED']);
  });

  test('numbers reported blank before their book came are not given either', async () => {
    const track = newTrack();
    const range = {
      period: PERIOD,
      track,
      first: 0,
      last: 49,
      next: 10,
      invoiceType: '07',
    } as const;
    accepted((await ledger.reportBlank([{ ...ORIGIN, ...range }]))[0]);
    const segments = [
      { first: 0, last: 99, code: 'B3', category: 'b2c', allotter: 'center' },
    ] as const;
    const all = { ...ORIGIN, period: PERIOD, track, first: 0, last: 99, segments } as const;
    accepted((await ledger.importBook([{ ...all, invoiceType: '07', source: 'manual' }]))[0]);
    assert.deepEqual(await segmentsOf(track), [
      [0, 9, 'B3', 'active', 0],
      [10, 49, 'B3', 'stopped', 10],
      [50, 99, 'B3', 'active', 50],
    ]);
  });

  test('the journal names every cut and every change of status', async () => {
    const entries = await ledger.reads.listEntries(SELLER_A.ubn, 0, 1000);
    const verbs = new Set(entries.map(({ verb }) => verb));
    assert(verbs.has('splitSegment') && verbs.has('setSegmentStatus'));
    assert.deepEqual((await verifyJournal(ledger.reads, [SELLER_A.ubn])).breaks, []);
  });
});
