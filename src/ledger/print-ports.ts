/** What the documents need of the store: prints and printers' jobs, printers, the sellers' secrets. */
import type { InvoiceNumber } from '../domain/invoice-number.ts';
import type { Period } from '../domain/period.ts';
import type { PrintMedium, PrintState } from '../domain/print.ts';
import type { TaipeiDateTime } from '../domain/taipei.ts';
import type { Ubn } from '../domain/ubn.ts';
import type { InvoiceKey, PrinterRow, PrintRow } from './rows.ts';

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
