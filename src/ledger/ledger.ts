/** The ledger's whole surface: verbs over batches, and queries. Dialects call this and nothing else. */
import type {
  AllowanceContent,
  AllowanceDraft,
  AllowanceNaming,
  StatedAllowanceDraft,
} from '../domain/allowance.ts';
import type { Outcome } from '../domain/fault.ts';
import type { FilingState } from '../domain/filing.ts';
import type { ComposedInvoice, InvoiceContent, IssuedInvoice } from '../domain/invoice.ts';
import type { InvoiceNumber, Track } from '../domain/invoice-number.ts';
import type { Period } from '../domain/period.ts';
import type { TaipeiDate, TaipeiDateTime } from '../domain/taipei.ts';
import type { Twd } from '../domain/twd.ts';
import type { BranchVerbs } from './branch-ports.ts';
import type { InvoiceToIssue } from './carried-invoice.ts';
import type {
  FilingMoved,
  HoldFilingCommand,
  RecordResultCommand,
  ReleaseFilingCommand,
  ResendFilingCommand,
} from './filing-commands.ts';
import type { ClosedTrack } from './number-report.ts';
import type { Origin } from './origin.ts';
import type { StoreReads } from './ports.ts';
import type { PrintAsked, PrintJobRecorded, PrintJobStep } from './print-ports.ts';
import type {
  AccountId,
  AllowanceRow,
  BlankRow,
  BookRow,
  InvoiceRow,
  MachineRow,
  NoticeRow,
  PendingIssueRow,
  PrintRow,
  SegmentCategory,
  SegmentRow,
} from './rows.ts';
import type { TradedIssue, TradeTerms, TradeVerbs } from './trade-commands.ts';

/** A client's own number for an invoice, and how long it stays taken. */
export interface ReferenceClaim {
  readonly kind: string;
  /** As compared (upper-cased where the provider ignores case). */
  readonly key: string;
  readonly until: 'ever' | 'voided';
}

export interface IssueCommand extends Origin, TradedIssue {
  readonly composed: InvoiceToIssue;
  readonly references: readonly ReferenceClaim[];
  /** As sent, to be shown again. */
  readonly reference: string;
  readonly billingReference: string;
  readonly channel: InvoiceRow['channel'];
  readonly channelPartner: string;
  /** Kaili gives the next number of a segment of this category and usage code. */
  readonly segment: { readonly category: SegmentCategory; readonly code: string };
  /** The client's own number instead of the next one (POS, e首發票 in invoice mode). */
  readonly given?: GivenNumber;
  /** Random code that the client chose for an invoice under Kaili's number; absent or '': Kaili draws it. */
  readonly randomNumber?: string;
  /** Hours from the invoice's time in which it may be amended: its filing waits that long. */
  readonly editHours?: number;
  /** An invoice whose day of upload is over: held until a person decides, or refused. Absent: filed late. */
  readonly overdue?: 'hold' | 'reject';
}

/** Other content for an invoice that was not handed over yet. */
export interface AmendCommand extends Origin {
  readonly number: InvoiceNumber;
  /** Where the client states it, it must be the invoice's own. */
  readonly issuedAt?: TaipeiDateTime;
  readonly composed: ComposedInvoice;
  readonly reference: string;
  readonly billingReference: string;
  /** What it holds from now on, instead of its references of `replacedKinds` that hold until the void. */
  readonly references: readonly ReferenceClaim[];
  readonly replacedKinds: readonly string[];
  /** '' keeps the one it has. */
  readonly randomNumber: string;
  readonly editHours?: number;
}

/** A number that the client's program took, with the time and random code that it printed. */
export interface GivenNumber {
  readonly number: InvoiceNumber;
  readonly issuedAt: TaipeiDateTime;
  /** Four digits; '' where the client leaves it to Kaili. */
  readonly randomNumber: string;
  /**
   * `always`: the number lies in a merchant-allotted segment of the query's category and code.
   * `when-known`: it does, or the seller has no merchant-allotted segment in that period at all (its
   * tracks were never handed to the center). A number of a center-allotted segment is always refused.
   */
  readonly tracks: 'always' | 'when-known';
}

