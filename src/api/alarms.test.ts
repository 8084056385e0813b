/**
 * Claims about alarms of deadlines as the law counts them (VAT Act §32-1: 2 days for a consumer's document, 7 for a
 * business's, counted from the day after, by each act's own day; 10 for unused numbers), of holds, of a clock that was set
 * back, and that every alarm is documented and claimed by some test.
 */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { accepted, BUYER_UBN, composed, draft, SELLER_A } from '../../test/support/demo.ts';
import { MofHouse } from '../../test/support/mof-house.ts';
import { parsePeriod } from '../domain/period.ts';
import { findAlarms } from './alarms.ts';

const BUSINESS = { buyer: { ...draft(105).buyer, ubn: BUYER_UBN, name: '示範買受股份有限公司' } };
const ROOT = new URL('../../', import.meta.url);

async function house(t: TestContext): Promise<MofHouse> {
  const at = await MofHouse.open();
  t.after(() => at.close());
  return at.start();
}

async function codes(at: MofHouse): Promise<readonly string[]> {
  const found = await findAlarms(at.ledger.reads, at.clock, SELLER_A.ubn);
  return found.map(({ code }) => code).filter((code) => /^FILING_(?:DUE|OVER)/.test(code));
}

/** A day before the end it is near, and a second after it over; the end is inclusive. */
async function assertDue(at: MofHouse, lastDay: string): Promise<void> {
  const dayBefore = new Date(Date.parse(`${lastDay}T00:00:00Z`) - 86_400_000).toISOString();
  at.clock.set(`${dayBefore.slice(0, 10)} 23:59:58`);
  assert.deepEqual(await codes(at), [], 'more than a day is left');
  at.clock.set(`${dayBefore.slice(0, 10)} 23:59:59`);
  assert.deepEqual(await codes(at), ['FILING_DUE_SOON'], 'a day is left');
  at.clock.set(`${lastDay} 23:59:58`);
  assert.deepEqual(await codes(at), ['FILING_DUE_SOON'], 'still in time');
  at.clock.advanceMs(2000);
  assert.deepEqual(await codes(at), ['FILING_OVERDUE'], 'a second too late');
}

/** Rounds until nothing is on its way. */
async function confirmAll(at: MofHouse): Promise<void> {
  for (let rounds = 0; rounds < 3; rounds += 1) await at.round();
}

const ACTS: Readonly<Record<string, (at: MofHouse, changes: object) => Promise<void>>> = {
  'an invoice (F0401)': async (at, changes) => {
    at.plan = { isSilent: true };
    await at.issueOne(changes);
  },
  'a void (F0501)': async (at, changes) => {
    const invoice = await at.issueOne(changes);
    await later(at);
    await at.voidInvoice(invoice);
  },
  'an allowance (G0401)': async (at, changes) => {
    const invoice = await at.issueOne(changes);
    await later(at);
    await at.allow(invoice, 50);
  },
  'the void of an allowance (G0501)': async (at, changes) => {
    const invoice = await at.issueOne(changes);
    const number = await at.allow(invoice, 50);
    await later(at);
    await at.voidAllowance(invoice, number);
  },
};

/** Days later the act happens, and nothing about it is answered any more. */
async function later(at: MofHouse): Promise<void> {
  await confirmAll(at);
  at.clock.set('2026-12-01 10:00:00');
  at.plan = { isSilent: true };
}

for (const [act, run] of Object.entries(ACTS)) {
  for (const [whose, changes, days] of [
    ['a consumer', {}, 2],
    ['a business', BUSINESS, 7],
  ] as const) {
    test(`${act} for ${whose} is told from a day before its last, ${days} days after it happened`, async (t) => {
      const at = await house(t);
      at.clock.set(act.startsWith('an invoice') ? '2026-12-01 10:00:00' : '2026-11-21 10:00:00');
      await run(at, changes);
      await at.outbox.tick();
      await assertDue(at, `2026-12-0${1 + days}`);
      at.plan = {};
      await confirmAll(at);
      assert.deepEqual(await codes(at), []);
    });
  }
}

