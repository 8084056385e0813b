/**
 * A typed client of ECPay's B2C e-invoice API, for ECPay itself and for Kaili, which speaks the same
 * API: one method an endpoint, inputs and results by their wire names.
 *
 * Money: whole amounts are numbers (at most twelve digits, which a number holds exactly). Quantities,
 * prices and line amounts have up to seven decimals: results give them as canonical decimal text, and
 * inputs take text or a number. Pass computed values as text, since 0.1 + 0.2 is not 0.3.
 */

import { ALLOWANCE } from '../wire/ecpay-b2c/allowance.ts';
import { ALLOWANCE_BY_COLLEGIATE } from '../wire/ecpay-b2c/allowance-by-collegiate.ts';
import { ALLOWANCE_INVALID } from '../wire/ecpay-b2c/allowance-invalid.ts';
import { ALLOWANCE_INVALID_BY_COLLEGIATE } from '../wire/ecpay-b2c/allowance-invalid-by-collegiate.ts';
import { CANCEL_DELAY_ISSUE } from '../wire/ecpay-b2c/cancel-delay-issue.ts';
import { CHECK_BARCODE } from '../wire/ecpay-b2c/check-barcode.ts';
import { CHECK_LOVE_CODE } from '../wire/ecpay-b2c/check-love-code.ts';
import { DELAY_ISSUE } from '../wire/ecpay-b2c/delay-issue.ts';
import { EDIT_DELAY_ISSUE } from '../wire/ecpay-b2c/edit-delay-issue.ts';
import { GET_ALLOWANCE } from '../wire/ecpay-b2c/get-allowance.ts';
import { GET_ALLOWANCE_INVALID } from '../wire/ecpay-b2c/get-allowance-invalid.ts';
import { GET_ALLOWANCE_LIST } from '../wire/ecpay-b2c/get-allowance-list.ts';
import { GET_COMPANY_NAME } from '../wire/ecpay-b2c/get-company-name-by-tax-id.ts';
import { GET_INVALID } from '../wire/ecpay-b2c/get-invalid.ts';
import { GET_ISSUE } from '../wire/ecpay-b2c/get-issue.ts';
import { GET_ISSUE_LIST, GET_ISSUE_LIST_CSV } from '../wire/ecpay-b2c/get-issue-list.ts';
import { INVALID } from '../wire/ecpay-b2c/invalid.ts';
import { INVOICE_NOTIFY } from '../wire/ecpay-b2c/invoice-notify.ts';
import { INVOICE_PRINT } from '../wire/ecpay-b2c/invoice-print.ts';
import { ISSUE } from '../wire/ecpay-b2c/issue.ts';
import {
  GET_OFFLINE_INVOICE_WORD_SETTING,
  GET_OFFLINE_INVOICE_WORD_SETTING_NUMBER,
  GET_OFFLINE_MERCHANT_INFO,
  OFFLINE_INVALID,
  OFFLINE_ISSUE,
  OFFLINE_MERCHANT_POS_SETTING,
  QUERY_OFFLINE_MERCHANT_POS_SETTING,
} from '../wire/ecpay-b2c/offline.ts';
import {
  ADD_INVOICE_WORD_SETTING,
  GET_GOV_INVOICE_WORD_SETTING,
  GET_INVOICE_WORD_SETTING,
  UPDATE_INVOICE_WORD_STATUS,
} from '../wire/ecpay-b2c/tracks.ts';
import { TRIGGER_ISSUE } from '../wire/ecpay-b2c/trigger-issue.ts';
import { VOID_WITH_RE_ISSUE } from '../wire/ecpay-b2c/void-with-re-issue.ts';
import { ecpayKeys } from '../wire/ecpay-envelope.ts';
import type { Wire, WireEndpoint, WireInput } from '../wire/field.ts';
import type { EcpayResult } from './result.ts';
import { type CallOptions, exchange, type Transport } from './transport.ts';

/** How long a call may take when nothing else is said. */
export const TIMEOUT_MS_DEFAULT = 30_000;

/** Where and as whom a client calls. */
export interface EcpayClientOptions {
  /** `https://einvoice.ecpay.com.tw`, its stage, or a Kaili server such as `http://127.0.0.1:8787`. */
  readonly baseUrl: string;
  readonly merchantId: string;
  /** 16 characters. With a `platformId` the platform's key, not the merchant's. */
  readonly hashKey: string;
  /** 16 characters. With a `platformId` the platform's. */
  readonly hashIv: string;
  /** Only for contracted platform merchants. */
  readonly platformId?: string | undefined;
  /** Milliseconds for a whole call; 30,000 when not given. */
  readonly timeoutMs?: number | undefined;
  /** Instead of the global `fetch`, for example one with a proxy. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Instead of `Date.now`: milliseconds since 1970. ECPay allows ten minutes of difference. */
  readonly clock?: (() => number) | undefined;
}

/** What a method of an endpoint takes: its request without the parts that the client fills in. */
export type EcpayInput<E extends WireEndpoint> = Omit<
  WireInput<E['request']>,
  'MerchantID' | 'DataType'
>;

