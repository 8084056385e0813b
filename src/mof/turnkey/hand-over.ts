/**
 * Hands ready filings to Turnkey. First the intent is committed (state handed, file name, not written),
 * then the files are written, then that they are. Dying anywhere in between loses nothing and writes
 * nothing twice: what is handed but not known to be written is looked for before it is written again.
 *
 * Filings go in groups that follow each other closely: while the files of one are flushed, the next is committed, the
 * one after it read and composed, and the one before noted as written.
 */
import type { HoldFilingCommand, RecordResultCommand } from '../../ledger/filing-commands.ts';
import type { FilingRow } from '../../ledger/rows.ts';
import {
  type ComposedFiling,
  type ComposedFilings,
  composeFilings,
  type ObstructedFiling,
} from './compose-filings.ts';
import { settle, watched } from './meanwhile.ts';
import type { OutboxContext } from './outbox-context.ts';
import { filingFileName, placeFiles } from './place-file.ts';
import { LOCAL_CODES, refusalText } from './platform-codes.ts';
import { ReadyFilings } from './ready-filings.ts';
import { recordAll } from './record.ts';

/** Filings read and composed in one piece. */
const READ_AT_ONCE_MAX = 100;
/** Bytes of messages from which on a group takes no more: invoices may have a thousand lines. */
const GROUP_BYTES_MAX = 8 * 1024 * 1024;

/**
 * Hands over up to a tick's number of ready filings; tells of each group once its files are there to stay. With each
 * beat every group moves on by a step, so four groups are under way, of which one is written.
 */
export async function handOver(
  context: OutboxContext,
  turn: number,
  onWritten: (filings: readonly FilingRow[]) => void,
): Promise<void> {
  const ready = await ReadyFilings.open(context, turn);
  let preparing = watched(prepare(context, ready));
  let intending = watched(Promise.resolve<readonly ComposedFiling[]>([]));
  let writing = watched(Promise.resolve<readonly FilingRow[]>([]));
  let noting = watched(Promise.resolve());
  try {
    for (;;) {
      const group = await preparing;
      const handed = await intending;
      const written = await writing;
      await noting;
      if (group.count + handed.length + written.length === 0) break;
      // Both go to the ledger in one turn, and so to disk with one flush.
      noting = watched(note(context, written).then(() => onWritten(written)));
      intending = watched(intend(context, group));
      writing = watched(write(context, handed));
      preparing = watched(group.count === 0 ? Promise.resolve(group) : prepare(context, ready));
    }
  } finally {
    await settle(writing, noting, intending, preparing);
  }
}

interface PreparedGroup extends ComposedFilings {
  /** Filings looked at; none at the end. */
  readonly count: number;
}

/** Reads and composes the next group, in pieces between which files go on being written. */
async function prepare(context: OutboxContext, ready: ReadyFilings): Promise<PreparedGroup> {
  const composed: ComposedFiling[] = [];
  const obstructed: ObstructedFiling[] = [];
  const { handOverAtOnceMax } = context.limits;
  let [count, bytes] = [0, 0];
  while (count < handOverAtOnceMax && bytes < GROUP_BYTES_MAX) {
    const filings = await ready.next(Math.min(READ_AT_ONCE_MAX, handOverAtOnceMax - count));
    if (filings.length === 0) break;
    count += filings.length;
    const piece = await composeFilings(context, filings);
    composed.push(...piece.composed);
    obstructed.push(...piece.obstructed);
    bytes += piece.composed.reduce((sum, { bytes }) => sum + bytes.length, 0);
  }
  return { count, composed, obstructed };
}

/** Commits that a group is about to be written; answers those that this process won. */
async function intend(
  context: OutboxContext,
  { composed, obstructed }: ComposedFilings,
): Promise<readonly ComposedFiling[]> {
  await holdAll(context, obstructed);
  if (composed.length === 0 || !(await context.mayWork())) return [];
  const named = composed.map(({ filing, bytes }) => {
    const attempts = filing.attempts + 1;
    return { filing: { ...filing, attempts, fileName: filingFileName(filing, attempts) }, bytes };
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
  await note(context, await write(context, composed));
}

/** Writes the files; answers the filings whose files are there to stay. */
async function write(
  context: OutboxContext,
  handed: readonly ComposedFiling[],
): Promise<readonly FilingRow[]> {
  const placed = handed.flatMap(({ filing, bytes }) => {
    const folders = context.folders.of(filing.seller)?.messages[filing.message];
    return folders === undefined ? [] : [{ filing, folders, fileName: filing.fileName, bytes }];
  });
  if (placed.length === 0 || !(await context.mayWork())) return [];
  await placeFiles(context.files, placed);
  return placed.map(({ filing }) => filing);
}

/** Commits that files are written. */
async function note(context: OutboxContext, written: readonly FilingRow[]): Promise<void> {
  await recordAll(
    context.ledger,
    written.map((filing) => step(filing, true)),
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
    ...{ sequence: filing.sequence, version: filing.version, holds, text },
  }));
  const outcomes = await ledger.holdFiling(commands);
  commands.forEach(({ seller, sequence, holds }, index) => {
    // What a busy ledger did not take is still ready, and comes up again in the next round.
    if (outcomes[index]?.ok === true) {
      log.warn({ seller, filing: sequence, holds }, 'a filing is held');
    }
  });
}
