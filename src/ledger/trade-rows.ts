/** The ledger's records of trading partners and trades, as `rows.ts` has those of documents. */
import type { InvoiceNumber } from '../domain/invoice-number.ts';
import type { PartnerFacts, TradeMode } from '../domain/partner.ts';
import type { Period } from '../domain/period.ts';
import type { TaipeiDateTime } from '../domain/taipei.ts';
import type { TradeKind, TradeSide, TradeStep } from '../domain/trade.ts';
import type { Ubn } from '../domain/ubn.ts';

/** A trading partner 交易對象 of a seller. */
export interface PartnerRow extends PartnerFacts {
  readonly seller: Ubn;
  /** Journal sequence of its last change. */
  readonly sequence: number;
}

/** How a party names its trades of one number: an own document, received ones, or both. */
export interface TradeKey {
  /** Whose record it is. */
  readonly seller: Ubn;
  readonly kind: TradeKind;
  /** Invoice or allowance number. */
  readonly number: string;
}

/** A further invoice that a received allowance names; its trade stands with the first one. */
export interface TradeInvoiceRow
  extends Pick<TradeRow, 'seller' | 'number' | 'partner' | 'period'> {
  readonly invoiceNumber: InvoiceNumber;
  readonly invoicePeriod: Period;
}

/** A business document as one party keeps it: see `domain/trade.ts`. */
export interface TradeRow extends TradeKey {
  readonly side: TradeSide;
  /** The other party. */
  readonly partner: Ubn;
  /** Period and number of the invoice whose chain of filings it joins; of the first of several. */
  readonly period: Period;
  readonly invoiceNumber: InvoiceNumber;
  /** When the document was made. */
  readonly at: TaipeiDateTime;
  readonly mode: TradeMode;
  readonly steps: readonly TradeStep[];
  /** A purchase as canonical JSON, its SHA-256; a sale's content is the ledger's own: ''. */
  readonly content: string;
  readonly hash: string;
  /**
   * The supplier's own number of a purchased invoice, in the form it is compared in: without regard to case;
   * null none, and for everything else.
   */
  readonly referenceKey: string | null;
  /** Journal sequence with which it began. */
  readonly sequence: number;
}
