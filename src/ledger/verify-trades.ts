/**
 * Verification of trades and partners: what an entry told of a step must still be a step of its trade, and
 * the partners that are kept must be those that the last entries left.
 */
import type { Ubn } from '../domain/ubn.ts';
import { type ChainBreak, contentHash } from './journal.ts';
import { partnerSubject, partnerText } from './partners.ts';
import type { StoreReads } from './ports.ts';
import type { EntryRow } from './rows.ts';
import { confirmationText, deedText, tradeSubject } from './trade-book.ts';
import type { TradeRow } from './trade-rows.ts';

/** Every entry of a trade hashes its content, one of its acts, or one of its confirmations. */
export async function changedTrades(
  reads: StoreReads,
  seller: Ubn,
  entries: readonly EntryRow[],
): Promise<readonly ChainBreak[]> {
  const breaks: ChainBreak[] = [];
  for (const entry of entries) {
    const [kind, of, number] = entry.subject.split('/');
    if (kind !== 'trade' || (of !== 'invoice' && of !== 'allowance')) continue;
    const found = await reads.findTrades({ seller, kind: of, number: number ?? '' });
    const trade = found.find((row) => tradeSubject(row) === entry.subject);
    if (trade === undefined) {
      breaks.push(breakAt(entry, `its document ${entry.subject} is gone`));
    } else if (!isTold(trade, entry.contentHash)) {
      breaks.push(breakAt(entry, `its document ${entry.subject} was changed`));
    }
  }
  return breaks;
}

function isTold(trade: TradeRow, hash: string): boolean {
  // The stored hash is no proof: the content itself must give it.
  if (trade.content !== '' && contentHash(trade.content) === hash) return true;
  return trade.steps.some(
    (step) => contentHash(deedText(step)) === hash || contentHash(confirmationText(step)) === hash,
  );
}

/** The last entry of each partner of one seller. */
export class PartnersToVerify {
  readonly #last = new Map<string, EntryRow>();

  note(entry: EntryRow): void {
    if (entry.verb === 'upsertPartner') this.#last.set(entry.subject, entry);
    if (entry.verb === 'deletePartner') this.#last.delete(entry.subject);
  }

  async changed(reads: StoreReads, seller: Ubn): Promise<readonly ChainBreak[]> {
    const kept = new Map(
      (await reads.listPartners(seller)).map((row) => [partnerSubject(row.partner), row]),
    );
    const breaks = [...this.#last.values()].flatMap((entry) => {
      const row = kept.get(entry.subject);
      if (row === undefined) return [breakAt(entry, `its document ${entry.subject} is gone`)];
      const isSame = contentHash(partnerText(row)) === entry.contentHash;
      return isSame ? [] : [breakAt(entry, `its document ${entry.subject} was changed`)];
    });
    for (const [subject, row] of kept) {
      if (this.#last.has(subject)) continue;
      const problem = `no entry tells of ${subject}`;
      breaks.push({ seller, sequence: row.sequence, problem });
    }
    return breaks;
  }
}

function breakAt(entry: EntryRow, problem: string): ChainBreak {
  return { seller: entry.seller, sequence: entry.sequence, problem };
}
