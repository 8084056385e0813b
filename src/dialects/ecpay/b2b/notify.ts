/**
 * Notify 發送通知: mails a notice about an invoice or an allowance to the other party, to the merchant itself
 * or to both (ECPay B2B API, Notify). Every call owes new notices; its success means that they are owed, not
 * that they arrived. Who did what a tag tells is who may tell it.
 */
import { B2B_NOTIFY, B2B_NOTIFY_REQUEST } from '#wire/ecpay-b2b/notify.ts';
import type { Wire } from '#wire/field.ts';
import { done, type Fault, fault, type Outcome, refused } from '../../../domain/fault.ts';
import { mailAddresses, type NoticeTag, wholeMailList } from '../../../domain/notice.ts';
import type { TradeKind, TradeSide } from '../../../domain/trade.ts';
import type { NotifyCommand } from '../../../ledger/ledger.ts';
import { tradeSubject } from '../../../ledger/trade-book.ts';
import type { TradeRow } from '../../../ledger/trade-rows.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, originOf, SUCCESS } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';
import { lengthOf, type WireFault, wireFault } from '../wire-fault.ts';
import { findInvoiceTrade } from './find-document.ts';
import { findToldAllowance, hasHappened } from './told-event.ts';
import { onB2bWire } from './values.ts';

export const notify: Endpoint = { action: 'B2B/Notify', wire: B2B_NOTIFY, answer };

type Request = Wire<typeof B2B_NOTIFY_REQUEST>;

interface Told {
  readonly tag: NoticeTag;
  readonly kind: TradeKind;
  /** The side of the party whose act it is in exchange mode. */
  readonly by: TradeSide;
}

/** What each InvoiceTag tells. */
const TOLD: Readonly<Record<string, Told>> = {
  '1': { tag: 'issued', kind: 'invoice', by: 'sales' },
  '2': { tag: 'voided', kind: 'invoice', by: 'sales' },
  '3': { tag: 'returned', kind: 'invoice', by: 'purchase' },
  '4': { tag: 'allowed', kind: 'allowance', by: 'sales' },
  '5': { tag: 'allowance-voided', kind: 'allowance', by: 'sales' },
  '6': { tag: 'issue-confirmed', kind: 'invoice', by: 'purchase' },
  '7': { tag: 'void-confirmed', kind: 'invoice', by: 'purchase' },
  '8': { tag: 'return-confirmed', kind: 'invoice', by: 'sales' },
  '9': { tag: 'allowance-confirmed', kind: 'allowance', by: 'purchase' },
  '10': { tag: 'allowance-void-confirmed', kind: 'allowance', by: 'purchase' },
};

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(B2B_NOTIFY_REQUEST, call.data);
  const broken = checkNotify(reading.members, reading.bad);
  if (!isWhole(reading) || broken.length > 0) return refused(...reading.faults, ...broken);
  const request = reading.members;
  const told = TOLD[request.InvoiceTag];
  if (told === undefined) throw new Error('the wire table let an unknown tag pass');
  const invoice = await findInvoiceTrade(call, context, request.InvoiceNumber, request.InvoiceDate);
  if (invoice === null) return refused(nothing('InvoiceNumber'));
  const wrong = whyNot(told, invoice);
  if (wrong !== null) return refused(wrong);
  const subject =
    told.kind === 'invoice'
      ? invoice
      : await findToldAllowance(context.ledger.reads, invoice, request.AllowanceNo ?? '');
  if (subject === null) return refused(nothing('AllowanceNo'));
  if (!(await hasHappened(context.ledger.reads, subject, told.tag))) {
    return refused(nothing('InvoiceTag'));
  }
  for (const outcome of await context.ledger.notify(commandsOf(call, request, told, subject))) {
    if (!outcome.ok) return onB2bWire(outcome.faults);
  }
  return done(JSON.stringify({ RtnCode: SUCCESS, RtnMsg: '發送完成' }));
}

function nothing(member: string): Fault {
  const isAllowance = member === 'AllowanceNo';
  const hint = 'nothing of the kind was done with such a document of this merchant';
  return fault(isAllowance ? 'ALLOWANCE_NOT_FOUND' : 'INVOICE_NOT_FOUND', member, hint);
}

/** The allowance to tell of, and addresses that can all be written to. */
function checkNotify(request: Partial<Request>, bad: ReadonlySet<string>): readonly WireFault[] {
  const { InvoiceTag: tag = '', AllowanceNo: allowance, NotifyMail: mail } = request;
  const faults: WireFault[] = [];
  if (TOLD[tag]?.kind === 'allowance' && allowance === undefined && !bad.has('AllowanceNo')) {
    const hint = `InvoiceTag ${tag} is about an allowance`;
    faults.push(wireFault('FIELD_REQUIRED', 'AllowanceNo', 'a value', 'nothing', hint));
  }
  if (mail !== undefined && !bad.has('NotifyMail') && wholeMailList(mail) === null) {
    const hint = 'one address, or several separated by ;';
    faults.push(wireFault('FIELD_FORMAT', 'NotifyMail', hint, lengthOf(mail), hint));
  }
  return faults;
}

/** In storage mode nobody confirms, and no allowance is voided by its buyer, whose word that would be. */
function whyNot({ tag, by }: Told, { mode, side }: TradeRow): Fault | null {
  if (mode === 'storage') {
    if (tag.endsWith('-confirmed')) {
      return fault('NOTICE_NEEDS_EXCHANGE', 'InvoiceTag', 'a stored document is never confirmed');
    }
    if (tag !== 'allowance-voided') return null;
    const hint = 'the void of a stored allowance is not told by its seller';
    return fault('TRADE_PARTY_WRONG', 'InvoiceTag', hint);
  }
  if (side === by) return null;
  return fault('TRADE_PARTY_WRONG', 'InvoiceTag', 'the party that did it tells it');
}

/** The notices owed: the other party's to what the request names, the merchant's to its own address. */
function commandsOf(
  call: Call,
  { Notified: whom, NotifyMail }: Request,
  { tag }: Told,
  trade: TradeRow,
): readonly NotifyCommand[] {
  const named = wholeMailList(NotifyMail) ?? [];
  const own = mailAddresses(call.seller.email);
  const [self, other] =
    trade.side === 'sales' ? (['seller', 'buyer'] as const) : (['buyer', 'seller'] as const);
  const targets = [
    ...(whom === 'M' ? [] : named.map((recipient) => ({ audience: other, recipient }))),
    ...(whom === 'C'
      ? []
      : (own.length > 0 ? own : named).map((recipient) => ({ audience: self, recipient }))),
  ];
  // An address that stands on both sides is written to once, as the other party.
  const written = new Set<string>();
  const once = targets.filter(({ recipient }) => {
    const key = recipient.toLowerCase();
    return !written.has(key) && written.add(key);
  });
  const subject = tradeSubject(trade);
  return once.map((to) => ({
    ...originOf(call),
    ...to,
    kind: 'mail',
    tag,
    subject,
    event: `${tag} ${subject} mail ${to.recipient}`,
    isAgain: true,
  }));
}
