/** `kaili book split`: gives free booklets of a book to a branch. The server hands the E0401 over. */
import { splitToBranch } from '../api/branch-split.ts';
import { parseTrack } from '../domain/invoice-number.ts';
import { parsePeriod } from '../domain/period.ts';
import { parseUbn, type Ubn } from '../domain/ubn.ts';
import { createLedger } from '../ledger/create.ts';
import { openAccounts } from '../server/accounts.ts';
import { systemClock } from '../server/clock.ts';
import { systemRandom } from '../server/random.ts';
import { openSandboxClock } from '../server/sandbox/sandbox.ts';
import { type CommandIo, CommandProblem } from './input.ts';
import { withSession } from './session.ts';

export interface SplitChoice {
  readonly seller: string;
  readonly branch: string;
  readonly period: string;
  readonly track: string;
  readonly first: string;
  readonly last: string;
}

export async function splitBook(choice: SplitChoice, io: CommandIo): Promise<number> {
  const [seller, branch] = [taxId(choice.seller), taxId(choice.branch)];
  const [period, track] = [parsePeriod(choice.period), parseTrack(choice.track)];
  if (period === undefined || track === undefined) {
    throw new CommandProblem('a period is like 11512, a track is two capitals');
  }
  const ranges = [{ first: positionOf(choice.first), last: positionOf(choice.last) }];
  const command = { seller, branch, period, track, ranges, account: 'system', ip: '' };
  return withSession(io, { mayCreate: false }, async ({ store, secretBox, configuration }) => {
    const accounts = await openAccounts(store.directory, await secretBox());
    if (accounts.seller(seller) === undefined) throw new CommandProblem('there is no such seller');
    const isSandbox = configuration.mode === 'sandbox';
    const clock = isSandbox ? await openSandboxClock(store, systemClock) : systemClock;
    const ledger = createLedger({ store, clock, random: systemRandom });
    const split = await splitToBranch({ ledger, reads: store.reads, accounts }, command);
    if (!split.ok) {
      const faults = split.faults.map(({ code, path, hint }) => `- ${code} ${path}: ${hint}`);
      throw new CommandProblem(`the split was refused:\n${faults.join('\n')}`);
    }
    const { isNew, isSellerHere } = split.value;
    const range = `${track} ${choice.first}–${choice.last} of ${choice.period}`;
    io.print(isNew ? `${range} is ${branch}’s; an E0401 is owed` : `${range} was its already`);
    io.print(
      isSellerHere
        ? `${branch} issues from it here and reports what it does not use`
        : `${branch} is no seller here: it issues, and reports blank numbers, elsewhere`,
    );
    return 0;
  });
}

function taxId(text: string): Ubn {
  const parsed = parseUbn(text);
  if (parsed !== 'shape' && parsed !== 'check-digit') return parsed;
  throw new CommandProblem(`${text} is no tax ID: eight digits with a right check digit`);
}

function positionOf(text: string): number {
  if (/^\d{8}$/.test(text)) return Number(text);
  throw new CommandProblem(`${text} is no number of a book: eight digits, with leading zeros`);
}