/** Annul and reissue 註銷重開: the same number and time with other content, as version n + 1. */
export interface ReissueCommand extends Origin {
  readonly number: InvoiceNumber;
  /** The invoice's own day; absent: the newest invoice of the number. */
  readonly issuedOn?: TaipeiDate;
  /** 1–20 characters, for the F0701. */
  readonly reason: string;
  readonly composed: ComposedInvoice;
  readonly channelPartner: string;
}

/** Numbers that will never be issued; `first` and `last` are positions in the track. */
export interface DeclareBlankCommand extends Origin {
  readonly period: Period;
  readonly track: Track;
  readonly first: number;
  readonly last: number;
  readonly invoiceType: BookRow['invoiceType'];
}

/** The next unused number of a range; what follows it in the range is blank. */
export interface ReportBlankCommand extends Origin {
  readonly period: Period;
  readonly track: Track;
  /** The range that the client reports about, as positions. */
  readonly first: number;
  readonly last: number;
  /** Within the range, or the position after its last. */
  readonly next: number;
  readonly invoiceType: BookRow['invoiceType'];
}
export interface BlankReported {
  /** Null where the range was used up. */
  readonly blank: BlankRow | null;
}

/** Reports the never-issued numbers of a past period. `isResent`: even what is reported already. */
export interface ClosePeriodCommand extends Origin {
  readonly period: Period;
  /** `settled`: without numbers that a client or a machine may still bring; absent: all. */
  readonly scope?: 'settled' | 'all';
  readonly isResent: boolean;
}

export interface VoidCommand extends Origin {
  readonly number: InvoiceNumber;
  /** The invoice's own day in Taipei; another day is "not found". Absent: the newest of the number. */
  readonly issuedOn?: TaipeiDate;
  /** 1–20 characters. */
  readonly reason: string;
  /** For the F0501, up to 200 characters; absent: none. */
  readonly remark?: string;
  /** The client's own time of the void, not before the invoice's and at most ten minutes ahead; absent: now. */
  readonly at?: TaipeiDateTime;
  /** Last day of the month after the period on which its provider takes the void; 0 the period's end. Absent: 13. */
  readonly graceDay?: number;
}

export interface AllowCommand extends Origin {
  readonly number: InvoiceNumber;
  readonly draft: AllowanceDraft;
  /** Online 線上折讓: it awaits the buyer's consent, reserving its amount meanwhile. */
  readonly consent?: { readonly callbackUrl: string };
}
/** An allowance with net and tax stated apart, over one invoice or several of one buyer. */
export interface AllowStatedCommand extends Origin {
  readonly draft: StatedAllowanceDraft;
  /** Absent: Kaili gives the number. */
  readonly naming?: AllowanceNaming;
  /** The client's own time, which its dialect has judged; absent: now. */
  readonly allowedAt?: TaipeiDateTime;
  /** On traded invoices: as they are; `counterparty` names the buyer then. */
  readonly trade?: TradeTerms;
}

/** What `allow` answers: the allowance and what is left to allow, tax included. */
export interface Allowed {
  readonly content: AllowanceContent;
  readonly remaining: Twd;
  /** Last second in which the buyer may agree; absent where it is in force already. */
  readonly expiresAt?: TaipeiDateTime;
}

export interface VoidAllowanceCommand extends Origin {
  /** The invoice that the client names; absent: whatever invoice the allowance is of. */
  readonly number?: InvoiceNumber;
  readonly allowanceNumber: string;
  readonly reason: string;
  /** For the G0501; absent: none. */
  readonly remark?: string;
  /** The client's own time of the void; absent: now. */
  readonly at?: TaipeiDateTime;
  /** Last second in which this provider takes the void, null never; absent: the 13th after the period. */
  readonly until?: TaipeiDateTime | null;
}
export interface AllowanceVoided {
  readonly number: InvoiceNumber;
  readonly allowanceNumber: string;
  readonly voidedAt: TaipeiDateTime;
}