/** The typed data of an endpoint's success. */
export type EcpayData<E extends WireEndpoint> = Wire<E['reply']>;

/** One endpoint as a method. Throws `EcpayNetworkError`, or `WireValueError` for an unwritable input. */
export type EcpayMethod<E extends WireEndpoint> = (
  input: EcpayInput<E>,
  options?: CallOptions,
) => Promise<EcpayResult<EcpayData<E>>>;

/** A client of one merchant. */
export interface EcpayClient {
  /** Issue an invoice 開立. Repeating one RelateNumber never issues twice: it is refused (5070357). */
  readonly issue: EcpayMethod<typeof ISSUE>;
  /** One invoice, by RelateNumber or by InvoiceNo and InvoiceDate. */
  readonly getIssue: EcpayMethod<typeof GET_ISSUE>;
  /** The invoices of some days, newest first, paged. */
  readonly getIssueList: EcpayMethod<typeof GET_ISSUE_LIST>;
  /** The same page as one CSV text in `InvoiceData`, with Chinese headings. */
  readonly getIssueListCsv: EcpayMethod<typeof GET_ISSUE_LIST_CSV>;
  /** Void an invoice 作廢. */
  readonly invalid: EcpayMethod<typeof INVALID>;
  /** Annul an invoice and issue it again under its number 註銷重開. */
  readonly voidWithReIssue: EcpayMethod<typeof VOID_WITH_RE_ISSUE>;
  /** Make an allowance 折讓 on an invoice. */
  readonly allowance: EcpayMethod<typeof ALLOWANCE>;
  /** Void an allowance 作廢折讓. */
  readonly allowanceInvalid: EcpayMethod<typeof ALLOWANCE_INVALID>;
  /** Issue an invoice later 延遲開立: after some days, or on `triggerIssue`. */
  readonly delayIssue: EcpayMethod<typeof DELAY_ISSUE>;
  /** Replace the content of a delayed invoice that still waits. */
  readonly editDelayIssue: EcpayMethod<typeof EDIT_DELAY_ISSUE>;
  /** Release a delayed invoice: RtnCode 4000003 (on its day) or 4000004 (issued now) is its success. */
  readonly triggerIssue: EcpayMethod<typeof TRIGGER_ISSUE>;
  /** Drop a delayed invoice that still waits. */
  readonly cancelDelayIssue: EcpayMethod<typeof CANCEL_DELAY_ISSUE>;
  /** Ask the buyer by mail to agree to an allowance 線上折讓. */
  readonly allowanceByCollegiate: EcpayMethod<typeof ALLOWANCE_BY_COLLEGIATE>;
  /** Withdraw an allowance that the buyer has not agreed to. */
  readonly allowanceInvalidByCollegiate: EcpayMethod<typeof ALLOWANCE_INVALID_BY_COLLEGIATE>;
  /** Tell buyer or merchant of an invoice by mail or SMS. */
  readonly invoiceNotify: EcpayMethod<typeof INVOICE_NOTIFY>;
  /** One allowance. */
  readonly getAllowance: EcpayMethod<typeof GET_ALLOWANCE>;
  /** Allowances by number, invoice or day; refused with 7 when there are none. */
  readonly getAllowanceList: EcpayMethod<typeof GET_ALLOWANCE_LIST>;
  /** How and when an invoice was voided. */
  readonly getInvalid: EcpayMethod<typeof GET_INVALID>;
  /** How and when an allowance was voided. */
  readonly getAllowanceInvalid: EcpayMethod<typeof GET_ALLOWANCE_INVALID>;
  /** Whether a mobile barcode 手機條碼 exists; 9000001 means that nobody could be asked. */
  readonly checkBarcode: EcpayMethod<typeof CHECK_BARCODE>;
  /** Whether a donation code 愛心碼 exists, and whose it is. */
  readonly checkLoveCode: EcpayMethod<typeof CHECK_LOVE_CODE>;
  /** The name of a business by its tax ID 統一編號; refused with 7 when there is none. */
  readonly getCompanyNameByTaxId: EcpayMethod<typeof GET_COMPANY_NAME>;
  /** A link, valid for an hour, to an invoice's print page; refused with 100 where nothing may be printed. */
  readonly invoicePrint: EcpayMethod<typeof INVOICE_PRINT>;
  /** The books of numbers 配號 that the Ministry allotted in a year. */
  readonly getGovInvoiceWordSetting: EcpayMethod<typeof GET_GOV_INVOICE_WORD_SETTING>;
  /** Take a track 字軌 into use; it has to be enabled. */
  readonly addInvoiceWordSetting: EcpayMethod<typeof ADD_INVOICE_WORD_SETTING>;
  /** Enable (2), pause (1) or disable for good (0) a track. */
  readonly updateInvoiceWordStatus: EcpayMethod<typeof UPDATE_INVOICE_WORD_STATUS>;
  /** The tracks of a year. */
  readonly getInvoiceWordSetting: EcpayMethod<typeof GET_INVOICE_WORD_SETTING>;
  /** Who the merchant of a machine is. */
  readonly getOfflineMerchantInfo: EcpayMethod<typeof GET_OFFLINE_MERCHANT_INFO>;
  /** Add (1), edit (2) or delete (3) a machine that issues by itself. */
  readonly offlineMerchantPosSetting: EcpayMethod<typeof OFFLINE_MERCHANT_POS_SETTING>;
  /** The machines. */
  readonly queryOfflineMerchantPosSetting: EcpayMethod<typeof QUERY_OFFLINE_MERCHANT_POS_SETTING>;
  /** A machine's track: the one in use, or the spare one. */
  readonly getOfflineInvoiceWordSetting: EcpayMethod<typeof GET_OFFLINE_INVOICE_WORD_SETTING>;
  /** The numbers of that track, with random code and check field. */
  readonly getOfflineInvoiceWordSettingNumber: EcpayMethod<
    typeof GET_OFFLINE_INVOICE_WORD_SETTING_NUMBER
  >;
  /** Upload an invoice that a machine issued. */
  readonly offlineIssue: EcpayMethod<typeof OFFLINE_ISSUE>;
  /** Upload a void that a machine did. */
  readonly offlineInvalid: EcpayMethod<typeof OFFLINE_INVALID>;
}

