/**
 * A column of a page being filled from top to bottom: texts, pairs, rules and frames, as strips and
 * sheets share them. Knows widths and heights, not which paper it is.
 */
import { paperFont, type Weight } from '../fonts.ts';
import type { Align } from '../paper.ts';
import { frame, type Mark } from './page.ts';
import { textLines } from './text-lines.ts';

/** Distance of two baselines in parts of the size. */
const LEADING = 1.25;
/** Where the characters stand within their line, so that they look centred in it. */
const BASELINE = 0.97;
const RULE_MM = 0.125;
const FRAME_MM = 0.25;

export interface TextStyle {
  readonly size: number;
  readonly weight: Weight;
  readonly align: Align;
}

export class Flow {
  readonly marks: Mark[] = [];
  readonly left: number;
  readonly width: number;
  y: number;

  constructor(left: number, width: number, y: number) {
    this.left = left;
    this.width = width;
    this.y = y;
  }

  space(millimetres: number): void {
    this.y += millimetres;
  }

  /** A text in as many lines as it needs. */
  text(text: string, style: TextStyle): void {
    this.y += this.cell(text, style, this.left, this.width);
  }

  /** Draws lines of a text in a part of the column without moving on; answers their height. */
  cell(text: string, style: TextStyle, left: number, width: number): number {
    const lines = textLines(text, width, style.size, style.weight);
    for (const [index, line] of lines.entries()) {
      this.#line(line, style, left, width, this.y + index * style.size * LEADING);
    }
    return lines.length * style.size * LEADING;
  }

  /** Two texts at the two ends of a line; on two lines where they do not fit beside each other. */
  pair(left: string, right: string, style: Omit<TextStyle, 'align'>): void {
    const font = paperFont(style.weight);
    const need = (font.widthOf(left) + font.widthOf(right) + 1) * style.size;
    const height = this.cell(left, { ...style, align: 'left' }, this.left, this.width);
    if (need > this.width) this.y += height;
    this.y += this.cell(right, { ...style, align: 'right' }, this.left, this.width);
  }

  rule(): void {
    this.space(1);
    this.marks.push({ kind: 'rect', x: this.left, y: this.y, width: this.width, height: RULE_MM });
    this.space(1);
  }

  /** Words in frames, side by side in the middle. */
  stamps(words: readonly string[], size: number): void {
    const font = paperFont('bold');
    const [padding, gap] = [size / 3, size / 2];
    const widths = words.map((word) => font.widthOf(word) * size + 2 * padding);
    const total = widths.reduce((sum, width) => sum + width, 0) + gap * (words.length - 1);
    const height = size * LEADING + padding;
    let x = this.left + (this.width - total) / 2;
    for (const [index, word] of words.entries()) {
      const width = widths[index] ?? 0;
      this.marks.push(...frame(x, this.y, width, height, FRAME_MM));
      this.#line(word, { size, weight: 'bold', align: 'center' }, x, width, this.y + padding / 2);
      x += width + gap;
    }
    this.y += height + size / 4;
  }

  #line(text: string, style: TextStyle, left: number, width: number, top: number): void {
    if (text === '') return;
    const room = width - paperFont(style.weight).widthOf(text) * style.size;
    const shift = style.align === 'left' ? 0 : style.align === 'center' ? room / 2 : room;
    this.marks.push({
      kind: 'text',
      x: left + shift,
      baseline: top + BASELINE * style.size,
      size: style.size,
      weight: style.weight,
      text,
    });
  }
}
