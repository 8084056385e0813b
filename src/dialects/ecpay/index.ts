/**
 * ECPay 綠界: the e-invoice API of ECPay, so that its clients work against Kaili when only their base
 * URL changes. Here are name, prefixes and routes, and what all actions share: envelope, codes of
 * faults, the facts for the log line. An action that Kaili does not offer answers ECPay's own 404 page.
 */
import { FAULTS, type Fault, fault } from '../../domain/fault.ts';
import type { Dialect, DialectContext, Route, WireReply, WireRequest } from '../dialect.ts';
import { B2B_ALIASES, B2B_ENDPOINTS } from './b2b/endpoints.ts';
import { addInvoiceWordSetting } from './b2c/add-invoice-word-setting.ts';
import { allowance } from './b2c/allowance.ts';
import { allowanceByCollegiate } from './b2c/allowance-by-collegiate.ts';
import { allowanceInvalid } from './b2c/allowance-invalid.ts';
import { allowanceInvalidByCollegiate } from './b2c/allowance-invalid-by-collegiate.ts';
import { cancelDelayIssue } from './b2c/cancel-delay-issue.ts';
import { checkBarcode } from './b2c/check-barcode.ts';
import { checkLoveCode } from './b2c/check-love-code.ts';
import { delayIssue } from './b2c/delay-issue.ts';
import { editDelayIssue } from './b2c/edit-delay-issue.ts';
import { getAllowance } from './b2c/get-allowance.ts';
import { getAllowanceInvalid } from './b2c/get-allowance-invalid.ts';
import { getAllowanceList } from './b2c/get-allowance-list.ts';
import { getCompanyName } from './b2c/get-company-name-by-tax-id.ts';
import { getGovInvoiceWordSetting } from './b2c/get-gov-invoice-word-setting.ts';
import { getInvalid } from './b2c/get-invalid.ts';
import { getInvoiceWordSetting } from './b2c/get-invoice-word-setting.ts';
import { getIssue } from './b2c/get-issue.ts';
import { getIssueList } from './b2c/get-issue-list.ts';
import { getOfflineInvoiceWordSetting } from './b2c/get-offline-invoice-word-setting.ts';
import { getOfflineInvoiceWordSettingNumber } from './b2c/get-offline-invoice-word-setting-number.ts';
import { getOfflineMerchantInfo } from './b2c/get-offline-merchant-info.ts';
import { invalid } from './b2c/invalid.ts';
import { invoiceNotify } from './b2c/invoice-notify.ts';
import { invoicePrint } from './b2c/invoice-print.ts';
import { issue } from './b2c/issue.ts';
import { offlineInvalid } from './b2c/offline-invalid.ts';
import { offlineIssue } from './b2c/offline-issue.ts';
import { offlineMerchantPosSetting } from './b2c/offline-merchant-pos-setting.ts';
import { queryOfflineMerchantPosSetting } from './b2c/query-offline-merchant-pos-setting.ts';
import { triggerIssue } from './b2c/trigger-issue.ts';
import { updateInvoiceWordStatus } from './b2c/update-invoice-word-status.ts';
import { voidWithReIssue } from './b2c/void-with-re-issue.ts';
import { callbackFormOf } from './callback-form.ts';
import { accountIdOf, type Endpoint, refusalJson, SUCCESS, type WireFile } from './endpoint.ts';
import { type Call, DIALECT, openEnvelope, sealEncrypted, sealPlain } from './envelope.ts';
import type { Answer } from './fault-fields.ts';
import { answerTo, answerToAll, inAnswerOrder } from './faults.ts';

/** Every action of both APIs. */
export const ENDPOINTS: readonly Endpoint[] = [
  ...B2B_ENDPOINTS,
  issue,
  invalid,
  voidWithReIssue,
  allowance,
  allowanceInvalid,
  getIssue,
  getIssueList,
  getAllowance,
  getAllowanceList,
  getInvalid,
  getAllowanceInvalid,
  checkBarcode,
  checkLoveCode,
  getCompanyName,
  delayIssue,
  editDelayIssue,
  triggerIssue,
  cancelDelayIssue,
  allowanceByCollegiate,
  allowanceInvalidByCollegiate,
  invoiceNotify,
  getGovInvoiceWordSetting,
  addInvoiceWordSetting,
  updateInvoiceWordStatus,
  getInvoiceWordSetting,
  getOfflineMerchantInfo,
  offlineMerchantPosSetting,
  queryOfflineMerchantPosSetting,
  getOfflineInvoiceWordSetting,
  getOfflineInvoiceWordSettingNumber,
  offlineIssue,
  offlineInvalid,
  invoicePrint,
];

/** Names that circulate in guides for an action of another name; handled as that action. */
const ALIASES: readonly { readonly path: string; readonly endpoint: Endpoint }[] = [
  { path: '/B2CInvoice/GetIssueByRelateNo', endpoint: getIssue },
  { path: '/B2CInvoice/CheckCompanyIdentifier', endpoint: getCompanyName },
  { path: '/B2CInvoice/CancelAllowance', endpoint: allowanceInvalidByCollegiate },
  { path: '/B2CInvoice/InvoiceWordSetting', endpoint: addInvoiceWordSetting },
  ...B2B_ALIASES,
];

