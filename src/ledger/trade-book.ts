/**
 * The trades that one batch touches, on both sides: found once, changed in memory, written at the end.
 * A step taken here is a step on the other party's record too, where that party is of this center; each
 * party's journal tells it.
 */

import { periodOf } from '../domain/period.ts';
import {
  type PurchasedAllowance,
  type PurchasedInvoice,
  stepOf,
  type TradeAct,
  type TradeStep,
} from '../domain/trade.ts';
import type { Batch } from './batch.ts';
import { parsePurchasedAllowance } from './content.ts';
import { contentHash } from './journal.ts';
import type { AccountId } from './rows.ts';
import type { TradeName } from './trade-commands.ts';
import type { TradeInvoiceRow, TradeKey, TradeRow } from './trade-rows.ts';

type FullName = TradeName & Pick<TradeRow, 'seller'>;

function nameText({ seller, kind, number, side, partner, period }: FullName): string {
  return [seller, kind, number, side, partner, period].join('/');
}

/** The subject of a trade's entries in the journal of the party whose record it is. */
export function tradeSubject({ kind, number, side, partner, period }: TradeName): string {
  return `trade/${kind}/${number}/${side}/${partner}/${period}`;
}

/** What the entry of an act hashes. */
export function deedText({ act, at, reason, remark }: TradeStep): string {
  return JSON.stringify({ act, at, reason, remark });
}

/** What the entry of a confirmation hashes. */
export function confirmationText({ act, confirmedAt, confirmRemark }: TradeStep): string {
  return JSON.stringify({ act, confirmedAt, confirmRemark });
}

/** The same trade as the other party names it. */
function mirrored({ seller, kind, number, side, partner, period }: FullName): FullName {
  const otherSide = side === 'sales' ? 'purchase' : 'sales';
  return { seller: partner, kind, number, side: otherSide, partner: seller, period };
}

/** Who did it, for the journal. */
export interface TradeActor {
  readonly verb: string;
  readonly account: AccountId;
}

export class TradeBook {
  readonly #batch: Batch;
  readonly #rows = new Map<string, TradeRow>();
  readonly #added = new Map<string, TradeRow>();
  readonly #changed = new Map<string, TradeRow>();

  private constructor(batch: Batch) {
    this.#batch = batch;
  }

  static async open(batch: Batch, keys: readonly TradeKey[]): Promise<TradeBook> {
    const book = new TradeBook(batch);
    const unique = new Map(
      keys.map(({ seller, kind, number }) => [
        `${seller}/${kind}/${number}`,
        { seller, kind, number },
      ]),
    );
    if (unique.size === 0) return book;
    for (const row of await batch.transaction.findTrades([...unique.values()])) {
      book.#rows.set(nameText(row), row);
    }
    return book;
  }

  get(name: FullName): TradeRow | undefined {
    return this.#rows.get(nameText(name));
  }

  /** Trades of a number, on either side. */
  of({ seller, kind, number }: TradeKey): readonly TradeRow[] {
    return [...this.#rows.values()].filter(
      (row) => row.seller === seller && row.kind === kind && row.number === number,
    );
  }

  /** The other party's record of the trade, where that party is of this center. */
  otherOf(row: TradeRow): TradeRow | undefined {
    return this.#rows.get(nameText(mirrored(row)));
  }

  /** Keeps a party's own document as traded. Its entry is that of the document itself. */
  beginSale(row: TradeRow): void {
    this.#rows.set(nameText(row), row);
    this.#added.set(nameText(row), row);
  }

  /** Keeps a document that a party received, with its entry. */
  beginPurchase(
    sale: FullName & Pick<TradeRow, 'invoiceNumber' | 'at'>,
    content: PurchasedInvoice | PurchasedAllowance,
    actor: TradeActor,
  ): TradeRow {
    const row = purchaseRow(this.#batch, sale, content, actor);
    this.#rows.set(nameText(row), row);
    this.#added.set(nameText(row), row);
    return row;
  }

  /** Adds an act to the trade on every side that is here; answers the row as it is now. */
  act(row: TradeRow, step: TradeStep, actor: TradeActor): TradeRow {
    return this.#save(row, actor, deedText(step), (steps) => [...steps, step]);
  }

  /** Adds the confirmation of an act on every side that is here. */
  confirm(row: TradeRow, act: TradeAct, by: Confirmation, actor: TradeActor): TradeRow {
    const step = stepOf(row, act);
    if (step === undefined) throw new Error('an act that was never taken cannot be confirmed');
    const confirmed = { ...step, ...by };
    return this.#save(row, actor, confirmationText(confirmed), (steps) =>
      steps.map((one) => (one.act === act ? { ...one, ...by } : one)),
    );
  }

