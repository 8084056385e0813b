/** The allowance 折讓 as values: an amount given back on an issued invoice. */
import type { Decimal } from './decimal.ts';
import type { LineTaxType } from './invoice.ts';
import type { InvoiceNumber } from './invoice-number.ts';
import type { Period } from './period.ts';
import type { TaipeiDateTime } from './taipei.ts';
import type { Twd } from './twd.ts';
import type { Ubn } from './ubn.ts';

export interface AllowanceDraftLine {
  readonly sequence: number;
  readonly description: string;
  readonly quantity: Decimal;
  readonly unit: string;
  readonly unitPrice: Decimal;
  /** Tax included (ECPay B2C). */
  readonly amount: Decimal;
  /** '' not given: the invoice's class, or the line's of the same name under mixed tax. */
  readonly taxType: LineTaxType | '';
}

/** What a client wants given back. */
export interface AllowanceDraft {
  /** Tax included, whole dollars; the rounded sum of the lines must equal it. */
  readonly total: Twd;
  readonly reason: string;
  readonly customerName: string;
  readonly notify: {
    readonly kind: '' | 'S' | 'E' | 'A' | 'N';
    readonly email: string;
    readonly phone: string;
  };
  readonly lines: readonly AllowanceDraftLine[];
}

/** A line as kept and filed: net amount and tax apart, also for consumers (MIG 4.1 G0401). */
export interface AllowanceLine extends AllowanceDraftLine {
  readonly taxClass: LineTaxType;
  readonly filedUnitPrice: Decimal;
  /** Amount without tax. */
  readonly net: Decimal;
  readonly tax: Twd;
  /** Sequence of the invoice's line of the same name; null where none or several match. */
  readonly originalSequence: number | null;
}

export interface AllowanceAmounts {
  /** TotalAmount of the G0401: without tax. */
  readonly net: Twd;
  readonly tax: Twd;
  /** net + tax: what the client gave back. */
  readonly total: Twd;
  /** The same by tax class, so that no class of the invoice is over-credited. */
  readonly byClass: readonly {
    readonly taxClass: LineTaxType;
    readonly net: Twd;
    readonly tax: Twd;
  }[];
}

export interface AllowanceContent extends Omit<AllowanceDraft, 'lines'> {
  readonly seller: Ubn;
  /** 1–16 characters, unique per seller. */
  readonly number: string;
  readonly allowedAt: TaipeiDateTime;
  readonly invoice: {
    readonly period: Period;
    readonly number: InvoiceNumber;
    readonly issuedAt: TaipeiDateTime;
    readonly buyerUbn: Ubn | null;
    readonly buyerName: string;
  };
  readonly lines: readonly AllowanceLine[];
  readonly amounts: AllowanceAmounts;
}

/** Stored states. `awaiting-consent` reserves the amount already (online allowance). Never back. */
export type AllowanceState = 'awaiting-consent' | 'live' | 'expired' | 'withdrawn' | 'voided';

const NEXT: Readonly<Record<AllowanceState, readonly AllowanceState[]>> = {
  'awaiting-consent': ['live', 'expired', 'withdrawn'],
  live: ['voided'],
  expired: [],
  withdrawn: [],
  voided: [],
};

/** Whether an allowance may go from one state to another. */
export function canMoveAllowance(from: AllowanceState, to: AllowanceState): boolean {
  return NEXT[from].includes(to);
}

/**
 * Whether an allowance in this state takes from what the invoice has left. One that awaits the buyer's
 * consent reserves its amount; expired, withdrawn and voided ones give it back.
 * Source: ECPay B2C API, AllowanceByCollegiate, AllowanceInvalid, AllowanceInvalidByCollegiate.
 */
export function reservesAmount(state: AllowanceState): boolean {
  return state === 'awaiting-consent' || state === 'live';
}
