/**
 * A4 and A5 sheets: a head, a table that goes on over as many pages as it needs with its heading again
 * on each, sums and frames that are never torn apart, and page numbers at the foot.
 */
import type { Block, Column, Paper, TextRole } from '../paper.ts';
import { Flow, type TextStyle } from './flow.ts';
import { frame, type Mark, type Page } from './page.ts';
import { textLines } from './text-lines.ts';

interface SheetSize {
  readonly width: number;
  readonly height: number;
  readonly margin: number;
  readonly size: number;
}

/** Millimetres; `size` is that of ordinary text. */
const SHEETS: Readonly<Record<'A4' | 'A5', SheetSize>> = {
  A4: { width: 210, height: 297, margin: 15, size: 3.5 },
  A5: { width: 148, height: 210, margin: 10, size: 2.75 },
};

/** Sizes in parts of the ordinary text's. */
const ROLES: Readonly<Record<TextRole, { scale: number; weight: TextStyle['weight'] }>> = {
  name: { scale: 1.6, weight: 'bold' },
  title: { scale: 1.6, weight: 'bold' },
  period: { scale: 1.6, weight: 'bold' },
  number: { scale: 1.6, weight: 'bold' },
  line: { scale: 1, weight: 'regular' },
  small: { scale: 0.8, weight: 'regular' },
};
const CELL_PADDING_MM = 1;
const GRID_MM = 0.125;
const FOOT_MM = 8;
/** A name of 500 characters is cut in a cell only by the page's end, which it never reaches. */
const TOTALS_SHARE = 0.45;
const BOX_SHARE = 0.55;
/** Room for a seller's stamp beneath the lines of a frame. */
const STAMP_ROOM_MM = 14;

/** The pages of a paper of form `A4` or `A5`. */
export function layoutSheet(paper: Paper, form: 'A4' | 'A5'): readonly Page[] {
  const head = [...paper.stamps.map((word) => `【${word}】`), paper.title].join(' ');
  const writer = new SheetWriter(SHEETS[form], head);
  for (const part of paper.parts) {
    for (const block of part.blocks) writer.add(block);
  }
  return writer.pages();
}

class SheetWriter {
  readonly #sheet: SheetSize;
  readonly #title: string;
  readonly #flows: Flow[] = [];
  #flow: Flow;

  constructor(sheet: SheetSize, title: string) {
    this.#sheet = sheet;
    this.#title = title;
    this.#flow = this.#newPage();
  }

  add(block: Block): void {
    switch (block.kind) {
      case 'text':
        this.#text(block.text, block.role, block.align);
        return;
      case 'stamps':
        this.#flow.stamps(block.words, this.#sheet.size * 1.2);
        return;
      case 'pair':
        this.#flow.pair(block.left, block.right, this.#style('line'));
        return;
      case 'fields':
        for (const { label, value } of block.rows) this.#text(`${label}：${value}`, 'line', 'left');
        this.#flow.space(2);
        return;
      case 'items':
        this.#table(block.columns, block.rows);
        return;
      case 'totals':
        this.#totals(block.rows);
        return;
      case 'box':
        this.#box(block.title, block.lines);
        return;
      case 'rule':
        this.#flow.rule();
        return;
      case 'barcode':
      case 'qr':
        throw new Error('a sheet has no codes');
    }
  }

  pages(): readonly Page[] {
    const { width, height, margin, size } = this.#sheet;
    return this.#flows.map((flow, index) => {
      flow.y = height - margin + FOOT_MM - 2 * size;
      const foot = `第 ${index + 1} 頁，共 ${this.#flows.length} 頁`;
      flow.text(foot, { ...this.#style('small'), align: 'center' });
      return { width, height, marks: flow.marks, isCutAfter: true };
    });
  }