  async write(): Promise<void> {
    const changed = [...this.#changed].filter(([key]) => !this.#added.has(key));
    const added = [...this.#added.values()];
    await this.#batch.transaction.insertTrades(added, furtherInvoices(added));
    await this.#batch.transaction.saveTrades(changed.map(([, row]) => row));
  }

  #save(
    row: TradeRow,
    actor: TradeActor,
    text: string,
    next: (steps: readonly TradeStep[]) => readonly TradeStep[],
  ): TradeRow {
    const after = { ...row, steps: next(row.steps) };
    this.#put(after, actor, text);
    const other = this.otherOf(row);
    if (other !== undefined && other !== row) {
      this.#put({ ...other, steps: next(other.steps) }, TOLD_BY_CENTER, text);
    }
    return after;
  }

  #put(row: TradeRow, actor: TradeActor, text: string): void {
    const key = nameText(row);
    const subject = tradeSubject(row);
    this.#batch.append(row.seller, actor.verb, actor.account, subject, contentHash(text));
    this.#rows.set(key, row);
    if (this.#added.has(key)) this.#added.set(key, row);
    else this.#changed.set(key, row);
  }
}

/** The invoices that received allowances name besides the one with which they stand. */
export function furtherInvoices(rows: readonly TradeRow[]): readonly TradeInvoiceRow[] {
  return rows.flatMap((row) => {
    if (row.kind !== 'allowance' || row.side !== 'purchase') return [];
    const { seller, number, partner, period, invoiceNumber: first } = row;
    const named = new Map<string, TradeInvoiceRow>();
    for (const { invoiceNumber, invoiceDay } of parsePurchasedAllowance(row.content).lines) {
      const invoicePeriod = periodOf(invoiceDay);
      if (invoiceNumber === first && invoicePeriod === period) continue;
      const own = { seller, number, partner, period, invoiceNumber, invoicePeriod };
      named.set(`${invoiceNumber}/${invoicePeriod}`, own);
    }
    return [...named.values()];
  });
}

/** A buyer's record of a document that it received, with its entry in the buyer's journal. */
export function purchaseRow(
  batch: Batch,
  sale: FullName & Pick<TradeRow, 'invoiceNumber' | 'at'>,
  content: PurchasedInvoice | PurchasedAllowance,
  actor: TradeActor,
): TradeRow {
  const text = JSON.stringify(content);
  const hash = contentHash(text);
  const name = mirrored(sale);
  const { invoiceNumber, at } = sale;
  const sequence = batch.append(name.seller, actor.verb, actor.account, tradeSubject(name), hash);
  const steps = [firstStep(at)];
  return {
    ...name,
    ...{ invoiceNumber, at, mode: 'exchange', steps, content: text, hash, sequence },
    referenceKey: 'reference' in content ? content.reference.toUpperCase() || null : null,
  };
}

export interface Confirmation {
  readonly confirmedAt: NonNullable<TradeStep['confirmedAt']>;
  readonly confirmRemark: string;
}

/** Verb under which a party's journal tells what came from the other. */
export const RECEIVED = 'receive';
/** Kaili itself, in a journal. */
export const SYSTEM: AccountId = 'system';

/** How a party's journal tells what the other did: not under whose account it was done there. */
export const TOLD_BY_CENTER: TradeActor = { verb: RECEIVED, account: SYSTEM };

/** The step with which every trade begins: the document itself. */
export function firstStep(at: TradeStep['at']): TradeStep {
  return { act: 'issue', at, reason: '', remark: '', confirmedAt: null, confirmRemark: '' };
}
