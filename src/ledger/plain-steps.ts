/**
 * The outbox's own steps of filings in bulk: a file promised, noted as written, taken by Turnkey. They come by the
 * thousand and nearly always find the filing as it has to be, so each kind is one conditional change. A filing that is
 * otherwise is left alone here: what its command then means is for `filing-steps.ts` to say, whose rules these repeat
 * for the one case that is plain.
 */
import type { Batch } from './batch.ts';
import type { RecordResultCommand } from './filing-commands.ts';
import type { FilingKey } from './filing-ports.ts';

interface Kind {
  fits(command: RecordResultCommand): boolean;
  /** Changes what is as it has to be, and answers what that was. */
  take(batch: Batch, commands: readonly RecordResultCommand[]): Promise<readonly FilingKey[]>;
}

const PROMISED: Kind = {
  fits: ({ to, isWritten, attempt, version, fileName }) =>
    to === 'handed' &&
    isWritten === false &&
    attempt !== undefined &&
    version !== undefined &&
    fileName !== undefined,
  take: ({ transaction, now: handedAt }, commands) =>
    transaction.promiseFilings(
      commands.map(({ seller, sequence, attempt = 0, version = 0, fileName = '' }) => ({
        ...{ seller, sequence, attempts: attempt, version, fileName, handedAt },
      })),
    ),
};

const WRITTEN: Kind = {
  fits: ({ to, isWritten, attempt, version, fileName }) =>
    to === 'handed' &&
    isWritten === true &&
    attempt === undefined &&
    version === undefined &&
    fileName !== undefined,
  take: ({ transaction }, commands) =>
    transaction.noteFilings(
      commands.map(({ seller, sequence, fileName = '' }) => ({ seller, sequence, fileName })),
    ),
};

const TAKEN: Kind = {
  fits: ({ to, version, fileName }) =>
    to === 'sent' && version === undefined && fileName !== undefined,
  take: ({ transaction, now: sentAt }, commands) =>
    transaction.takeFilings(
      commands.map(({ seller, sequence, fileName = '' }) => ({
        ...{ seller, sequence, fileName, sentAt },
      })),
    ),
};

const KINDS = [PROMISED, WRITTEN, TAKEN] as const;

/**
 * Takes what of the commands is plain; answers those whose filing moved. None where the batch also says other things of
 * filings, or two of one: their order may matter.
 */
export async function takePlainSteps(
  batch: Batch,
  commands: readonly RecordResultCommand[],
): Promise<ReadonlySet<RecordResultCommand>> {
  const byKind = Map.groupBy(commands, kindOf);
  const byKey = new Map(commands.map((command) => [keyOf(command), command]));
  if (byKind.has(undefined) || byKey.size < commands.length) return new Set();
  const taken = new Set<RecordResultCommand>();
  for (const [kind, ofKind] of byKind) {
    for (const key of (await kind?.take(batch, ofKind)) ?? []) {
      const command = byKey.get(keyOf(key));
      if (command !== undefined) taken.add(command);
    }
  }
  return taken;
}

function kindOf(command: RecordResultCommand): Kind | undefined {
  const { code, text, summarizedOn } = command;
  if (code !== '' || text !== '' || summarizedOn !== undefined) return undefined;
  return KINDS.find((kind) => kind.fits(command));
}

function keyOf({ seller, sequence }: FilingKey): string {
  return `${seller}/${sequence}`;
}
