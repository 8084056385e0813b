/**
 * Hands ready filings to Turnkey. First the intent is committed (state handed, file name, not written),
 * then the files are written, then that they are. Dying anywhere in between loses nothing and writes
 * nothing twice: what is handed but not known to be written is looked for before it is written again.
 *
 * Filings go in groups; while the files of one group are flushed, the next is read, composed and committed.
 */
import type { HoldFilingCommand, RecordResultCommand } from '../../ledger/filing-commands.ts';
import type { FilingRow } from '../../ledger/rows.ts';
import { type ComposedFiling, composeFilings, type ObstructedFiling } from './compose-filings.ts';
import type { OutboxContext } from './outbox-context.ts';
import { filingFileName, placeFiles } from './place-file.ts';
import { LOCAL_CODES, refusalText } from './platform-codes.ts';
import { ReadyFilings } from './ready-filings.ts';
import { recordAll } from './record.ts';

/** Hands over up to a tick's number of ready filings; tells of each group once its files are there to stay. */
export async function handOver(
  context: OutboxContext,
  turn: number,
  onWritten: (filings: readonly FilingRow[]) => void,
): Promise<void> {
  const ready = await ReadyFilings.open(context, turn);
  let writing: Promise<void> = Promise.resolve();
  try {
    for (;;) {
      const group = await ready.next(context.limits.handOverAtOnceMax);
      if (group.length === 0) break;
      const handed = await intend(context, group);
      await writing;
      writing = write(context, handed, onWritten);
      // Waited for in the next turn, or below; not unhandled until then.
      writing.catch(() => {});
    }
  } finally {
    await writing;
  }
}

/** Composes a group and commits that it is about to be written; answers those that this process won. */
async function intend(
  context: OutboxContext,
  group: readonly FilingRow[],
): Promise<readonly ComposedFiling[]> {
  const { composed, obstructed } = await composeFilings(context, group);
  await holdAll(context, obstructed);
  if (composed.length === 0 || !(await context.mayWork())) return [];
  const named = composed.map(({ filing, xml }) => {
    const attempts = filing.attempts + 1;
    return { filing: { ...filing, attempts, fileName: filingFileName(filing, attempts) }, xml };
  });
  const intents = named.map(({ filing }) => ({
    ...step(filing, false),
    attempt: filing.attempts,
    version: filing.version,
  }));
  const moved = await recordAll(context.ledger, intents);
  // A filing that somebody held, released or handed over in the meantime is not this process's.
  return named.filter((_, index) => moved[index]?.isMoved === true);
}

/** Writes the files of filings that were handed over but whose file is nowhere. */
export async function rewrite(
  context: OutboxContext,
  missing: readonly Pick<FilingRow, 'fileName'>[],
): Promise<void> {
  if (missing.length === 0) return;
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
    obstructed.map(({ filing: { seller, sequence, fileName }, text }) => ({
      ...{ seller, account: 'system', ip: '', sequence, fileName },
      ...{ to: 'refused', code, text: refusalText(code, text) },
    })),
  );
  await write(context, composed, () => {});
}

async function write(
  context: OutboxContext,
  handed: readonly ComposedFiling[],
  onWritten: (filings: readonly FilingRow[]) => void,
): Promise<void> {
  const placed = handed.flatMap(({ filing: { seller, message, fileName }, xml }) => {
    const folders = context.folders.of(seller)?.messages[message];
    return folders === undefined ? [] : [{ folders, fileName, xml }];
  });
  if (placed.length === 0 || !(await context.mayWork())) return;
  await placeFiles(context.files, placed);
  const names = new Set(placed.map(({ fileName }) => fileName));
  const written = handed.flatMap(({ filing }) => (names.has(filing.fileName) ? [filing] : []));
  await recordAll(
    context.ledger,
    written.map((filing) => step(filing, true)),
  );
  onWritten(written);
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
    ...{ sequence: filing.sequence, version: filing.version, holds, text },
  }));
  await ledger.holdFiling(commands);
  for (const { seller, sequence, holds } of commands) {
    log.warn({ seller, filing: sequence, holds }, 'a filing is held');
  }
}
