/**
 * Releases filings that were held for a missing setting once the seller's settings are complete. Walks a
 * seller's held filings when its settings changed for the better (and once after the start), a bounded
 * piece a tick. Reasons that a person must decide about stay.
 */
import type { HoldReason } from '../../domain/invoice.ts';
import type { Seller } from '../../domain/seller.ts';
import type { Ubn } from '../../domain/ubn.ts';
import type { FilingRow } from '../../ledger/rows.ts';
import type { OutboxContext } from './outbox-context.ts';

/** Reasons that a completed setting removes. */
const MENDED_BY: Readonly<Partial<Record<HoldReason, (seller: Seller) => boolean>>> = {
  'seller-address-missing': (seller) => seller.address.trim() !== '',
  'member-carrier-code-missing': (seller) => seller.memberCarrierCode !== '',
};

/** Sellers whose held filings are listed in one tick. */
const SELLERS_PER_TICK_MAX = 20;

export class HeldRechecker {
  readonly #context: OutboxContext;
  /** What each seller's settings allowed at the last look. */
  readonly #known = new Map<Ubn, string>();
  /** Sellers to walk, with the place in the list of their held filings. */
  readonly #open = new Map<Ubn, number>();

  constructor(context: OutboxContext) {
    this.#context = context;
  }

  async pass(): Promise<void> {
    for (const seller of this.#context.accounts.sellers()) {
      const settings = Object.values(MENDED_BY)
        .map((isMended) => isMended(seller))
        .join();
      if (this.#known.get(seller.ubn) === settings) continue;
      this.#known.set(seller.ubn, settings);
      this.#open.set(seller.ubn, 0);
    }
    let room = this.#context.limits.heldBatchMax;
    for (const [ubn, offset] of [...this.#open].slice(0, SELLERS_PER_TICK_MAX)) {
      if (room > 0) room -= await this.#walk(ubn, offset, room);
    }
  }

  /** One piece of a seller's held filings; answers how many were looked at. */
  async #walk(ubn: Ubn, offset: number, limit: number): Promise<number> {
    const { ledger, accounts } = this.#context;
    const seller = accounts.seller(ubn);
    const filter = { seller: ubn, states: ['held'] } as const;
    const { items } = await ledger.reads.listFilings(filter, offset, limit);
    if (seller === undefined || items.length === 0) {
      this.#open.delete(ubn);
      return 0;
    }
    const mended = items.flatMap((filing) => {
      const rest = filing.holds.filter((hold) => MENDED_BY[hold]?.(seller) !== true);
      return rest.length === filing.holds.length ? [] : [{ filing, rest }];
    });
    const released = await this.#apply(mended);
    if (items.length < limit) this.#open.delete(ubn);
    // Released filings leave the list, so the next piece begins that much earlier.
    else this.#open.set(ubn, offset + items.length - released);
    return items.length;
  }

  /** Answers how many are held no longer. */
  async #apply(
    mended: readonly { readonly filing: FilingRow; readonly rest: readonly HoldReason[] }[],
  ): Promise<number> {
    const { ledger, log } = this.#context;
    const free = mended.filter(({ rest }) => rest.every((hold) => hold === 'earlier-filing'));
    const bound = mended.filter(({ rest }) => rest.some((hold) => hold !== 'earlier-filing'));
    await ledger.holdFiling(
      bound.map(({ filing: { seller, sequence, resultText: text }, rest }) => ({
        ...{ seller, account: 'system', ip: '', sequence },
        ...{ holds: rest, text },
      })),
    );
    const outcomes = await ledger.releaseFiling(
      free.map(({ filing: { seller, sequence } }) => ({
        ...{ seller, account: 'system', ip: '', sequence },
      })),
    );
    if (mended.length > 0) {
      log.info({ count: mended.length }, 'held filings looked at again: settings are complete now');
    }
    return outcomes.filter((outcome) => outcome.ok && outcome.value === 'ready').length;
  }
}
