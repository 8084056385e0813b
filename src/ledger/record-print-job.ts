/**
 * recordPrintJob: moves a printer's job by what sending did. Sending is recorded before it begins, so
 * that a job is sent by one process only; attempts are book-keeping, what became of the paper goes into
 * the journal. The invoice is not touched.
 */
import { done, type Outcome } from '../domain/fault.ts';
import { canMovePrint } from '../domain/print.ts';
import type { Batch } from './batch.ts';
import { contentHash } from './journal.ts';
import type { RecordPrintJobCommand } from './ledger.ts';
import type { PrintJobRecorded } from './print-ports.ts';
import type { PrintRow } from './rows.ts';
import type { Verb } from './verb.ts';

export const recordPrintJob: Verb<RecordPrintJobCommand, PrintJobRecorded> = {
  name: 'recordPrintJob',
  apply,
};

async function apply(
  batch: Batch,
  commands: readonly RecordPrintJobCommand[],
): Promise<readonly Outcome<PrintJobRecorded>[]> {
  const keys = new Map(
    commands.map(({ seller, sequence }) => [`${seller}/${sequence}`, { seller, sequence }]),
  );
  const found = await batch.transaction.findPrints([...keys.values()]);
  const prints = new Map(found.map((row) => [`${row.seller}/${row.sequence}`, row]));
  const changed = new Map<string, PrintRow>();
  const outcomes = commands.map((command): Outcome<PrintJobRecorded> => {
    const key = `${command.seller}/${command.sequence}`;
    const before = prints.get(key);
    if (before === undefined) throw new Error(`print ${key} does not exist`);
    if (!canMovePrint(before.state, command.to)) return done({ print: before, isMoved: false });
    const print = movedBy(batch, before, command);
    prints.set(key, print);
    changed.set(key, print);
    return done({ print, isMoved: true });
  });
  await batch.transaction.savePrints([...changed.values()]);
  return outcomes;
}

function movedBy(batch: Batch, before: PrintRow, command: RecordPrintJobCommand): PrintRow {
  switch (command.to) {
    case 'sending':
      return {
        ...before,
        state: 'sending',
        attempts: before.attempts + 1,
        nextAt: command.until,
      };
    case 'due':
      return {
        ...before,
        state: 'due',
        nextAt: command.nextAt,
        settledAt: null,
        result: command.result,
      };
    case 'printed':
    case 'unsure': {
      const { seller, account, sequence, to, result } = command;
      const hash = contentHash(JSON.stringify({ state: to, settledAt: batch.now, result }));
      batch.append(seller, recordPrintJob.name, account, `print/${sequence}`, hash);
      return { ...before, state: to, settledAt: batch.now, result };
    }
  }
}
