/**
 * A typed client of ECPay's B2B e-invoice API, for ECPay itself and for Kaili: one method an endpoint. Money
 * and decimals as in the B2C client; amounts are without tax but an invoice's TotalAmount.
 */
import { B2B_ALLOWANCE } from '../wire/ecpay-b2b/allowance.ts';
import { B2B_ALLOWANCE_CONFIRM } from '../wire/ecpay-b2b/allowance-confirm.ts';
import { B2B_CANCEL_ALLOWANCE } from '../wire/ecpay-b2b/cancel-allowance.ts';
import { B2B_CANCEL_ALLOWANCE_CONFIRM } from '../wire/ecpay-b2b/cancel-allowance-confirm.ts';
import { B2B_GET_ALLOWANCE } from '../wire/ecpay-b2b/get-allowance.ts';
import { B2B_GET_ALLOWANCE_CONFIRM } from '../wire/ecpay-b2b/get-allowance-confirm.ts';
import { B2B_GET_ALLOWANCE_INVALID } from '../wire/ecpay-b2b/get-allowance-invalid.ts';
import { B2B_GET_ALLOWANCE_INVALID_CONFIRM } from '../wire/ecpay-b2b/get-allowance-invalid-confirm.ts';
import { B2B_GET_COMPANY_NAME } from '../wire/ecpay-b2b/get-company-name-by-tax-id.ts';
import { B2B_GET_INVALID } from '../wire/ecpay-b2b/get-invalid.ts';
import { B2B_GET_INVALID_CONFIRM } from '../wire/ecpay-b2b/get-invalid-confirm.ts';
import { B2B_GET_ISSUE } from '../wire/ecpay-b2b/get-issue.ts';
import { B2B_GET_ISSUE_CONFIRM } from '../wire/ecpay-b2b/get-issue-confirm.ts';
import { B2B_GET_REJECT } from '../wire/ecpay-b2b/get-reject.ts';
import { B2B_GET_REJECT_CONFIRM } from '../wire/ecpay-b2b/get-reject-confirm.ts';
import { B2B_INVALID } from '../wire/ecpay-b2b/invalid.ts';
import { B2B_INVALID_CONFIRM } from '../wire/ecpay-b2b/invalid-confirm.ts';
import { B2B_ISSUE } from '../wire/ecpay-b2b/issue.ts';
import { B2B_ISSUE_CONFIRM } from '../wire/ecpay-b2b/issue-confirm.ts';
import { B2B_PARTNER } from '../wire/ecpay-b2b/maintain-merchant-customer-data.ts';
import { B2B_NOTIFY } from '../wire/ecpay-b2b/notify.ts';
import { B2B_DOWNLOAD_PDF, B2B_INVOICE_PRINT } from '../wire/ecpay-b2b/print.ts';
import { B2B_REJECT } from '../wire/ecpay-b2b/reject.ts';
import { B2B_REJECT_CONFIRM } from '../wire/ecpay-b2b/reject-confirm.ts';
import {
  B2B_ADD_TRACK,
  B2B_GET_GOV_TRACKS,
  B2B_GET_TRACKS,
  B2B_UPDATE_TRACK,
} from '../wire/ecpay-b2b/tracks.ts';
import { B2B_VOID_WITH_REISSUE } from '../wire/ecpay-b2b/void-with-re-issue.ts';
import type { WireEndpoint } from '../wire/field.ts';
import {
  type EcpayClientOptions,
  type EcpayInput,
  type EcpayMethod,
  transportOf,
} from './client.ts';
import type { EcpayResult } from './result.ts';
import { type CallOptions, download, exchange } from './transport.ts';

