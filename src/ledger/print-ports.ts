/**
 * What the documents need of the store: prints and printers' jobs, printers, the sellers' secrets.
 * And what a print and its job are told, as the ledger's verbs take it.
 */
import type { InvoiceNumber } from '../domain/invoice-number.ts';
import type { Period } from '../domain/period.ts';
import type { PrintMedium, PrintState } from '../domain/print.ts';
import type { TaipeiDateTime } from '../domain/taipei.ts';
import type { Ubn } from '../domain/ubn.ts';
import type { InvoiceKey, PrinterRow, PrintRow } from './rows.ts';

/** A print as it is asked for. */
export interface PrintAsked {
  readonly period: Period;
  readonly number: InvoiceNumber;
  readonly medium: PrintMedium;
  /** For `thermal`; '' otherwise. */
  readonly printer: string;
  readonly hasDetails: boolean;
  /** A reprint 補印 is asked for, even where nothing was printed before. */
  readonly isReprint: boolean;
  /** Only if this version was never printed; otherwise answers its first print. */
  readonly isOnlyFirst: boolean;
  /** It won a prize: then a carrier's invoice may be printed too. */
  readonly hasWon: boolean;
}

/** What a printer did with a job. */
export type PrintJobStep = { readonly sequence: number } & (
  | /** Nobody else looks at it before `until`; found in this state after it, it was cut off. */
  { readonly to: 'sending'; readonly until: TaipeiDateTime }
  | { readonly to: 'due'; readonly nextAt: TaipeiDateTime; readonly result: string }
  | { readonly to: 'printed' | 'unsure'; readonly result: string }
);
export interface PrintJobRecorded {
  readonly print: PrintRow;
  /** False where it was not in a state to move so: another process was first. */
  readonly isMoved: boolean;
}

export interface PrintTransaction {
  findPrints(
    keys: readonly { readonly seller: Ubn; readonly sequence: number }[],
  ): Promise<readonly PrintRow[]>;
  /** Every print of these invoices, of any version. */
  findPrintsOf(invoices: readonly InvoiceKey[]): Promise<readonly PrintRow[]>;
  insertPrints(rows: readonly PrintRow[]): Promise<void>;
  /** Saves state, attempts, nextAt, settledAt, result. */
  savePrints(rows: readonly PrintRow[]): Promise<void>;
}

/** Filter of a list of prints. Absent members do not filter. */
export interface PrintFilter {
  readonly seller: Ubn;
  readonly invoice?: { readonly period: Period; readonly number: InvoiceNumber };
  readonly medium?: PrintMedium;
  readonly states?: readonly PrintState[];
}

export interface PrintReads {
  /** Newest first. */
  listPrints(filter: PrintFilter, limit: number): Promise<readonly PrintRow[]>;
  /** Printers' jobs of every seller that are not settled and may go on, the longest waiting first. */
  listDuePrints(now: TaipeiDateTime, limit: number): Promise<readonly PrintRow[]>;
  findPrint(seller: Ubn, sequence: number): Promise<PrintRow | null>;
}

/** A seller's secrets as stored: sealed by the master key; opaque here. */
export interface SellerSecretsRow {
  readonly seller: Ubn;
  readonly sealedSecrets: string;
}

export interface DocumentDirectory {
  /** Replaces the secrets of these sellers. */
  saveSellerSecrets(rows: readonly SellerSecretsRow[]): Promise<void>;
  listSellerSecrets(): Promise<readonly SellerSecretsRow[]>;
  savePrinters(rows: readonly PrinterRow[]): Promise<void>;
  listPrinters(): Promise<readonly PrinterRow[]>;
}
