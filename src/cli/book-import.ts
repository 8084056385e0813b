/** `kaili book import`: takes in the platform's CSV or an E0501 as downloaded, after telling what it holds. */
import { createLedger } from '../ledger/create.ts';
import { openAccounts } from '../server/accounts.ts';
import { systemClock } from '../server/clock.ts';
import { createNumberImport } from '../server/number-import.ts';
import { systemRandom } from '../server/random.ts';
import { openSandboxClock } from '../server/sandbox/sandbox.ts';
import { type CommandIo, CommandProblem, readBytes } from './input.ts';
import { withSession } from './session.ts';

const FILE_BYTES_MAX = 1024 * 1024;

export interface ImportChoice {
  readonly file: string;
  readonly dryRun?: boolean;
}

/** 0 where every line is in (or would be), 1 where one was refused. */
export async function importBookFile(choice: ImportChoice, io: CommandIo): Promise<number> {
  const bytes = await readBytes(choice.file, FILE_BYTES_MAX, io);
  return withSession(io, { mayCreate: false }, async ({ store, secretBox, configuration }) => {
    const accounts = await openAccounts(store.directory, await secretBox());
    const isSandbox = configuration.mode === 'sandbox';
    const clock = isSandbox ? await openSandboxClock(store, systemClock) : systemClock;
    const ledger = createLedger({ store, clock, random: systemRandom });
    const isDryRun = choice.dryRun === true;
    const report = await createNumberImport({ ledger, accounts, clock })(bytes, {
      ...{ account: 'system', isDryRun },
      mayTouch: () => true,
    });
    if (!report.ok) throw new CommandProblem(`${choice.file}: ${report.problem}`);
    for (const { line, outcome, allotment, count, problem } of report.lines) {
      const range =
        allotment === null
          ? ''
          : `${allotment.seller} ${allotment.period} ${allotment.track} ` +
            `${positionText(allotment.first)}–${positionText(allotment.last)} (${count})`;
      io.print(`line ${line}: ${outcome} ${range}${problem === '' ? '' : ` ${problem}`}`);
    }
    const refused = report.lines.filter(({ outcome }) => outcome === 'refused').length;
    io.print(
      isDryRun ? 'dry run: nothing was changed' : `${report.lines.length - refused} lines are in`,
    );
    return refused === 0 ? 0 : 1;
  });
}

function positionText(position: number): string {
  return String(position).padStart(8, '0');
}
