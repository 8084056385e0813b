/** What a head office 總公司 asks of the ledger for its branches 分支機構, and what it is answered. */
import type { Outcome } from '../domain/fault.ts';
import type { Track } from '../domain/invoice-number.ts';
import type { NumberRange } from '../domain/number-book.ts';
import type { Period } from '../domain/period.ts';
import type { Ubn } from '../domain/ubn.ts';
import type { AccountId, BookRow } from './rows.ts';

/** Allots free whole booklets of one book to a branch. The seller is the head office. */
export interface AllotToBranchCommand {
  readonly seller: Ubn;
  readonly account: AccountId;
  readonly ip: string;
  readonly branch: Ubn;
  readonly period: Period;
  readonly track: Track;
  /** 1 to `BRANCH_RANGES_MAX`, all within one book. */
  readonly ranges: readonly NumberRange[];
}

export interface BranchAllotted {
  /** The head office's book that the ranges are part of. */
  readonly book: BookRow;
  /** False where exactly this was allotted before: nothing is reported again. */
  readonly isNew: boolean;
}

export interface BranchVerbs {
  allotToBranch(
    commands: readonly AllotToBranchCommand[],
  ): Promise<readonly Outcome<BranchAllotted>[]>;
}
