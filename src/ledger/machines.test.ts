/** Claims about machines that issue by themselves: registered once, bound to their tracks, journalled. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accepted, refusedCodes, SELLER_A, SELLER_B } from '../../test/support/demo.ts';
import {
  type OpenedStore,
  onEveryEngine,
  seededRandom,
  TestClock,
} from '../../test/support/engines.ts';
import { parseTrack } from '../domain/invoice-number.ts';
import { parsePeriod } from '../domain/period.ts';
import type { Ubn } from '../domain/ubn.ts';
import { createLedger, type LedgerHandle } from './create.ts';
import type { SetMachineCommand } from './ledger.ts';
import { verifyJournal } from './verify.ts';

function machine(
  change: SetMachineCommand['change'],
  id: string,
  remark = '',
  seller: Ubn = SELLER_A.ubn,
): SetMachineCommand {
  return { seller, account: 'ecpay:3085340', ip: '', change, id, remark };
}

onEveryEngine((open) => {
  let opened: OpenedStore;
  let ledger: LedgerHandle;
  const clock = new TestClock('2026-11-21 10:20:30');
  before(async () => {
    opened = await open();
    await opened.store.directory.saveSellers([SELLER_A, SELLER_B]);
    ledger = createLedger({ store: opened.store, clock, random: seededRandom(8) });
  });
  after(async () => {
    await ledger.drain();
    await opened.remove();
  });

  test('commands of one batch see each other, in order', async () => {
    const outcomes = await ledger.setMachine([
      machine('add', 'M2', '一樓'),
      machine('add', 'M1'),
      machine('add', 'M2'),
      machine('edit', 'M2', '二樓'),
      machine('remove', 'M1'),
      machine('edit', 'M1'),
      machine('add', 'M2', '別家', SELLER_B.ubn),
    ]);
    assert.deepEqual(
      outcomes.map((outcome) => (outcome.ok ? outcome.value.remark : refusedCodes(outcome)[0])),
      ['一樓', '', 'MACHINE_KNOWN', '二樓', '', 'MACHINE_NOT_FOUND', '別家'],
    );
    assert.deepEqual(await ledger.reads.listMachines(SELLER_A.ubn), [
      { seller: SELLER_A.ubn, id: 'M2', remark: '二樓', createdAt: '2026-11-21 10:20:30' },
    ]);
    const [other] = await ledger.reads.listMachines(SELLER_B.ubn);
    assert.equal(other?.remark, '別家');
  });

  test('an edit keeps the time of registration', async () => {
    accepted((await ledger.setMachine([machine('add', 'M3')]))[0]);
    clock.advanceMs(60_000);
    const edited = accepted((await ledger.setMachine([machine('edit', 'M3', '改')]))[0]);
    assert.equal(edited.createdAt, '2026-11-21 10:20:30');
  });

  test('a machine with a track of any term stays as it is, also once the track is stopped', async () => {
    accepted((await ledger.setMachine([machine('add', 'M4')]))[0]);
    const [period, track] = [parsePeriod('11602'), parseTrack('QA')];
    assert(period !== undefined && track !== undefined);
    const origin = { seller: SELLER_A.ubn, account: 'ecpay:3085340', ip: '' };
    const cut = { first: 0, last: 49, code: 'M4', category: 'pos', allotter: 'merchant' } as const;
    const book = { ...origin, period, track, first: 0, last: 49, invoiceType: '07' } as const;
    accepted((await ledger.importBook([{ ...book, source: 'manual', segments: [cut] }]))[0]);
    const changes = [machine('edit', 'M4', '改'), machine('remove', 'M4')];
    for (const outcome of await ledger.setMachine(changes)) {
      assert.deepEqual(refusedCodes(outcome), ['MACHINE_HAS_TRACKS']);
    }
    const stop = { ...origin, period, track, first: 0, status: 'stopped' } as const;
    accepted((await ledger.setSegmentStatus([stop]))[0]);
    const [outcome] = await ledger.setMachine([machine('remove', 'M4')]);
    assert(outcome !== undefined);
    assert.deepEqual(refusedCodes(outcome), ['MACHINE_HAS_TRACKS']);
  });

  test('every change is in the journal, a refused one is not', async () => {
    const entries = await ledger.reads.listEntries(SELLER_A.ubn, 0, 100);
    const subjects = entries
      .filter(({ verb }) => verb === 'setMachine')
      .map(({ subject }) => subject);
    const wanted = ['M2', 'M1', 'M2', 'M1', 'M3', 'M3', 'M4'];
    assert.deepEqual(
      subjects,
      wanted.map((id) => `machine/${id}`),
    );
    assert.deepEqual((await verifyJournal(ledger.reads, [SELLER_A.ubn])).breaks, []);
  });
});
