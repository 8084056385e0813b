/**
 * The uniform invoice 統一發票 as values: what a client wants issued (draft), what the law makes of it
 * (composed), what the ledger keeps (content, one immutable version each).
 */
import type { Carrier } from './carrier.ts';
import type { Decimal } from './decimal.ts';
import type { DonationCode } from './donation-code.ts';
import type { InvoiceNumber } from './invoice-number.ts';
import type { Period } from './period.ts';
import type { TaipeiDateTime } from './taipei.ts';
import type { Twd } from './twd.ts';
import type { Ubn } from './ubn.ts';

/** 07 general 一般稅額計算, 08 special 特種稅額計算 (MIG 4.1 InvoiceType). */
export type InvoiceType = '07' | '08';
/** 1 taxable 應稅, 2 zero-rated 零稅率, 3 exempt 免稅, 4 special 特種, 9 mixed 混合 (MIG 4.1 TaxType). */
export type TaxType = '1' | '2' | '3' | '4' | '9';
/** Tax class of one line: never mixed. */
export type LineTaxType = Exclude<TaxType, '9'>;
/** 1 not through customs, 2 through customs (MIG 4.1 CustomsClearanceMark); '' not given. */
export type ClearanceMark = '' | '1' | '2';
/** 71–79, VAT Act art. 7 paragraphs 1–9 (MIG 4.1 ZeroTaxRateReason); '' none. */
export type ZeroTaxRateReason = '' | '71' | '72' | '73' | '74' | '75' | '76' | '77' | '78' | '79';
/** SpecialTaxType 1–8 (rates in `tax.ts`); 0 not a special-tax invoice. */
export type SpecialTaxCode = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** How the client entered prices and amounts. */
export type PriceSense =
  /** Prices, line amounts and total include tax (consumer; ECPay B2C `vat` 1). */
  | 'tax-included'
  /** Prices exclude tax; line amounts either; the total includes tax (ECPay B2C `vat` 0). */
  | 'price-apart'
  /** Prices, line amounts and sales exclude tax; tax and total are given beside (business). */
  | 'tax-apart';

export interface Buyer {
  /** Tax ID 統一編號 of a business buyer; null for a consumer. */
  readonly ubn: Ubn | null;
  /** Texts are '' where not given. */
  readonly name: string;
  readonly address: string;
  readonly phone: string;
  readonly email: string;
  /** The client's own customer number (ECPay CustomerID). */
  readonly customerId: string;
  /** Second address of notices (e首發票 `cc*…*cc`); absent: none. */
  readonly copyEmail?: string;
}

/** One line as the client entered it. */
export interface DraftLine {
  /** 1-based, unique within the invoice. */
  readonly sequence: number;
  readonly description: string;
  readonly quantity: Decimal;
  readonly unit: string;
  readonly unitPrice: Decimal;
  readonly amount: Decimal;
  /** Tax of the line as the client states it; shown again, never filed. Absent: not stated. */
  readonly tax?: Twd;
  /** The line's own tax class; read only for a mixed invoice (TaxType 9). '' not given. */
  readonly taxType: LineTaxType | '';
  readonly remark: string;
}

/** What a client wants issued: parsed and branded, not yet judged as a whole. */
export interface InvoiceDraft {
  readonly invoiceType: InvoiceType;
  readonly taxType: TaxType;
  readonly specialTaxCode: SpecialTaxCode;
  readonly clearanceMark: ClearanceMark;
  readonly zeroTaxRateReason: ZeroTaxRateReason;
  readonly sense: PriceSense;
  /** Tax-included total as the client states it; the sums must agree with it by the sense's rule. */
  readonly total: Twd;
  /** Net sales and tax as stated, for sense `tax-apart` only; otherwise null. */
  readonly stated: { readonly sales: Twd; readonly tax: Twd } | null;
  /**
   * Sums of each tax class with tax, as stated, for sense `tax-included`: they count, not the lines' sums.
   * How far the two may differ is the dialect's rule. Absent: the lines' sums count.
   */
  readonly classSums?: StatedClassSums;
  readonly buyer: Buyer;
  readonly carrier: Carrier;
  /**
   * The buyer's id on the seller's own member carrier, for invoices that are neither printed, donated
   * nor on another carrier (the gateway wants one of the three); '' where there is none.
   */
  readonly memberCarrierId: string;
  /** The seller prints the paper certificate itself (PrintMark Y). */
  readonly isPrinted: boolean;
  /** Donation code 愛心碼; '' not donated. */
  readonly donationCode: DonationCode | '';
  /** BuyerRemark of MIG 4.1 (a business buyer's use of the purchase); absent: not given. */
  readonly buyerRemark?: BuyerRemark;
  /** BondedAreaConfirm of MIG 4.1 (the buyer's bonded zone); absent: not given. */
  readonly bondedArea?: BondedArea;
  readonly remark: string;
  readonly lines: readonly DraftLine[];
}