test('a reissue (F0701, F0401) counts from its own day, whatever the invoice’s', async (t) => {
  const at = await house(t);
  const { number } = await at.issueOne();
  await later(at);
  const command = { seller: SELLER_A.ubn, account: 'system', ip: '', number, reason: '內容更正' };
  const reissue = { ...command, channelPartner: '', composed: composed(210) };
  accepted((await at.ledger.reissue([reissue]))[0]);
  await assertDue(at, '2026-12-03');
});

test('a report of unused numbers is due on the 10th of the month after its period', async (t) => {
  const at = await house(t);
  at.sellers.splice(1);
  at.clock.set('2027-01-05 09:00:00');
  at.plan = { isSilent: true };
  const period = parsePeriod('11512') ?? assert.fail();
  const close = { seller: SELLER_A.ubn, account: 'system', ip: '', period, isResent: false };
  accepted((await at.ledger.closePeriod([close]))[0]);
  await at.outbox.tick();
  await assertDue(at, '2027-01-10');
});

test('a filing that waits for a person is told, one that waits for another filing is not', async (t) => {
  const at = await house(t);
  at.sellers[0] = { ...SELLER_A, address: '' };
  const invoice = await at.issueOne();
  await at.voidInvoice(invoice);
  await at.outbox.tick();
  const held = (await findAlarms(at.ledger.reads, at.clock, SELLER_A.ubn)).filter(
    ({ code }) => code === 'FILING_HELD',
  );
  assert.deepEqual(
    held.map(({ count, subject }) => [count, subject]),
    [[1, `filing/1 F0401 ${invoice.number}`]],
  );
  at.sellers[0] = SELLER_A;
  for (let rounds = 0; rounds < 2; rounds += 1) await confirmAll(at);
  assert.deepEqual(await at.states(), ['F0401 confirmed', 'F0501 confirmed']);
});

test('a clock that was set back behind the last number is told before anybody is refused', async (t) => {
  const at = await house(t);
  await at.issueOne();
  const told = async () =>
    (await findAlarms(at.ledger.reads, at.clock, SELLER_A.ubn))
      .filter(({ code }) => code === 'CLOCK_BEHIND')
      .map(({ severity, subject }) => `${severity} ${subject}`);
  at.clock.advanceMs(-5000);
  assert.deepEqual(await told(), [], 'a correction is no alarm');
  at.clock.advanceMs(-1000);
  assert.deepEqual(await told(), ['critical segment/11512 KA: last number at 2026-11-21 10:00:00']);
  at.clock.advanceMs(6000);
  assert.deepEqual(await told(), []);
});

/** Codes of alarms, as the sources that make them name them. */
function alarmCodes(): readonly string[] {
  const sources = [
    ...['src/api/alarms.ts', 'src/api/blank-alarms.ts', 'src/api/number-alarms.ts'],
    ...['src/api/reconciliation-alarms.ts', 'src/mof/turnkey/alarms.ts'],
    'src/server/center-alarms.ts',
  ];
  const found = sources.flatMap((path) => [
    ...readFileSync(new URL(path, ROOT), 'utf8').matchAll(
      /(?:code: '([A-Z_]+)'|^ {2}([A-Z]+_[A-Z_]+): \{ ?(?:$|message))/gm,
    ),
  ]);
  return [...new Set(found.map(([, one, other]) => one ?? other ?? ''))].sort();
}

test('every alarm stands in the reference, in the operator’s guide, and in a test', () => {
  const all = alarmCodes();
  assert(all.length >= 25, `found ${all.join()}`);
  const pages = ['docs/reference/api.md', 'docs/guides/operations.md'].map((path) =>
    readFileSync(new URL(path, ROOT), 'utf8'),
  );
  const tests = globSync('{src,test}/**/*.test.ts', { cwd: ROOT })
    .map((path) => readFileSync(new URL(path, ROOT), 'utf8'))
    .join('\n');
  for (const code of all) {
    for (const page of pages) assert(page.includes(`\`${code}\``), `${code} is not documented`);
    assert(tests.includes(code), `${code} is claimed by no test`);
  }
});
