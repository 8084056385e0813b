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

/** The page of a consent in whatever state it is. */
export function consentPage(view: ConsentView): string {
  const { consent, isOpen } = view;
  const body = isOpen ? openPart(view) : closedPart(consent);
  return document(
    '線上折讓同意',
    `<h1>線上折讓同意 <span lang="en">Consent to an allowance</span></h1>${facts(view)}${body}`,
  );
}

/** The page of a link that leads nowhere. */
export function unknownConsentPage(): string {
  return document(
    '查無此連結',
    '<h1>查無此連結 <span lang="en">No such link</span></h1><p>請確認信件中的連結是否完整。</p><p lang="en">Please check that the link from the mail is complete.</p>',
  );
}

function facts({ seller, content, consent }: ConsentView): string {
  const { invoice } = content;
  const number = `${invoice.number.slice(0, 2)}-${invoice.number.slice(2)}`;
  const rows: readonly (readonly [string, string, string])[] = [
    ['賣方', 'Seller', `${seller.name}（${seller.ubn}）`],
    ['發票號碼', 'Invoice number', number],
    ['發票日期', 'Invoice date', invoice.issuedAt.slice(0, 10)],
    ['折讓單號碼', 'Allowance number', content.number],
    ['折讓金額（含稅）', 'Amount given back, tax included (TWD)', dollars(content.amounts.total)],
    ['同意期限', 'Agree before (Taipei)', consent.expiresAt],
    ...(content.reason === '' ? [] : [['原因', 'Reason', content.reason] as const]),
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
      `<tr><td>${escapeHtml(item.description)}</td><td>${escapeHtml(item.quantity)}</td><td>${escapeHtml(item.amount)}</td></tr>`,
  );
  return `<table><thead><tr><th scope="col">品名 <span lang="en">Item</span></th><th scope="col">數量 <span lang="en">Quantity</span></th><th scope="col">金額 <span lang="en">Amount</span></th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function openPart({ formKey }: ConsentView): string {
  return `<form method="post"><input type="hidden" name="key" value="${escapeHtml(formKey)}"><p>按下「同意折讓」後，賣方即開立折讓證明單並上傳財政部，無法在此撤回。如不同意，無須理會，逾期自動失效。</p><p lang="en">By agreeing you let the seller make this allowance and report it to the Ministry of Finance; it cannot be taken back here. If you do not agree, do nothing: the request ends by itself.</p><button type="submit">同意折讓 <span lang="en">Agree</span></button></form>`;
}

function closedPart({ state, settledAt }: ConsentRow): string {
  switch (state) {
    case 'given':
      return note('您已同意此折讓。', `You have agreed to this allowance. ${settledAt ?? ''}`);
    case 'withdrawn':
      return note('賣方已取消此折讓。', 'The seller has withdrawn this allowance.');
    case 'expired':
    case 'waiting':
      return note(
        '同意期限已過，此折讓已失效。',
        'The time to agree is over; this allowance has lapsed.',
      );
  }
}

function note(zh: string, en: string): string {
  return `<p role="status"><strong>${zh}</strong></p><p lang="en">${escapeHtml(en)}</p>`;
}

function dollars(amount: number): string {
  return String(amount).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

const STYLE =
  'body{margin:0;font:1rem/1.6 system-ui,sans-serif;color:#1a1a1a;background:#fff}main{max-width:40rem;margin:0 auto;padding:1rem}h1{font-size:1.4rem}[lang=en]{color:#555;font-size:.9em}dl{margin:0}dl div{padding:.5rem 0;border-bottom:1px solid #ddd}dt{font-size:.9rem}dd{margin:0;font-weight:600;overflow-wrap:anywhere}table{width:100%;border-collapse:collapse;margin:1rem 0}th,td{text-align:left;padding:.4rem;border-bottom:1px solid #ddd;overflow-wrap:anywhere}button{display:block;width:100%;min-height:3rem;font:inherit;font-weight:600;color:#fff;background:#0b5d3b;border:0;border-radius:.5rem;cursor:pointer}button [lang=en]{color:#fff}button:focus-visible{outline:3px solid #f0a500;outline-offset:2px}';

function document(title: string, body: string): string {
  return `<!DOCTYPE html><html lang="zh-Hant"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${title}</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>`;
}
