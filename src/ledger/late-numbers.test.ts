/**
 * Claims about numbers that machines and clients take themselves around the close of a period: nobody reports
 * them blank while they may lawfully still come, and one that comes after its report is never lost.
 */
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
import type { ClosePeriodCommand } from './ledger.ts';
import { verifyJournal } from './verify.ts';

const ORIGIN = { seller: SELLER_A.ubn, account: 'system', ip: '' };
const PERIOD = parsePeriod('11512') ?? assert.fail();
const IN_PERIOD = '2026-12-31 23:00:00';
const ISSUED_AT = taipeiDateTime(new TestClock(IN_PERIOD).now());

onEveryEngine((open) => {
  let opened: OpenedStore;
  let clock: TestClock;
  let ledger: LedgerHandle;
  let references = 0;

  before(async () => {
    opened = await open();
    clock = new TestClock(IN_PERIOD);
    await opened.store.directory.saveSellers([SELLER_A]);
    ledger = createLedger({ store: opened.store, clock, random: seededRandom(17) });
    const merchant = { code: '', category: 'pos', allotter: 'merchant' } as const;
    const center = { code: '', category: 'b2c', allotter: 'center' } as const;
    // AB: Kaili's, then a machine's. CD: a machine's alone. EF: Kaili's and a part that no segment holds.
    await book('AB', 0, 99, [
      { first: 0, last: 49, ...center },
      { first: 50, last: 99, ...merchant },
    ]);
    await book('CD', 0, 49, [{ first: 0, last: 49, ...merchant }]);
    await book('EF', 0, 99, [{ first: 0, last: 49, ...center, code: 'EF' }]);
    for (const number of ['AB00000050', 'CD00000000']) accepted(await bring(number));
    clock.set('2027-01-05 09:00:00');
  });
  after(() => opened.remove());

  async function book(
    track: string,
    first: number,
    last: number,
    segments: Parameters<LedgerHandle['importBook']>[0][number]['segments'],
  ) {
    const found = parseTrack(track) ?? assert.fail(track);
    const base = { ...ORIGIN, period: PERIOD, invoiceType: '07', source: 'manual' } as const;
    const [outcome] = await ledger.importBook([{ ...base, track: found, first, last, segments }]);
    accepted(outcome);
  }
  async function bring(text: string) {
    references += 1;
    const reference = `late-${references}`;
    const number = parseInvoiceNumber(text) ?? assert.fail(text);
    const given = { number, issuedAt: ISSUED_AT, randomNumber: '4321', tracks: 'always' } as const;
    const [outcome] = await ledger.issue([
      {
        ...{ ...ORIGIN, composed: composed(105), reference, given },
        references: [{ kind: 'relate', key: reference, until: 'ever' }],
        ...{ billingReference: '', channel: 'offline', channelPartner: '' },
        segment: { category: 'pos', code: '' },
      },
    ]);
    return outcome;
  }
  async function close(scope?: ClosePeriodCommand['scope']) {
    const command = { ...ORIGIN, period: PERIOD, isResent: false };
    const [outcome] = await ledger.closePeriod([
      scope === undefined ? command : { ...command, scope },
    ]);
    return accepted(outcome).map(({ track, ranges, state }) => {
      return `${track} ${ranges.map(({ first, last }) => `${first}-${last}`).join(' ')} ${state}`;
    });
  }
  async function filings(message: 'E0402' | 'F0401') {
    return (await ledger.reads.listFilings({ message }, 0, 200)).items;
  }
  /** Moves the open reports. */
  async function settle(to: 'handed' | 'confirmed' | 'refused') {
    const open = (await filings('E0402')).filter(({ state }) => state !== 'confirmed');
    const base = { ...ORIGIN, to, code: to === 'refused' ? 'E1004' : '', text: '' };
    (await ledger.recordResult(open.map(({ sequence }) => ({ ...base, sequence })))).forEach(
      accepted,
    );
  }
  async function holdsOf(number: string) {
    const own = (await filings('F0401')).find(({ invoiceNumber }) => invoiceNumber === number);
    return own?.holds;
  }

  describe('numbers that may still come', () => {
    test('the first step reports only what nobody can bring any more', async () => {
      assert.deepEqual(await close('settled'), ['AB 0-49 reported', 'EF 0-49 reported']);
      accepted(await bring('AB00000051'));
      assert.deepEqual(await holdsOf('AB00000051'), []);
    });

    test('numbers that a client declared blank are settled at once', async () => {
      const track = parseTrack('CD') ?? assert.fail();
      const range = { period: PERIOD, track, first: 40, last: 49, invoiceType: '07' } as const;
      accepted((await ledger.declareBlank([{ ...ORIGIN, ...range }]))[0]);
      assert.deepEqual((await close('settled'))[1], 'CD 40-49 reported');
      assert.deepEqual(refusedCodes(await bring('CD00000040')), ['INVOICE_NUMBER_BLANK']);
    });

    test('the second step reports the rest, and a first step after it takes nothing back', async () => {
      const all = ['AB 0-49 52-99 replaced', 'CD 1-49 replaced', 'EF 0-99 replaced'];
      assert.deepEqual(await close(), all);
      assert.deepEqual(
        await close('settled'),
        all.map((line) => line.replace('replaced', 'unchanged')),
      );
    });

    test('one that comes before the report was handed over leaves it, and waits for nothing', async () => {
      accepted(await bring('AB00000052'));
      assert.deepEqual(await holdsOf('AB00000052'), []);
      const [report] = await filings('E0402');
      assert.deepEqual([report?.numbers, report?.version, report?.state], ['AB/07', 3, 'ready']);
      assert.equal((await close())[0], 'AB 0-49 53-99 unchanged');
    });

    test('one that comes while the report travels is kept; the next close corrects', async () => {
      await settle('handed');
      accepted(await bring('AB00000060'));
      assert.deepEqual(await holdsOf('AB00000060'), ['blank-reported']);
      assert.equal((await close())[0], 'AB 0-49 53-59 61-99 underway');
      await settle('confirmed');
      assert.equal((await close())[0], 'AB 0-49 53-59 61-99 reported');
    });

    test('one that comes after the confirmation owes the corrected report at once', async () => {
      accepted(await bring('CD00000007'));
      assert.deepEqual(await holdsOf('CD00000007'), ['blank-reported']);
      const open = (await filings('E0402')).filter(({ state }) => state === 'ready');
      assert.deepEqual(
        open.map(({ numbers, version }) => `${numbers} ${version}`),
        ['AB/07 4', 'CD/07 3'],
      );
      assert.equal((await close())[1], 'CD 1-6 8-49 unchanged');
    });

    test('two in one call are one correction; a number is still used once', async () => {
      await settle('handed');
      await settle('confirmed');
      const outcomes = await Promise.all([bring('CD00000009'), bring('CD00000009')]);
      accepted(outcomes[0]);
      assert.deepEqual(refusedCodes(outcomes[1]), ['INVOICE_NUMBER_USED']);
      assert.equal((await close())[1], 'CD 1-6 8-8 10-49 unchanged');
      assert.deepEqual(refusedCodes(await bring('AB00000010')), ['INVOICE_NUMBER_OUTSIDE_TRACKS']);
    });

    test('the only number of its report is taken too; the report stays, and a person decides', async () => {
      clock.set(IN_PERIOD);
      const merchant = { code: '', category: 'pos', allotter: 'merchant' } as const;
      await book('GH', 0, 49, [{ first: 0, last: 49, ...merchant }]);
      const numbers = Array.from({ length: 50 }, (_, n) => `GH${String(n).padStart(8, '0')}`);
      for (const outcome of await Promise.all(numbers.slice(0, 49).map(bring))) accepted(outcome);
      clock.set('2027-01-08 09:00:00');
      assert.equal((await close()).at(-1), 'GH 49-49 reported');
      await settle('handed');
      await settle('confirmed');
      const before = (await filings('E0402')).length;
      accepted(await bring('GH00000049'));
      assert.deepEqual(await holdsOf('GH00000049'), ['blank-reported']);
      assert.equal((await filings('E0402')).length, before, 'an empty report cannot be filed');
      const held = (await filings('F0401')).find(
        ({ invoiceNumber }) => invoiceNumber.startsWith('GH') && invoiceNumber.endsWith('49'),
      );
      const release = { ...ORIGIN, sequence: held?.sequence ?? 0 };
      accepted((await ledger.releaseFiling([release]))[0]);
      assert.deepEqual(await holdsOf('GH00000049'), []);
    });

    test('the journal covers every correction, and names whose invoice caused it', async () => {
      const { breaks } = await verifyJournal(ledger.reads, [SELLER_A.ubn]);
      assert.deepEqual(breaks, []);
    });
  });
});
