/** The allowance 折讓 as values: an amount given back on an issued invoice. */
import type { Decimal } from './decimal.ts';
import type { LineTaxType } from './invoice.ts';
import type { InvoiceNumber } from './invoice-number.ts';
import type { Period } from './period.ts';
import type { TaipeiDate, TaipeiDateTime } from './taipei.ts';
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

/** A line that states net and tax apart and names its invoice (e首發票, ECPay B2B). */
export interface StatedAllowanceLine {
  /** 1-based, unique within the allowance. */
  readonly sequence: number;
  readonly invoice: NamedInvoice;
  /** Sequence of the invoice's line as the client has it; null where it names none. */
  readonly originalSequence: number | null;
  /** '' not given: the invoice's line, else `<number>彙開折讓`. */
  readonly description: string;
  readonly quantity: Decimal;
  readonly unit: string;
  /** Without tax. */
  readonly unitPrice: Decimal;
  readonly net: Decimal;
  readonly tax: Twd;
  /** '' not given: the class of the invoice's line, else of the invoice. */
  readonly taxType: LineTaxType | '';
}

/** An invoice as a client names it. */
export interface NamedInvoice {
  readonly number: InvoiceNumber;
  /** The invoice's own day; absent: the newest invoice of the number. */
  readonly issuedOn?: TaipeiDate;
}

/** What a client wants given back, with net and tax stated; lines may name several invoices of one buyer. */
export interface StatedAllowanceDraft {
  /** Without tax; the rounded sum of the lines' net must equal it. */
  readonly net: Twd;
  readonly tax: Twd;
  /** The buyer as stated, compared with that of every invoice; absent: not compared. */
  readonly buyerUbn?: Ubn | null;
  /** Dollars by which a taxable line's tax may differ from 5 % of its net; absent: not compared. */
  readonly taxTolerance?: number;
  /** How what is left is measured; see `StatedMeasure`. */
  readonly measure: StatedMeasure;
  readonly reason: string;
  readonly customerName: string;
  readonly notify: AllowanceDraft['notify'];
  readonly lines: readonly StatedAllowanceLine[];
}

/** A client's own allowance number: `<prefix>A001` where that fits into 16 characters, else the prefix. */
export interface AllowanceNaming {
  /** 1–16 characters. */
  readonly prefix: string;
  /** A prefix in use: refused, or the next suffix. */
  readonly reuse: 'reject' | 'suffix';
}

/**
 * `gross`: in each tax class net and tax together stay within what is left (e首發票). `net`: the net stays
 * within the net that is left, and the tax passes the tax by no more than `STATED_TAX_SLACK` (ECPay B2B).
 */
export type StatedMeasure = 'gross' | 'net';

/** A line as kept and filed: net amount and tax apart, also for consumers (MIG 4.1 G0401). */
export interface AllowanceLine extends AllowanceDraftLine {
  readonly taxClass: LineTaxType;
  readonly filedUnitPrice: Decimal;
  /** Amount without tax. */
  readonly net: Decimal;
  readonly tax: Twd;
  /** Sequence of the invoice's line of the same name; null where none or several match. */
  readonly originalSequence: number | null;
  /** Index into the allowance's `parts`; absent where it names one invoice. */
  readonly part?: number;
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

/** The invoice that an allowance, or a part of it, gives back from. */
export interface AllowedInvoice {
  readonly period: Period;
  readonly number: InvoiceNumber;
  readonly issuedAt: TaipeiDateTime;
  readonly buyerUbn: Ubn | null;
  readonly buyerName: string;
}

/** What an allowance over several invoices takes from one of them. */
export interface AllowancePart {
  readonly invoice: AllowedInvoice;
  readonly amounts: AllowanceAmounts;
}

export interface AllowanceContent extends Omit<AllowanceDraft, 'lines'> {
  readonly seller: Ubn;
  /** 1–16 characters, unique per seller. */
  readonly number: string;
  readonly allowedAt: TaipeiDateTime;
  /** The invoice, or the first of several. */
  readonly invoice: AllowedInvoice;
  readonly lines: readonly AllowanceLine[];
  /** Of the whole allowance. */
  readonly amounts: AllowanceAmounts;
  /** One for each invoice where it names several; absent where it names one. */
  readonly parts?: readonly AllowancePart[];
}

/** What the allowance takes from each invoice; at least one part. */
export function partsOf(
  content: Pick<AllowanceContent, 'invoice' | 'amounts' | 'parts'>,
): readonly AllowancePart[] {
  return content.parts ?? [{ invoice: content.invoice, amounts: content.amounts }];
}

/** The invoice that a line of the allowance names. */
export function invoiceOfLine(
  content: Pick<AllowanceContent, 'invoice' | 'parts'>,
  line: Pick<AllowanceLine, 'part'>,
): AllowedInvoice {
  if (line.part === undefined) return content.invoice;
  const part = content.parts?.[line.part];
  if (part === undefined) throw new Error('a line of the allowance names no part of it');
  return part.invoice;
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
