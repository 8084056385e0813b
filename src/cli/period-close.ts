/** `kaili period close`: reports a past period's never-used numbers by hand. The server hands them over. */
import { parsePeriod } from '../domain/period.ts';
import { createLedger } from '../ledger/create.ts';
import { systemClock } from '../server/clock.ts';
import { systemRandom } from '../server/random.ts';
import { openSandboxClock } from '../server/sandbox/sandbox.ts';
import { type CommandIo, CommandProblem } from './input.ts';
import { withSession } from './session.ts';

export interface CloseChoice {
  readonly period: string;
  readonly seller?: string;
  readonly resend?: boolean;
}

export async function closePeriodOf(choice: CloseChoice, io: CommandIo): Promise<number> {
  const period = parsePeriod(choice.period);
  if (period === undefined) {
    throw new CommandProblem('a period is the ROC year and its even month, e.g. 11512');
  }
  return withSession(io, { mayCreate: false }, async ({ store, secretBox, configuration }) => {
    // Refuses data of the other mode before anything is written.
    await secretBox();
    const isSandbox = configuration.mode === 'sandbox';
    const clock = isSandbox ? await openSandboxClock(store, systemClock) : systemClock;
    const ledger = createLedger({ store, clock, random: systemRandom });
    const sellers = (await store.directory.listSellers()).filter(
      ({ ubn }) => choice.seller === undefined || ubn === choice.seller,
    );
    if (sellers.length === 0) throw new CommandProblem('there is no such seller');
    for (const { ubn: seller } of sellers) {
      const command = { seller, account: 'system', ip: '', period };
      const isResent = choice.resend === true;
      const [outcome] = await ledger.closePeriod([{ ...command, isResent }]);
      if (outcome?.ok !== true) throw new CommandProblem(outcome?.faults[0]?.hint ?? 'refused');
      for (const { track, invoiceType, ranges, state } of outcome.value) {
        const numbers = ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0);
        io.print(
          `${seller} ${track}/${invoiceType}: ${numbers} numbers in ${ranges.length} ranges, ${state}`,
        );
      }
      if (outcome.value.length === 0) io.print(`${seller}: no number of ${period} is unused`);
    }
    return 0;
  });
}
