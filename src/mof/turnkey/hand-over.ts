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
 * The next batch. Every seller with something ready gets an equal share, so that one seller's backlog
 * does not keep the others waiting; `turn` moves who comes first.
 */
async function readyFilings(
  { ledger, limits }: OutboxContext,
  turn: number,
): Promise<readonly FilingRow[]> {
  const counts = await ledger.reads.countFilings();
  const handed = counts.filter(({ state }) => state === 'handed');
  const room = limits.handedOpenMax - handed.reduce((sum, { count }) => sum + count, 0);
  const batch = Math.min(limits.readyBatchMax, room);
  const waiting = new Set<Ubn>();
  for (const { seller, state } of counts) if (state === 'ready') waiting.add(seller);
  if (batch <= 0 || waiting.size === 0) return [];
  const sellers = [...waiting].sort();
  const first = turn % sellers.length;
  const share = Math.max(1, Math.ceil(batch / sellers.length));
  const rows: FilingRow[] = [];
  for (const seller of [...sellers.slice(first), ...sellers.slice(0, first)]) {
    const limit = Math.min(share, batch - rows.length);
    if (limit <= 0) break;
    const page = await ledger.reads.listFilings({ seller, states: ['ready'] }, 0, limit);
    rows.push(...page.items);
  }
  return rows;
}
