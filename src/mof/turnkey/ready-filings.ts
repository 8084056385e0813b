/**
 * The filings of one tick, in groups. Sellers with little waiting get all of it in, the others equal shares of
 * the rest, so that one seller's backlog does not keep the others waiting; with SRC full, nobody gets any.
 */
import type { Ubn } from '../../domain/ubn.ts';
import type { FilingRow } from '../../ledger/rows.ts';
import type { OutboxContext } from './outbox-context.ts';

export class ReadyFilings {
  readonly #context: OutboxContext;
  /** What each seller may still hand over in this tick. */
  readonly #shares: Map<Ubn, number>;
  /** How far each seller's filings have been given out: what was is not waited for to leave the list. */
  readonly #givenOut = new Map<Ubn, number>();

  private constructor(context: OutboxContext, shares: ReadonlyMap<Ubn, number>) {
    this.#context = context;
    this.#shares = new Map(shares);
  }

  /** `turn` moves who comes first. */
  static async open(context: OutboxContext, turn: number): Promise<ReadyFilings> {
    const { ledger, limits, folders } = context;
    const counts = await ledger.reads.countFilings(['handed', 'ready']);
    const handed = counts.filter(({ state }) => state === 'handed');
    const room = limits.handedOpenMax - handed.reduce((sum, { count }) => sum + count, 0);
    const waiting = new Map<Ubn, number>();
    for (const { seller, state, count } of counts) {
      if (state !== 'ready' || folders.of(seller) === null) continue;
      waiting.set(seller, (waiting.get(seller) ?? 0) + count);
    }
    const bite = context.isCrowded() ? limits.crowdedBatchMax : limits.readyBatchMax;
    const batch = Math.max(0, Math.min(bite, room));
    return new ReadyFilings(context, sharesOf(waiting, batch, turn));
  }

  /** The next ones, up to a limit; empty at the end. Each filing comes once. */
  async next(limit: number): Promise<readonly FilingRow[]> {
    const rows: FilingRow[] = [];
    for (const [seller, share] of this.#shares) {
      const wanted = Math.min(share, limit - rows.length);
      if (wanted <= 0) break;
      const from = { seller, state: 'ready', past: this.#givenOut.get(seller) ?? 0 } as const;
      const found = await this.#context.ledger.reads.firstFilings(from, wanted);
      rows.push(...found);
      this.#givenOut.set(seller, found.at(-1)?.sequence ?? from.past);
      const left = found.length < wanted ? 0 : share - found.length;
      if (left > 0) this.#shares.set(seller, left);
      else this.#shares.delete(seller);
    }
    return rows;
  }
}

/** How many each seller may hand over out of a batch; none gets more than it has waiting. */
function sharesOf(
  waiting: ReadonlyMap<Ubn, number>,
  batch: number,
  turn: number,
): ReadonlyMap<Ubn, number> {
  const sellers = [...waiting].sort(([one], [other]) => (one < other ? -1 : 1));
  // With more sellers than places, each tick takes up where the last one stopped.
  const first = (turn * batch) % Math.max(1, sellers.length);
  const inTurn = [...sellers.slice(first), ...sellers.slice(0, first)].slice(0, batch);
  // The least first: what it leaves of its share goes to those after it.
  inTurn.sort(([, one], [, other]) => one - other);
  const shares = new Map<Ubn, number>();
  let room = batch;
  for (const [index, [seller, count]] of inTurn.entries()) {
    const share = Math.min(count, Math.ceil(room / (inTurn.length - index)));
    if (share <= 0) break;
    shares.set(seller, share);
    room -= share;
  }
  return shares;
}
