/**
 * Whole pages: the print page that a client program opens, the buyer's page, and a page that says why there
 * is none. In Chinese, or in English around the paper, which stays as the law wants it. They load nothing
 * and run nothing but the line that opens the print dialogue.
 */
import { createHash } from 'node:crypto';
import type { InvoiceContent } from '../../domain/invoice.ts';
import type { Seller } from '../../domain/seller.ts';
import type { InvoiceRecord } from '../../ledger/rows.ts';
import { dashed } from '../describe-certificate.ts';
import { layout } from '../layout/layout.ts';
import type { Paper } from '../paper.ts';
import { grouped } from '../taiwan-amount.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { paperMarkup } from './paper-markup.ts';
import { BUYER_STYLE, printStyle } from './style.ts';
import { type Language, type PageTexts, TEXTS } from './texts.ts';

export interface HtmlPage {
  readonly status: number;
  readonly body: string;
  /** Allows what is in the page and nothing else. */
  readonly contentSecurityPolicy: string;
}

const PRINT_SCRIPT = "document.querySelector('button').addEventListener('click',()=>print())";
/** Room that other fonts may need beyond ours. */
const DETAILS_SLACK = 1.15;

/** The paper with a button to print it; the button is not on the paper. */
export function printPage(paper: Paper, language: Language): HtmlPage {
  const texts = TEXTS[language];
  const heights = layout(paper)
    .filter(({ isCutAfter }) => isCutAfter)
    .map(({ height }) => (height === 90 ? height : Math.ceil(height * DETAILS_SLACK)));
  const bar = html`<div class="bar"><button type="button">${texts.print}</button></div>`;
  const body = html`${bar}${numbered(paperMarkup(paper), paper)}`;
  return page(paper.title, language, printStyle(paper.form, heights), body, PRINT_SCRIPT);
}

/** Groups joined parts, so that each group is a page of its own size. */
function numbered(markup: Markup, paper: Paper): Markup {
  if (paper.form !== 'strip') return markup;
  let group = -1;
  const sections = markup.markup.split('<section ').map((text, index) => {
    if (index === 0) return text;
    const isJoined = paper.parts[index - 1]?.isJoined ?? false;
    if (isJoined) return `<section ${text}`;
    group += 1;
    return `${group === 0 ? '' : '</div>'}<div class="p${group}"><section ${text}`;
  });
  return { markup: sections.join('').replace('</main>', '</div></main>') };
}

export interface BuyerPageParts {
  readonly record: InvoiceRecord;
  readonly seller: Seller;
  /** The certificate as it may be shown; null where none may. */
  readonly paper: Paper | null;
  readonly isTest: boolean;
}

/** What a buyer wants to know of an invoice, on any screen. */
export function buyerPage(parts: BuyerPageParts, language: Language): HtmlPage {
  const { record, seller, paper, isTest } = parts;
  const texts = TEXTS[language];
  const other = language === 'en' ? 'zh-Hant' : 'en';
  const isDonated = record.content.donationCode !== '';
  const proof =
    paper === null
      ? NOTHING
      : html`<section class="card proof" aria-labelledby="proof"><h2 id="proof">${texts.certificate}</h2>${inside(paperMarkup(paper))}</section>`;
  const test = isTest ? html`<p class="stamps"><strong>測試 ${texts.test}</strong></p>` : NOTHING;
  const body = html`<header><h1>${seller.name}</h1><a href="?lang=${other}" hreflang="${other}" lang="${other}">${texts.otherLanguage}</a></header>
<main>${test}
<section class="card" aria-labelledby="status"><h2 id="status">${texts.status}</h2>${factsMarkup(record, texts)}</section>
<section class="card" aria-labelledby="goods"><h2 id="goods">${texts.goods}</h2>${goodsMarkup(record.content, texts)}</section>
${proof}${isDonated ? html`<p class="note">${texts.donatedNote}</p>` : NOTHING}</main>`;
  return page(`${texts.invoice} ${shownNumber(record.content)}`, language, BUYER_STYLE, body);
}

/** A paper within a page: its headings and its `main` are parts of the page's. */
function inside({ markup }: Markup): Markup {
  return {
    markup: markup
      .replace('<main ', '<div ')
      .replace('</main>', '</div>')
      .replaceAll('<section ', '<div role="group" ')
      .replaceAll('</section>', '</div>')
      .replaceAll('<h1 ', '<h3 ')
      .replaceAll('</h1>', '</h3>'),
  };
}

function shownNumber({ number, donationCode }: InvoiceContent): string {
  return donationCode === '' ? dashed(number) : dashed(`${number.slice(0, -3)}***`);
}

function factsMarkup(
  { row, content, allowed, issueFiling }: InvoiceRecord,
  texts: PageTexts,
): Markup {
  const state = row.state === 'voided' ? texts.voided : texts.issued;
  const uploaded = issueFiling.state === 'confirmed' ? texts.uploaded : texts.notUploaded;
  const facts: readonly (readonly [string, string])[] = [
    [texts.number, shownNumber(content)],
    [texts.issuedAt, content.issuedAt],
    [texts.state, state],
    [texts.upload, uploaded],
    [texts.total, `NT$ ${grouped(content.amounts.total)}`],
    ...(allowed > 0 ? ([[texts.allowed, `NT$ ${grouped(allowed)}`]] as const) : []),
    ...(content.donationCode === '' ? [] : ([[texts.donation, content.donationCode]] as const)),
    ...(content.buyer.ubn === null ? [] : ([[texts.buyer, content.buyer.ubn]] as const)),
    [texts.seller, content.seller],
  ];
  return html`<dl class="facts">${facts.map(
    ([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`,
  )}</dl>`;
}

function goodsMarkup({ lines }: InvoiceContent, texts: PageTexts): Markup {
  const rows = lines.map(
    (line) =>
      html`<tr><td>${line.description}</td><td class="right">${line.quantity}${line.unit}</td><td class="right">${grouped(line.unitPrice)}</td><td class="right">${grouped(line.amount)}</td></tr>`,
  );
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${texts.goods}"><table class="goods"><thead><tr><th scope="col" class="left">${texts.name}</th><th scope="col" class="right">${texts.quantity}</th><th scope="col" class="right">${texts.price}</th><th scope="col" class="right">${texts.amount}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

/** Nothing to show: unknown, or past its hour. Says no more to one who guesses. */
export function missingPage(kind: 'unknown' | 'expired', language: Language): HtmlPage {
  const texts = TEXTS[language];
  const [title, text] =
    kind === 'expired' ? [texts.expired, texts.expiredText] : [texts.unknown, texts.unknownText];
  const body = html`<main class="card"><h1>${title}</h1><p>${text}</p></main>`;
  const found = page(title, language, BUYER_STYLE, body);
  return { ...found, status: kind === 'expired' ? 410 : 404 };
}

function page(
  title: string,
  language: Language,
  style: string,
  body: Markup,
  script = '',
): HtmlPage {
  const tag = script === '' ? '' : `<script>${script}</script>`;
  const head = html`<title>${title}</title>`.markup;
  const policy = [
    "default-src 'none'",
    `style-src '${digest(style)}'`,
    ...(script === '' ? [] : [`script-src '${digest(script)}'`]),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    status: 200,
    body: `<!DOCTYPE html>
<html lang="${language === 'en' ? 'en' : 'zh-Hant-TW'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">${head}<style>${style}</style></head>
<body>${body.markup}${tag}</body></html>
`,
    contentSecurityPolicy: policy.join('; '),
  };
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
