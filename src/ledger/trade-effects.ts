/**
 * What a step in force does to the seller's own document: a confirmed void voids the invoice or the
 * allowance, whose number stays used and whose amount is free again. Written once at the batch's end.
 */
import { stepOf } from '../domain/trade.ts';
import type { Batch } from './batch.ts';
import { contentHash } from './journal.ts';
import type { AllowanceRow, InvoiceKey, InvoiceRow } from './rows.ts';
import { SYSTEM } from './trade-book.ts';
import type { TradeRow } from './trade-rows.ts';
import { invoiceKeyText } from './verb.ts';
import { voidText } from './void.ts';

export class TradeEffects {
  readonly #batch: Batch;
  readonly #invoices: Map<string, InvoiceRow>;
  readonly #allowances: Map<string, AllowanceRow>;
  readonly #voidedInvoices: InvoiceRow[] = [];
  readonly #voidedAllowances: AllowanceRow[] = [];

  private constructor(
    batch: Batch,
    invoices: readonly InvoiceRow[],
    allowances: readonly AllowanceRow[],
  ) {
    this.#batch = batch;
    this.#invoices = new Map(invoices.map((row) => [invoiceKeyText(row), row]));
    this.#allowances = new Map(allowances.map((row) => [`${row.seller}/${row.number}`, row]));
  }

  /** Finds the sellers' own documents of these trades, where they are of this center. */
  static async open(batch: Batch, trades: readonly TradeRow[]): Promise<TradeEffects> {
    const invoices = new Map<string, InvoiceKey>();
    const allowances = new Map<string, Pick<AllowanceRow, 'seller' | 'number'>>();
    for (const trade of trades) {
      const seller = trade.side === 'sales' ? trade.seller : trade.partner;
      if (trade.kind === 'allowance') {
        allowances.set(`${seller}/${trade.number}`, { seller, number: trade.number });
        continue;
      }
      const key = { seller, period: trade.period, number: trade.invoiceNumber };
      invoices.set(invoiceKeyText(key), key);
    }
    const { transaction } = batch;
    return new TradeEffects(
      batch,
      await transaction.findInvoices([...invoices.values()]),
      await transaction.findAllowances([...allowances.values()]),
    );
  }

  /** Voids the document of a trade whose void was confirmed just now. */
  voidInForce(trade: TradeRow): void {
    const step = stepOf(trade, 'void');
    if (step === undefined) throw new Error('no void of this trade was asked for');
    const seller = trade.side === 'sales' ? trade.seller : trade.partner;
    const voided = { state: 'voided', voidedAt: step.at, voidReason: step.reason } as const;
    const hash = contentHash(voidText(step.at, step.reason));
    if (trade.kind === 'allowance') {
      const row = this.#allowances.get(`${seller}/${trade.number}`);
      if (row === undefined) return;
      this.#batch.append(seller, 'voidAllowance', SYSTEM, `allowance/${row.number}`, hash);
      this.#voidedAllowances.push({ ...row, ...voided });
      return;
    }
    const { period, invoiceNumber: number } = trade;
    const row = this.#invoices.get(invoiceKeyText({ seller, period, number }));
    if (row === undefined) return;
    const subject = `invoice/${period}/${number}/${row.version}`;
    this.#batch.append(seller, 'void', SYSTEM, subject, hash);
    this.#voidedInvoices.push({ ...row, ...voided });
  }

  async write(): Promise<void> {
    const { transaction } = this.#batch;
    await transaction.saveInvoices(this.#voidedInvoices);
    await transaction.freeReferences(this.#voidedInvoices);
    await transaction.saveAllowances(this.#voidedAllowances);
  }
}
