/**
 * The page on which a buyer agrees to an online allowance 線上折讓: what is given back on which invoice, by
 * whom, until when, and one button. Traditional Chinese with English below; no script, no font and no
 * picture from elsewhere, so that it works on any telephone. Everything from outside is escaped.
 */
import type { AllowanceContent } from '../domain/allowance.ts';
import type { Seller } from '../domain/seller.ts';
import type { ConsentRow } from '../ledger/rows.ts';
import { escapeHtml } from './message.ts';

export interface ConsentView {
  readonly seller: Seller;
  readonly content: AllowanceContent;
  readonly consent: ConsentRow;
  /** Value of the form's hidden field; see `formKeyOf` of the server. */
  readonly formKey: string;
  /** Whether the buyer may still agree. */
  readonly isOpen: boolean;
}

/** The page of a consent in whatever state it is: how it stands first, then what it is about. */
export function consentPage(view: ConsentView): string {
  const { consent, isOpen } = view;
  const heading = title('線上折讓同意', 'Consent to an allowance');
  const [head, foot] = isOpen ? [opening(), openPart(view)] : [closedPart(consent), ''];
  return document('線上折讓同意', `${heading}${head}${facts(view)}${foot}`);
}

/** The page of a link that leads nowhere. */
export function unknownConsentPage(): string {
  return document(
    '查無此連結',
    `${title('查無此連結', 'No such link')}<p>請確認信件中的連結是否完整。</p><p lang="en">Please check that the link from the mail is complete.</p>`,
  );
}

function title(zh: string, en: string): string {
  return `<h1>${zh} <span lang="en">${en}</span></h1>`;
}

/** What the page is for: few buyers know the word 折讓. */
function opening(): string {
  return '<p>賣方要退還這張電子發票的部分或全部金額（折讓），需要您的同意。請確認以下內容。</p><p lang="en">The seller wants to give back some or all of the amount of this e-invoice, and needs your consent. Please read what follows.</p>';
}

function facts({ seller, content, consent, isOpen }: ConsentView): string {
  const { invoice } = content;
  const number = `${invoice.number.slice(0, 2)}-${invoice.number.slice(2)}`;
  const rows: readonly (readonly [string, string, string])[] = [
    ['賣方', 'Seller', `${seller.name}（${seller.ubn}）`],
    [
      '折讓金額（含稅）',
      'Amount given back, tax included',
      `NT$ ${grouped(`${content.amounts.total}`)}`,
    ],
    ...(content.reason === '' ? [] : [['原因', 'Reason', content.reason] as const]),
    ['發票號碼', 'Invoice number', number],
    ['發票日期', 'Invoice date', invoice.issuedAt.slice(0, 10)],
    ['折讓單號碼', 'Allowance number', content.number],
    ...(isOpen
      ? [['同意期限（臺北時間）', 'Agree until (Taipei)', consent.expiresAt] as const]
      : []),
  ];
  const list = rows.map(
    ([zh, en, value]) =>
      `<div><dt>${zh} <span lang="en">${en}</span></dt><dd>${escapeHtml(value)}</dd></div>`,
  );
  return `<dl>${list.join('')}</dl>${lines(content)}`;
}

function lines({ lines: items }: AllowanceContent): string {
  const rows = items.map(
    (item) =>
      `<tr><td>${escapeHtml(item.description)}</td><td class="n">${grouped(item.quantity)}</td><td class="n">${grouped(item.amount)}</td></tr>`,
  );
  const heads = [
    ['', '品名', 'Item'],
    [' class="n"', '數量', 'Quantity'],
    [' class="n"', '金額', 'Amount'],
  ].map(([kind, zh, en]) => `<th scope="col"${kind}>${zh} <span lang="en">${en}</span></th>`);
  return `<table><thead><tr>${heads.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function openPart({ formKey }: ConsentView): string {
  return `<form method="post"><input type="hidden" name="key" value="${escapeHtml(formKey)}"><p>按下「同意折讓」後，賣方即開立折讓證明單並上傳財政部，無法在此撤回。如不同意，無須理會，逾期自動失效。</p><p lang="en">By agreeing you let the seller make this allowance and report it to the Ministry of Finance; it cannot be taken back here. If you do not agree, do nothing: the request ends by itself.</p><button type="submit">同意折讓 <span lang="en">Agree</span></button></form>`;
}

function closedPart({ state, settledAt }: ConsentRow): string {
  const at = settledAt ?? '';
  switch (state) {
    case 'given':
      return note(
        '您已同意此折讓。',
        `同意時間（臺北時間）：${at}`,
        `You have agreed to this allowance, at ${at} Taipei time.`,
      );
    case 'withdrawn':
      return note(
        '賣方已取消此折讓。',
        '您無須再做任何事。',
        'The seller has withdrawn this allowance. There is nothing left for you to do.',
      );
    case 'expired':
    case 'waiting':
      return note(
        '同意期限已過，此折讓已失效。',
        '如仍需折讓，請洽賣方重新申請。',
        'The time to agree is over; this allowance has lapsed. If you still want it, ask the seller for a new one.',
      );
  }
}

function note(what: string, more: string, en: string): string {
  return `<div class="note" role="status"><p><strong>${what}</strong></p><p>${escapeHtml(more)}</p><p lang="en">${escapeHtml(en)}</p></div>`;
}

/** A number with its thousands set apart; digits, point and sign are all that it holds. */
function grouped(number: string): string {
  const [whole = '', fraction] = number.split('.');
  const apart = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return fraction === undefined ? apart : `${apart}.${fraction}`;
}

const STYLE = [
  'body{margin:0;font:1rem/1.6 system-ui,sans-serif;color:#1a1a1a;background:#fff}',
  'main{max-width:40rem;margin:0 auto;padding:1rem}',
  'h1{font-size:1.4rem;line-height:1.3;margin:.5rem 0 1rem}h1 [lang=en]{display:block;font-size:1rem;font-weight:500}',
  '[lang=en]{color:#555;font-size:.9em}',
  'dl{margin:0}dl div{padding:.5rem 0;border-bottom:1px solid #ddd}dt{font-size:.9rem}',
  'dd{margin:0;font-weight:600;overflow-wrap:anywhere}',
  'table{width:100%;border-collapse:collapse;margin:1rem 0}',
  'th,td{text-align:left;vertical-align:top;padding:.4rem 0 .4rem 1rem;border-bottom:1px solid #ddd;overflow-wrap:anywhere}',
  'th:first-child,td:first-child{padding-left:0}',
  'th{font-size:.9rem}th [lang=en]{display:block;font-weight:400;font-size:.8rem}',
  '.n{text-align:right;white-space:nowrap;overflow-wrap:normal;font-variant-numeric:tabular-nums}',
  '.note{padding:.25rem 1rem;margin:0 0 1rem;background:#eef5f1;border-left:4px solid #0b5d3b}.note p{margin:.5rem 0}',
  'button{display:block;width:100%;min-height:3rem;font:inherit;font-weight:600;color:#fff;background:#0b5d3b;border:0;border-radius:.5rem;cursor:pointer}',
  'button [lang=en]{color:#fff}button:focus-visible{outline:3px solid #f0a500;outline-offset:2px}',
].join('');

function document(heading: string, body: string): string {
  return `<!DOCTYPE html><html lang="zh-Hant"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${heading}</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>`;
}
