/**
 * The forms that ECPay posts to a merchant's program: a delayed invoice that was issued or could not be
 * (NotifyURL), an online allowance that the buyer agreed to (ReturnURL). Made from the ledger when posted.
 */
import { FAULTS, type FaultCode } from '../../domain/fault.ts';
import { taipeiDateOf } from '../../domain/taipei.ts';
import type { CallbackForm } from '../../ledger/notice-ports.ts';
import type { NoticeRow } from '../../ledger/rows.ts';
import type { DialectContext } from '../dialect.ts';
import { checkMacValue } from './check-mac-value.ts';
import { DIALECT } from './envelope.ts';
import { answerTo } from './faults.ts';

/** What a merchant answers when it has taken a form (ECPay B2C API, callbacks). */
const TAKEN = '1|OK';

/** The form of a callback; null where there is nothing to tell any more. */
export function callbackFormOf(
  notice: NoticeRow,
  context: DialectContext,
): Promise<CallbackForm | null> {
  switch (notice.tag) {
    case 'delayed-issued':
    case 'delayed-failed':
      return delayedForm(notice, context);
    case 'consented':
      return consentedForm(notice, context);
    default:
      return Promise.resolve(null);
  }
}

function merchantOf({ account }: NoticeRow): string {
  return account.slice(DIALECT.length + 1);
}

/** DelayIssue's NotifyURL (ECPay B2C API; field list of O'Pay's page and three ECPay plugins). */
async function delayedForm(
  notice: NoticeRow,
  { ledger }: DialectContext,
): Promise<CallbackForm | null> {
  const { seller, account, subject } = notice;
  const key = decodeURIComponent(subject.split('/')[2] ?? '');
  const pending = await ledger.reads.findPendingIssue({ seller, account, key });
  if (pending === null) return null;
  const isIssued = notice.tag === 'delayed-issued';
  const { number, settledAt } = pending;
  // By its day too: a number comes again in later years.
  const issuedOn = settledAt === null ? undefined : taipeiDateOf(settledAt);
  const invoice =
    number === '' || issuedOn === undefined
      ? null
      : await ledger.reads.findInvoice({ by: 'number', seller, number, issuedOn });
  // A failure that was mended since is no news; the issue has a form of its own.
  if (isIssued ? invoice === null : pending.problem === '') return null;
  const { reference } = JSON.parse(pending.command) as { reference: string }; // an IssueCommand
  const issuedAt = invoice?.row.issuedAt;
  return {
    fields: {
      inv_mer_id: merchantOf(notice),
      od_sob: reference,
      tsr: isIssued ? key : '',
      invoicedate: issuedAt === undefined ? '' : taipeiDateOf(issuedAt),
      invoicetime: issuedAt?.slice(11) ?? '',
      invoicenumber: invoice?.row.number ?? '',
      invoicecode: invoice?.content.randomNumber ?? '',
      inv_error: isIssued ? '' : String(issueCodeOf(pending.problem)),
    },
    isAccepted: (status, text) => status === 200 && text.trim() === TAKEN,
  };
}

/** Issue's RtnCode of what kept the invoice from being issued. */
function issueCodeOf(problem: string): number {
  // A problem is a fault's code: the ledger wrote it.
  const code = (problem in FAULTS ? problem : 'BUSY') as FaultCode;
  return answerTo('Issue', { code, path: '' })?.rtnCode ?? 0;
}

/**
 * AllowanceByCollegiate's ReturnURL (ECPay's guide names CheckMacValue, O'Pay's page does not; an extra
 * field of a form does no harm). Odoo's module answers `200` instead of `1|OK`: any answer of status 200
 * that does not begin with `0|` counts as taken.
 */
async function consentedForm(
  notice: NoticeRow,
  { ledger, accounts }: DialectContext,
): Promise<CallbackForm | null> {
  const { seller, subject } = notice;
  const number = subject.slice('allowance/'.length);
  const [allowance] = await ledger.reads.findAllowances({ by: 'allowance', seller, number });
  const account = accounts.find(DIALECT, merchantOf(notice));
  if (allowance === undefined || account === undefined) return null;
  const { invoice: named } = allowance.content;
  const invoice = await ledger.reads.findInvoice({
    by: 'number',
    seller,
    number: named.number,
    issuedOn: taipeiDateOf(named.issuedAt),
  });
  if (invoice === null) return null;
  const fields = {
    RtnCode: '1',
    RtnMsg: 'OK',
    IA_Allow_No: number,
    IA_Invoice_No: named.number,
    IA_Date: allowance.row.allowedAt,
    IIS_Remain_Allowance_Amt: String(invoice.row.total - invoice.allowed),
  };
  const { hashKey = '', hashIv = '' } = account.secrets;
  return {
    fields: { ...fields, CheckMacValue: checkMacValue(fields, { hashKey, hashIv }) },
    isAccepted: (status, text) => status === 200 && !text.trim().startsWith('0|'),
  };
}
