/**
 * The verbs that move filings: `recordResult` (the outbox's steps and the Ministry's answers),
 * `holdFiling` (a message that may not go out, with the reasons) and `releaseFiling` (after mending).
 *
 * States never go back, and an answer that comes twice or out of order changes nothing. Steps of the
 * outbox are book-keeping; what the Ministry answered and what a person decided goes into the journal.
 */
import assert from 'node:assert/strict';
import { done, type Outcome } from '../domain/fault.ts';
import { canMoveFiling, type FilingState } from '../domain/filing.ts';
import type { Batch } from './batch.ts';
import { Chains, ownInvoice } from './chain.ts';
import { withoutEditWindow } from './edit-window.ts';
import type {
  FilingMoved,
  HoldFilingCommand,
  RecordResultCommand,
  ReleaseFilingCommand,
} from './filing-commands.ts';
import { contentHash } from './journal.ts';
import type { Origin } from './origin.ts';
import { takePlainSteps } from './plain-steps.ts';
import type { FilingRow } from './rows.ts';
import type { Verb } from './verb.ts';

export const recordResult: Verb<RecordResultCommand, FilingMoved> = {
  name: 'recordResult',
  apply: async (batch, commands) => {
    const stepped = await takePlainSteps(batch, commands);
    if (stepped.size === commands.length) return commands.map(({ to }) => moved(to));
    const rest = commands.filter((command) => !stepped.has(command));
    const outcomes = await move(batch, rest, recordResult.name, afterResult, isConfirmation);
    const ofRest = outcomes.values();
    return commands.map((command) => {
      if (stepped.has(command)) return moved(command.to);
      const { value } = ofRest.next();
      assert(value !== undefined, 'each command has its outcome');
      return value;
    });
  },
};
export const holdFiling: Verb<HoldFilingCommand, FilingState> = {
  name: 'holdFiling',
  apply: async (batch, commands) =>
    states(await move(batch, commands, holdFiling.name, afterHold, () => false)),
};
export const releaseFiling: Verb<ReleaseFilingCommand, FilingState> = {
  name: 'releaseFiling',
  apply: async (batch, commands) =>
    states(await move(batch, commands, releaseFiling.name, afterRelease, () => true)),
};

/** Ends the edit window of filings whose time has come, or at once by a person's decision. */
export const endEditWindow: Verb<ReleaseFilingCommand, FilingState> = {
  name: 'endEditWindow',
  apply: async (batch, commands) =>
    states(await move(batch, commands, endEditWindow.name, afterEditWindow, () => false)),
};

function moved(state: FilingState): Outcome<FilingMoved> {
  return done({ state, isMoved: true });
}

function isConfirmation({ to }: RecordResultCommand): boolean {
  return to === 'confirmed';
}

type Command = Origin & { readonly sequence: number };
/** The filing after the command, or the very same row where nothing changes. */
type Step<C extends Command> = (
  batch: Batch,
  filing: FilingRow,
  command: C,
  chains: Chains,
) => FilingRow;

function states(outcomes: readonly Outcome<FilingMoved>[]): readonly Outcome<FilingState>[] {
  return outcomes.map((outcome) => (outcome.ok ? done(outcome.value.state) : outcome));
}

/** Chains are read for commands that look at them only: handing over moves thousands at a time. */
async function move<C extends Command>(
  batch: Batch,
  commands: readonly C[],
  verb: string,
  step: Step<C>,
  needsChain: (command: C) => boolean,
): Promise<readonly Outcome<FilingMoved>[]> {
  const keys = new Map(
    commands.map(({ seller, sequence }) => [`${seller}/${sequence}`, { seller, sequence }]),
  );
  const found = await batch.transaction.findFilings([...keys.values()]);
  const filings = new Map(found.map((row) => [`${row.seller}/${row.sequence}`, row]));
  const chained = commands.filter(needsChain).flatMap(({ seller, sequence }) => {
    const row = filings.get(`${seller}/${sequence}`);
    return row === undefined ? [] : ownInvoice(row);
  });
  const chains = await Chains.open(batch, chained);
  const changed = new Map<string, FilingRow>();
  const outcomes: Outcome<FilingMoved>[] = [];
  for (const command of commands) {
    const key = `${command.seller}/${command.sequence}`;
    const before = filings.get(key);
    if (before === undefined) throw new Error(`filing ${key} does not exist`);
    const after = step(batch, before, command, chains);
    outcomes.push(done({ state: after.state, isMoved: after !== before }));
    if (after === before) continue;
    chains.replace(after);
    filings.set(key, after);
    changed.set(key, after);
    if (isJournalled(before, after)) journal(batch, verb, command, after);
    if (after.state === 'confirmed') {
      for (const freed of freeNext(chains, after)) {
        const freedKey = `${freed.seller}/${freed.sequence}`;
        filings.set(freedKey, freed);
        changed.set(freedKey, freed);
      }
    }
  }
  await batch.transaction.saveFilings([...changed.values()]);
  return outcomes;
}