/** ECPay's Revision of the B2C API, as its own SDKs send it. */
const REVISION_B2C = '3.0.0';

/**
 * Makes a client; connects to nothing yet. Throws a RangeError when a key is not 16 characters or the
 * base URL is none of HTTP.
 */
export function createEcpayClient(options: EcpayClientOptions): EcpayClient {
  const transport = transportOf(options, REVISION_B2C);
  const method =
    <E extends WireEndpoint>(endpoint: E, fixed: object = {}): EcpayMethod<E> =>
    (input, callOptions = {}) =>
      exchange(transport, endpoint, { ...input, ...fixed }, callOptions);
  return {
    issue: method(ISSUE),
    getIssue: method(GET_ISSUE),
    getIssueList: method(GET_ISSUE_LIST, { DataType: 1 }),
    getIssueListCsv: method(GET_ISSUE_LIST_CSV, { DataType: 2 }),
    invalid: method(INVALID),
    voidWithReIssue: method(VOID_WITH_RE_ISSUE),
    allowance: method(ALLOWANCE),
    allowanceInvalid: method(ALLOWANCE_INVALID),
    delayIssue: method(DELAY_ISSUE),
    editDelayIssue: method(EDIT_DELAY_ISSUE),
    triggerIssue: method(TRIGGER_ISSUE),
    cancelDelayIssue: method(CANCEL_DELAY_ISSUE),
    allowanceByCollegiate: method(ALLOWANCE_BY_COLLEGIATE),
    allowanceInvalidByCollegiate: method(ALLOWANCE_INVALID_BY_COLLEGIATE),
    invoiceNotify: method(INVOICE_NOTIFY),
    getAllowance: method(GET_ALLOWANCE),
    getAllowanceList: method(GET_ALLOWANCE_LIST),
    getInvalid: method(GET_INVALID),
    getAllowanceInvalid: method(GET_ALLOWANCE_INVALID),
    checkBarcode: method(CHECK_BARCODE),
    checkLoveCode: method(CHECK_LOVE_CODE),
    getCompanyNameByTaxId: method(GET_COMPANY_NAME),
    invoicePrint: method(INVOICE_PRINT),
    getGovInvoiceWordSetting: method(GET_GOV_INVOICE_WORD_SETTING),
    addInvoiceWordSetting: method(ADD_INVOICE_WORD_SETTING),
    updateInvoiceWordStatus: method(UPDATE_INVOICE_WORD_STATUS),
    getInvoiceWordSetting: method(GET_INVOICE_WORD_SETTING),
    getOfflineMerchantInfo: method(GET_OFFLINE_MERCHANT_INFO),
    offlineMerchantPosSetting: method(OFFLINE_MERCHANT_POS_SETTING),
    queryOfflineMerchantPosSetting: method(QUERY_OFFLINE_MERCHANT_POS_SETTING),
    getOfflineInvoiceWordSetting: method(GET_OFFLINE_INVOICE_WORD_SETTING),
    getOfflineInvoiceWordSettingNumber: method(GET_OFFLINE_INVOICE_WORD_SETTING_NUMBER),
    offlineIssue: method(OFFLINE_ISSUE),
    offlineInvalid: method(OFFLINE_INVALID),
  };
}

/** What every call of one client has in common; throws a RangeError for keys or a base URL that are none. */
export function transportOf(options: EcpayClientOptions, revision: string): Transport {
  if (!/^https?:\/\/[^/?#]/.test(options.baseUrl) || !URL.canParse(options.baseUrl)) {
    throw new RangeError('baseUrl is no http or https address');
  }
  return {
    baseUrl: options.baseUrl.replace(/\/+$/, ''),
    merchantId: options.merchantId,
    platformId: options.platformId,
    keys: ecpayKeys(options.hashKey, options.hashIv),
    fetch: options.fetch ?? globalThis.fetch,
    clock: options.clock ?? Date.now,
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS_DEFAULT,
    revision,
  };
}
