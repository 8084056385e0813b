/**
 * What dialects and the API ask of the documents 文件 that are made from the ledger: codes, links, PDF,
 * print jobs. Implemented in `documents/` and put together in `server/`; a dialect sees only this.
 */
import type { Outcome } from '../domain/fault.ts';
import type { InvoiceContent } from '../domain/invoice.ts';
import type { InvoiceNumber } from '../domain/invoice-number.ts';
import type { Period } from '../domain/period.ts';
import type { TaipeiDate } from '../domain/taipei.ts';
import type { Ubn } from '../domain/ubn.ts';
import type { Origin } from './origin.ts';
import type { InvoiceKey, PrintRow } from './rows.ts';

/** The texts of a certificate's two QR codes. */
export interface QrTexts {
  readonly left: string;
  readonly right: string;
}

/** How a provider writes the QR texts that it hands to its clients. */
export interface QrForm {
  /** Items told at most: the first in the left code, the others in the right one. */
  readonly itemsMax: number;
  /** Whether the sales amount is written as 0 where the buyer has no tax ID. */
  readonly isSalesHiddenForConsumers: boolean;
}

/** What a machine prints on a certificate that it issues by itself. */
export interface MachineCodes {
  readonly number: InvoiceNumber;
  /** Four digits. */
  readonly randomNumber: string;
  /** Of the left QR code, 24 characters. */
  readonly checkField: string;
}

/** The paper that is wanted. */
export interface PrintStyle {
  /** The 57 mm certificate, or the business invoice on a sheet. */
  readonly form: 'strip' | 'A4' | 'A5';
  /** Transaction details of a consumer's certificate; a company's always has them. */
  readonly hasDetails: boolean;
  /** With a page for the back of the certificate. */
  readonly isTwoSided: boolean;
}

export interface PrintRequest {
  readonly number: InvoiceNumber;
  /** The invoice's own day; absent: the newest invoice of the number. */
  readonly issuedOn?: TaipeiDate;
  readonly style: PrintStyle;
  /** 補印 is asked for, even where nothing was printed before. */
  readonly isReprint?: boolean;
  /** Nothing new where this version was printed or queued before; answers that print. */
  readonly isOnlyFirst?: boolean;
  /** It won a prize: then a carrier's invoice may be printed too. */
  readonly hasWon?: boolean;
}

export interface Documents {
  /** Codes of these numbers, always the same ones; null where the seller has no QR key. */
  machineCodes(
    seller: Ubn,
    period: Period,
    numbers: readonly InvoiceNumber[],
  ): readonly MachineCodes[] | null;
  /**
   * The QR texts in a provider's form; null where the seller has no QR key, or where the total is above
   * 0xffffffff, which eight hexadecimal digits cannot state.
   */
  qrTexts(content: InvoiceContent, form: QrForm): QrTexts | null;
  /** The buyer's page of an invoice: unguessable, there as long as the invoice. */
  buyerLink(invoice: InvoiceKey): string;
  /** Records a print and answers the address of its page, which is there for an hour. */
  printLink(origin: Origin, request: PrintRequest): Promise<Outcome<string>>;
  /** Records a print and answers it as PDF. */
  printPdf(origin: Origin, request: PrintRequest): Promise<Outcome<Uint8Array>>;
  /**
   * Records a print as the job of a thermal printer, which is done after this answers. A fault is the
   * print's alone: the invoice is as it was.
   */
  queuePrint(origin: Origin, request: PrintRequest, printer: string): Promise<Outcome<PrintRow>>;
  /** The slip of an allowance as PDF. */
  allowancePdf(seller: Ubn, number: string, form: 'A4' | 'A5'): Promise<Outcome<Uint8Array>>;
}
