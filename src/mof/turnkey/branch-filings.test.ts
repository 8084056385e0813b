/**
 * Claims about a head office and its branch from the split to the reports of blank numbers, against the simulated
 * Ministry: the E0401 and both E0402 name who is who, and every answer finds its filing.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accepted, refusedCodes, SELLER_A, SELLER_B } from '../../../test/support/demo.ts';
import { onEveryEngine } from '../../../test/support/engines.ts';
import { assertGolden } from '../../../test/support/golden.ts';
import { assertMessagesValid, messageFiles } from '../../../test/support/message-files.ts';
import { accountsOf, MofHouse } from '../../../test/support/mof-house.ts';
import { splitToBranch } from '../../api/branch-split.ts';
import { numberAlarms } from '../../api/number-alarms.ts';
import { parseTrack } from '../../domain/invoice-number.ts';
import { nextPeriod, parsePeriod } from '../../domain/period.ts';
import { processVerdicts } from './verdicts.ts';

const PERIOD = nextPeriod(parsePeriod('11512') ?? assert.fail());
const TRACK = parseTrack('LB') ?? assert.fail();
const HEAD = { ...SELLER_A, branches: [{ ubn: SELLER_B.ubn, name: SELLER_B.name }] };
const ORIGIN = { seller: HEAD.ubn, account: 'system', ip: '' };
const SPLIT = { ...ORIGIN, branch: SELLER_B.ubn, period: PERIOD, track: TRACK };

onEveryEngine((open) => {
  test('a split, a branch that issues, and what neither of them used', async (t) => {
    const at = await MofHouse.open(open);
    t.after(() => at.close());
    at.sellers.splice(0, 1, HEAD);
    await at.start();
    const parts = { ledger: at.ledger, reads: at.ledger.reads, accounts: accountsOf(at.sellers) };
    const book = { ...ORIGIN, period: PERIOD, track: TRACK, first: 1000, last: 1199 } as const;
    const rest = { invoiceType: '07', source: 'manual', segments: [] } as const;
    accepted((await at.ledger.importBook([{ ...book, ...rest }]))[0]);
    const ranges = [{ first: 1100, last: 1199 }];
    const stranger = { ...SPLIT, seller: SELLER_B.ubn, branch: HEAD.ubn, ranges };
    assert.deepEqual(refusedCodes(await splitToBranch(parts, stranger)), ['BRANCH_UNKNOWN']);
    assert.deepEqual(accepted(await splitToBranch(parts, { ...SPLIT, ranges })), {
      ...{ isNew: true, isSellerHere: true },
    });
    assert.deepEqual(accepted(await splitToBranch(parts, { ...SPLIT, ranges })), {
      ...{ isNew: false, isSellerHere: true },
    });
    at.clock.set('2027-01-04 10:00:00');
    const [head] = await at.issue(1, {}, HEAD);
    const [branch] = await at.issue(1, {}, SELLER_B);
    assert.deepEqual([head?.number, branch?.number], ['LB00001000', 'LB00001100']);
    await at.round();
    at.clock.set('2027-03-05 09:00:00');
    const close = { ...ORIGIN, period: PERIOD, isResent: false };
    const closes = [close, { ...close, seller: SELLER_B.ubn }];
    (await at.ledger.closePeriod(closes)).forEach(accepted);
    await at.round();
    const states = [...(await at.states())].sort();
    const confirmed = ['E0401', 'E0402', 'E0402', 'F0401', 'F0401'].map((of) => `${of} confirmed`);
    assert.deepEqual(states, confirmed);
    const files = messageFiles(at.folder);
    assert.equal(await assertMessagesValid(files), 5);
    const told = files
      .filter(({ message }) => message.startsWith('E'))
      .map(({ message, xml }) => [
        message,
        ...[...xml.matchAll(/<(?:HeadBan|BranchBan|InvoiceBeginNo|InvoiceEndNo)>(\d+)</g)].map(
          ([, value]) => value,
        ),
      ])
      .sort();
    assert.deepEqual(told, [
      ['E0401', '12345675', '22222229', '00001000', '00001199', '00001100', '00001199'],
      ['E0402', '12345675', '12345675', '00001001', '00001099'],
      ['E0402', '12345675', '22222229', '00001101', '00001199'],
    ]);
    for (const { path, message, xml } of files.filter((file) => file.message.startsWith('E'))) {
      const sender = /_(\d{8})_/.exec(path)?.[1] === HEAD.ubn ? 'head-office' : 'branch';
      assertGolden(`examples/branches/${message.toLowerCase()}-${sender}.xml`, xml);
    }
    for (const { ubn } of at.sellers) {
      const alarms = await numberAlarms(at.ledger.reads, at.clock, ubn);
      const codes = alarms.map(({ code }) => code).filter((code) => code !== 'BOOK_MISSING');
      assert.deepEqual(codes, []);
    }
    assert.deepEqual(at.log.errors(), []);
  });
});

test('a head office that gave a whole book away owes no report and lacks no numbers', async (t) => {
  const at = await MofHouse.open();
  t.after(() => at.close());
  at.sellers.splice(0, 2, HEAD);
  await at.start();
  const period = parsePeriod('11512') ?? assert.fail();
  const track = parseTrack('KA') ?? assert.fail();
  const parts = { ledger: at.ledger, reads: at.ledger.reads, accounts: accountsOf(at.sellers) };
  const ranges = [{ first: 10_000_000, last: 10_004_999 }];
  const split = await splitToBranch(parts, { ...SPLIT, period, track, ranges });
  assert.deepEqual(accepted(split), { isNew: true, isSellerHere: false });
  assert.deepEqual(await numberAlarms(at.ledger.reads, at.clock, HEAD.ubn), []);
  at.clock.set('2027-01-11 09:00:00');
  const close = { ...ORIGIN, period, isResent: false };
  assert.deepEqual(accepted((await at.ledger.closePeriod([close]))[0]), []);
  const alarms = await numberAlarms(at.ledger.reads, at.clock, HEAD.ubn);
  assert.deepEqual(
    alarms.filter(({ code }) => code === 'BLANKS_UNREPORTED'),
    [],
  );
});

test('a result about a split is read with the branch’s tax ID, or by its place in the envelope', async () => {
  const finder = {
    members: async () => [
      { seller: HEAD.ubn, number: 'LB/07/04595257', date: '' },
      { seller: HEAD.ubn, number: 'LB/07/22222229', date: '' },
    ],
  } as never;
  const verdictsOf = async (parameters: readonly string[], description: string) => {
    const { verdicts } = await processVerdicts(
      {
        ...{ parties: [HEAD.ubn], envelopeId: '', message: 'E0401' },
        infos: [{ code: 'E0612', description, parameters }],
      },
      '2027-01-05 10:00:00' as never,
      accountsOf([HEAD]),
      finder,
    );
    return verdicts.map(({ number, code }) => [number, code]);
  };
  const refused = [['LB/07/22222229', 'E0612']];
  assert.deepEqual(await verdictsOf(['22222229LB07', '11602'], ''), refused);
  assert.deepEqual(await verdictsOf(['LB07'], 'No. 2 overlaps'), refused);
});
