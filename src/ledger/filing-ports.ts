/** What the ledger needs from the store for filings, within a transaction; part of `ports.ts`. */
import type { TaipeiDateTime } from '../domain/taipei.ts';
import type { Ubn } from '../domain/ubn.ts';
import type { FilingRow, InvoiceKey } from './rows.ts';

export interface FilingKey {
  readonly seller: Ubn;
  readonly sequence: number;
}

/** A ready filing whose file is about to be written, if its attempts and version are still those. */
export interface FilingPromise extends FilingKey {
  /** Counted with this one. */
  readonly attempts: number;
  readonly version: number;
  readonly fileName: string;
  readonly handedAt: TaipeiDateTime;
}
/** A handed filing whose file is there to stay, if it is still that file. */
export interface FilingNote extends FilingKey {
  readonly fileName: string;
}
/** A handed filing whose file Turnkey took, if it is still that file. */
export interface FilingTaken extends FilingNote {
  readonly sentAt: TaipeiDateTime;
}

export interface FilingChanges {
  findFilings(keys: readonly FilingKey[]): Promise<readonly FilingRow[]>;
  /** Every filing of these invoices and of the allowances that take from them, by sequence, each once. */
  findFilingsOf(invoices: readonly InvoiceKey[]): Promise<readonly FilingRow[]>;
  insertFilings(rows: readonly FilingRow[]): Promise<void>;
  saveFilings(rows: readonly FilingRow[]): Promise<void>;

  /** Each of these changes the filings that are as it says, and answers which: the others stay as they are. */
  promiseFilings(rows: readonly FilingPromise[]): Promise<readonly FilingKey[]>;
  noteFilings(rows: readonly FilingNote[]): Promise<readonly FilingKey[]>;
  takeFilings(rows: readonly FilingTaken[]): Promise<readonly FilingKey[]>;
}
