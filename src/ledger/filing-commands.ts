/**
 * Commands that move filings: what the outbox and the Ministry say of them, what a person decides. The
 * verbs are in `filing-steps.ts`.
 */
import type { FilingState } from '../domain/filing.ts';
import type { HoldReason } from '../domain/invoice.ts';
import type { TaipeiDate } from '../domain/taipei.ts';
import type { Origin } from './origin.ts';

/** Moves a filing; `recordResult` covers what Turnkey and the platform say, and the outbox's own steps. */
export interface RecordResultCommand extends Origin {
  readonly sequence: number;
  readonly to: Exclude<FilingState, 'held'>;
  /** `''` for steps without an answer; platform code otherwise. */
  readonly code: string;
  readonly text: string;
  /** For `handed`: attempt, counted from 1, and version of the file; any other intent loses. */
  readonly attempt?: number;
  readonly version?: number;
  /** The file of the attempt that it is about; where not said, of the present one. */
  readonly fileName?: string;
  /** For `handed`: whether the file is known to be in place. */
  readonly isWritten?: boolean;
  /** Day of the summary that names it as taken. */
  readonly summarizedOn?: TaipeiDate;
}
export interface FilingMoved {
  readonly state: FilingState;
  /** Whether this command changed anything: of two intents to hand over one filing, one wins. */
  readonly isMoved: boolean;
}
/** The outbox found that a message would be refused, or lacks a setting: hold it, with the reasons. */
export interface HoldFilingCommand extends Origin {
  readonly sequence: number;
  readonly holds: readonly HoldReason[];
  readonly text: string;
  readonly version?: number;
}
/** After mending or a person's decision: the filing is ready again (unless an earlier one is open). */
export interface ReleaseFilingCommand extends Origin {
  readonly sequence: number;
}

/** A person sends a filing that is in one of these states on its way again. */
export interface ResendFilingCommand extends Origin {
  readonly sequence: number;
  readonly from: readonly Exclude<FilingState, 'ready' | 'confirmed'>[];
  /** Why; kept as it is. */
  readonly reason: string;
}