/** A book and how it is cut into segments; without segments the whole book is one. */
export interface ImportBookCommand extends Origin, Partial<Pick<BookRow, 'head'>> {
  readonly period: Period;
  readonly track: Track;
  readonly first: number;
  readonly last: number;
  readonly invoiceType: BookRow['invoiceType'];
  readonly source: BookRow['source'];
  readonly segments: readonly SegmentCut[];
}

/** A part of a book and what it serves; `active` unless it says otherwise. */
export interface SegmentCut
  extends Pick<SegmentRow, 'first' | 'last' | 'code' | 'category' | 'allotter'> {
  readonly status?: 'idle' | 'active' | 'paused';
}

/** Cuts `first` to `last`, all free numbers of one segment that serves what `from` says, out of it. */
export interface SplitSegmentCommand extends Origin, SegmentCut {
  readonly from: Pick<SegmentRow, 'category' | 'code'>;
  readonly period: Period;
  readonly track: Track;
}

/** Enables, pauses or stops the segment that begins with `first`. */
export interface SetSegmentStatusCommand extends Origin {
  readonly period: Period;
  readonly track: Track;
  readonly first: number;
  readonly status: 'active' | 'paused' | 'stopped';
}

/** Registers a machine 機台, changes its remark, or takes it away; the last two only without tracks. */
export interface SetMachineCommand extends Origin, Pick<MachineRow, 'id' | 'remark'> {
  readonly change: 'add' | 'edit' | 'remove';
}

/** An invoice to be issued later, judged and composed; Kaili gives its number. */
export type DelayedIssue = Omit<IssueCommand, 'given'>;

/** A client's own key of a delayed invoice. */
export interface PendingCommand extends Origin {
  readonly key: string;
}
export interface RescheduleCommand extends PendingCommand {
  readonly invoice: DelayedIssue;
}
export interface ScheduleCommand extends RescheduleCommand {
  /** `date`: issued after the days; `trigger`: the days count from its client's word. */
  readonly mode: 'date' | 'trigger';
  readonly delayDays: number;
  /** Where its client is told when the invoice exists; '' nowhere. */
  readonly callbackUrl: string;
}
export interface Triggered {
  readonly row: PendingIssueRow;
  /** Whether the invoice exists now; otherwise it comes on its day. */
  readonly isIssued: boolean;
}
/** Kaili's own clock asks; `pending` names whose delayed invoice. */
export interface IssuePendingCommand extends Origin {
  readonly pending: { readonly account: AccountId; readonly key: string };
}

/** The buyer's click; whoever holds the link is the buyer. */
export interface ConsentCommand extends Origin {
  readonly allowanceNumber: string;
}
export interface WithdrawAllowanceCommand extends ConsentCommand {
  readonly number: InvoiceNumber;
  readonly reason: string;
}
export interface ExpireAllowanceCommand extends ConsentCommand {
  readonly reason: '';
}

/** A notice to owe; see `notify.ts`. */
export interface NotifyCommand
  extends Origin,
    Pick<NoticeRow, 'kind' | 'tag' | 'audience' | 'recipient' | 'subject' | 'event'> {
  /** Makes it once more although this event was told. */
  readonly isAgain: boolean;
}

/** A certificate is printed: see `record-print.ts`. */
export type RecordPrintCommand = Origin & PrintAsked;
/** What a printer did with a job. */
export type RecordPrintJobCommand = Origin & PrintJobStep;

/** What sending did with a notice. */
export type RecordNoticeCommand = Origin & { readonly sequence: number } & (
    | { readonly to: 'sending' }
    | { readonly to: 'due'; readonly nextAt: TaipeiDateTime; readonly result: string }
    | { readonly to: 'sent' | 'failed'; readonly result: string }
  );
export interface NoticeRecorded {
  readonly notice: NoticeRow;
  /** Whether this command moved it; false where somebody else had done so before. */
  readonly isMoved: boolean;
}

