/**
 * Makes a mail or a text message from a notice and its facts: plain text and HTML of the same words. All
 * that comes from outside (a shop's name, a link) is escaped for HTML and kept to one line in subjects.
 */
import type { NoticeSettings } from '../domain/notice.ts';
import type { Seller } from '../domain/seller.ts';
import type { BuyerLinks } from '../ledger/notice-ports.ts';
import type { NoticeRow } from '../ledger/rows.ts';
import type { NoticeFacts } from './facts.ts';
import { type FactName, FOOTER, LABELS, type Language, TEXTS, type TextRow } from './texts.ts';

export interface Message {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** One line for a text message. */
  readonly short: string;
}

export interface MessageParts {
  readonly notice: NoticeRow;
  readonly facts: NoticeFacts;
  readonly seller: Seller;
  readonly settings: NoticeSettings;
  readonly links: BuyerLinks;
}

export type Facts = readonly (readonly [FactName, string])[];

/** The message of a notice; null for a tag that people are not told of. */
export function messageOf(parts: MessageParts): Message | null {
  const row = TEXTS[parts.notice.tag];
  if (row === undefined) return null;
  const { facts, seller, settings, notice } = parts;
  const isAllowance = notice.tag.startsWith('allow') || notice.tag.startsWith('consent');
  return renderMessage({
    row,
    settings,
    sender: seller.name,
    number: facts.invoice.row.number,
    facts: factRows(parts),
    amount: isAllowance ? 'allowed' : 'total',
    amountValue: String(facts.allowance?.row.total ?? facts.invoice.row.total),
    link: linkOf(parts),
  });
}

/** What every message is rendered from. */
export interface Rendered {
  readonly row: TextRow;
  readonly settings: NoticeSettings;
  /** Whose message it is. */
  readonly sender: string;
  /** Of the invoice. */
  readonly number: string;
  readonly facts: Facts;
  /** Which amount a text message names, and the amount. */
  readonly amount: FactName;
  readonly amountValue: string;
  readonly link: string | null;
}

/** Both forms of a mail and the line of a text message, in the languages of the settings. */
export function renderMessage(parts: Rendered): Message {
  const { row, facts, number, sender } = parts;
  const languages = languagesOf(parts.settings);
  const [first = 'zh-Hant'] = languages;
  const subject = oneLine(
    `${languages.map((language) => row[language].subject).join(' ')} ${dashed(number)} ${sender}`,
  );
  const sections = languages.map((language) => ({
    language,
    sentence: row[language].sentence,
    facts: facts.map(([name, value]) => [LABELS[language][name], value] as const),
    footer: FOOTER[language],
  }));
  return {
    subject,
    text: sections.map(plainSection).join('\n\n----\n\n'),
    html: page(subject, sections.map(htmlSection).join('<hr>'), first),
    short: shortText(parts, row[first].sentence, first),
  };
}

function languagesOf({ language }: NoticeSettings): readonly Language[] {
  return language === 'both' ? ['zh-Hant', 'en'] : [language];
}

/** An invoice's number as people write it. */
export function dashed(number: string): string {
  return `${number.slice(0, 2)}-${number.slice(2)}`;
}

function factRows(parts: MessageParts): Facts {
  const { facts, seller } = parts;
  const { invoice, allowance, consent } = facts;
  const link = linkOf(parts);
  const isAsked = parts.notice.tag === 'consent' && consent !== null;
  return [
    ['seller', `${seller.name} (${seller.ubn})`],
    ['number', dashed(invoice.row.number)],
    ['issuedAt', invoice.row.issuedAt],
    ['total', String(invoice.row.total)],
    ...(allowance === null
      ? []
      : ([
          ['allowance', allowance.row.number],
          ['allowed', String(allowance.row.total)],
        ] as const)),
    ...(isAsked ? ([['expiresAt', consent.expiresAt]] as const) : []),
    ...(link === null ? [] : ([['link', link]] as const)),
  ];
}

/** The page that the message leads to. */
function linkOf({ notice, facts, links }: MessageParts): string | null {
  if (notice.tag === 'consent') {
    return facts.consent === null ? null : links.consentLink(facts.consent.token);
  }
  // The invoice's page shows personal data: it is for the buyer.
  return notice.audience === 'buyer' ? links.invoiceLink(facts.invoice.content) : null;
}

/** On a telephone a long link breaks instead of widening the mail; mail programs read styles in place only. */
const WRAPPED = 'word-break:break-word;overflow-wrap:anywhere';

interface Section {
  readonly language: Language;
  readonly sentence: string;
  readonly facts: readonly (readonly [string, string])[];
  readonly footer: string;
}

function plainSection({ sentence, facts, footer }: Section): string {
  const lines = facts.map(([name, value]) => `${name}: ${oneLine(value)}`);
  return [sentence, '', ...lines, '', footer].join('\n');
}

function htmlSection({ language, sentence, facts, footer }: Section): string {
  const rows = facts.map(
    ([name, value]) =>
      `<tr valign="top"><th align="left" nowrap>${escapeHtml(name)}</th><td style="${WRAPPED}">${htmlValue(oneLine(value))}</td></tr>`,
  );
  return `<div lang="${language}"><p>${escapeHtml(sentence)}</p><table cellpadding="4">${rows.join('')}</table><p><small>${escapeHtml(footer)}</small></p></div>`;
}

/** Only our own links are links: a name that looks like one is text. */
function htmlValue(value: string): string {
  const escaped = escapeHtml(value);
  return /^https?:\/\/\S+$/.test(value) ? `<a href="${escaped}">${escaped}</a>` : escaped;
}

function page(title: string, body: string, language: Language): string {
  return `<!DOCTYPE html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)}</title></head><body style="font-family:sans-serif;line-height:1.5">${body}</body></html>`;
}

function shortText(
  { sender, number, amount, amountValue, link }: Rendered,
  sentence: string,
  language: Language,
): string {
  const words = LABELS[language][amount];
  const body = `[${sender}] ${sentence} ${dashed(number)} ${words} ${amountValue}`;
  return oneLine(link === null ? body : `${body} ${link}`);
}

/** Without line breaks and other control characters, which could begin another header. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML text or as the value of a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
