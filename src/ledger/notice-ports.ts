/**
 * What telling programs and people needs from the parts that know a provider's words or make papers: the
 * form that a callback posts, and links to a buyer's pages. Both are made from the ledger when a notice
 * is sent, so that it can always be made again.
 */
import type { InvoiceContent } from '../domain/invoice.ts';
import type { NoticeRow } from './rows.ts';

/** A form as a provider's clients read it. */
export interface CallbackForm {
  /** Names and values in the order in which they are posted. */
  readonly fields: Readonly<Record<string, string>>;
  /** Whether an answer means that the client has taken it. */
  isAccepted(status: number, text: string): boolean;
}

export interface CallbackForms {
  /** Null where there is nothing to tell any more. */
  formOf(notice: NoticeRow): Promise<CallbackForm | null>;
}

/** Addresses of a buyer's pages that leave the house. */
export interface BuyerLinks {
  /** The page of an invoice. */
  invoiceLink(content: InvoiceContent): string;
  /** The page on which the buyer agrees to an allowance. */
  consentLink(token: string): string;
}
