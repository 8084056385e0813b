/**
 * The ledger's records as the store keeps them: one interface a table, keys first, each key beginning
 * with the seller. Texts are '' where nothing was given; null marks what has not happened.
 */
import type { AllowanceContent, AllowanceState } from '../domain/allowance.ts';
import type { FilingMessage, FilingState } from '../domain/filing.ts';
import type {
  HoldReason,
  InvoiceContent,
  InvoiceState,
  InvoiceType,
  TaxType,
} from '../domain/invoice.ts';
import type { InvoiceNumber, Track } from '../domain/invoice-number.ts';
import type { NoticeAudience, NoticeKind, NoticeState, NoticeTag } from '../domain/notice.ts';
import type { SegmentStatus } from '../domain/number-book.ts';
import type { Period } from '../domain/period.ts';
import type { PrintMedium, PrintState } from '../domain/print.ts';
import type { TaipeiDate, TaipeiDateTime } from '../domain/taipei.ts';
import type { Twd } from '../domain/twd.ts';
import type { Ubn } from '../domain/ubn.ts';

/** `<dialect>:<account id>`, e.g. `ecpay:2000132`; `system` for Kaili itself. */
export type AccountId = string;

export interface InvoiceKey {
  readonly seller: Ubn;
  readonly period: Period;
  readonly number: InvoiceNumber;
}

/** The seller's chain head and counters; the row that a writer locks. */
export interface SellerHead {
  readonly seller: Ubn;
  /** Sequence and hash of the last journal entry; 0 and 64 zeros before the first. */
  readonly sequence: number;
  readonly hash: string;
  /** Last filing sequence given. */
  readonly filingSequence: number;
  /** Last allowance number given, 16 digits; '' before the first. */
  readonly allowanceNumber: string;
}

export interface BookRow {
  readonly seller: Ubn;
  readonly period: Period;
  readonly track: Track;
  readonly first: number;
  readonly last: number;
  readonly invoiceType: InvoiceType;
  readonly source: 'e0501' | 'csv' | 'manual' | 'sandbox' | 'branch';
  /** The head office to which the range was allotted; '' the seller itself. */
  readonly head: Ubn | '';
  readonly importedAt: TaipeiDateTime;
}

/** Who a segment 切本 serves. `any` serves every category. */
export type SegmentCategory = 'b2c' | 'b2b' | 'pos' | 'systemlead' | 'any';

export interface SegmentRow {
  readonly seller: Ubn;
  readonly period: Period;
  readonly track: Track;
  readonly first: number;
  readonly last: number;
  /** Usage code (`UseFor`, `ProductServiceID`, POS machine); '' the default one. */
  readonly code: string;
  readonly category: SegmentCategory;
  /** `center`: Kaili takes the next number; `merchant`: the client's program takes them. */
  readonly allotter: 'center' | 'merchant';
  readonly invoiceType: InvoiceType;
  readonly status: SegmentStatus;
  /** Next position to give; last + 1 when exhausted. */
  readonly next: number;
  /** Time of the last number given: times never decrease along the numbers. */
  readonly lastIssuedAt: TaipeiDateTime | null;
}

export interface InvoiceRow extends InvoiceKey {
  readonly version: number;
  readonly state: InvoiceState;
  readonly account: AccountId;
  /** How it came: the center's API, a POS, an offline machine (ECPay Query_Category 1, 2, 3). */
  readonly channel: 'api' | 'pos' | 'offline';
  readonly channelPartner: string;
  readonly reference: string;
  readonly invoiceType: InvoiceType;
  readonly taxType: TaxType;
  readonly buyerUbn: Ubn | null;
  readonly buyerName: string;
  readonly buyerPhone: string;
  readonly isPrinted: boolean;
  readonly total: Twd;
  readonly issuedAt: TaipeiDateTime;
  /** Journal sequence of the first issue; breaks ties of time. */
  readonly sequence: number;
  /** Client's address, '' unknown. */
  readonly ip: string;
  readonly voidedAt: TaipeiDateTime | null;
  readonly voidReason: string;
}

/** An immutable version. `content` is canonical JSON; `hash` its SHA-256 in lower-case hex. */
export interface VersionRow extends InvoiceKey {
  readonly version: number;
  readonly content: string;
  readonly hash: string;
}

export interface ReferenceKey {
  readonly seller: Ubn;
  readonly account: AccountId;
  /** `relate`, `billing`: one account may keep several kinds apart. */
  readonly kind: string;
  /** As compared, e.g. upper-cased for ECPay. */
  readonly key: string;
}
export interface ReferenceRow extends ReferenceKey {
  readonly period: Period;
  readonly number: InvoiceNumber;
  /** `ever`: taken for good; `voided`: free again once the invoice is voided. */
  readonly until: 'ever' | 'voided';
}

