/** Claims about trading partners: kept whole, changed and deleted, each change in the journal. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accepted, refusedCodes, SELLER_A, SELLER_B } from '../../test/support/demo.ts';
import {
  type OpenedStore,
  onEveryEngine,
  seededRandom,
  TestClock,
} from '../../test/support/engines.ts';
import type { PartnerFacts } from '../domain/partner.ts';
import { createLedger, type LedgerHandle } from './create.ts';
import { verifyJournal } from './verify.ts';

const { ubn: seller } = SELLER_A;
const ORIGIN = { seller, account: 'ecpay:2000132', ip: '' } as const;

function facts(changes: Partial<PartnerFacts> = {}): PartnerFacts {
  return {
    partner: SELLER_B.ubn,
    kind: 'both',
    name: '範例股份有限公司',
    customerNumber: 'C001',
    personInCharge: '王小明',
    address: '臺北市信義區示範路3號',
    phone: '0227654321',
    fax: '0227654322',
    mode: 'exchange',
    email: 'ap@example.com;second@example.com',
    salesName: '李大華',
    contactAddress: '臺北市示範路4號',
    passPhrase: '芝麻開門',
    ...changes,
  };
}

onEveryEngine((open) => {
  let opened: OpenedStore;
  let ledger: LedgerHandle;
  before(async () => {
    opened = await open();
    await opened.store.directory.saveSellers([SELLER_A, SELLER_B]);
    const clock = new TestClock('2026-11-21 10:20:30');
    ledger = createLedger({ store: opened.store, clock, random: seededRandom(8) });
  });
  after(async () => {
    await ledger.drain();
    await opened.remove();
  });

  const found = () => ledger.reads.findPartner({ seller, partner: SELLER_B.ubn });
  const put = async (partner: PartnerFacts, expects: 'absent' | 'present') =>
    (await ledger.upsertPartner([{ ...ORIGIN, partner, expects }]))[0];

  test('everything that is stated of a partner is kept, its phrase too', async () => {
    accepted(await put(facts(), 'absent'));
    const { sequence: _, ...kept } = (await found()) ?? assert.fail('not kept');
    assert.deepEqual(kept, { seller, ...facts() });
    assert.deepEqual(refusedCodes(await put(facts(), 'absent')), ['PARTNER_EXISTS']);
  });

  test('a change replaces the whole record', async () => {
    const changed = facts({
      name: '改名股份有限公司',
      passPhrase: '換了',
      mode: 'storage',
      fax: '',
    });
    accepted(await put(changed, 'present'));
    const { sequence: _, ...kept } = (await found()) ?? assert.fail('not kept');
    assert.deepEqual(kept, { seller, ...changed });
  });

  test('the journal tells of a partner that was changed behind its back, to the phrase', async () => {
    const { reads } = ledger;
    assert.deepEqual((await verifyJournal(reads, [seller])).breaks, []);
    const rows = await reads.listPartners(seller);
    const forged = {
      ...reads,
      listPartners: async () => rows.map((row) => ({ ...row, passPhrase: '另一句' })),
    };
    const { breaks } = await verifyJournal(forged, [seller]);
    assert.equal(breaks.length, 1);
    assert.match(breaks[0]?.problem ?? '', /was changed/);
  });

  test('a deleted partner is gone, and unknown to a second deletion', async () => {
    const command = { ...ORIGIN, partner: SELLER_B.ubn };
    accepted((await ledger.deletePartner([command]))[0]);
    assert.equal(await found(), null);
    assert.deepEqual(refusedCodes((await ledger.deletePartner([command]))[0]), ['PARTNER_UNKNOWN']);
    assert.deepEqual(refusedCodes(await put(facts(), 'present')), ['PARTNER_UNKNOWN']);
    assert.deepEqual((await verifyJournal(ledger.reads, [seller])).breaks, []);
  });
});
