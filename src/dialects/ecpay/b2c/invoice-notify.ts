/**
 * InvoiceNotify 發送通知: tells buyer or merchant of a document once more, by mail or SMS (ECPay B2C API,
 * InvoiceNotify). Every call owes new notices; its success means that they are owed, not that they arrived.
 */
import { INVOICE_NOTIFY, INVOICE_NOTIFY_REQUEST } from '#wire/ecpay-b2c/invoice-notify.ts';
import type { Wire } from '#wire/field.ts';
import { done, type Fault, fault, type Outcome, refused } from '../../../domain/fault.ts';
import { mailAddresses, type NoticeTag, phoneNumbers } from '../../../domain/notice.ts';
import type { NotifyCommand } from '../../../ledger/ledger.ts';
import type { AllowanceRecord, InvoiceRecord } from '../../../ledger/rows.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, originOf, SUCCESS } from '../endpoint.ts';
import { type Call, merchantIdValue } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';
import { lengthOf, type WireFault, wireFault } from '../wire-fault.ts';
import { onWire } from './fields.ts';
import { invoiceNumberOf } from './numbers.ts';

export const invoiceNotify: Endpoint = {
  action: 'InvoiceNotify',
  wire: INVOICE_NOTIFY,
  answer,
};

type Request = Wire<typeof INVOICE_NOTIFY_REQUEST>;

const TAGS: Readonly<Record<string, NoticeTag>> = {
  I: 'issued',
  OI: 'issued',
  II: 'voided',
  A: 'allowed',
  AI: 'allowance-voided',
  OA: 'consent',
  AW: 'won',
};
const ALLOWANCE_TAGS = new Set(['A', 'AI', 'OA']);

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(INVOICE_NOTIFY_REQUEST, call.data);
  const broken = checkNotify(reading.members, reading.bad);
  if (!isWhole(reading) || broken.length > 0) return refused(...reading.faults, ...broken);
  const subject = await subjectOf(call, context, reading.members);
  if (!subject.ok) return onWire(subject.faults, '');
  const commands = commandsOf(call, reading.members, subject.value);
  for (const outcome of await context.ledger.notify(commands)) {
    if (!outcome.ok) return onWire(outcome.faults, '');
  }
  const { localId } = call.account;
  const success = { RtnCode: SUCCESS, RtnMsg: '發送通知成功' };
  return done(JSON.stringify({ ...success, MerchantID: merchantIdValue(localId) }));
}

/** Rules across members: somebody to tell, the allowance to tell of, how a buyer is asked to agree. */
function checkNotify(request: Partial<Request>, bad: ReadonlySet<string>): readonly Fault[] {
  const { Notify: way, InvoiceTag: tag, Notified: whom, AllowanceNo: allowance } = request;
  const faults: Fault[] = [];
  if (ALLOWANCE_TAGS.has(tag ?? '') && allowance === undefined && !bad.has('AllowanceNo')) {
    faults.push(missing('AllowanceNo', `InvoiceTag ${tag} is about an allowance`));
  }
  faults.push(...checkReach(request, bad));
  if (tag === 'OA' && ((way ?? 'E') !== 'E' || (whom ?? 'C') !== 'C')) {
    const hint = 'InvoiceTag OA asks the buyer to agree: Notify E and Notified C';
    faults.push(fault('NOTIFY_WAY_MISMATCH', 'Notify', hint));
  }
  return faults;
}

/** Whether the way that is asked for has an address or a number. */
function checkReach(
  { Notify: way, NotifyMail: mail, Phone: phone }: Partial<Request>,
  bad: ReadonlySet<string>,
): readonly WireFault[] {
  if (bad.has('NotifyMail') || bad.has('Phone')) return [];
  if (way === 'S' && phone === undefined) return [missing('Phone', 'Notify S needs a number')];
  const isMailWanted = way === 'E' || (way === 'A' && phone === undefined);
  if (isMailWanted && mail === undefined) {
    return [missing('NotifyMail', 'Notify E needs an address, A an address or a number')];
  }
  if (mail === undefined || way === 'S' || mailAddresses(mail).length > 0) return [];
  const hint = 'one address, or several with ; between';
  return [wireFault('FIELD_FORMAT', 'NotifyMail', 'mail addresses', lengthOf(mail), hint)];
}