/** Faults of one request that the log line lists. */
const LOGGED_FAULTS_MAX = 20;

const NOT_FOUND_PAGE =
  '<!DOCTYPE html>\n<html lang="zh-Hant"><head><meta charset="utf-8"><title>404</title></head>' +
  '<body><h1>404</h1><p>查無此功能。 There is no such action.</p></body></html>\n';

const TOO_FAST_PAGE =
  '<!DOCTYPE html>\n<html lang="zh-Hant"><head><meta charset="utf-8"><title>403</title></head>' +
  '<body><h1>403</h1><p>呼叫過於頻繁，請稍後再試。 Too many calls: wait.</p></body></html>\n';

export const ecpay: Dialect = {
  name: DIALECT,
  prefixes: ['/B2CInvoice/', '/B2BInvoice/'],
  unknown: () => ({
    status: 404,
    contentType: 'text/html; charset=utf-8',
    body: NOT_FOUND_PAGE,
  }),
  callbackForm: callbackFormOf,
  routes: (context) => [
    ...ENDPOINTS.map((endpoint) => routeOf(endpoint.wire.path, endpoint, context)),
    ...ALIASES.map(({ path, endpoint }) => routeOf(path, endpoint, context)),
  ],
};

function routeOf(path: string, endpoint: Endpoint, context: DialectContext): Route {
  return { method: 'POST', path, handle: (request) => handle(endpoint, request, context) };
}

async function handle(
  endpoint: Endpoint,
  request: WireRequest,
  context: DialectContext,
): Promise<WireReply> {
  const opening = openEnvelope(request, context);
  if (!opening.ok) return opening.reply;
  const { call } = opening;
  if (context.callLimit?.admits(accountIdOf(call)) === false) return tooFast(call);
  const json = await dataOf(endpoint, call, context);
  if (typeof json !== 'string') {
    const { contentType, body, name } = json;
    return { status: 200, contentType, body, attachment: name };
  }
  return endpoint.wire.isReplyEncrypted
    ? sealEncrypted(call, json, context.clock)
    : sealPlain(call, json, context.clock);
}

/** HTTP 403, as ECPay answers who calls too fast; its page is not known (ECPay API, error codes). */
function tooFast({ request, account, head }: Call): WireReply {
  request.note({ dialect: DIALECT, merchant: account.localId, rqId: head.rqId, isTooFast: true });
  return { status: 403, contentType: 'text/html; charset=utf-8', body: TOO_FAST_PAGE };
}

/**
 * The reply's `Data`, or the file that is the whole reply. Whatever goes wrong inside is answered in `Data`:
 * a client never meets a bare 500.
 */
async function dataOf(
  endpoint: Endpoint,
  call: Call,
  context: DialectContext,
): Promise<string | WireFile> {
  try {
    if (call.faults.length > 0) return refuse(endpoint, call, call.faults);
    const outcome = await (endpoint.file === undefined
      ? endpoint.answer(call, context)
      : endpoint.file(call, context));
    if (!outcome.ok) return refuse(endpoint, call, outcome.faults);
    note(endpoint, call, SUCCESS, {});
    return outcome.value;
  } catch (error) {
    // Our own failure, no client's: told to the operator in full, to the client as "try again".
    const busy = answerTo(endpoint.action, fault('BUSY', '', '')) ?? {
      rtnCode: 0,
      text: FAULTS.BUSY,
    };
    note(endpoint, call, busy.rtnCode, { failure: failureFacts(error) });
    return refusalJson(endpoint, call, busy);
  }
}

function refuse(endpoint: Endpoint, call: Call, faults: readonly Fault[]): string {
  const answer = answerToAll(endpoint.action, faults);
  const ordered = inAnswerOrder(endpoint.action, faults);
  note(endpoint, call, answer.rtnCode, {
    faultCount: faults.length,
    faults: ordered.slice(0, LOGGED_FAULTS_MAX).map((found) => loggedFault(endpoint, found)),
  });
  return refusalJson(endpoint, call, answer);
}

function loggedFault({ action }: Endpoint, found: Fault): Readonly<Record<string, unknown>> {
  const { code, path, hint, message, ...seen } = found;
  const answer: Answer | undefined = answerTo(action, found);
  return { code, rtnCode: answer?.rtnCode, field: path, ...seen, hint };
}

/** An error for the log line, with what caused it. */
function failureFacts(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  return { name, message, stack, ...(cause !== undefined && { cause: failureFacts(cause) }) };
}

function note(
  { action }: Endpoint,
  { request, account, head }: Call,
  rtnCode: number,
  facts: Readonly<Record<string, unknown>>,
): void {
  const platform = head.platformId === '' ? {} : { platform: head.platformId };
  request.note({
    dialect: DIALECT,
    action,
    merchant: account.localId,
    ...platform,
    rqId: head.rqId,
    rtnCode,
    ...facts,
  });
}
