/**
 * One script of commands, made from a seed, run on SQLite and on PostgreSQL: every answer and every
 * journal entry is the same, hash for hash. The script issues, voids, allows and takes allowances back
 * for two sellers, moves filings, imports books, lets numbers run out, crosses into the next period, and
 * asks for what must be refused. A failure names its seed; `KAILI_TEST_SEED` runs another one.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { IssuedInvoice } from '../../src/domain/invoice.ts';
import { parseTrack } from '../../src/domain/invoice-number.ts';
import { periodOf } from '../../src/domain/period.ts';
import type { Seller } from '../../src/domain/seller.ts';
import { taipeiDateOf, taipeiDateTime } from '../../src/domain/taipei.ts';
import { wholeOf } from '../../src/ledger/carried-invoice.ts';
import { createLedger } from '../../src/ledger/create.ts';
import type { IssueCommand, Ledger } from '../../src/ledger/ledger.ts';
import type { Origin } from '../../src/ledger/origin.ts';
import type { Random } from '../../src/ledger/ports.ts';
import type { EntryRow } from '../../src/ledger/rows.ts';
import { verifyJournal } from '../../src/ledger/verify.ts';
import {
  allowanceDraft,
  BUYER_UBN,
  composed,
  dollars,
  draft,
  SELLER_A,
  SELLER_B,
} from '../support/demo.ts';
import { ENGINES, seededRandom, TestClock } from '../support/engines.ts';

const SEEDS =
  process.env.KAILI_TEST_SEED === undefined ? [1, 2] : [Number(process.env.KAILI_TEST_SEED)];
const STEPS = process.env.KAILI_TEST_LONG === '1' ? 2_000 : 150;
const BATCH_MAX = 7;
const BOOK_NUMBERS = 400;
const SELLERS: readonly Seller[] = [SELLER_A, SELLER_B];
const TRACKS = ['AA', 'BB', 'CC', 'DD'] as const;

interface Kept extends IssuedInvoice {
  readonly total: number;
}

interface Run {
  readonly ledger: Ledger;
  readonly clock: TestClock;
  /** Drawn by the script alone; the ledger has a generator of its own. */
  readonly dice: Random;
  readonly invoices: Kept[];
  readonly allowances: { readonly invoice: Kept; readonly number: string }[];
  readonly answers: unknown[];
}

function pick<T>(run: Run, items: readonly T[]): T | undefined {
  return items[run.dice.integer(Math.max(1, items.length))];
}

function origin(seller: Seller): Origin {
  return { seller: seller.ubn, account: `ecpay:${seller.ubn}`, ip: '127.0.0.1' };
}

function originOf(invoice: IssuedInvoice): Origin {
  return { seller: invoice.seller, account: `ecpay:${invoice.seller}`, ip: '' };
}

/** So many of what the maker makes. */
function some<T>(run: Run, make: () => T | undefined): readonly T[] {
  const count = 1 + run.dice.integer(BATCH_MAX);
  return Array.from({ length: count }, make).filter((item) => item !== undefined);
}

function issueCommand(run: Run): IssueCommand {
  const seller = pick(run, SELLERS) ?? SELLER_A;
  const buyer = { ...draft(1).buyer, ubn: run.dice.integer(2) === 0 ? BUYER_UBN : null };
  // From a small range, so that a reference comes twice now and then.
  const reference = `order-${run.dice.integer(STEPS * 2)}`;
  return {
    ...origin(seller),
    composed: composed(1 + run.dice.integer(100_000), { buyer }),
    references: [{ kind: 'relate', key: reference.toUpperCase(), until: 'ever' }],
    reference,
    billingReference: '',
    channel: 'api',
    channelPartner: '',
    segment: { category: 'b2c', code: '' },
  };
}

async function issue(run: Run): Promise<void> {
  const commands = some(run, () => issueCommand(run));
  keepInvoices(run, commands, await run.ledger.issue(commands));
}

/** One command a call, all at once: how they are grouped into transactions must not show. */
async function issueApart(run: Run): Promise<void> {
  const commands = some(run, () => issueCommand(run));
  const outcomes = await Promise.all(commands.map((command) => run.ledger.issue([command])));
  keepInvoices(run, commands, outcomes.flat());
}

function keepInvoices(
  run: Run,
  commands: readonly IssueCommand[],
  outcomes: Awaited<ReturnType<Ledger['issue']>>,
): void {
  run.answers.push(outcomes);
  for (const [index, { composed }] of commands.entries()) {
    const outcome = outcomes[index];
    if (outcome?.ok) run.invoices.push({ ...outcome.value, total: wholeOf(composed).total });
  }
}

async function voidSome(run: Run): Promise<void> {
  const commands = some(run, () => {
    const invoice = pick(run, run.invoices);
    if (invoice === undefined) return undefined;
    const issuedOn = taipeiDateOf(invoice.issuedAt);
    return { ...originOf(invoice), number: invoice.number, issuedOn, reason: '示範作廢' };
  });
  if (commands.length > 0) run.answers.push(await run.ledger.void(commands));
}