export interface AllowanceRow {
  readonly seller: Ubn;
  readonly number: string;
  readonly state: AllowanceState;
  readonly account: AccountId;
  readonly period: Period;
  readonly invoiceNumber: InvoiceNumber;
  readonly allowedAt: TaipeiDateTime;
  readonly net: Twd;
  readonly tax: Twd;
  readonly total: Twd;
  readonly content: string;
  readonly hash: string;
  readonly sequence: number;
  readonly ip: string;
  readonly voidedAt: TaipeiDateTime | null;
  readonly voidReason: string;
}

/**
 * What an allowance takes from one invoice. An allowance that names one invoice has one part, its own
 * figures; one over several has a part for each, the first being the invoice of its row.
 */
export interface AllowancePartRow {
  readonly seller: Ubn;
  /** Of the allowance. */
  readonly number: string;
  /** 0 for the invoice of the allowance's row. */
  readonly position: number;
  readonly period: Period;
  readonly invoiceNumber: InvoiceNumber;
  readonly net: Twd;
  readonly tax: Twd;
  readonly total: Twd;
}

export interface FilingRow {
  readonly seller: Ubn;
  readonly sequence: number;
  readonly message: FilingMessage;
  readonly period: Period;
  /** The invoice whose filings go one after another; '' for a number message. */
  readonly invoiceNumber: InvoiceNumber | '';
  /** Of the invoice, or of the number report. */
  readonly version: number;
  /** For messages of an allowance; '' otherwise. */
  readonly allowanceNumber: string;
  /** The other party of an exchange message; '' otherwise. */
  readonly partner: Ubn | '';
  /** When the document changed, where that is not when it was issued: void, annulment, allowance. */
  readonly eventAt: TaipeiDateTime;
  /** Reason of a void or an annulment, as the message bears it; '' otherwise. */
  readonly reason: string;
  /** Remark that the message bears beside its reason (G0501); '' none. */
  readonly remark: string;
  /** Day by which the Ministry's results name it: invoice date, void date, allowance date. */
  readonly keyDate: TaipeiDate;
  readonly state: FilingState;
  /** Why it is held; empty when it is not. */
  readonly holds: readonly HoldReason[];
  /** End of the edit window, with hold `edit-window`; null without one. */
  readonly releaseAt: TaipeiDateTime | null;
  /** Times it was handed over. */
  readonly attempts: number;
  /** File in Turnkey's SRC folder of the last attempt; '' before the first. */
  readonly fileName: string;
  /** Whether the file of that attempt is known to have been written. */
  readonly isWritten: boolean;
  readonly createdAt: TaipeiDateTime;
  /** End of the last day on which the law takes it as in time. */
  readonly dueAt: TaipeiDateTime;
  readonly handedAt: TaipeiDateTime | null;
  readonly sentAt: TaipeiDateTime | null;
  /** When it was confirmed or refused. */
  readonly settledAt: TaipeiDateTime | null;
  /** Platform or local code of the last result, e.g. `E0201`; '' none. */
  readonly resultCode: string;
  readonly resultText: string;
  /** What a number message reports of: track and type, `KA/07`; '' otherwise. */
  readonly numbers: string;
  /** Day on which the platform's daily summary named it as taken; null while none did. */
  readonly summarizedOn: TaipeiDate | null;
}

/** Where a walk along a seller's filings of a state goes on: past a sequence; 0 at its start. */
export interface FilingPlace {
  readonly seller: Ubn;
  readonly state: FilingState;
  readonly past: number;
}

/** What was reported of numbers as such; `content` is canonical JSON (`number-report.ts`). */
export interface NumberReportRow {
  readonly seller: Ubn;
  readonly period: Period;
  readonly message: 'E0401' | 'E0402';
  readonly numbers: string;
  readonly version: number;
  readonly content: string;
  readonly hash: string;
  readonly reportedAt: TaipeiDateTime;
}

/** A machine 機台 that issues by itself and uploads afterwards; its tracks bear its id as their code. */
export interface MachineRow {
  readonly seller: Ubn;
  readonly id: string;
  readonly remark: string;
  readonly createdAt: TaipeiDateTime;
}

/** Numbers of a period that were never issued and never will be 空白發票. */
export interface BlankRow {
  readonly seller: Ubn;
  readonly period: Period;
  readonly track: Track;
  readonly first: number;
  readonly last: number;
  readonly invoiceType: InvoiceType;
  readonly account: AccountId;
  /** Range that was reported (`AB0-499`), whose next report replaces this one; '' declared by itself. */
  readonly report: string;
  readonly declaredAt: TaipeiDateTime;
}

/** A print 列印 of a certificate: who, when, original or not; for a printer also its job. */
export interface PrintRow extends InvoiceKey {
  /** Of the journal entry that made it. */
  readonly sequence: number;
  readonly version: number;
  readonly medium: PrintMedium;
  /** The one original of its version; all others say 補印. */
  readonly isOriginal: boolean;
  readonly hasDetails: boolean;
  /** Code of the printer; '' where none is asked. */
  readonly printer: string;
  readonly account: AccountId;
  readonly state: PrintState;
  /** Times that sending to the printer was begun. */
  readonly attempts: number;
  readonly createdAt: TaipeiDateTime;
  readonly nextAt: TaipeiDateTime;
  readonly settledAt: TaipeiDateTime | null;
  /** What the last attempt came to, for a person. */
  readonly result: string;
}

