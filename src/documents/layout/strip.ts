/**
 * The 57 mm strip: certificate exactly 57 x 90 mm, details of any length, joined below it for a company
 * buyer (figures 1-1 and 1-2, e-invoice operating rules). Everything stands in the 48 mm that a 58 mm
 * printer reaches.
 */
import assert from 'node:assert/strict';
import { code39 } from '../code39.ts';
import { paperFont } from '../fonts.ts';
import type { Block, Paper, Part, TextRole } from '../paper.ts';
import { qrSymbol } from '../qr-symbol.ts';
import { Flow, type TextStyle } from './flow.ts';
import type { Page } from './page.ts';
import { textLines } from './text-lines.ts';

export const STRIP_WIDTH_MM = 57;
export const CERTIFICATE_HEIGHT_MM = 90;
/** Printable by a 58 mm printer: 384 dots. */
export const STRIP_CONTENT_MM = 48;
const MARGIN_MM = (STRIP_WIDTH_MM - STRIP_CONTENT_MM) / 2;
const TOP_MM = 3;
const BOTTOM_MM = 4;
/** A PDF page ends at 5,080 mm; a printer's memory well before. */
export const STRIP_PAGE_MM_MAX = 1_500;

/** One dot of a 203 dpi printer. */
const DOT_MM = 0.125;
/**
 * A narrow bar: with its quiet zones the code is 49.7 mm wide, and a dot more than one at 203 dpi, so that
 * it reads wherever the dots fall. A printer's own dots are chosen whole (`raster.ts`).
 */
export const BARCODE_NARROW_MM = 0.14;
const BARCODE_HEIGHT_MM = 6;
/** Three dots: version 6 is 15.4 mm wide, version 10 21.4 mm, and two of them fit with their gap. */
const QR_MODULE_MM = 3 * DOT_MM;
/** At least 0.2 cm around (MOF barcode specification 1.9); the gap belongs to both. */
const QR_QUIET_MM = 2;
const QR_GAP_MM = 4.5;
const STAMP_MM = 3.25;

const STYLES: Readonly<Record<TextRole, Omit<TextStyle, 'align'>>> = {
  name: { size: 4.25, weight: 'bold' },
  title: { size: 4.75, weight: 'bold' },
  period: { size: 6, weight: 'bold' },
  number: { size: 6, weight: 'bold' },
  line: { size: 3, weight: 'regular' },
  small: { size: 2.5, weight: 'regular' },
};
/** A long name is set smaller, so that it takes no more than three lines. */
export const NAME_SIZES_MM = [4.25, 3.5, 3, 2.5, 2.25, 2] as const;
const NAME_LINES_MAX = 3;

/** The pages of a paper of form `strip`. */
export function layoutStrip(paper: Paper): readonly Page[] {
  const pages: Page[] = [];
  let flow = newFlow();
  const endPage = (height: number, isCutAfter: boolean): void => {
    pages.push({ width: STRIP_WIDTH_MM, height, marks: flow.marks, isCutAfter });
    flow = newFlow();
  };
  for (const [index, part] of paper.parts.entries()) {
    const isFixed = part.name === 'certificate' || part.name === 'back';
    for (const block of part.blocks) {
      for (const piece of piecesOf(block)) {
        if (flow.y > STRIP_PAGE_MM_MAX) {
          endPage(flow.y, false);
          if (paper.stamps.length > 0) flow.stamps(paper.stamps, STAMP_MM);
        }
        draw(flow, piece);
      }
    }
    const height = isFixed ? CERTIFICATE_HEIGHT_MM : flow.y + BOTTOM_MM;
    assert(flow.y <= height, `the ${part.name} is no longer than its paper`);
    flow.y = height;
    if (!isNextJoined(paper.parts, index)) endPage(height, true);
  }
  return pages;
}

function newFlow(): Flow {
  return new Flow(MARGIN_MM, STRIP_CONTENT_MM, TOP_MM);
}

function isNextJoined(parts: readonly Part[], index: number): boolean {
  return parts[index + 1]?.isJoined ?? false;
}

