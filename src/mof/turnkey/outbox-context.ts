/** What every part of the outbox works with, and its limits. */
import type { Ledger } from '../../ledger/ledger.ts';
import type { Accounts, Clock } from '../../ledger/ports.ts';
import type { Log } from '../ports.ts';
import type { FileSystem } from './file-system.ts';
import type { FolderSet } from './folder-set.ts';

export interface OutboxLimits {
  /** Filings handed over in one tick. */
  readonly readyBatchMax: number;
  /** The same while clients crowd the process: messages have days, clients have seconds. */
  readonly crowdedBatchMax: number;
  /** Filings composed, written and recorded together. */
  readonly handOverAtOnceMax: number;
  /** Files that may lie in SRC before hand-over pauses: Turnkey is down then. */
  readonly handedOpenMax: number;
  /** Rows read at once from the list of handed filings. */
  readonly handedPageMax: number;
  /** Result files of each kind read in one tick. */
  readonly resultFilesMax: number;
  /** Held filings looked at again in one tick. */
  readonly heldBatchMax: number;
}

export const OUTBOX_LIMITS: OutboxLimits = {
  readyBatchMax: 5000,
  crowdedBatchMax: 10,
  handOverAtOnceMax: 250,
  handedOpenMax: 5000,
  handedPageMax: 1000,
  resultFilesMax: 200,
  heldBatchMax: 200,
};

export interface OutboxContext {
  readonly ledger: Ledger;
  readonly accounts: Accounts;
  readonly clock: Clock;
  readonly log: Log;
  readonly files: FileSystem;
  readonly folders: FolderSet;
  readonly limits: OutboxLimits;
  /** Whether clients crowd the process; asked once a tick. */
  isCrowded(): boolean;
  /** Whether this process still may work the outbox; asked before every step that cannot be undone. */
  mayWork(): Promise<boolean>;
}