async function allow(run: Run): Promise<void> {
  const chosen = some(run, () => pick(run, run.invoices));
  if (chosen.length === 0) return;
  const outcomes = await run.ledger.allow(
    chosen.map((invoice) => {
      const total = 1 + run.dice.integer(Math.ceil(invoice.total * 0.6));
      const given = allowanceDraft(1, { total: dollars(total) });
      const lines = allowanceDraft(total).lines;
      return { ...originOf(invoice), number: invoice.number, draft: { ...given, lines } };
    }),
  );
  run.answers.push(outcomes);
  for (const [index, outcome] of outcomes.entries()) {
    const invoice = chosen[index];
    if (!outcome.ok || invoice === undefined) continue;
    run.allowances.push({ invoice, number: outcome.value.content.number });
  }
}

async function voidAllowances(run: Run): Promise<void> {
  const commands = some(run, () => {
    const allowance = pick(run, run.allowances);
    if (allowance === undefined) return undefined;
    const { invoice, number: allowanceNumber } = allowance;
    return { ...originOf(invoice), number: invoice.number, allowanceNumber, reason: '示範' };
  });
  if (commands.length > 0) run.answers.push(await run.ledger.voidAllowance(commands));
}

/** The Ministry takes and answers some of what is ready; every fourth it refuses. */
async function moveFilings(run: Run): Promise<void> {
  const page = await run.ledger.reads.listFilings({ states: ['ready', 'refused'] }, 0, 20);
  const refused = page.items.filter(({ state }) => state === 'refused');
  const ready = page.items.filter(({ state }) => state === 'ready');
  const command = ({ seller, sequence }: (typeof ready)[number]) => ({
    seller,
    sequence,
    account: 'system',
    ip: '',
  });
  run.answers.push(page.total);
  if (refused.length > 0) run.answers.push(await run.ledger.releaseFiling(refused.map(command)));
  for (const to of ['handed', 'sent', 'confirmed'] as const) {
    const commands = ready.map((filing, index) => {
      const isRefused = to === 'confirmed' && index % 4 === 3;
      const code = to === 'confirmed' ? (isRefused ? 'E0201' : '00000') : '';
      return { ...command(filing), to: isRefused ? ('refused' as const) : to, code, text: '' };
    });
    if (commands.length > 0) run.answers.push(await run.ledger.recordResult(commands));
  }
}

async function importBook(run: Run): Promise<void> {
  const period = periodOf(taipeiDateOf(taipeiDateTime(run.clock.now())));
  const commands = SELLERS.map((seller) => {
    const track = parseTrack(pick(run, TRACKS) ?? 'AA');
    assert(track !== undefined);
    const first = run.dice.integer(4) * BOOK_NUMBERS;
    const last = first + BOOK_NUMBERS - 1;
    const range = { period, track, first, last, segments: [] };
    return { ...origin(seller), ...range, invoiceType: '07' as const, source: 'manual' as const };
  });
  run.answers.push(await run.ledger.importBook(commands));
}

const ACTIONS = [
  issue,
  issue,
  issue,
  issueApart,
  voidSome,
  allow,
  allow,
  voidAllowances,
  moveFilings,
  importBook,
];

async function script(run: Run): Promise<void> {
  for (let step = 0; step < STEPS; step += 1) {
    if (step === Math.floor(STEPS / 2)) run.clock.set('2027-01-01 00:00:00');
    run.clock.advanceMs(run.dice.integer(90_000));
    const action = pick(run, ACTIONS);
    assert(action !== undefined);
    await action(run);
  }
}

interface Result {
  readonly answers: readonly unknown[];
  readonly entries: readonly EntryRow[];
}

async function runOn(engine: keyof typeof ENGINES, seed: number): Promise<Result> {
  const opened = await ENGINES[engine]();
  try {
    const { store } = opened;
    const clock = new TestClock('2026-12-30 09:00:00');
    await store.directory.saveSellers(SELLERS);
    const ledger = createLedger({ store, clock, random: seededRandom(seed) });
    const dice = seededRandom(seed + 1_000_000);
    const run: Run = { ledger, clock, dice, invoices: [], allowances: [], answers: [] };
    await script(run);
    await ledger.drain();
    const ubns = SELLERS.map((seller) => seller.ubn);
    const { breaks } = await verifyJournal(store.reads, ubns);
    assert.deepEqual(breaks, []);
    const journals = ubns.map((ubn) => store.reads.listEntries(ubn, 0, Number.MAX_SAFE_INTEGER));
    return { answers: run.answers, entries: (await Promise.all(journals)).flat() };
  } finally {
    await opened.remove();
  }
}

describe('the same commands in the same order', () => {
  for (const seed of SEEDS) {
    test(`make the same answers and journals on both engines (seed ${seed})`, async () => {
      const [sqlite, postgres] = await Promise.all([
        runOn('sqlite', seed),
        runOn('postgres', seed),
      ]);
      assert.deepEqual(postgres.answers, sqlite.answers);
      assert.deepEqual(postgres.entries, sqlite.entries);
      const verbs = new Set(sqlite.entries.map((entry) => entry.verb));
      for (const verb of ['issue', 'void', 'allow', 'voidAllowance', 'importBook']) {
        assert(verbs.has(verb), `the script made no ${verb}`);
      }
      assert(sqlite.entries.length > STEPS, `${sqlite.entries.length} entries`);
    });
  }
});
