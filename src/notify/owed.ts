/**
 * Who is to be told of what happened, by journal entry: the automatic notices 自動通知. A seller's settings
 * decide; a client's own wish for one allowance comes before them (ECPay B2C API, Allowance,
 * AllowanceNotify). The event's name makes each notice one, however often an entry is looked at.
 */
import {
  mailAddresses,
  mayBeTold,
  NOTICE_SETTINGS_DEFAULT,
  type NoticeKind,
  type NoticeSettings,
  type NoticeTag,
  phoneNumbers,
} from '../domain/notice.ts';
import type { Seller } from '../domain/seller.ts';
import type { NotifyCommand } from '../ledger/ledger.ts';
import type { StoreReads } from '../ledger/ports.ts';
import type { EntryRow } from '../ledger/rows.ts';
import { factsOf, type NoticeFacts } from './facts.ts';

/** What each verb's entry tells people of. */
const TAGS: Readonly<Record<string, NoticeTag>> = {
  issue: 'issued',
  reissue: 'reissued',
  void: 'voided',
  allow: 'allowed',
  consentAllowance: 'allowed',
  voidAllowance: 'allowance-voided',
};

export function settingsOf(seller: Seller): NoticeSettings {
  return seller.notices ?? NOTICE_SETTINGS_DEFAULT;
}

/** Somebody to tell, and how. */
export interface Recipient {
  readonly kind: NoticeKind;
  readonly audience: 'buyer' | 'seller';
  readonly recipient: string;
}

/** The notices that one journal entry owes by itself; none for most. */
export async function noticesOf(
  reads: StoreReads,
  entry: EntryRow,
  seller: Seller,
): Promise<readonly NotifyCommand[]> {
  const plain = TAGS[entry.verb];
  if (plain === undefined || !isTellable(plain, seller)) return [];
  const found = await factsOf(reads, { seller: seller.ubn, subject: entry.subject });
  if (found === null) return [];
  const isAsked = entry.verb === 'allow' && found.consent !== null;
  // Withdrawn or agreed since: nobody is asked any more, and nothing else was done.
  if (isAsked && found.consent?.state !== 'waiting') return [];
  const tag = isAsked ? 'consent' : plain;
  // The seller hears that the buyer agreed, the buyer that the allowance was made.
  const sellerTag = entry.verb === 'consentAllowance' ? 'consented' : tag;
  const settings = settingsOf(seller);
  const owed = [
    ...buyersOf(tag, found, settings).map((to) => commandFor(entry, tag, to)),
    ...sellersOf(sellerTag, seller, settings).map((to) => commandFor(entry, sellerTag, to)),
  ];
  return owed.filter(({ recipient }) => mayBeTold(recipient, settings));
}

/** Whether anybody could have to be told: spares a look at the document of every entry. */
function isTellable(tag: NoticeTag, seller: Seller): boolean {
  if (tag === 'allowed' || tag === 'allowance-voided') return true;
  const { buyerMail, buyerSms, sellerMail } = settingsOf(seller);
  return [buyerMail, buyerSms, sellerMail].some((tags) => tags.includes(tag));
}

/** A notice's name: the event, how and whom. */
export function eventOf(tag: NoticeTag, subject: string, { kind, recipient }: Recipient): string {
  return `${tag} ${subject} ${kind} ${recipient}`;
}

function commandFor(entry: EntryRow, tag: NoticeTag, to: Recipient): NotifyCommand {
  const { seller, subject } = entry;
  return {
    seller,
    account: 'system',
    ip: '',
    ...to,
    tag,
    subject,
    event: eventOf(tag, subject, to),
    isAgain: false,
  };
}

function buyersOf(
  tag: NoticeTag,
  { invoice, allowance }: NoticeFacts,
  settings: NoticeSettings,
): readonly Recipient[] {
  const wish = allowance?.content.notify;
  if (wish !== undefined && wish.kind !== '') {
    const isMail = wish.kind === 'E' || wish.kind === 'A';
    const isSms = wish.kind === 'S' || wish.kind === 'A';
    return buyer(isMail ? wish.email : '', isSms ? wish.phone : '');
  }
  const { email, copyEmail = '', phone } = invoice.content.buyer;
  // An allowance may name other addresses than its invoice (ECPay B2B API, Allowance, CustomerEmail).
  const emails = wish?.email || `${email};${copyEmail}`;
  return buyer(
    settings.buyerMail.includes(tag) ? emails : '',
    settings.buyerSms.includes(tag) ? phone : '',
  );
}

function buyer(emails: string, phone: string): readonly Recipient[] {
  return recipientsOf('buyer', emails, phone);
}

/** Each address of a list and each number once. */
export function recipientsOf(
  audience: Recipient['audience'],
  emails: string,
  phone: string,
): readonly Recipient[] {
  return [
    ...mailAddresses(emails).map((recipient) => ({ kind: 'mail', audience, recipient }) as const),
    ...phoneNumbers(phone).map((recipient) => ({ kind: 'sms', audience, recipient }) as const),
  ];
}

function sellersOf(tag: NoticeTag, seller: Seller, settings: NoticeSettings): readonly Recipient[] {
  return settings.sellerMail.includes(tag) ? recipientsOf('seller', seller.email, '') : [];
}
