/** What the store keeps of a person's decision to send a filing again. */
import type { FilingState } from '../domain/filing.ts';
import type { TaipeiDateTime } from '../domain/taipei.ts';
import type { Ubn } from '../domain/ubn.ts';
import type { AccountId } from './rows.ts';

/** A person sent a filing on its way again. */
export interface MendingRow {
  readonly seller: Ubn;
  /** Of the journal entry. */
  readonly sequence: number;
  /** Sequence of the filing. */
  readonly filing: number;
  readonly fromState: FilingState;
  /** File of the attempt that was given up; '' before the first. */
  readonly fileName: string;
  readonly reason: string;
  readonly account: AccountId;
  readonly mendedAt: TaipeiDateTime;
}
