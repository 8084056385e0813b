/**
 * Claims about the close of a period with machines, day by day, between Kaili and the simulated platform, on every
 * engine: what is reported when, what an operator is told, and how an invoice that came too late gets there.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { accepted, composed, SELLER_A } from '../../test/support/demo.ts';
import { onEveryEngine, TestClock } from '../../test/support/engines.ts';
import { accountsOf, BY_HAND, MofHouse } from '../../test/support/mof-house.ts';
import { findAlarms } from '../api/alarms.ts';
import { parseInvoiceNumber, parseTrack } from '../domain/invoice-number.ts';
import { parsePeriod } from '../domain/period.ts';
import { taipeiDateTime } from '../domain/taipei.ts';
import { parseReport } from '../ledger/number-report.ts';
import { type Duties, startDuties } from './period-duties.ts';
import { diskFiles } from './turnkey/file-system.ts';

const PERIOD = parsePeriod('11512') ?? assert.fail();
const ISSUED_AT = taipeiDateTime(new TestClock('2026-12-31 22:00:00').now());
const ORIGIN = { seller: SELLER_A.ubn, account: 'ecpay:2000132', ip: '' };

interface Place {
  readonly at: MofHouse;
  readonly duties: Duties;
}

async function placeOf(at: MofHouse, closeDay: number | null): Promise<Place> {
  at.sellers.splice(1);
  const track = parseTrack('MA') ?? assert.fail();
  const cut = { first: 0, last: 49, code: 'POS1', category: 'pos', allotter: 'merchant' } as const;
  const book = { ...ORIGIN, period: PERIOD, track, first: 0, last: 49, segments: [cut] };
  const [imported] = await at.ledger.importBook([{ ...book, invoiceType: '07', source: 'manual' }]);
  accepted(imported);
  await at.start();
  const duties = startDuties({
    ...{ ledger: at.ledger, accounts: accountsOf(at.sellers), clock: at.clock, folder: at.folder },
    ...{ files: diskFiles, log: at.log, closeDay, mayWork: () => true, schedule: BY_HAND },
  });
  return { at, duties };
}

/** The machine's invoice of the period's last evening, uploaded now. */
async function upload({ at }: Place, position: number): Promise<void> {
  const number = parseInvoiceNumber(`MA${String(position).padStart(8, '0')}`) ?? assert.fail();
  const [outcome] = await at.ledger.issue([
    {
      ...{ ...ORIGIN, composed: composed(105), reference: `POS-${position}` },
      references: [{ kind: 'relate', key: `POS-${position}`, until: 'ever' }],
      ...{ billingReference: '', channel: 'offline', channelPartner: '' },
      segment: { category: 'pos', code: 'POS1' },
      given: { number, issuedAt: ISSUED_AT, randomNumber: '1234', tracks: 'always' },
    },
  ]);
  accepted(outcome);
}

async function dayOf({ at, duties }: Place, time: string): Promise<void> {
  at.clock.set(time);
  await duties.tick();
  for (let round = 0; round < 2; round += 1) await at.round();
  await duties.tick();
}

/** What the last report of each track says, and how far its filing is. */
async function reports({ at }: Place): Promise<readonly string[]> {
  const rows = await at.ledger.reads.listNumberReports(SELLER_A.ubn, PERIOD);
  return (await at.filings())
    .filter(({ message }) => message === 'E0402')
    .map(({ numbers, version, state }) => {
      const row = rows.find((one) => one.numbers === numbers && one.version === version);
      const ranges = row === undefined ? [] : parseReport(row).ranges;
      return `${numbers} ${ranges.map(({ first, last }) => `${first}-${last}`).join(' ')} ${state}`;
    });
}

async function alarms({ at }: Place): Promise<readonly string[]> {
  const found = await findAlarms(at.ledger.reads, at.clock, SELLER_A.ubn);
  return found
    .filter(({ code }) => code.startsWith('BLANK') || code.startsWith('FILING'))
    .map(({ code, severity }) => `${code} ${severity}`);
}