/** A client of one merchant: seller of its own invoices, buyer of its partners'. */
export interface EcpayB2bClient {
  /** Add, change or delete a trading partner 交易對象. 6160052: it is there already. */
  readonly maintainPartner: EcpayMethod<typeof B2B_PARTNER>;
  /** Issue to a partner; the partner's mode decides whether it is stored or exchanged. */
  readonly issue: EcpayMethod<typeof B2B_ISSUE>;
  readonly issueConfirm: EcpayMethod<typeof B2B_ISSUE_CONFIRM>;
  readonly invalid: EcpayMethod<typeof B2B_INVALID>;
  readonly invalidConfirm: EcpayMethod<typeof B2B_INVALID_CONFIRM>;
  readonly reject: EcpayMethod<typeof B2B_REJECT>;
  readonly rejectConfirm: EcpayMethod<typeof B2B_REJECT_CONFIRM>;
  readonly allowance: EcpayMethod<typeof B2B_ALLOWANCE>;
  readonly allowanceConfirm: EcpayMethod<typeof B2B_ALLOWANCE_CONFIRM>;
  readonly cancelAllowance: EcpayMethod<typeof B2B_CANCEL_ALLOWANCE>;
  readonly cancelAllowanceConfirm: EcpayMethod<typeof B2B_CANCEL_ALLOWANCE_CONFIRM>;
  /** Annul and issue again under the same number 註銷重開; storage mode. */
  readonly voidWithReIssue: EcpayMethod<typeof B2B_VOID_WITH_REISSUE>;
  readonly getIssue: EcpayMethod<typeof B2B_GET_ISSUE>;
  readonly getIssueConfirm: EcpayMethod<typeof B2B_GET_ISSUE_CONFIRM>;
  readonly getInvalid: EcpayMethod<typeof B2B_GET_INVALID>;
  readonly getInvalidConfirm: EcpayMethod<typeof B2B_GET_INVALID_CONFIRM>;
  readonly getReject: EcpayMethod<typeof B2B_GET_REJECT>;
  readonly getRejectConfirm: EcpayMethod<typeof B2B_GET_REJECT_CONFIRM>;
  readonly getAllowance: EcpayMethod<typeof B2B_GET_ALLOWANCE>;
  readonly getAllowanceConfirm: EcpayMethod<typeof B2B_GET_ALLOWANCE_CONFIRM>;
  readonly getAllowanceInvalid: EcpayMethod<typeof B2B_GET_ALLOWANCE_INVALID>;
  readonly getAllowanceInvalidConfirm: EcpayMethod<typeof B2B_GET_ALLOWANCE_INVALID_CONFIRM>;
  readonly getGovInvoiceWordSetting: EcpayMethod<typeof B2B_GET_GOV_TRACKS>;
  readonly addInvoiceWordSetting: EcpayMethod<typeof B2B_ADD_TRACK>;
  readonly updateInvoiceWordStatus: EcpayMethod<typeof B2B_UPDATE_TRACK>;
  readonly getInvoiceWordSetting: EcpayMethod<typeof B2B_GET_TRACKS>;
  readonly getCompanyNameByTaxId: EcpayMethod<typeof B2B_GET_COMPANY_NAME>;
  /** Mails a notice about a document to the other party, the merchant or both. */
  readonly notify: EcpayMethod<typeof B2B_NOTIFY>;
  readonly invoicePrint: EcpayMethod<typeof B2B_INVOICE_PRINT>;
  /** The invoice as PDF. */
  readonly downloadPdf: (
    input: EcpayInput<typeof B2B_DOWNLOAD_PDF>,
    options?: CallOptions,
  ) => Promise<EcpayResult<Uint8Array>>;
}

/** ECPay's Revision of the B2B API, as its own SDKs send it. */
const REVISION_B2B = '1.0.0';

/** Makes a client; connects to nothing yet. Throws as `createEcpayClient` does. */
export function createEcpayB2bClient(options: EcpayClientOptions): EcpayB2bClient {
  const transport = transportOf(options, REVISION_B2B);
  const method =
    <E extends WireEndpoint>(endpoint: E): EcpayMethod<E> =>
    (input, callOptions = {}) =>
      exchange(transport, endpoint, input, callOptions);
  return {
    maintainPartner: method(B2B_PARTNER),
    issue: method(B2B_ISSUE),
    issueConfirm: method(B2B_ISSUE_CONFIRM),
    invalid: method(B2B_INVALID),
    invalidConfirm: method(B2B_INVALID_CONFIRM),
    reject: method(B2B_REJECT),
    rejectConfirm: method(B2B_REJECT_CONFIRM),
    allowance: method(B2B_ALLOWANCE),
    allowanceConfirm: method(B2B_ALLOWANCE_CONFIRM),
    cancelAllowance: method(B2B_CANCEL_ALLOWANCE),
    cancelAllowanceConfirm: method(B2B_CANCEL_ALLOWANCE_CONFIRM),
    voidWithReIssue: method(B2B_VOID_WITH_REISSUE),
    getIssue: method(B2B_GET_ISSUE),
    getIssueConfirm: method(B2B_GET_ISSUE_CONFIRM),
    getInvalid: method(B2B_GET_INVALID),
    getInvalidConfirm: method(B2B_GET_INVALID_CONFIRM),
    getReject: method(B2B_GET_REJECT),
    getRejectConfirm: method(B2B_GET_REJECT_CONFIRM),
    getAllowance: method(B2B_GET_ALLOWANCE),
    getAllowanceConfirm: method(B2B_GET_ALLOWANCE_CONFIRM),
    getAllowanceInvalid: method(B2B_GET_ALLOWANCE_INVALID),
    getAllowanceInvalidConfirm: method(B2B_GET_ALLOWANCE_INVALID_CONFIRM),
    getGovInvoiceWordSetting: method(B2B_GET_GOV_TRACKS),
    addInvoiceWordSetting: method(B2B_ADD_TRACK),
    updateInvoiceWordStatus: method(B2B_UPDATE_TRACK),
    getInvoiceWordSetting: method(B2B_GET_TRACKS),
    getCompanyNameByTaxId: method(B2B_GET_COMPANY_NAME),
    notify: method(B2B_NOTIFY),
    invoicePrint: method(B2B_INVOICE_PRINT),
    downloadPdf: (input, callOptions = {}) =>
      download(transport, B2B_DOWNLOAD_PDF, input, callOptions),
  };
}