/** Hand-over and pick-up are the outbox's own steps; everything else is a fact to keep. */
function isJournalled(before: FilingRow, after: FilingRow): boolean {
  if (after.state === 'handed' || after.state === 'sent') return false;
  return before.state !== after.state || before.holds !== after.holds;
}

function journal(batch: Batch, verb: string, command: Command, filing: FilingRow): void {
  const { message, state, holds, resultCode, resultText } = filing;
  const facts = contentHash(JSON.stringify({ message, state, holds, resultCode, resultText }));
  batch.append(command.seller, verb, command.account, `filing/${filing.sequence}`, facts);
}

function afterResult(batch: Batch, filing: FilingRow, command: RecordResultCommand): FilingRow {
  const summarizedOn = filing.summarizedOn ?? command.summarizedOn ?? null;
  const moved = afterAnswer(batch, filing, command);
  return summarizedOn === moved.summarizedOn ? moved : { ...moved, summarizedOn };
}

function afterAnswer(batch: Batch, filing: FilingRow, command: RecordResultCommand): FilingRow {
  const { to } = command;
  if (to === 'handed' && filing.state === 'handed') {
    // What was written stays written, and a word about another attempt says nothing of this one.
    const isNews =
      command.isWritten === true &&
      !filing.isWritten &&
      (command.fileName ?? filing.fileName) === filing.fileName;
    return isNews ? { ...filing, isWritten: true } : filing;
  }
  if (!canMoveFiling(filing.state, to)) return filing;
  // What became of the file of an earlier attempt says nothing of this one.
  if (to !== 'handed' && (command.fileName ?? filing.fileName) !== filing.fileName) return filing;
  // Somebody else handed it over and it came back since the caller looked.
  if (to === 'handed' && (command.attempt ?? filing.attempts + 1) !== filing.attempts + 1) {
    return filing;
  }
  // A word about a file that was written before the filing was sent again.
  if (to === 'handed' && command.attempt === undefined && command.fileName === filing.fileName) {
    return filing;
  }
  // What was composed is not what is owed any more: it was amended, or its report replaced.
  if ((command.version ?? filing.version) !== filing.version) return filing;
  const moved = { ...filing, state: to, resultCode: command.code, resultText: command.text };
  switch (to) {
    case 'handed':
      return {
        ...moved,
        holds: [],
        attempts: filing.attempts + 1,
        fileName: command.fileName ?? '',
        isWritten: command.isWritten ?? false,
        handedAt: batch.now,
        sentAt: null,
        settledAt: null,
      };
    case 'sent':
      return { ...moved, isWritten: true, sentAt: batch.now };
    case 'confirmed':
    case 'refused':
      return { ...moved, isWritten: true, settledAt: batch.now };
    case 'ready':
      // Mending is `releaseFiling`'s business, which also looks at the chain.
      return filing;
  }
}

function afterHold(_batch: Batch, filing: FilingRow, command: HoldFilingCommand): FilingRow {
  if (filing.state !== 'ready' && filing.state !== 'held') return filing;
  if ((command.version ?? filing.version) !== filing.version) return filing;
  const isKnown =
    filing.state === 'held' &&
    filing.resultText === command.text &&
    filing.holds.join() === command.holds.join();
  if (isKnown) return filing;
  return { ...filing, state: 'held', holds: command.holds, resultText: command.text };
}

function afterRelease(
  _batch: Batch,
  filing: FilingRow,
  _command: ReleaseFilingCommand,
  chains: Chains,
): FilingRow {
  if (filing.state !== 'held' && filing.state !== 'refused') return filing;
  if (chains.isFirstOpen(filing)) {
    return {
      ...{ ...filing, state: 'ready', holds: [], releaseAt: null },
      ...{ resultCode: '', resultText: '' },
    };
  }
  if (filing.state === 'held' && filing.holds.join() === 'earlier-filing') return filing;
  return { ...filing, state: 'held', holds: ['earlier-filing'], resultCode: '', resultText: '' };
}

function afterEditWindow(_batch: Batch, filing: FilingRow): FilingRow {
  if (filing.state !== 'held' || !filing.holds.includes('edit-window')) return filing;
  return withoutEditWindow(filing);
}

/** The filings of the chain that waited for this one alone. */
function freeNext(chains: Chains, confirmed: FilingRow): readonly FilingRow[] {
  const freed: FilingRow[] = [];
  for (const filing of chains.besides(confirmed)) {
    const isWaiting = filing.state === 'held' && filing.holds.includes('earlier-filing');
    if (!isWaiting || !chains.isFirstOpen(filing)) continue;
    const holds = filing.holds.filter((hold) => hold !== 'earlier-filing');
    const next: FilingRow = { ...filing, holds, state: holds.length > 0 ? 'held' : 'ready' };
    chains.replace(next);
    freed.push(next);
  }
  return freed;
}
