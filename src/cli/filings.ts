/** `kaili filing list|release|resend`: what waits on its way to the Ministry, and how to send it again. */
import { MENDING_REASON_CHARACTERS_MAX, RELEASED_FROM, RESENT_FROM } from '../api/mend-filings.ts';
import { FILING_STATES, type FilingState } from '../domain/filing.ts';
import { parseUbn, type Ubn } from '../domain/ubn.ts';
import { createLedger } from '../ledger/create.ts';
import { systemClock } from '../server/clock.ts';
import { systemRandom } from '../server/random.ts';
import { openSandboxClock } from '../server/sandbox/sandbox.ts';
import { type CommandIo, CommandProblem } from './input.ts';
import { withSession } from './session.ts';

export interface FilingChoice {
  readonly seller: string;
  readonly state?: string;
}
export interface MendChoice {
  readonly seller: string;
  readonly filing: string;
  readonly reason: string;
}

/** Filings printed at most; the count of all stands in the last line. */
const LISTED_MAX = 100;
const OPEN_STATES: readonly FilingState[] = FILING_STATES.filter((state) => state !== 'confirmed');

export function listFilings(choice: FilingChoice, io: CommandIo): Promise<number> {
  const seller = sellerOf(choice.seller);
  const state = FILING_STATES.find((each) => each === choice.state);
  if (choice.state !== undefined && state === undefined) {
    throw new CommandProblem(`a state is one of ${FILING_STATES.join(', ')}`);
  }
  return withSession(io, { mayCreate: false }, async ({ store }) => {
    const states = state === undefined ? OPEN_STATES : [state];
    const { total, items } = await store.reads.listFilings({ seller, states }, 0, LISTED_MAX);
    for (const filing of items) {
      const document = filing.numbers || filing.allowanceNumber || filing.invoiceNumber;
      const why = filing.resultText || filing.holds.join(' ');
      io.print([filing.sequence, filing.message, document, filing.state, why].join('\t'));
    }
    io.print(`${items.length} of ${total}`);
    return 0;
  });
}

export function releaseFiling(choice: MendChoice, io: CommandIo): Promise<number> {
  return mend(choice, RELEASED_FROM, io);
}

export function resendFiling(choice: MendChoice, io: CommandIo): Promise<number> {
  return mend(choice, RESENT_FROM, io);
}

function mend(choice: MendChoice, from: typeof RELEASED_FROM, io: CommandIo): Promise<number> {
  const seller = sellerOf(choice.seller);
  const sequence = Number(choice.filing);
  const reason = choice.reason.trim();
  if (!Number.isSafeInteger(sequence))
    throw new CommandProblem('a filing is named by its sequence');
  if (reason === '' || [...reason].length > MENDING_REASON_CHARACTERS_MAX) {
    throw new CommandProblem(`say why, in 1 to ${MENDING_REASON_CHARACTERS_MAX} characters`);
  }
  return withSession(io, { mayCreate: false }, async ({ store, secretBox, configuration }) => {
    // Refuses data of the other mode before anything is written.
    await secretBox();
    const { total, items } = await store.reads.listFilings({ seller, sequence }, 0, 1);
    if (total === 0) throw new CommandProblem(`seller ${seller} has no filing ${sequence}`);
    const isSandbox = configuration.mode === 'sandbox';
    const clock = isSandbox ? await openSandboxClock(store, systemClock) : systemClock;
    const ledger = createLedger({ store, clock, random: systemRandom });
    const command = { seller, account: 'system', ip: '', sequence, from, reason };
    const [outcome] = await ledger.resendFiling([command]);
    if (outcome?.ok !== true || !outcome.value.isMoved) {
      const state = items[0]?.state ?? '';
      throw new CommandProblem(
        `filing ${sequence} is ${state}: this is for one that is ${from.join(' or ')} and waits for no earlier one`,
      );
    }
    io.print(`filing ${sequence} is ${outcome.value.state}; a running server hands it over`);
    return 0;
  });
}

function sellerOf(text: string): Ubn {
  const parsed = parseUbn(text);
  if (parsed === 'shape' || parsed === 'check-digit') throw new CommandProblem('no such tax ID');
  return parsed;
}
