/**
 * Sends the outbox's commands to the ledger in chunks small enough that issuing never waits long behind
 * them. A refusal of a whole chunk for lack of room is an error: nothing of it was recorded.
 */

import type { FilingMoved, RecordResultCommand } from '../../ledger/filing-commands.ts';
import type { Ledger } from '../../ledger/ledger.ts';

const COMMANDS_PER_COMMIT_MAX = 500;

/** The ledger did not take the commands (busy, seller gone); they are tried again in a later round. */
export class RecordRefused extends Error {
  override readonly name = 'RecordRefused';
}

/** Resolves with what became of each in order of the commands; throws at the first that the ledger refused. */
export async function recordAll(
  ledger: Ledger,
  commands: readonly RecordResultCommand[],
): Promise<readonly FilingMoved[]> {
  const moved: FilingMoved[] = [];
  for (let from = 0; from < commands.length; from += COMMANDS_PER_COMMIT_MAX) {
    const chunk = commands.slice(from, from + COMMANDS_PER_COMMIT_MAX);
    for (const outcome of await ledger.recordResult(chunk)) {
      if (!outcome.ok) {
        const codes = outcome.faults.map((fault) => fault.code).join(', ');
        throw new RecordRefused(`the ledger refused to record a result: ${codes}`);
      }
      moved.push(outcome.value);
    }
  }
  return moved;
}