  get #bottom(): number {
    return this.#sheet.height - this.#sheet.margin - FOOT_MM / 2;
  }

  #style(role: TextRole): Omit<TextStyle, 'align'> {
    const { scale, weight } = ROLES[role];
    return { size: this.#sheet.size * scale, weight };
  }

  #newPage(): Flow {
    const { margin, width } = this.#sheet;
    const flow = new Flow(margin, width - 2 * margin, margin);
    this.#flows.push(flow);
    if (this.#flows.length > 1) {
      flow.text(this.#title, { ...this.#style('small'), align: 'left' });
      flow.space(1);
    }
    this.#flow = flow;
    return flow;
  }

  /** Goes to the next page unless this much fits on this one. */
  #need(height: number): void {
    if (this.#flow.y + height > this.#bottom) this.#newPage();
  }

  #text(text: string, role: TextRole, align: TextStyle['align']): void {
    const style = { ...this.#style(role), align };
    const lines = textLines(text, this.#flow.width, style.size, style.weight).length;
    this.#need(lines * style.size * 1.25);
    this.#flow.text(text, style);
  }

  #table(columns: readonly Column[], rows: readonly (readonly string[])[]): void {
    const heading = columns.map(({ label }) => label);
    this.#need(4 * this.#sheet.size * 2);
    this.#row(columns, heading, 'bold');
    for (const cells of rows) {
      if (this.#flow.y + this.#rowHeight(columns, cells, 'regular') > this.#bottom) {
        this.#newPage();
        this.#row(columns, heading, 'bold');
      }
      this.#row(columns, cells, 'regular');
    }
    this.#flow.space(2);
  }

  #rowHeight(
    columns: readonly Column[],
    cells: readonly string[],
    weight: TextStyle['weight'],
  ): number {
    const size = this.#sheet.size * 0.9;
    const lines = columns.map(({ share }, at) => {
      const width = (share / 100) * this.#flow.width - 2 * CELL_PADDING_MM;
      return textLines(cells[at] ?? '', width, size, weight).length;
    });
    return Math.max(...lines) * size * 1.25 + 2 * CELL_PADDING_MM;
  }

  #row(columns: readonly Column[], cells: readonly string[], weight: TextStyle['weight']): void {
    const flow = this.#flow;
    const height = this.#rowHeight(columns, cells, weight);
    const size = this.#sheet.size * 0.9;
    let x = flow.left;
    flow.y += CELL_PADDING_MM;
    for (const [at, { share, align }] of columns.entries()) {
      const width = (share / 100) * flow.width;
      flow.cell(
        cells[at] ?? '',
        { size, weight, align },
        x + CELL_PADDING_MM,
        width - 2 * CELL_PADDING_MM,
      );
      flow.marks.push(
        ...frame(x, flow.y - CELL_PADDING_MM, width + GRID_MM, height + GRID_MM, GRID_MM),
      );
      x += width;
    }
    flow.y += height - CELL_PADDING_MM;
  }

  #totals(rows: Extract<Block, { kind: 'totals' }>['rows']): void {
    const lineHeight = this.#sheet.size * 1.25;
    this.#need(rows.length * lineHeight);
    const flow = this.#flow;
    const width = flow.width * TOTALS_SHARE;
    const left = flow.left + flow.width - width;
    for (const { label, value, isStrong } of rows) {
      const style = { ...this.#style('line'), weight: isStrong ? 'bold' : 'regular' } as const;
      flow.cell(label, { ...style, align: 'left' }, left, width);
      flow.y += flow.cell(value, { ...style, align: 'right' }, left, width);
    }
    flow.space(2);
  }

  #box(title: string, lines: readonly string[]): void {
    const style = { ...this.#style('line'), align: 'left' } as const;
    const width = this.#flow.width * BOX_SHARE;
    const inner = width - 4 * CELL_PADDING_MM;
    const texts = [title, ...lines];
    const count = texts.reduce(
      (sum, each) => sum + textLines(each, inner, style.size, style.weight).length,
      0,
    );
    const height = count * style.size * 1.25 + STAMP_ROOM_MM;
    this.#need(height + 2);
    const flow = this.#flow;
    const left = flow.left + flow.width - width;
    const marks: readonly Mark[] = frame(left, flow.y, width, height, GRID_MM);
    flow.marks.push(...marks);
    const top = flow.y;
    flow.y += CELL_PADDING_MM;
    for (const each of texts) flow.y += flow.cell(each, style, left + 2 * CELL_PADDING_MM, inner);
    flow.y = top + height + 2;
  }
}
