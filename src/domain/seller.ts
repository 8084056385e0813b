/** The seller 營業人: who owes the invoice, and the settings that its documents need. */
import type { ZeroTaxRateReason } from './invoice.ts';
import type { NoticeSettings } from './notice.ts';
import type { Ubn } from './ubn.ts';

/** A branch 分支機構 with a tax ID of its own, to which its head office 總公司 allots numbers. */
export interface Branch {
  readonly ubn: Ubn;
  readonly name: string;
}

export interface Seller {
  readonly ubn: Ubn;
  /** 1–60 characters. */
  readonly name: string;
  /** Up to 100 characters. Without it no invoice can be filed: the gateway refuses a blank one. */
  readonly address: string;
  readonly personInCharge: string;
  readonly phone: string;
  readonly fax: string;
  readonly email: string;
  /** Used where a zero-rated invoice names no reason; '' none: the issue is refused then. */
  readonly zeroTaxRateReasonDefault: ZeroTaxRateReason;
  /** Member-carrier code that the Ministry gave the seller (`EJ0113` in the sandbox); '' none. */
  readonly memberCarrierCode: string;
  /** Whose head office it is; absent: nobody's. */
  readonly branches?: readonly Branch[] | undefined;
  /** What mails and text messages go out by themselves; absent: the default. */
  readonly notices?: NoticeSettings | undefined;
  /**
   * Settings of providers' APIs, by dialect and by the API's own names; what is not here follows the
   * server's. Read and judged by the dialect.
   */
  readonly dialects?: Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined;
}
