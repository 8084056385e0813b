/**
 * The notice 通知: one mail, text message, callback or webhook owed to someone for one event of a
 * document. States only move forward; an attempt is recorded before it is made, so that nothing is
 * sent a second time by accident. What a notice says is made from the ledger when it is sent.
 */

/** `callback`: a form posted to a client's program until it says so; `webhook`: JSON, until it answers. */
export const NOTICE_KINDS = ['mail', 'sms', 'callback', 'webhook'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Mails and text messages go to people, callbacks and webhooks to programs; a slow program delays none of the others. */
export type NoticeLane = 'people' | 'programs';
export const KINDS_OF_LANE: Readonly<Record<NoticeLane, readonly NoticeKind[]>> = {
  people: ['mail', 'sms'],
  programs: ['callback', 'webhook'],
};

/** What it tells. `consent` asks the buyer to agree to an allowance; `consented` says that they did. */
export const NOTICE_TAGS = [
  'issued',
  'voided',
  'reissued',
  'allowed',
  'allowance-voided',
  'consent',
  'consented',
  'won',
  'delayed-issued',
  'delayed-failed',
  // Of business documents: what a trading partner did, or agreed to.
  'returned',
  'issue-confirmed',
  'void-confirmed',
  'return-confirmed',
  'allowance-confirmed',
  'allowance-void-confirmed',
] as const;
export type NoticeTag = (typeof NOTICE_TAGS)[number];

/** Whom it is for: the buyer, the seller's staff, a client's program. */
export type NoticeAudience = 'buyer' | 'seller' | 'program';

/**
 * `sending`: an attempt was begun and its outcome is not recorded yet. Found at a start it was cut off:
 * what went out then is unknown.
 */
export const NOTICE_STATES = ['due', 'sending', 'sent', 'failed'] as const;
export type NoticeState = (typeof NOTICE_STATES)[number];

const NEXT: Readonly<Record<NoticeState, readonly NoticeState[]>> = {
  due: ['sending', 'failed'],
  sending: ['sent', 'failed', 'due'],
  sent: [],
  failed: [],
};

/** Whether a notice may go from one state to another. A settled one is made again as another notice. */
export function canMoveNotice(from: NoticeState, to: NoticeState): boolean {
  return NEXT[from].includes(to);
}

/** What goes out by itself, and to whom nothing does. A seller without settings has the default. */
export interface NoticeSettings {
  /** Events of which a buyer with a mail address is told by mail. */
  readonly buyerMail: readonly NoticeTag[];
  /** Events of which a buyer with a telephone number is told by text message; they cost money. */
  readonly buyerSms: readonly NoticeTag[];
  /** Events of which the seller's own address is told. */
  readonly sellerMail: readonly NoticeTag[];
  /** `zh-Hant` first and English below, or English alone. */
  readonly language: 'both' | 'zh-Hant' | 'en';
  /** Where not empty, nobody else gets a mail or a text message: addresses, `@domain`, numbers. */
  readonly allow: readonly string[];
  /** Who never gets one, even where allowed. */
  readonly block: readonly string[];
}

/**
 * The default: buyers are told by mail of everything that happens to their invoice, sellers of nothing.
 * A client's own wish for one allowance (ECPay B2C API, Allowance, AllowanceNotify) comes before it.
 */
export const NOTICE_SETTINGS_DEFAULT: NoticeSettings = {
  buyerMail: ['issued', 'voided', 'reissued', 'allowed', 'allowance-voided', 'won'],
  buyerSms: [],
  sellerMail: [],
  language: 'both',
  allow: [],
  block: [],
};

/** Whether the lists let a mail or a text message go to this address or number. */
export function mayBeTold(recipient: string, { allow, block }: NoticeSettings): boolean {
  if (block.some((entry) => covers(entry, recipient))) return false;
  return allow.length === 0 || allow.some((entry) => covers(entry, recipient));
}

/** An entry is a whole address or number, or `@domain` for all addresses of it; case does not count. */
function covers(entry: string, recipient: string): boolean {
  const [listed, given] = [entry.trim().toLowerCase(), recipient.trim().toLowerCase()];
  return listed.startsWith('@') ? given.endsWith(listed) : given === listed;
}

/** Recipients of one event at most; a list of addresses longer than this is cut. */
export const RECIPIENTS_MAX = 10;

/** One address: no blank, no control character, one `@`, a dot behind it. Kept narrow on purpose. */
const MAIL_SHAPE = /^[^\s@"<>(),:;[\]\\]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/;
const PHONE_SHAPE = /^\+?\d{6,20}$/;

/** The addresses of a list with `;` or `,` between, each once, malformed ones left out. */
export function mailAddresses(list: string): readonly string[] {
  const found = list.split(/[;,]/).map((part) => part.trim());
  return [...new Set(found.filter((address) => MAIL_SHAPE.test(address)))].slice(0, RECIPIENTS_MAX);
}

/**
 * Every address of a list with `;` between, each once; null where one of them is malformed or there is none.
 * For a list whose length is bounded: nothing of it is left out.
 */
export function wholeMailList(list: string): readonly string[] | null {
  const found = list
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const isWhole = found.length > 0 && found.every((address) => MAIL_SHAPE.test(address));
  return isWhole ? [...new Set(found)] : null;
}

/** The number without its blanks and dashes; none where it is no telephone number. */
export function phoneNumbers(text: string): readonly string[] {
  const number = text.replaceAll(/[ -]/g, '');
  return PHONE_SHAPE.test(number) ? [number] : [];
}
