/**
 * Claims about the outbox's steps in bulk: whatever state filings are in, they come out as by the general rules. Two
 * commands for one filing make a batch that the bulk path leaves alone, so each batch is sent once as it is, for one
 * seller, and once doubled, for another: both sellers' filings stay alike.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accepted, SELLER_A, SELLER_B } from '../../test/support/demo.ts';
import { onEveryEngine, seededRandom } from '../../test/support/engines.ts';
import { MofHouse } from '../../test/support/mof-house.ts';
import type { Ubn } from '../domain/ubn.ts';
import type { FilingMoved, RecordResultCommand } from './filing-commands.ts';
import type { FilingRow } from './rows.ts';
import { verifyJournal } from './verify.ts';

const SEED = Number(process.env.KAILI_TEST_SEED ?? 61);
const FILINGS = 24;
const BATCHES = 60;
const COMMANDS_MAX = 8;

type Step = Omit<RecordResultCommand, 'seller' | 'account' | 'ip' | 'sequence'>;
const NO_ANSWER = { code: '', text: '' } as const;

/** What the outbox may say of a filing: mostly what fits it, else what comes late or is of another file. */
function stepOf(row: FilingRow, pick: (bound: number) => number): Step {
  const attempt = row.attempts + 1 - (pick(6) === 0 ? 1 : 0);
  const version = row.version + (pick(8) === 0 ? 1 : 0);
  const fileName = pick(6) === 0 ? 'other.xml' : row.fileName || 'first.xml';
  if (pick(20) === 0) return { to: 'refused', code: 'E0201', text: '重複上傳', fileName };
  switch (pick(6)) {
    case 0:
    case 1:
      return {
        ...{ to: 'handed', ...NO_ANSWER, attempt, version, isWritten: false },
        fileName: `${row.sequence}-${attempt}.xml`,
      };
    case 2:
      return { to: 'handed', ...NO_ANSWER, fileName, isWritten: true };
    case 3:
    case 4:
      return { to: 'sent', ...NO_ANSWER, fileName };
    default:
      return { to: 'handed', ...NO_ANSWER, isWritten: false };
  }
}

/** What was refused or sent goes once more round. */
async function mend(at: MofHouse): Promise<void> {
  const origin = { account: 'system', ip: '' };
  const rows = await at.filings();
  const sent = rows.filter(({ state, sequence }) => state === 'sent' && sequence % 2 === 0);
  await at.ledger.recordResult(
    sent.map(({ seller, sequence }) => ({
      ...{ ...origin, seller, sequence, to: 'refused', code: 'E0201', text: '重複上傳' },
    })),
  );
  const refused = (await at.filings()).filter(({ state }) => state === 'refused');
  await at.ledger.releaseFiling(
    refused.map(({ seller, sequence }) => ({ ...origin, seller, sequence })),
  );
}

function alike(rows: readonly FilingRow[], seller: Ubn): readonly object[] {
  return rows.filter((row) => row.seller === seller).map((row) => ({ ...row, seller: '' }));
}

onEveryEngine((open) => {
  test(`steps in bulk do what each does alone (seed ${SEED})`, async (t) => {
    const at = await MofHouse.open(open);
    t.after(() => at.close());
    const random = seededRandom(SEED);
    for (const seller of [SELLER_A, SELLER_B]) await at.issue(FILINGS, {}, seller);
    let [moves, states] = [0, new Set<string>()];
    for (let batch = 0; batch < BATCHES; batch += 1) {
      at.clock.advanceMs(1000);
      await mend(at);
      const rows = (await at.filings()).filter(({ seller }) => seller === SELLER_A.ubn);
      const chosen = rows
        .filter(() => random.integer(3) === 0)
        .slice(0, 1 + random.integer(COMMANDS_MAX));
      const steps = chosen.map((row) => ({
        sequence: row.sequence,
        ...stepOf(row, (bound) => random.integer(bound)),
      }));
      const commandsOf = (seller: Ubn): RecordResultCommand[] =>
        steps.map((step) => ({ seller, account: 'system', ip: '', ...step }));
      const bulk = (await at.ledger.recordResult(commandsOf(SELLER_A.ubn))).map(accepted);
      const twice = [...commandsOf(SELLER_B.ubn), ...commandsOf(SELLER_B.ubn)];
      const alone = (await at.ledger.recordResult(twice)).map(accepted);
      assert.deepEqual(bulk, alone.slice(0, bulk.length));
      moves += bulk.filter(({ isMoved }: FilingMoved) => isMoved).length;
      const after = await at.filings();
      assert.deepEqual(alike(after, SELLER_A.ubn), alike(after, SELLER_B.ubn));
      states = states.union(new Set(after.map(({ state }) => state)));
    }
    assert(moves > BATCHES / 2, `only ${moves} steps changed anything`);
    assert.deepEqual([...states].toSorted(), ['handed', 'ready', 'refused', 'sent']);
    assert.deepEqual((await verifyJournal(at.ledger.reads, [SELLER_A.ubn])).breaks, []);
  });

  test('a step of a filing that does not exist changes nothing of the others', async (t) => {
    const at = await MofHouse.open(open);
    t.after(() => at.close());
    await at.issue(2);
    const step = { account: 'system', ip: '', to: 'handed', ...NO_ANSWER } as const;
    const promise = { ...step, seller: SELLER_A.ubn, attempt: 1, version: 1, isWritten: false };
    const commands = [1, 2, 99].map((sequence) => ({ ...promise, sequence, fileName: 'a.xml' }));
    await assert.rejects(at.ledger.recordResult(commands), /99 does not exist/);
    assert.deepEqual(await at.states(), ['F0401 ready', 'F0401 ready']);
  });
});
