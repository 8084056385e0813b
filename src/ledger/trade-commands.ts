/** What the verbs over trading partners and trades are told; `ledger.ts` adds who asks and has the verbs. */
import type { Outcome } from '../domain/fault.ts';
import type { FilingState } from '../domain/filing.ts';
import type { PartnerFacts, TradeMode } from '../domain/partner.ts';
import type { TaipeiDate, TaipeiDateTime } from '../domain/taipei.ts';
import type {
  PurchasedAllowance,
  PurchasedInvoice,
  TradeAct,
  TradeKind,
  TradeParty,
} from '../domain/trade.ts';
import type { Ubn } from '../domain/ubn.ts';
import type { PartnerRow, TradeRow } from './trade-rows.ts';

/** How a document is traded, and how its seller is named to the buyer. */
export interface TradeTerms {
  readonly mode: TradeMode;
  readonly supplier: TradeParty;
}

/** What an issue says besides, where its invoice is traded. */
export interface TradedIssue {
  /**
   * The client's own time under Kaili's number: not before that of the number before it. Its period is the
   * one whose numbers are used. Absent: now. How far back it may be is the dialect's rule.
   */
  readonly issuedAt?: TaipeiDateTime;
  /** A business document that is traded with its buyer (B2B); `counterparty` names the buyer then. */
  readonly trade?: TradeTerms;
}

/** A trade as its party finds it. */
export type TradeName = Pick<TradeRow, 'kind' | 'number' | 'side' | 'partner' | 'period'>;

/** Confirms what the other party did; `counterparty` is the trade's partner. */
export interface ConfirmFacts {
  readonly trade: TradeName;
  readonly act: TradeAct;
  /** Up to 200 characters; '' none. */
  readonly remark: string;
}

/** Returns an invoice 退回: by its buyer, or in storage mode as an entry of its seller's. */
export interface RejectFacts {
  readonly trade: TradeName;
  /** 1–20 characters. */
  readonly reason: string;
  readonly remark: string;
}

/** Voids an exchanged document as far as its seller can: the buyer's confirmation makes it so. */
export interface VoidTradeFacts extends RejectFacts {
  /** Last second in which it may be asked. */
  readonly until?: TaipeiDateTime;
}

/** A message of the exchange that came in from a party outside this center. */
export interface ReceiveFacts {
  readonly from: Ubn;
  readonly incoming: Incoming;
}
export type Incoming =
  | { readonly what: 'invoice'; readonly content: PurchasedInvoice }
  | { readonly what: 'allowance'; readonly content: PurchasedAllowance }
  | (IncomingStep & {
      readonly what: 'deed';
      readonly act: 'void' | 'return';
      readonly reason: string;
    })
  | (IncomingStep & { readonly what: 'confirmation'; readonly act: TradeAct });
interface IncomingStep {
  readonly kind: TradeKind;
  readonly number: string;
  /** The document's own day. */
  readonly day: TaipeiDate;
  readonly at: TaipeiDateTime;
  readonly remark: string;
}
/** `known`: the same was taken before; nothing changes. */
export type Received = 'taken' | 'known';

export interface UpsertPartnerFacts {
  readonly partner: PartnerFacts;
  /** What must be there: `absent` refuses a known partner, `present` an unknown one. */
  readonly expects: 'absent' | 'present';
}
export interface DeletePartnerFacts {
  readonly partner: Ubn;
}

/** The verbs; `Asked` is who asks, for whom, from where. */
export interface TradeVerbs<Asked> {
  upsertPartner(
    commands: readonly (Asked & UpsertPartnerFacts)[],
  ): Promise<readonly Outcome<PartnerRow>[]>;
  deletePartner(
    commands: readonly (Asked & DeletePartnerFacts)[],
  ): Promise<readonly Outcome<PartnerRow>[]>;
  confirm(commands: readonly (Asked & ConfirmFacts)[]): Promise<readonly Outcome<TradeRow>[]>;
  reject(commands: readonly (Asked & RejectFacts)[]): Promise<readonly Outcome<TradeRow>[]>;
  voidTrade(commands: readonly (Asked & VoidTradeFacts)[]): Promise<readonly Outcome<TradeRow>[]>;
  receive(commands: readonly (Asked & ReceiveFacts)[]): Promise<readonly Outcome<Received>[]>;
  /** Lets a filing go that waited for the partner's message, if that is confirmed now. */
  releasePartnerFiling(
    commands: readonly (Asked & { readonly sequence: number })[],
  ): Promise<readonly Outcome<FilingState>[]>;
}
