/**
 * resendFiling: a person sends a filing on its way again and says why. One that is held or refused goes out again
 * after mending; one that is on its way, whose file or answer is gone, gets a new attempt under a new file name.
 * What is confirmed stays so. The reason is kept, and the journal covers it.
 */
import { done, type Outcome } from '../domain/fault.ts';
import type { Batch } from './batch.ts';
import { Chains, ownInvoice } from './chain.ts';
import type { FilingMoved, ResendFilingCommand } from './filing-commands.ts';
import { contentHash } from './journal.ts';
import type { MendingRow } from './mending-row.ts';
import type { FilingRow } from './rows.ts';
import type { Verb } from './verb.ts';

export const resendFiling: Verb<ResendFilingCommand, FilingMoved> = {
  name: 'resendFiling',
  async apply(batch, commands) {
    const keys = new Map(
      commands.map(({ seller, sequence }) => [`${seller}/${sequence}`, { seller, sequence }]),
    );
    const found = await batch.transaction.findFilings([...keys.values()]);
    const chains = await Chains.open(batch, found.flatMap(ownInvoice));
    const filings = new Map(found.map((row) => [`${row.seller}/${row.sequence}`, row]));
    const changed = new Map<string, FilingRow>();
    const mendings: MendingRow[] = [];
    const outcomes = commands.map((command): Outcome<FilingMoved> => {
      const key = `${command.seller}/${command.sequence}`;
      const before = filings.get(key);
      if (before === undefined) throw new Error(`filing ${key} does not exist`);
      const after = resent(before, command, chains);
      if (after === before) return done({ state: before.state, isMoved: false });
      mendings.push(mend(batch, before, command));
      chains.replace(after);
      filings.set(key, after);
      changed.set(key, after);
      return done({ state: after.state, isMoved: true });
    });
    await batch.transaction.saveFilings([...changed.values()]);
    await batch.transaction.insertMendings(mendings);
    return outcomes;
  },
};

function resent(filing: FilingRow, { from }: ResendFilingCommand, chains: Chains): FilingRow {
  if (!from.some((state) => state === filing.state)) return filing;
  const mended = { ...filing, holds: [], releaseAt: null, resultCode: '', resultText: '' };
  if (chains.isFirstOpen(filing)) return { ...mended, state: 'ready' };
  const isWaiting = filing.state === 'held' && filing.holds.join() === 'earlier-filing';
  return isWaiting ? filing : { ...mended, state: 'held', holds: ['earlier-filing'] };
}

function mend(batch: Batch, filing: FilingRow, command: ResendFilingCommand): MendingRow {
  const mending = {
    ...{ filing: filing.sequence, fromState: filing.state, fileName: filing.fileName },
    ...{ reason: command.reason, account: command.account, mendedAt: batch.now },
  };
  const sequence = batch.append(
    command.seller,
    resendFiling.name,
    command.account,
    `filing/${filing.sequence}`,
    contentHash(mendingText(mending)),
  );
  return { seller: command.seller, sequence, ...mending };
}

/** What a mending's journal entry hashes. */
export function mendingText(mending: Omit<MendingRow, 'seller' | 'sequence'>): string {
  const { filing, fromState, fileName, reason, account, mendedAt } = mending;
  return JSON.stringify({ filing, fromState, fileName, reason, account, mendedAt });
}
