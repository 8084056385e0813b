/**
 * What the messages of the B2B exchange are made of, as plain values: the document they name, and the
 * event they tell. An `InvoiceContent` is an `ExchangedInvoice`, an `AllowanceContent` an
 * `ExchangedAllowance`; so are the same facts taken from a received message.
 */
import type { AllowanceContent } from '../../domain/allowance.ts';
import type { InvoiceContent, InvoiceLine } from '../../domain/invoice.ts';
import type { TaipeiDateTime } from '../../domain/taipei.ts';
import { taipeiDateOf } from '../../domain/taipei.ts';
import { given, messageDate, messageTime } from './element-text.ts';
import { buyerIdentifier } from './party.ts';
import { withoutForbidden } from './xml-text.ts';

/** How every message of an invoice names it; only the day of `issuedAt` counts. */
export type NamedInvoice = Pick<InvoiceContent, 'number' | 'issuedAt' | 'seller'> & {
  readonly buyer: Pick<InvoiceContent['buyer'], 'ubn'>;
};

/** An invoice as the A0101 tells it. */
export type ExchangedInvoice = Pick<
  InvoiceContent,
  | 'number'
  | 'issuedAt'
  | 'seller'
  | 'buyer'
  | 'remark'
  | 'clearanceMark'
  | 'zeroTaxRateReason'
  | 'reference'
  | 'invoiceType'
  | 'taxType'
  | 'amounts'
> & {
  readonly lines: readonly Pick<
    InvoiceLine,
    | 'sequence'
    | 'description'
    | 'quantity'
    | 'unit'
    | 'filedUnitPrice'
    | 'filedAmount'
    | 'taxClass'
    | 'remark'
  >[];
};

/** How every message of an allowance names it; only the day of `allowedAt` counts. */
export type NamedAllowance = Pick<AllowanceContent, 'number' | 'allowedAt' | 'seller'> & {
  readonly invoice: Pick<AllowanceContent['invoice'], 'buyerUbn'>;
};

/** An allowance as the B0101 tells it. */
export type ExchangedAllowance = NamedAllowance &
  Pick<AllowanceContent, 'lines' | 'parts'> & {
    readonly invoice: Pick<AllowanceContent['invoice'], 'number' | 'issuedAt' | 'buyerUbn'>;
    readonly amounts: Pick<AllowanceContent['amounts'], 'net' | 'tax'>;
  };

/** When something was done with a document, and what was remarked. */
export interface ExchangeEvent {
  readonly at: TaipeiDateTime;
  /** Up to 200 characters; '' none. */
  readonly remark: string;
}

export interface ReasonedEvent extends ExchangeEvent {
  /** 1–20 characters. */
  readonly reason: string;
}

/** The day and the parties of an invoice, as in its A0101. */
export function invoiceParties(invoice: NamedInvoice) {
  return {
    InvoiceDate: messageDate(taipeiDateOf(invoice.issuedAt)),
    BuyerId: buyerIdentifier(invoice.buyer),
    SellerId: invoice.seller,
  };
}

/** The day and the parties of an allowance, as in its B0101. */
export function allowanceParties(allowance: NamedAllowance) {
  return {
    AllowanceDate: messageDate(taipeiDateOf(allowance.allowedAt)),
    BuyerId: buyerIdentifier({ ubn: allowance.invoice.buyerUbn }),
    SellerId: allowance.seller,
  };
}

export function eventDate(event: ExchangeEvent): string {
  return messageDate(taipeiDateOf(event.at));
}

export function eventTime(event: ExchangeEvent): string {
  return messageTime(event.at);
}

export function eventRemark(event: ExchangeEvent): string | undefined {
  return given(event.remark);
}

export function eventReason(event: ReasonedEvent): string {
  return withoutForbidden(event.reason);
}