export interface StatedClassSums {
  readonly taxable: Twd;
  readonly zeroRated: Twd;
  readonly exempt: Twd;
}

/** 1 deductible purchase, 2 deductible fixed asset, 3 and 4 the same not deductible. */
export type BuyerRemark = '1' | '2' | '3' | '4';
/** 1 bonded zone, 2 deep-sea fishery, 3 free-trade port, 4 others (MIG 4.1 BondedAreaConfirm). */
export type BondedArea = '1' | '2' | '3' | '4';

/** A line as kept: what was entered, and what is filed with the Ministry. */
export interface InvoiceLine extends DraftLine {
  /** The class that counts: the line's own under mixed tax, else the invoice's. */
  readonly taxClass: LineTaxType;
  /** Unit price and amount of the F0401 line (ECPay mapping 14.5). */
  readonly filedUnitPrice: Decimal;
  readonly filedAmount: Decimal;
}

/** The amount block of the F0401 and the tax that allowances are measured by. Whole dollars. */
export interface InvoiceAmounts {
  /** SalesAmount: taxable or special sales; net where `tax` is apart, else tax included. */
  readonly sales: Twd;
  readonly exempt: Twd;
  readonly zeroRated: Twd;
  readonly tax: Twd;
  readonly total: Twd;
  /** TaxRate text of MIG 4.1: '0.05', '0', '0.25', '0.15', '0.02', '0.01'. */
  readonly taxRate: TaxRate;
}
export type TaxRate = '0' | '0.01' | '0.02' | '0.05' | '0.15' | '0.25';

/** Why a filing may not go out by itself (a person decides, or a setting is completed). */
export type HoldReason =
  | 'earlier-filing'
  /** The other party's message, to which this one answers, is not confirmed by the Ministry yet. */
  | 'partner-filing'
  | 'edit-window'
  /** Its number was reported blank (E0402); it goes out once the corrected report is confirmed. */
  | 'blank-reported'
  | 'overdue'
  | 'seller-address-missing'
  | 'member-carrier-code-missing'
  | 'special-tax-unconfirmed'
  | 'closing-correction-large'
  | 'would-be-refused';

/** A draft that satisfies every rule that needs no data, with its amounts computed once. */
export interface ComposedInvoice extends Omit<InvoiceDraft, 'lines'> {
  readonly lines: readonly InvoiceLine[];
  readonly amounts: InvoiceAmounts;
  /** Reasons found in the content itself for which its F0401 must be held (ECPay mapping 14.5–14.6). */
  readonly holds: readonly HoldReason[];
}

/** One version of an invoice as the ledger keeps it. Its canonical JSON is what the journal hashes. */
export interface InvoiceContent extends ComposedInvoice {
  readonly seller: Ubn;
  readonly period: Period;
  readonly number: InvoiceNumber;
  /** 1 for the first issue, n + 1 after each reissue 註銷重開. */
  readonly version: number;
  readonly issuedAt: TaipeiDateTime;
  /** Four digits 隨機碼. */
  readonly randomNumber: string;
  /** The client's own order number as sent (ECPay RelateNumber). */
  readonly reference: string;
  readonly billingReference: string;
  /** Multi-track product code, sales partner and the like; kept as the dialect showed them. */
  readonly channelPartner: string;
}

/** What issuing adds to what was composed; whoever composed it has the rest. */
export type IssuedInvoice = Pick<
  InvoiceContent,
  'seller' | 'period' | 'number' | 'version' | 'issuedAt' | 'randomNumber'
>;

/** Stored states; everything else (remaining amount, award) is derived. Never back. */
export type InvoiceState = 'issued' | 'voided';

const NEXT: Readonly<Record<InvoiceState, readonly InvoiceState[]>> = {
  issued: ['voided'],
  voided: [],
};

/** Whether an invoice may go from one state to another. A reissue is a new version, not a state. */
export function canMoveInvoice(from: InvoiceState, to: InvoiceState): boolean {
  return NEXT[from].includes(to);
}
