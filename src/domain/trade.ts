/**
 * A trade: a business document as one of its two parties keeps it, and what was done with it, step by
 * step. In exchange mode every step is the one party's act and the other's confirmation (MIG 4.1, exchange
 * life cycle: A0101–A0302, B0101–B0202); in storage mode a step stands alone.
 *
 * Which step may follow which is said here and nowhere else.
 */
import type { Decimal } from './decimal.ts';
import { type Fault, fault } from './fault.ts';
import type {
  ClearanceMark,
  InvoiceContent,
  InvoiceType,
  LineTaxType,
  TaxRate,
  TaxType,
  ZeroTaxRateReason,
} from './invoice.ts';
import type { InvoiceNumber } from './invoice-number.ts';
import type { TradeMode } from './partner.ts';
import type { Seller } from './seller.ts';
import type { TaipeiDate, TaipeiDateTime } from './taipei.ts';
import type { Twd } from './twd.ts';
import type { Ubn } from './ubn.ts';

export type TradeKind = 'invoice' | 'allowance';
/** `sales`: the party made the document; `purchase`: it received it. */
export type TradeSide = 'sales' | 'purchase';
/** `issue`: the document itself; `void` 作廢; `return` 退回, of an invoice only. */
export type TradeAct = 'issue' | 'void' | 'return';

export interface TradeStep {
  readonly act: TradeAct;
  readonly at: TaipeiDateTime;
  /** 1–20 characters for a void or a return; '' otherwise. */
  readonly reason: string;
  /** '' none. */
  readonly remark: string;
  /** When the other party confirmed it; null before, and always in storage mode. */
  readonly confirmedAt: TaipeiDateTime | null;
  readonly confirmRemark: string;
}

/** A party as its documents name it. Texts are '' where not given. */
export interface TradeParty {
  readonly ubn: Ubn;
  readonly name: string;
  readonly address: string;
  readonly phone: string;
  readonly fax: string;
  readonly email: string;
}

/** An invoice as its buyer keeps it. */
export interface PurchasedInvoice {
  readonly number: InvoiceNumber;
  readonly issuedAt: TaipeiDateTime;
  readonly supplier: TradeParty;
  readonly buyer: TradeParty;
  readonly remark: string;
  readonly reference: string;
  readonly clearanceMark: ClearanceMark;
  readonly zeroTaxRateReason: ZeroTaxRateReason;
  readonly invoiceType: InvoiceType;
  readonly taxType: TaxType;
  readonly taxRate: TaxRate;
  /** Net, whatever the tax type. */
  readonly sales: Twd;
  readonly tax: Twd;
  readonly total: Twd;
  readonly lines: readonly {
    readonly sequence: number;
    readonly description: string;
    readonly quantity: Decimal;
    readonly unit: string;
    readonly unitPrice: Decimal;
    readonly amount: Decimal;
    readonly remark: string;
  }[];
}

/** An allowance as its buyer keeps it. */
export interface PurchasedAllowance {
  readonly number: string;
  readonly allowedAt: TaipeiDateTime;
  readonly supplier: TradeParty;
  readonly buyer: TradeParty;
  readonly net: Twd;
  readonly tax: Twd;
  readonly lines: readonly {
    readonly sequence: number;
    readonly invoiceNumber: InvoiceNumber;
    readonly invoiceDay: TaipeiDate;
    readonly originalSequence: number | null;
    readonly description: string;
    readonly quantity: Decimal;
    readonly unit: string;
    readonly unitPrice: Decimal;
    readonly amount: Decimal;
    readonly tax: Twd;
    readonly taxType: LineTaxType;
  }[];
}

export function partyOf(seller: Seller): TradeParty {
  const { ubn, name, address, phone, fax, email } = seller;
  return { ubn, name, address, phone, fax, email };
}

