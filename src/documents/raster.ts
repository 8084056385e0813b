/**
 * A page as dots: black or white, as a thermal printer burns them. Characters are drawn from the font's
 * outlines and kept by size, since a receipt repeats a few hundred of them.
 */
import { paperFont, type Weight } from './fonts.ts';
import { type GlyphDots, glyphDots } from './glyph-dots.ts';
import type { Mark, Page } from './layout/page.ts';

/** Rows of dots, eight to a byte, the highest bit leftmost; 1 is black. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  /** Bytes a row. */
  readonly stride: number;
  readonly data: Uint8Array;
}

/** Draws a page at a resolution; edges fall on whole dots. */
export function rasterise(page: Page, dotsPerMm: number): Bitmap {
  const width = Math.round(page.width * dotsPerMm);
  const height = Math.round(page.height * dotsPerMm);
  const stride = Math.ceil(width / 8);
  const bitmap = { width, height, stride, data: new Uint8Array(stride * height) };
  for (const mark of page.marks) draw(bitmap, mark, dotsPerMm);
  return bitmap;
}

function draw(bitmap: Bitmap, mark: Mark, scale: number): void {
  switch (mark.kind) {
    case 'text':
      drawText(bitmap, mark, scale);
      return;
    case 'rect':
      fill(bitmap, mark.x, mark.y, mark.width, mark.height, scale);
      return;
    case 'bars':
      drawBars(bitmap, mark, scale);
      return;
    case 'qr': {
      const { grid, module, x, y } = mark;
      for (let row = 0; row < grid.size; row += 1) {
        for (let column = 0; column < grid.size; column += 1) {
          if (!grid.isDark(column, row)) continue;
          fill(bitmap, x + column * module, y + row * module, module, module, scale);
        }
      }
      return;
    }
  }
}

/** In whole dots, all narrow ones alike and all wide ones alike, in the middle of the code's place. */
function drawBars(bitmap: Bitmap, mark: Extract<Mark, { kind: 'bars' }>, scale: number): void {
  const { narrow, wide } = dotWidths(mark, scale);
  const dots = mark.widths.map((width) => (width === 1 ? narrow : wide));
  const total = dots.reduce((sum, width) => sum + width, 0);
  let column = Math.round(mark.x * scale + (roomOf(mark, scale) - total) / 2);
  for (const [index, width] of dots.entries()) {
    const [x, size] = [column / scale, width / scale];
    if (index % 2 === 0) fill(bitmap, x, mark.y, size, mark.height, scale);
    column += width;
  }
}

function roomOf(mark: Extract<Mark, { kind: 'bars' }>, scale: number): number {
  return mark.widths.reduce((sum, width) => sum + width, 0) * mark.narrow * scale;
}

/** The most dots a narrow bar that leave a wide one two to three times as many. */
function dotWidths(
  mark: Extract<Mark, { kind: 'bars' }>,
  scale: number,
): { readonly narrow: number; readonly wide: number } {
  const room = roomOf(mark, scale);
  const narrowCount = mark.widths.filter((width) => width === 1).length;
  const wideCount = mark.widths.length - narrowCount;
  for (let narrow = Math.ceil(mark.narrow * scale); narrow > 1; narrow -= 1) {
    const wide = Math.min(3 * narrow, Math.floor((room - narrowCount * narrow) / wideCount));
    if (wide >= 2 * narrow) return { narrow, wide };
  }
  return {
    narrow: 1,
    wide: Math.max(2, Math.min(3, Math.floor((room - narrowCount) / wideCount))),
  };
}

/** Both edges are rounded, not the width, so that neighbours meet; a thin line has one dot at least. */
function fill(
  bitmap: Bitmap,
  x: number,
  y: number,
  width: number,
  height: number,
  scale: number,
): void {
  const [left, top] = [Math.round(x * scale), Math.round(y * scale)];
  const right = Math.max(left + 1, Math.round((x + width) * scale));
  const bottom = Math.max(top + 1, Math.round((y + height) * scale));
  for (let row = Math.max(0, top); row < Math.min(bottom, bitmap.height); row += 1) {
    for (let column = Math.max(0, left); column < Math.min(right, bitmap.width); column += 1) {
      setDot(bitmap, column, row);
    }
  }
}

function setDot(bitmap: Bitmap, column: number, row: number): void {
  const at = row * bitmap.stride + (column >> 3);
  bitmap.data[at] = (bitmap.data[at] ?? 0) | (0x80 >> (column & 7));
}

function drawText(bitmap: Bitmap, mark: Extract<Mark, { kind: 'text' }>, scale: number): void {
  const font = paperFont(mark.weight);
  const size = mark.size * scale;
  const baseline = Math.round(mark.baseline * scale);
  let x = mark.x * scale;
  for (const character of mark.text) {
    const glyph = font.glyph(character.codePointAt(0) ?? 0);
    stamp(bitmap, dotsOf(mark.weight, glyph.id, size), Math.round(x), baseline);
    x += (glyph.advanceWidth / font.font.unitsPerEm) * size;
  }
}

function stamp(bitmap: Bitmap, dots: GlyphDots, x: number, baseline: number): void {
  for (let row = 0; row < dots.height; row += 1) {
    const to = baseline - dots.top + row;
    if (to < 0 || to >= bitmap.height) continue;
    for (let column = 0; column < dots.width; column += 1) {
      const at = x + dots.left + column;
      if (at < 0 || at >= bitmap.width || dots.isBlack[row * dots.width + column] !== 1) continue;
      setDot(bitmap, at, to);
    }
  }
}

/** Glyphs of all sizes that are kept; a receipt has some hundreds, a font 20,000. */
const GLYPHS_KEPT_MAX = 8_192;
const kept = new Map<string, GlyphDots>();

function dotsOf(weight: Weight, id: number, size: number): GlyphDots {
  const name = `${weight}/${id}/${size}`;
  const known = kept.get(name);
  if (known !== undefined) return known;
  const { font } = paperFont(weight);
  const dots = glyphDots(font.getGlyph(id).path.commands, size / font.unitsPerEm);
  if (kept.size >= GLYPHS_KEPT_MAX) kept.clear();
  kept.set(name, dots);
  return dots;
}