/** A thermal printer of a seller, reached over TCP. */
export interface PrinterRow {
  readonly seller: Ubn;
  /** As clients name it; `00` is the usual one. */
  readonly code: string;
  readonly host: string;
  readonly port: number;
  /** Millimetres of its paper: 58 or 80. */
  readonly roll: number;
  /** 203 or 300. */
  readonly dpi: number;
  readonly hasCutter: boolean;
  /** Whether it answers ESC/POS status requests: only then is a print known to be on paper. */
  readonly answersStatus: boolean;
}

/** One mail, text message, callback or webhook 通知 owed to someone for one event. */
export interface NoticeRow {
  readonly seller: Ubn;
  /** Of the journal entry that made it. */
  readonly sequence: number;
  readonly kind: NoticeKind;
  readonly tag: NoticeTag;
  readonly audience: NoticeAudience;
  /** Mail address, telephone number or URL. Personal data: never logged. */
  readonly recipient: string;
  /** The document, as journal subjects write it. */
  readonly subject: string;
  /** The account whose program it is for, or whose request made it. */
  readonly account: AccountId;
  /** Names the event, whom and how: one notice is owed for it, never two. */
  readonly event: string;
  readonly state: NoticeState;
  /** Times that sending was begun. */
  readonly attempts: number;
  readonly createdAt: TaipeiDateTime;
  /** When the next attempt may begin. */
  readonly nextAt: TaipeiDateTime;
  readonly settledAt: TaipeiDateTime | null;
  /** What the last attempt came to, for a person; no personal data. */
  readonly result: string;
}

/** A client's own key of a delayed invoice (ECPay Tsr), as compared. */
export interface PendingKey {
  readonly seller: Ubn;
  readonly account: AccountId;
  readonly key: string;
}

/** An invoice to be 延遲開立: waits for a day, or for its client's word and then a day. */
export interface PendingIssueRow extends PendingKey {
  readonly state: 'waiting' | 'issued' | 'cancelled';
  readonly mode: 'date' | 'trigger';
  /** Days from scheduling, or from the trigger. */
  readonly delayDays: number;
  /** From when on it is issued; null while its trigger is awaited. */
  readonly dueAt: TaipeiDateTime | null;
  readonly triggeredAt: TaipeiDateTime | null;
  /** When issuing is tried: `dueAt`, later after a failure; null while its trigger is awaited. */
  readonly nextAt: TaipeiDateTime | null;
  /** Where its client is told; '' nowhere. */
  readonly callbackUrl: string;
  /** The client's own number of the invoice, as compared. */
  readonly referenceKey: string;
  /** The command that issues it, as JSON; `hash` is its SHA-256. */
  readonly command: string;
  readonly hash: string;
  /** Journal sequence of the last scheduling or rescheduling. */
  readonly sequence: number;
  readonly scheduledAt: TaipeiDateTime;
  /** The invoice that came of it; '' before. */
  readonly period: Period | '';
  readonly number: InvoiceNumber | '';
  readonly settledAt: TaipeiDateTime | null;
  /** Code of the fault that kept the last attempt from issuing; ''. */
  readonly problem: string;
}

/** The buyer's consent that an online allowance 線上折讓 waits for. */
export interface ConsentRow {
  readonly seller: Ubn;
  /** The allowance's number. */
  readonly number: string;
  /** Unguessable part of the link that the buyer gets. */
  readonly token: string;
  readonly requestedAt: TaipeiDateTime;
  /** Last second in which the buyer may agree. */
  readonly expiresAt: TaipeiDateTime;
  /** Where the client is told of it; '' nowhere. */
  readonly callbackUrl: string;
  readonly state: 'waiting' | 'given' | 'expired' | 'withdrawn';
  readonly settledAt: TaipeiDateTime | null;
}

/** A journal entry 日誌; see `journal.ts` for what its hash covers. */
export interface EntryRow {
  readonly seller: Ubn;
  readonly sequence: number;
  readonly at: TaipeiDateTime;
  readonly verb: string;
  readonly actor: AccountId;
  /** e.g. `invoice/11512/AB12345678/1`, `allowance/2026112110000001`. */
  readonly subject: string;
  readonly contentHash: string;
  readonly previousHash: string;
  readonly hash: string;
}

/** An invoice with all that queries show of it. */
export interface InvoiceRecord {
  readonly row: InvoiceRow;
  readonly content: InvoiceContent;
  /** Sum of live and consent-awaiting allowances, tax included. */
  readonly allowed: Twd;
  /** The F0401 of the current version, or its A0101; and the F0501 or A0201 where there is one. */
  readonly issueFiling: FilingRow;
  readonly voidFiling: FilingRow | null;
}

export interface AllowanceRecord {
  readonly row: AllowanceRow;
  readonly content: AllowanceContent;
  /** Null while the buyer's consent is awaited. */
  readonly allowFiling: FilingRow | null;
  readonly voidFiling: FilingRow | null;
}
