/** What lists of filings and of notices are filtered by. Absent members do not filter. */
import type { FilingMessage, FilingState } from '../domain/filing.ts';
import type { HoldReason } from '../domain/invoice.ts';
import type { NoticeKind, NoticeState } from '../domain/notice.ts';
import type { TaipeiDate, TaipeiDateTime } from '../domain/taipei.ts';
import type { Ubn } from '../domain/ubn.ts';

export interface FilingFilter {
  readonly seller?: Ubn;
  readonly states?: readonly FilingState[];
  readonly message?: FilingMessage;
  readonly isWritten?: boolean;
  /** Held for this reason, among others. */
  readonly heldFor?: HoldReason;
  readonly sequence?: number;
  /** Days by which results name them, both included. */
  readonly keyDateFrom?: TaipeiDate;
  readonly keyDateTo?: TaipeiDate;
  /** Whether it is about numbers instead of a document. */
  readonly isOfNumbers?: boolean;
  /** Whether a daily summary named it as taken. */
  readonly isSummarized?: boolean;
  /** Due at or before. */
  readonly dueBefore?: TaipeiDateTime;
  /** With an edit window that has ended at or before. */
  readonly releaseBefore?: TaipeiDateTime;
}

export interface NoticeFilter {
  readonly seller?: Ubn;
  readonly states?: readonly NoticeState[];
  readonly kinds?: readonly NoticeKind[];
  readonly subject?: string;
}

/** How the Ministry's results name a message. */
export interface FilingResultKey {
  readonly seller: Ubn;
  readonly message: FilingMessage;
  /** Invoice or allowance number; `KA/07` for a number message, whatever the day. */
  readonly number: string;
  readonly keyDate: TaipeiDate;
}

/** Filings of one day that are alike. */
export interface DayCount {
  readonly message: FilingMessage;
  readonly state: FilingState;
  readonly isSummarized: boolean;
  readonly count: number;
}