function missing(member: string, hint: string): WireFault {
  return wireFault('FIELD_REQUIRED', member, 'a value', 'nothing', hint);
}

/** The document that the notice is about, if it is what the tag says. */
async function subjectOf(
  call: Call,
  { ledger }: DialectContext,
  request: Request,
): Promise<Outcome<string>> {
  const seller = call.seller.ubn;
  const number = invoiceNumberOf(request.InvoiceNo);
  const invoice = await ledger.reads.findInvoice({ by: 'number', seller, number });
  if (invoice === null || !isInvoiceTold(invoice, request.InvoiceTag)) {
    const hint = `no invoice of this number that InvoiceTag ${request.InvoiceTag} could tell of`;
    return refused(fault('INVOICE_NOT_FOUND', 'number', hint));
  }
  if (request.InvoiceTag === 'AW') {
    return refused(fault('AWARD_NOT_FOUND', 'number', 'no prize of this invoice is known'));
  }
  const { period, version } = invoice.row;
  if (!ALLOWANCE_TAGS.has(request.InvoiceTag)) {
    return done(`invoice/${period}/${number}/${version}`);
  }
  const allowanceNumber = request.AllowanceNo ?? '';
  const found = await ledger.reads.findAllowances({
    by: 'allowance',
    seller,
    number: allowanceNumber,
  });
  const isTold = found.some(
    (record) =>
      record.row.invoiceNumber === number &&
      record.row.period === period &&
      isAllowanceTold(record, request.InvoiceTag),
  );
  if (isTold) return done(`allowance/${allowanceNumber}`);
  const hint = `no allowance of this invoice that InvoiceTag ${request.InvoiceTag} could tell of`;
  return refused(fault('ALLOWANCE_NOT_FOUND', 'allowanceNumber', hint));
}

function isInvoiceTold({ row }: InvoiceRecord, tag: string): boolean {
  if (tag === 'II') return row.state === 'voided';
  return tag !== 'OI' || row.channel === 'offline';
}

function isAllowanceTold({ row }: AllowanceRecord, tag: string): boolean {
  switch (tag) {
    case 'AI':
      return row.state === 'voided';
    case 'OA':
      return row.state === 'awaiting-consent';
    default:
      return row.state === 'live' || row.state === 'voided';
  }
}

/** The notices owed: the customer's to what the request names, the merchant's to its own address. */
function commandsOf(call: Call, request: Request, subject: string): readonly NotifyCommand[] {
  const tag = TAGS[request.InvoiceTag] ?? 'issued';
  const given = { mail: request.NotifyMail ?? '', phone: request.Phone ?? '' };
  const own = { mail: call.seller.email || given.mail, phone: given.phone };
  const targets = [
    ...(request.Notified === 'M' ? [] : [{ audience: 'buyer', ...given } as const]),
    ...(request.Notified === 'C' ? [] : [{ audience: 'seller', ...own } as const]),
  ];
  const reached = targets.flatMap(({ audience, mail, phone }) => [
    ...(request.Notify === 'S' ? [] : mailAddresses(mail)).map(
      (recipient) => ({ kind: 'mail', audience, recipient }) as const,
    ),
    ...(request.Notify === 'E' ? [] : phoneNumbers(phone)).map(
      (recipient) => ({ kind: 'sms', audience, recipient }) as const,
    ),
  ]);
  const once = new Map(reached.map((to) => [`${to.kind} ${to.recipient}`, to]));
  return [...once.values()].map((to) => ({
    ...originOf(call),
    ...to,
    tag,
    subject,
    event: `${tag} ${subject} ${to.kind} ${to.recipient}`,
    isAgain: true,
  }));
}
