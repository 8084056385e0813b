/**
 * A paper as HTML: the same description, laid out by the browser in millimetres. Codes are SVG, lines are
 * text, lists of goods are tables, in the order in which they are read.
 */
import { code39 } from '../code39.ts';
import { BARCODE_NARROW_MM, nameSize } from '../layout/strip.ts';
import type { Block, Column, Paper, Part, TextRole } from '../paper.ts';
import { qrSymbol } from '../qr-symbol.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { sizeClass } from './style.ts';

const BARCODE_HEIGHT_MM = 6;
const QR_MODULE_MM = 0.375;

/** The paper's parts, one `section` each. */
export function paperMarkup(paper: Paper): Markup {
  const sections = paper.parts.map((part) => partMarkup(paper, part));
  return html`<main class="paper ${paper.form.toLowerCase()}" lang="zh-Hant-TW">${sections}</main>`;
}

const PART_NAMES: Readonly<Record<Part['name'], string>> = {
  certificate: '證明聯',
  details: '交易明細',
  back: '背面',
  sheet: '發票',
};

function partMarkup(paper: Paper, part: Part): Markup {
  const joined = part.isJoined ? ' joined' : '';
  const label = PART_NAMES[part.name];
  const blocks = part.blocks.map((block) => blockMarkup(block, paper.form === 'strip'));
  return html`<section class="part ${part.name}${joined}" aria-label="${label}">${blocks}</section>`;
}

function blockMarkup(block: Block, isStrip: boolean): Markup {
  switch (block.kind) {
    case 'text':
      return textMarkup(block.role, block.text, block.align);
    case 'stamps':
      return html`<p class="stamps">${block.words.map((word) => html`<strong>${word}</strong> `)}</p>`;
    case 'pair':
      return html`<p class="pair"><span>${block.left}</span> <span>${block.right}</span></p>`;
    case 'barcode':
      return barcodeMarkup(block.text);
    case 'qr':
      return html`<div class="codes">${[
        qrMarkup(block.left, block.version, '左方二維條碼'),
        qrMarkup(block.right, block.version, '右方二維條碼'),
      ]}</div>`;
    case 'fields':
      return html`<dl class="fields">${block.rows.map(
        ({ label, value }) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`,
      )}</dl>`;
    case 'items':
      return itemsMarkup(block.columns, block.rows, isStrip);
    case 'totals':
      return html`<dl class="totals">${block.rows.map(
        ({ label, value, isStrong }) =>
          html`<div class="${isStrong ? 'strong' : 'plain'}"><dt>${label}</dt><dd>${value}</dd></div>`,
      )}</dl>`;
    case 'box':
      return html`<div class="box"><p>${block.title}</p>${block.lines.map(
        (line) => html`<p>${line}</p>`,
      )}</div>`;
    case 'rule':
      return html`<hr>`;
  }
}

const TAGS: Readonly<Partial<Record<TextRole, 'h1'>>> = { title: 'h1' };

function textMarkup(role: TextRole, text: string, align: string): Markup {
  const size = role === 'name' ? ` ${sizeClass(nameSize(text))}` : '';
  const className = `${role} ${align}${size}`;
  return TAGS[role] === 'h1'
    ? html`<h1 class="${className}">${text}</h1>`
    : html`<p class="${className}">${text}</p>`;
}

/** One path for all bars, so that nothing lies between them. */
function barcodeMarkup(text: string): Markup {
  const bars = code39(text);
  let path = '';
  let x = 0;
  for (const [index, width] of bars.widths.entries()) {
    if (index % 2 === 0) path += `M${x} 0h${width}v1h-${width}z`;
    x += width;
  }
  const width = `${(bars.total * BARCODE_NARROW_MM).toFixed(3)}mm`;
  return html`<svg class="barcode" role="img" aria-label="一維條碼 ${text}" width="${width}" height="${BARCODE_HEIGHT_MM}mm" viewBox="0 0 ${bars.total} 1" preserveAspectRatio="none"><path d="${path}"/></svg>`;
}

function qrMarkup(text: string, version: number, label: string): Markup {
  const { size, isDark } = qrSymbol(text, version);
  let path = '';
  for (let row = 0; row < size; row += 1) {
    let from = 0;
    while (from < size) {
      let to = from;
      while (to < size && isDark(to, row)) to += 1;
      if (to > from) path += `M${from} ${row}h${to - from}v1h-${to - from}z`;
      from = to + 1;
    }
  }
  const side = `${size * QR_MODULE_MM}mm`;
  return html`<svg class="qr" role="img" aria-label="${label}" width="${side}" height="${side}" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path d="${path}"/></svg>`;
}

function itemsMarkup(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  isStrip: boolean,
): Markup {
  const head = columns.map(
    ({ label, align }) => html`<th scope="col" class="${align}">${label}</th>`,
  );
  const body = rows.map((cells) => {
    const data = columns.map(({ align }, at) => html`<td class="${align}">${cells[at] ?? ''}</td>`);
    return html`<tr>${data}</tr>`;
  });
  const widths = isStrip
    ? NOTHING
    : html`<colgroup>${columns.map(({ share }) => html`<col class="w${share}">`)}</colgroup>`;
  return html`<table class="items">${widths}<thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}
