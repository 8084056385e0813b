/** Claims about which filing an answer settles, above all when a number was sent more than once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invoiceDraft } from '../../../test/support/draft.ts';
import { at, contentOf, issueSource } from '../../../test/support/mig-sources.ts';
import type { StoreReads } from '../../ledger/ports.ts';
import type { FilingRow } from '../../ledger/rows.ts';
import { matchVerdicts } from './match-verdicts.ts';
import type { Verdict } from './verdicts.ts';

const NINE = at('2026-11-21T09:00:00');
const TEN = at('2026-11-21T10:00:00');
const ELEVEN = at('2026-11-21T11:00:00');
const { filing: READY } = issueSource(contentOf(invoiceDraft()));

/** The first attempt, handed over at nine. */
const SENT: FilingRow = {
  ...READY,
  state: 'sent',
  attempts: 1,
  isWritten: true,
  handedAt: NINE,
};

const VERDICT: Verdict = {
  sellers: [SENT.seller],
  message: 'F0401',
  number: SENT.invoiceNumber,
  dates: [SENT.keyDate],
  to: 'confirmed',
  code: '00000',
  text: '',
  answeredAt: TEN,
  packedAt: null,
};
const REFUSAL: Verdict = { ...VERDICT, to: 'refused', code: 'E0103', text: '不符' };

/** The sequence and state of each command that the verdict leads to. */
async function settles(
  verdict: Verdict,
  ...rows: readonly FilingRow[]
): Promise<readonly string[]> {
  const asked: unknown[] = [];
  const reads: Pick<StoreReads, 'findFilingsByResult'> = {
    async findFilingsByResult(keys) {
      asked.push(...keys);
      return rows;
    },
  };
  // Only this one read is used to match.
  const { commands, unknown } = await matchVerdicts(reads as StoreReads, [verdict]);
  assert.equal(unknown.length, rows.length === 0 ? 1 : 0);
  return commands.map(({ sequence, to, code }) => `${sequence} ${to} ${code}`);
}

test('an answer settles the filing of its name', async () => {
  assert.deepEqual(await settles(VERDICT, SENT), ['1 confirmed 00000']);
  assert.deepEqual(await settles(REFUSAL, SENT), ['1 refused E0103']);
  assert.deepEqual(await settles(VERDICT, { ...SENT, state: 'handed' }), ['1 confirmed 00000']);
});

test('nothing of that name is counted as unknown', async () => {
  assert.deepEqual(await settles(VERDICT), []);
  assert.deepEqual(await settles({ ...VERDICT, number: 'x'.repeat(1_000_000) }), []);
});

test('what is settled stays, but for a confirmation that comes after a refusal', async () => {
  assert.deepEqual(await settles(VERDICT, { ...SENT, state: 'confirmed' }), []);
  assert.deepEqual(await settles(REFUSAL, { ...SENT, state: 'confirmed' }), []);
  assert.deepEqual(await settles(REFUSAL, { ...SENT, state: 'refused' }), []);
  assert.deepEqual(await settles(VERDICT, { ...SENT, state: 'refused' }), ['1 confirmed 00000']);
});

test('a first attempt is settled whatever the clocks say', async () => {
  assert.deepEqual(await settles({ ...REFUSAL, answeredAt: NINE }, { ...SENT, handedAt: TEN }), [
    '1 refused E0103',
  ]);
});

test('an old refusal does not settle the attempt after it, an old confirmation does', async () => {
  const second = { ...SENT, attempts: 2, handedAt: ELEVEN };
  assert.deepEqual(await settles(REFUSAL, second), []);
  assert.deepEqual(await settles(VERDICT, second), ['1 confirmed 00000']);
  assert.deepEqual(await settles({ ...REFUSAL, answeredAt: ELEVEN }, second), ['1 refused E0103']);
});

test('a filing that waits to be sent again is settled by a late confirmation alone', async () => {
  assert.deepEqual(await settles(VERDICT, { ...SENT, state: 'ready' }), ['1 confirmed 00000']);
  assert.deepEqual(await settles(REFUSAL, { ...SENT, state: 'ready' }), []);
  for (const verdict of [VERDICT, REFUSAL]) {
    assert.deepEqual(await settles(verdict, { ...SENT, state: 'held' }), []);
  }
  assert.deepEqual(await settles(VERDICT, READY), []);
});

test('the first summary that names a confirmed filing marks it, the next does not', async () => {
  const confirmed: FilingRow = { ...SENT, state: 'confirmed' };
  const summarizedOn = SENT.keyDate;
  assert.deepEqual(await settles({ ...VERDICT, summarizedOn }, confirmed), ['1 confirmed 00000']);
  assert.deepEqual(await settles({ ...VERDICT, summarizedOn }, { ...confirmed, summarizedOn }), []);
});

test('after a reissue an answer settles the version that was on its way then', async () => {
  const first: FilingRow = { ...SENT, state: 'confirmed' };
  const second: FilingRow = { ...SENT, sequence: 3, version: 2, handedAt: ELEVEN };
  assert.deepEqual(await settles(VERDICT, first, second), [], 'an answer of before');
  assert.deepEqual(await settles({ ...VERDICT, answeredAt: ELEVEN }, first, second), [
    '3 confirmed 00000',
  ]);
  const waiting: FilingRow = { ...READY, sequence: 3, version: 2 };
  assert.deepEqual(await settles(VERDICT, first, waiting), []);
});
