/**
 * Hands ready filings to Turnkey. First the intent is committed (state handed, file name, not written),
 * then the files are written, then that they are. Dying anywhere in between loses nothing and writes
 * nothing twice: what is handed but not known to be written is looked for before it is written again.
 */
import type { Ubn } from '../../domain/ubn.ts';
import type { HoldFilingCommand, RecordResultCommand } from '../../ledger/ledger.ts';
import type { FilingRow } from '../../ledger/rows.ts';
import { type ComposedFiling, composeFilings, type ObstructedFiling } from './compose-filings.ts';
import type { OutboxContext } from './outbox-context.ts';
import { filingFileName, placeFiles } from './place-file.ts';
import { LOCAL_CODES, refusalText } from './platform-codes.ts';
import { recordAll } from './record.ts';

/** Hands over up to a batch of ready filings; answers how many files were written. */
export async function handOver(context: OutboxContext, turn: number): Promise<number> {
  const ready = await readyFilings(context, turn);
  if (ready.length === 0) return 0;
  const { composed, obstructed } = await composeFilings(context, ready);
  await holdAll(context, obstructed);
  if (composed.length === 0 || !context.mayWork()) return 0;
  const named = composed.map(({ filing, xml }) => {
    const fileName = filingFileName(filing, filing.attempts + 1);
    return { filing: { ...filing, fileName }, xml };
  });
  const intents = named.map(({ filing }) => step(filing, false));
  const states = await recordAll(context.ledger, intents);
  // A filing that somebody held or released in the meantime did not move.
  const handed = named.filter((_, index) => states[index] === 'handed');
  await write(context, handed);
  return handed.length;
}

/** Writes the files of filings that were handed over but whose file is nowhere. */
export async function rewrite(
  context: OutboxContext,
  missing: readonly FilingRow[],
): Promise<number> {
  if (missing.length === 0) return 0;
  // Results may have come in since the files were looked for: only what is still unwritten counts.
  const page = await context.ledger.reads.listFilings(
    { states: ['handed'], isWritten: false },
    0,
    missing.length + context.limits.readyBatchMax,
  );
  const names = new Set(missing.map((row) => row.fileName));
  const open = page.items.filter((row) => names.has(row.fileName));
  const { composed, obstructed } = await composeFilings(context, open);
  const code = LOCAL_CODES.notComposable;
  await recordAll(
    context.ledger,
    obstructed.map(({ filing: { seller, sequence }, text }) => ({
      ...{ seller, account: 'system', ip: '', sequence },
      ...{ to: 'refused', code, text: refusalText(code, text) },
    })),
  );
  await write(context, composed);
  return composed.length;
}

async function write(context: OutboxContext, handed: readonly ComposedFiling[]): Promise<void> {
  if (handed.length === 0 || !context.mayWork()) return;
  const placed = handed.map(({ filing: { message, fileName }, xml }) => ({
    ...{ message, fileName, xml },
  }));
  await placeFiles(context.files, context.folders, placed);
  await recordAll(
    context.ledger,
    handed.map(({ filing }) => step(filing, true)),
  );
}

function step(filing: FilingRow, isWritten: boolean): RecordResultCommand {
  const { seller, sequence, fileName } = filing;
  const base = { seller, account: 'system', ip: '', sequence } as const;
  return { ...base, to: 'handed', code: '', text: '', fileName, isWritten };
}

async function holdAll(
  { ledger, log }: OutboxContext,
  obstructed: readonly ObstructedFiling[],
): Promise<void> {
  if (obstructed.length === 0) return;
  const commands: HoldFilingCommand[] = obstructed.map(({ filing, holds, text }) => ({
    ...{ seller: filing.seller, account: 'system', ip: '' },
    ...{ sequence: filing.sequence, holds, text },
  }));
  await ledger.holdFiling(commands);
  for (const { seller, sequence, holds } of commands) {
    log.warn({ seller, filing: sequence, holds }, 'a filing is held');
  }
}

/**
 * The next batch. Sellers with little waiting get all of it in, the others equal shares of the rest, so
 * that one seller's backlog does not keep the others waiting; `turn` moves who comes first.
 */
async function readyFilings(
  { ledger, limits }: OutboxContext,
  turn: number,
): Promise<readonly FilingRow[]> {
  const counts = await ledger.reads.countFilings();
  const handed = counts.filter(({ state }) => state === 'handed');
  const room = limits.handedOpenMax - handed.reduce((sum, { count }) => sum + count, 0);
  const waiting = new Map<Ubn, number>();
  for (const { seller, state, count } of counts) {
    if (state === 'ready') waiting.set(seller, (waiting.get(seller) ?? 0) + count);
  }
  const shares = sharesOf(waiting, Math.max(0, Math.min(limits.readyBatchMax, room)), turn);
  const rows: FilingRow[] = [];
  for (const [seller, share] of shares) {
    const page = await ledger.reads.listFilings({ seller, states: ['ready'] }, 0, share);
    rows.push(...page.items);
  }
  return rows;
}

/** How many each seller may hand over out of a batch; none gets more than it has waiting. */
function sharesOf(
  waiting: ReadonlyMap<Ubn, number>,
  batch: number,
  turn: number,
): ReadonlyMap<Ubn, number> {
  const sellers = [...waiting].sort(([one], [other]) => (one < other ? -1 : 1));
  // With more sellers than places, each tick takes up where the last one stopped.
  const first = (turn * batch) % Math.max(1, sellers.length);
  const inTurn = [...sellers.slice(first), ...sellers.slice(0, first)].slice(0, batch);
  // The least first: what it leaves of its share goes to those after it.
  inTurn.sort(([, one], [, other]) => one - other);
  const shares = new Map<Ubn, number>();
  let room = batch;
  for (const [index, [seller, count]] of inTurn.entries()) {
    const share = Math.min(count, Math.ceil(room / (inTurn.length - index)));
    if (share <= 0) break;
    shares.set(seller, share);
    room -= share;
  }
  return shares;
}
