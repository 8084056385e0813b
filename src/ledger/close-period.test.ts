/** Claims about the close of a period: which numbers are blank, and what is reported when. On every engine. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accepted, composed, refusedCodes, SELLER_A } from '../../test/support/demo.ts';
import {
  type OpenedStore,
  onEveryEngine,
  seededRandom,
  TestClock,
} from '../../test/support/engines.ts';
import { parseInvoiceNumber, parseTrack } from '../domain/invoice-number.ts';
import { parsePeriod } from '../domain/period.ts';
import { taipeiDateTime } from '../domain/taipei.ts';
import { createLedger, type LedgerHandle } from './create.ts';
import type { ClosedTrack } from './number-report.ts';
import { verifyJournal } from './verify.ts';

const ORIGIN = { seller: SELLER_A.ubn, account: 'system', ip: '' };
const PERIOD = parsePeriod('11512') ?? assert.fail();
const IN_PERIOD = '2026-12-31 23:00:00';
const AFTER = '2027-01-05 09:00:00';

function track(text: string) {
  return parseTrack(text) ?? assert.fail(text);
}

function shown(tracks: readonly ClosedTrack[]) {
  return tracks.map(({ track: of, invoiceType, ranges, state }) => [
    `${of}/${invoiceType}`,
    ranges.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(' '),
    state,
  ]);
}

onEveryEngine((open) => {
  let opened: OpenedStore;
  let clock: TestClock;
  let ledger: LedgerHandle;
  let references = 0;

  before(async () => {
    opened = await open();
    clock = new TestClock(IN_PERIOD);
    await opened.store.directory.saveSellers([SELLER_A]);
    ledger = createLedger({ store: opened.store, clock, random: seededRandom(13) });
    const book = { ...ORIGIN, period: PERIOD, invoiceType: '07', source: 'manual' } as const;
    const merchant = { code: '', category: 'pos', allotter: 'merchant' } as const;
    const books = await ledger.importBook([
      { ...book, track: track('AB'), first: 0, last: 49, segments: [] },
      {
        ...book,
        track: track('MN'),
        first: 100,
        last: 199,
        segments: [{ first: 100, last: 149, ...merchant }],
      },
    ]);
    books.forEach(accepted);
  });
  after(() => opened.remove());

  async function issue(number?: string) {
    references += 1;
    const reference = `close-${references}`;
    const given =
      number === undefined
        ? undefined
        : ({
            number: parseInvoiceNumber(number) ?? assert.fail(number),
            issuedAt: taipeiDateTime(new TestClock(IN_PERIOD).now()),
            randomNumber: '',
            tracks: 'always',
          } as const);
    const [outcome] = await ledger.issue([
      {
        ...{ ...ORIGIN, composed: composed(105), reference },
        references: [{ kind: 'relate', key: reference, until: 'ever' }],
        ...{ billingReference: '', channel: 'api', channelPartner: '' },
        segment: { category: number === undefined ? 'b2c' : 'pos', code: '' },
        ...(given === undefined ? {} : { given }),
      },
    ]);
    return outcome;
  }
  async function close(isResent = false) {
    const [outcome] = await ledger.closePeriod([{ ...ORIGIN, period: PERIOD, isResent }]);
    return accepted(outcome);
  }
  async function numberFilings() {
    const { items } = await ledger.reads.listFilings({ message: 'E0402' }, 0, 100);
    return items;
  }
  async function settle(to: 'handed' | 'confirmed' | 'refused') {
    const base = { ...ORIGIN, to, code: to === 'refused' ? 'E0612' : '', text: '' };
    const open = (await numberFilings()).filter(({ state }) => state !== 'confirmed');
    const steps = open.map(({ sequence }) => ({ ...base, sequence }));
    (await ledger.recordResult(steps)).forEach(accepted);
  }

  describe('close', () => {
    test('a period that is not over cannot be closed', async () => {
      accepted(await issue());
      accepted(await issue());
      for (const number of ['MN00000100', 'MN00000103', 'MN00000104'])
        accepted(await issue(number));
      const [outcome] = await ledger.closePeriod([{ ...ORIGIN, period: PERIOD, isResent: false }]);
      assert.deepEqual(refusedCodes(outcome), ['PERIOD_OPEN']);
    });

    test('the rest of a center’s segment, a merchant’s gaps and what no segment holds are blank', async () => {
      clock.set(AFTER);
      assert.deepEqual(shown(await close()), [
        ['AB/07', '2-49', 'reported'],
        ['MN/07', '101-102 105-199', 'reported'],
      ]);
      const filings = await numberFilings();
      assert.deepEqual(
        filings.map(({ numbers, state, dueAt, invoiceNumber }) => [
          ...[numbers, state, dueAt, invoiceNumber],
        ]),
        [
          ['AB/07', 'ready', '2027-01-10 23:59:59', ''],
          ['MN/07', 'ready', '2027-01-10 23:59:59', ''],
        ],
      );
    });

    test('closing again reports nothing again', async () => {
      assert.deepEqual(
        (await close()).map(({ state }) => state),
        ['unchanged', 'unchanged'],
      );
      assert.equal((await numberFilings()).length, 2);
    });

    test('what changes before hand-over replaces the report, without a second filing', async () => {
      const late = { ...ORIGIN, period: PERIOD, track: track('MN'), segments: [] } as const;
      const book = { ...late, first: 300, last: 349, invoiceType: '07', source: 'manual' } as const;
      accepted((await ledger.importBook([book]))[0]);
      assert.deepEqual(shown(await close())[1], ['MN/07', '101-102 105-199 300-349', 'replaced']);
      const filings = await numberFilings();
      assert.deepEqual(
        filings.map(({ numbers, version }) => [numbers, version]),
        [
          ['AB/07', 1],
          ['MN/07', 2],
        ],
      );
    });

    test('what changes on the way waits for the answer, a refusal is mended in place', async () => {
      await settle('handed');
      const late = { ...ORIGIN, period: PERIOD, track: track('MN'), segments: [] } as const;
      const book = { ...late, first: 400, last: 449, invoiceType: '07', source: 'manual' } as const;
      accepted((await ledger.importBook([book]))[0]);
      assert.equal((await close())[1]?.state, 'underway');
      await settle('refused');
      assert.equal((await close())[1]?.state, 'replaced');
      const mended = (await numberFilings()).find(({ numbers }) => numbers === 'MN/07');
      assert.deepEqual(
        [mended?.state, mended?.version, mended?.resultCode, mended?.attempts],
        ['ready', 3, '', 1],
      );
    });

    test('after the confirmation a report can be sent again, as a filing of its own', async () => {
      await ledger.releaseFiling(
        (await numberFilings()).map(({ sequence }) => ({ ...ORIGIN, sequence })),
      );
      await settle('handed');
      await settle('confirmed');
      assert.deepEqual(
        (await close(true)).map(({ state }) => state),
        ['reported', 'reported'],
      );
      const filings = await numberFilings();
      assert.deepEqual(
        filings.map(({ numbers, version, state }) => [numbers, version, state]),
        [
          ['AB/07', 1, 'confirmed'],
          ['MN/07', 3, 'confirmed'],
          ['AB/07', 2, 'ready'],
          ['MN/07', 4, 'ready'],
        ],
      );
    });

    test('the journal covers every report', async () => {
      const { breaks } = await verifyJournal(ledger.reads, [SELLER_A.ubn]);
      assert.deepEqual(breaks, []);
      const entries = await ledger.reads.listEntries(SELLER_A.ubn, 0, 1000);
      const subjects = entries
        .filter(({ verb }) => verb === 'closePeriod')
        .map(({ subject }) => subject);
      assert.deepEqual(subjects, [
        'numbers/11512/E0402/AB/07/1',
        'numbers/11512/E0402/MN/07/1',
        'numbers/11512/E0402/MN/07/2',
        'numbers/11512/E0402/MN/07/3',
        'numbers/11512/E0402/AB/07/2',
        'numbers/11512/E0402/MN/07/4',
      ]);
    });
  });
});