export interface Verbs extends TradeVerbs<Origin>, BranchVerbs {
  issue(commands: readonly IssueCommand[]): Promise<readonly Outcome<IssuedInvoice>[]>;
  amend(commands: readonly AmendCommand[]): Promise<readonly Outcome<InvoiceContent>[]>;
  reissue(commands: readonly ReissueCommand[]): Promise<readonly Outcome<InvoiceContent>[]>;
  void(commands: readonly VoidCommand[]): Promise<readonly Outcome<InvoiceRow>[]>;
  allow(commands: readonly AllowCommand[]): Promise<readonly Outcome<Allowed>[]>;
  allowStated(commands: readonly AllowStatedCommand[]): Promise<readonly Outcome<Allowed>[]>;
  voidAllowance(
    commands: readonly VoidAllowanceCommand[],
  ): Promise<readonly Outcome<AllowanceVoided>[]>;
  schedule(commands: readonly ScheduleCommand[]): Promise<readonly Outcome<PendingIssueRow>[]>;
  reschedule(commands: readonly RescheduleCommand[]): Promise<readonly Outcome<PendingIssueRow>[]>;
  trigger(commands: readonly PendingCommand[]): Promise<readonly Outcome<Triggered>[]>;
  cancelSchedule(commands: readonly PendingCommand[]): Promise<readonly Outcome<PendingIssueRow>[]>;
  issuePending(
    commands: readonly IssuePendingCommand[],
  ): Promise<readonly Outcome<PendingIssueRow | null>[]>;
  consentAllowance(
    commands: readonly ConsentCommand[],
  ): Promise<readonly Outcome<AllowanceContent>[]>;
  withdrawAllowance(
    commands: readonly WithdrawAllowanceCommand[],
  ): Promise<readonly Outcome<AllowanceRow>[]>;
  expireAllowance(
    commands: readonly ExpireAllowanceCommand[],
  ): Promise<readonly Outcome<AllowanceRow>[]>;
  recordPrint(commands: readonly RecordPrintCommand[]): Promise<readonly Outcome<PrintRow>[]>;
  recordPrintJob(
    commands: readonly RecordPrintJobCommand[],
  ): Promise<readonly Outcome<PrintJobRecorded>[]>;
  notify(commands: readonly NotifyCommand[]): Promise<readonly Outcome<NoticeRow>[]>;
  recordNotice(
    commands: readonly RecordNoticeCommand[],
  ): Promise<readonly Outcome<NoticeRecorded>[]>;
  declareBlank(commands: readonly DeclareBlankCommand[]): Promise<readonly Outcome<BlankRow>[]>;
  reportBlank(commands: readonly ReportBlankCommand[]): Promise<readonly Outcome<BlankReported>[]>;
  closePeriod(
    commands: readonly ClosePeriodCommand[],
  ): Promise<readonly Outcome<readonly ClosedTrack[]>[]>;
  importBook(commands: readonly ImportBookCommand[]): Promise<readonly Outcome<BookRow>[]>;
  splitSegment(commands: readonly SplitSegmentCommand[]): Promise<readonly Outcome<SegmentRow>[]>;
  setSegmentStatus(
    commands: readonly SetSegmentStatusCommand[],
  ): Promise<readonly Outcome<SegmentRow>[]>;
  setMachine(commands: readonly SetMachineCommand[]): Promise<readonly Outcome<MachineRow>[]>;
  recordResult(commands: readonly RecordResultCommand[]): Promise<readonly Outcome<FilingMoved>[]>;
  holdFiling(commands: readonly HoldFilingCommand[]): Promise<readonly Outcome<FilingState>[]>;
  releaseFiling(
    commands: readonly ReleaseFilingCommand[],
  ): Promise<readonly Outcome<FilingState>[]>;
  resendFiling(commands: readonly ResendFilingCommand[]): Promise<readonly Outcome<FilingMoved>[]>;
  endEditWindow(
    commands: readonly ReleaseFilingCommand[],
  ): Promise<readonly Outcome<FilingState>[]>;
}

export interface Ledger extends Verbs {
  readonly reads: StoreReads;
}
