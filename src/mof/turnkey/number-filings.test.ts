/**
 * Claims about filings without an invoice, and about those of an older version: the E0402 goes through its
 * own folder and back, and each version of a reissued invoice is filed with its own content.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { accepted, composed, SELLER_A } from '../../../test/support/demo.ts';
import { onEveryEngine } from '../../../test/support/engines.ts';
import { assertMessagesValid, messageFiles } from '../../../test/support/message-files.ts';
import { MofHouse } from '../../../test/support/mof-house.ts';
import { parsePeriod } from '../../domain/period.ts';
import { processVerdicts } from './verdicts.ts';

const PERIOD = parsePeriod('11512') ?? assert.fail();
const ORIGIN = { seller: SELLER_A.ubn, account: 'system', ip: '' };

async function closed(t: TestContext, open?: Parameters<typeof MofHouse.open>[0]) {
  const at = await MofHouse.open(open);
  t.after(() => at.close());
  await at.start();
  await at.issueOne();
  await at.round();
  at.clock.set('2027-01-05 09:00:00');
  accepted((await at.ledger.closePeriod([{ ...ORIGIN, period: PERIOD, isResent: false }]))[0]);
  return at;
}

onEveryEngine((open) => {
  test('an E0402 lies in B2PMESSAGE, is taken, and is confirmed', async (t) => {
    const at = await closed(t, open);
    await at.outbox.tick();
    const file = messageFiles(at.folder).find(({ message }) => message === 'E0402');
    assert.equal(file?.path, join('E0402', 'SRC', 'E0402_KA-07_12345675_2-1.xml'));
    assert.match(file?.xml ?? '', /<InvoiceBeginNo>10000001<\/InvoiceBeginNo>/);
    assert.match(file?.xml ?? '', /<InvoiceEndNo>10004999<\/InvoiceEndNo>/);
    await at.round();
    assert.deepEqual(await at.states(), ['F0401 confirmed', 'E0402 confirmed']);
    assert.equal(await assertMessagesValid(messageFiles(at.folder)), 2);
    assert.deepEqual(at.log.errors(), []);
  });
});

test('a refused E0402 carries the code and goes out again after mending', async (t) => {
  const at = await closed(t);
  at.plan = { refuseEvery: { nth: 1, code: 'E0612' } };
  await at.round();
  const [, refused] = await at.filings();
  assert.deepEqual([refused?.state, refused?.resultCode], ['refused', 'E0612']);
  at.plan = {};
  const sequence = refused?.sequence ?? 0;
  accepted((await at.ledger.releaseFiling([{ ...ORIGIN, sequence }]))[0]);
  at.clock.advanceMs(2000);
  await at.round();
  assert.deepEqual(await at.states(), ['F0401 confirmed', 'E0402 confirmed']);
});

test('a result about numbers is read in every spelling of its key', async () => {
  const accounts = {
    find: () => undefined,
    seller: (ubn: string) => (ubn === SELLER_A.ubn ? SELLER_A : undefined),
    sellers: () => [SELLER_A],
  };
  // No envelope lies about.
  const finder = { members: async () => null } as never;
  const keys = [
    ['12345675KA07', ''],
    ['12345675', 'KA', '07'],
    ['12345675-KA-07', '11512'],
  ];
  for (const parameters of keys) {
    const result = {
      ...{ parties: [SELLER_A.ubn], envelopeId: '', message: 'E0402' },
      infos: [{ code: 'E0609', description: '', parameters }],
    };
    const { verdicts } = await processVerdicts(
      result,
      '2027-01-05 10:00:00' as never,
      accounts,
      finder,
    );
    assert.deepEqual(
      verdicts.map(({ number, code }) => [number, code]),
      [['KA/07', 'E0609']],
      parameters.join(),
    );
  }
});

test('an invoice reissued before its first hand-over is filed version by version', async (t) => {
  const at = await MofHouse.open();
  t.after(() => at.close());
  await at.start();
  const first = await at.issueOne();
  const command = { ...ORIGIN, number: first.number, reason: '買受人更正', channelPartner: '' };
  const changed = composed(210);
  accepted((await at.ledger.reissue([{ ...command, composed: changed }]))[0]);
  for (let rounds = 0; rounds < 3; rounds += 1) {
    await at.round();
    at.clock.advanceMs(1000);
  }
  assert.deepEqual(await at.states(), ['F0401 confirmed', 'F0701 confirmed', 'F0401 confirmed']);
  const files = messageFiles(at.folder);
  assert.equal(await assertMessagesValid(files), 3);
  const totals = files
    .filter(({ message }) => message === 'F0401')
    .map(({ path, xml }) => [
      /_(\d+)-1\.xml$/.exec(path)?.[1],
      /<TotalAmount>(\d+)</.exec(xml)?.[1],
    ])
    .sort();
  assert.deepEqual(totals, [
    ['1', '105'],
    ['3', '210'],
  ]);
  assert.deepEqual(at.log.errors(), []);
});
