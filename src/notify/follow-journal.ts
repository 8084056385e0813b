/**
 * Owes the automatic notices by reading the sellers' journals: after the fact, so that issuing never
 * waits for it, and from where it stopped, so that nothing is passed over. How far it came is kept; a
 * stretch that is read twice owes nothing twice, since every event is owed once. While clients crowd the
 * process it takes small bites.
 */
import type { NoticeKind } from '../domain/notice.ts';
import type { Seller } from '../domain/seller.ts';
import type { Ledger, NotifyCommand } from '../ledger/ledger.ts';
import type { Accounts, StoreDirectory } from '../ledger/ports.ts';
import { noticesOf } from './owed.ts';
import type { Log } from './ports.ts';

/** Entries of one seller that one round looks at. */
export const ENTRIES_A_ROUND = 200;
/** The same while clients crowd the process: a notice may come a minute later. */
export const CROWDED_ENTRIES_A_ROUND = 20;
/** Notices of one call to the ledger, well within what its writer takes (`WRITER_LIMITS`). */
export const NOTICES_A_CALL = 256;
/** Sellers that one round looks at; the next round goes on with the next ones. */
export const SELLERS_A_ROUND = 200;
export const CROWDED_SELLERS_A_ROUND = 20;

export interface FollowParts {
  readonly ledger: Ledger;
  readonly accounts: Accounts;
  readonly directory: Pick<StoreDirectory, 'readMeta' | 'writeMeta'>;
  /** Channels that are set up: what could never go out is not owed by itself. */
  readonly channels: ReadonlySet<NoticeKind>;
  readonly log: Log;
  /** Whether clients crowd the process. */
  readonly isCrowded: () => boolean;
}

/** Where the reading of a seller's journal stopped is kept under this name. */
export function cursorName(seller: string): string {
  return `noticed/${seller}`;
}

export class JournalFollower {
  readonly #parts: FollowParts;
  readonly #cursors = new Map<string, number>();
  #nextSeller = 0;

  constructor(parts: FollowParts) {
    this.#parts = parts;
  }

  /** One round; answers how many notices it owed, 0 where a pause is due in any case. */
  async round(): Promise<number> {
    const isCrowded = this.#parts.isCrowded();
    const sellers = this.#parts.accounts.sellers();
    const from = this.#nextSeller < sellers.length ? this.#nextSeller : 0;
    const part = sellers.slice(
      from,
      from + (isCrowded ? CROWDED_SELLERS_A_ROUND : SELLERS_A_ROUND),
    );
    this.#nextSeller = from + part.length;
    let owed = 0;
    for (const seller of part) {
      try {
        owed += await this.#follow(seller, isCrowded ? CROWDED_ENTRIES_A_ROUND : ENTRIES_A_ROUND);
      } catch (error) {
        // Its cursor stays; the others' journals are followed all the same.
        this.#parts.log.error({ error, seller: seller.ubn }, 'a journal could not be followed');
      }
    }
    return isCrowded ? 0 : owed;
  }

  async #follow(seller: Seller, entriesMax: number): Promise<number> {
    const { ledger, directory, channels } = this.#parts;
    const { ubn } = seller;
    const name = cursorName(ubn);
    const cursor = this.#cursors.get(ubn) ?? Number((await directory.readMeta(name)) ?? '0');
    this.#cursors.set(ubn, cursor);
    const entries = await ledger.reads.listEntries(ubn, cursor, entriesMax);
    const last = entries.at(-1);
    if (last === undefined) return 0;
    const commands: NotifyCommand[] = [];
    for (const entry of entries) {
      const owed = await noticesOf(ledger.reads, entry, seller);
      commands.push(...owed.filter(({ kind }) => channels.has(kind)));
    }
    for (let at = 0; at < commands.length; at += NOTICES_A_CALL) {
      const outcomes = await ledger.notify(commands.slice(at, at + NOTICES_A_CALL));
      // Too many commands wait: the cursor stays, and the next round reads the same stretch.
      if (outcomes.some(({ ok }) => !ok)) return 0;
    }
    this.#cursors.set(ubn, last.sequence);
    await directory.writeMeta(name, String(last.sequence));
    return commands.length;
  }
}
