/**
 * The texts of invoices to be issued, on their way beside the calls that they belong to: taken out of the
 * commands on one side, put back on the other in the same order.
 */
import { factsOf, type InvoiceFacts, textOf } from '../../ledger/carried-invoice.ts';
import type { IssueCommand, Verbs } from '../../ledger/ledger.ts';
import type { Call } from './messages.ts';

/** The commands without such texts; these go to the end of `texts`. */
export function takeTexts(
  verb: keyof Verbs,
  commands: readonly unknown[],
  texts: string[],
): readonly unknown[] {
  if (verb !== 'issue') return commands;
  // The pair of verb and commands was checked where the call was made.
  return (commands as readonly IssueCommand[]).map((command) => {
    texts.push(textOf(command.composed));
    return { ...command, composed: factsOf(command.composed) };
  });
}

/** Puts texts into calls as they came off the wire, where nobody else has them yet. */
export function putTexts(calls: readonly Call[], texts: readonly string[]): void {
  let next = 0;
  for (const [, verb, commands] of calls) {
    if (verb !== 'issue') continue;
    // Made by `takeTexts`.
    for (const { composed } of commands as readonly { composed: InvoiceFacts }[]) {
      const text = texts[next];
      if (text === undefined) throw new Error('an invoice came without its text');
      Object.assign(composed, { text });
      next += 1;
    }
  }
}