onEveryEngine((open) => {
  describe('the close of a period with a machine', () => {
    test('the machine’s numbers wait until the 8th; one that comes on the 12th gets there', async (t) => {
      const at = await MofHouse.open(open);
      t.after(() => at.close());
      const place = await placeOf(at, 5);
      await dayOf(place, '2027-01-05 00:00:01');
      assert.deepEqual(await reports(place), ['KA/07 10000000-10004999 confirmed']);
      await upload(place, 3);
      await dayOf(place, '2027-01-07 23:59:00');
      assert.equal((await reports(place)).length, 1, 'it may lawfully still come');
      await dayOf(place, '2027-01-08 00:00:01');
      assert.equal((await reports(place))[1], 'MA/07 0-2 4-49 confirmed');
      assert.deepEqual(await alarms(place), []);

      at.clock.set('2027-01-12 09:00:00');
      await upload(place, 20);
      const late = (await at.filings()).at(-2);
      assert.deepEqual(late?.holds, ['blank-reported']);
      // The invoice and the report's correction are past the law's days as well: all is told.
      assert.deepEqual(await alarms(place), [
        'FILING_OVERDUE critical',
        'BLANKS_UNREPORTED critical',
        'BLANK_ISSUED_LATE critical',
      ]);
      await dayOf(place, '2027-01-12 09:00:10');
      assert.equal((await reports(place))[2], 'MA/07 0-2 4-19 21-49 confirmed');
      for (let round = 0; round < 2; round += 1) await at.round();
      assert.deepEqual(
        new Set((await at.filings()).map(({ state }) => state)),
        new Set(['confirmed']),
      );
      assert.deepEqual(await alarms(place), []);
      assert.deepEqual(at.log.errors(), []);
    });

    test('is the correction refused, the invoice waits for a person, who lets it go', async (t) => {
      const at = await MofHouse.open(open);
      t.after(() => at.close());
      const place = await placeOf(at, 5);
      await dayOf(place, '2027-01-08 00:00:01');
      at.clock.set('2027-01-14 09:00:00');
      await upload(place, 20);
      at.plan = { refuseEvery: { nth: 1, code: 'E1004' } };
      await dayOf(place, '2027-01-14 09:00:10');
      at.plan = {};
      const refused = 'MA/07 0-19 21-49 refused';
      assert.equal((await reports(place)).at(-1), refused);
      const told = await alarms(place);
      assert(
        told.includes('BLANK_ISSUED_LATE critical') && told.includes('FILING_REFUSED critical'),
      );
      const [held] = (await at.filings()).filter(({ state }) => state === 'held');
      assert.deepEqual(held?.holds, ['blank-reported']);
      await at.ledger.releaseFiling([{ ...ORIGIN, sequence: held?.sequence ?? 0 }]);
      for (let round = 0; round < 2; round += 1) await at.round();
      assert.deepEqual(
        (await at.filings()).filter(({ message }) => message === 'F0401').map(({ state }) => state),
        ['confirmed'],
      );
    });

    test('closed by hand only, the machine’s track is asked for from the 9th on', async (t) => {
      const at = await MofHouse.open(open);
      t.after(() => at.close());
      const place = await placeOf(at, null);
      at.clock.set('2027-01-05 09:00:00');
      const settled = { ...ORIGIN, period: PERIOD, scope: 'settled', isResent: false } as const;
      accepted((await at.ledger.closePeriod([settled]))[0]);
      await dayOf(place, '2027-01-08 12:00:00');
      assert.deepEqual(await alarms(place), []);
      await dayOf(place, '2027-01-09 00:00:01');
      assert.deepEqual(await alarms(place), ['BLANKS_UNREPORTED warning']);
      accepted((await at.ledger.closePeriod([{ ...settled, scope: 'all' }]))[0]);
      await dayOf(place, '2027-01-09 00:00:30');
      assert.deepEqual(await alarms(place), []);
    });
  });
});