/** What the buyer of an exchanged invoice gets of it: the content of its A0101. */
export function purchasedOf(content: InvoiceContent, supplier: TradeParty): PurchasedInvoice {
  const { buyer, amounts } = content;
  if (buyer.ubn === null) throw new Error('a traded invoice has a buyer with a tax ID');
  // Exact: the sums of one invoice, all within its total.
  const sales = (amounts.sales + amounts.exempt + amounts.zeroRated) as Twd;
  return {
    number: content.number,
    issuedAt: content.issuedAt,
    supplier,
    buyer: {
      ubn: buyer.ubn,
      name: buyer.name,
      address: buyer.address,
      phone: buyer.phone,
      fax: '',
      email: buyer.email,
    },
    remark: content.remark,
    reference: content.reference,
    clearanceMark: content.clearanceMark,
    zeroTaxRateReason: content.zeroTaxRateReason,
    invoiceType: content.invoiceType,
    taxType: content.taxType,
    taxRate: amounts.taxRate,
    sales,
    tax: amounts.tax,
    total: amounts.total,
    lines: content.lines.map((line) => ({
      sequence: line.sequence,
      description: line.description,
      quantity: line.quantity,
      unit: line.unit,
      unitPrice: line.filedUnitPrice,
      amount: line.filedAmount,
      remark: line.remark,
    })),
  };
}

/** What the rules below need of a trade. */
export interface TradeState {
  readonly kind: TradeKind;
  readonly side: TradeSide;
  readonly mode: TradeMode;
  readonly steps: readonly TradeStep[];
}

export function stepOf(state: Pick<TradeState, 'steps'>, act: TradeAct): TradeStep | undefined {
  return state.steps.find((step) => step.act === act);
}

/** Whether the step holds: it was confirmed, or needs nobody's confirmation. */
export function isInForce(state: TradeState, act: TradeAct): boolean {
  const step = stepOf(state, act);
  return step !== undefined && (state.mode === 'storage' || step.confirmedAt !== null);
}

/** The party whose act it is: the buyer returns, the seller does everything else. */
function actorOf(act: TradeAct): TradeSide {
  return act === 'return' ? 'purchase' : 'sales';
}

/**
 * Why the party may not take this act now; null when it may. `isConfirmationNeeded`: an invoice is voided
 * only after its buyer confirmed it (ECPay B2B API, exchange mode); the platform itself takes a void before
 * that too (MIG 4.1, exchange life cycle), so what comes in from outside is not held to it.
 */
export function actFault(
  state: TradeState,
  act: 'void' | 'return',
  isConfirmationNeeded: boolean,
): Fault | null {
  // In storage mode there is no record of the buyer's: whatever is recorded is the seller's entry.
  if (state.mode === 'exchange' && state.side !== actorOf(act)) {
    return fault('TRADE_PARTY_WRONG', 'number', `this party's act would be the other's: ${act}`);
  }
  if (stepOf(state, 'void') !== undefined) {
    const code = state.kind === 'invoice' ? 'INVOICE_VOIDED' : 'ALLOWANCE_VOIDED';
    return fault(code, 'number', 'it was voided before, or its void waits for the confirmation');
  }
  if (state.kind === 'allowance') return null;
  const isReturned = stepOf(state, 'return') !== undefined;
  if (isReturned && (act === 'return' || state.mode === 'exchange')) {
    return fault('INVOICE_RETURNED', 'number', 'the buyer has returned it');
  }
  if (state.mode === 'storage') return null;
  const isConfirmed = stepOf(state, 'issue')?.confirmedAt != null;
  if (act === 'return' && isConfirmed) {
    return fault('INVOICE_CONFIRMED', 'number', 'the buyer has confirmed it; void it instead');
  }
  if (act === 'void' && isConfirmationNeeded && !isConfirmed) {
    return fault('INVOICE_UNCONFIRMED', 'number', 'wait until the buyer has confirmed it');
  }
  return null;
}

/** Why the party may not confirm this act now; null when it may. */
export function confirmFault(state: TradeState, act: TradeAct): Fault | null {
  const nothing = fault('NOTHING_TO_CONFIRM', 'number', `no ${act} waits for this confirmation`);
  if (state.mode === 'storage') return nothing;
  if (state.side === actorOf(act)) {
    const hint = 'the other party confirms it (platform code E0210)';
    return fault('CONFIRMATION_BY_SENDER', 'number', hint);
  }
  const step = stepOf(state, act);
  if (step === undefined || step.confirmedAt !== null) return nothing;
  if (act !== 'issue') return null;
  if (stepOf(state, 'return') !== undefined) {
    return fault('INVOICE_RETURNED', 'number', 'it was returned, and is not confirmed any more');
  }
  return isInForce(state, 'void') ? nothing : null;
}