/** A table is drawn row by row, so that a page may end between two of them. */
function piecesOf(block: Block): readonly Block[] {
  if (block.kind !== 'items') return [block];
  return block.rows.map((row) => ({ ...block, rows: [row] }));
}

function draw(flow: Flow, block: Block): void {
  switch (block.kind) {
    case 'text':
      flow.text(block.text, { ...styleOf(block.role, block.text), align: block.align });
      return;
    case 'stamps':
      flow.stamps(block.words, STAMP_MM);
      return;
    case 'pair':
      flow.pair(block.left, block.right, STYLES.line);
      return;
    case 'barcode':
      drawBarcode(flow, block.text);
      return;
    case 'qr':
      drawCodes(flow, block);
      return;
    case 'fields':
      for (const { label, value } of block.rows) drawField(flow, label, value);
      return;
    case 'items':
      for (const [name = '', ...others] of block.rows) drawItem(flow, name, others);
      return;
    case 'totals':
      for (const { label, value, isStrong } of block.rows) {
        flow.pair(label, value, { ...STYLES.line, weight: isStrong ? 'bold' : 'regular' });
      }
      return;
    case 'box':
      for (const line of [block.title, ...block.lines]) {
        flow.text(line, { ...STYLES.line, align: 'left' });
      }
      return;
    case 'rule':
      flow.rule();
      return;
  }
}

function styleOf(role: TextRole, text: string): Omit<TextStyle, 'align'> {
  const style = STYLES[role];
  if (role === 'title') {
    const need = paperFont(style.weight).widthOf(text) * style.size;
    return need <= STRIP_CONTENT_MM ? style : { ...style, size: STYLES.line.size };
  }
  return role === 'name' ? { ...style, size: nameSize(text) } : style;
}

/** The largest size at which a name takes no more than three lines. */
export function nameSize(name: string): number {
  const fits = NAME_SIZES_MM.find(
    (size) => textLines(name, STRIP_CONTENT_MM, size, STYLES.name.weight).length <= NAME_LINES_MAX,
  );
  return fits ?? NAME_SIZES_MM[NAME_SIZES_MM.length - 1] ?? STYLES.name.size;
}

function drawBarcode(flow: Flow, text: string): void {
  const bars = code39(text);
  const room = flow.width - bars.total * BARCODE_NARROW_MM;
  flow.space(1);
  flow.marks.push({
    kind: 'bars',
    x: flow.left + room / 2,
    y: onDot(flow.y),
    height: BARCODE_HEIGHT_MM,
    narrow: BARCODE_NARROW_MM,
    widths: bars.widths,
  });
  flow.space(BARCODE_HEIGHT_MM);
}

/** Side by side, upper edges level, one size. */
function drawCodes(flow: Flow, block: Extract<Block, { kind: 'qr' }>): void {
  flow.space(QR_QUIET_MM);
  const grids = [qrSymbol(block.left, block.version), qrSymbol(block.right, block.version)];
  const side = (grids[0]?.size ?? 0) * QR_MODULE_MM;
  const y = onDot(flow.y);
  let x = onDot(flow.left + (flow.width - 2 * side - QR_GAP_MM) / 2);
  for (const grid of grids) {
    flow.marks.push({ kind: 'qr', x, y, module: QR_MODULE_MM, grid });
    x += side + QR_GAP_MM;
  }
  flow.space(side + QR_QUIET_MM);
}

function onDot(millimetres: number): number {
  return Math.round(millimetres / DOT_MM) * DOT_MM;
}

/** A label with a line to write on, or with its value. */
function drawField(flow: Flow, label: string, value: string): void {
  flow.space(1);
  flow.text(`${label}：${value}`, { ...STYLES.line, align: 'left' });
  if (value === '') flow.rule();
}

/** The name on lines of its own; beneath, the other cells at the two ends. */
function drawItem(flow: Flow, name: string, others: readonly string[]): void {
  flow.text(name, { ...STYLES.line, align: 'left' });
  const [left = '', right = ''] = others;
  flow.pair(left, right, STYLES.line);
}
