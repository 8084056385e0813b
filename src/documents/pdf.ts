/**
 * A paper as PDF: real text in an embedded subset of the font, codes as filled paths, pages of the exact
 * size. The same paper makes the same bytes: no time and no chance goes in.
 */
import { type PaperFont, paperFont, type Weight } from './fonts.ts';
import { layout } from './layout/layout.ts';
import type { Mark, Page } from './layout/page.ts';
import type { Paper } from './paper.ts';

const POINTS_PER_MM = 72 / 25.4;
const WEIGHTS: readonly Weight[] = ['regular', 'bold'];
/** No paper is made at a time of its own: the document's time is in its text. */
const NO_DATE = new Date(0);

export async function renderPdf(paper: Paper): Promise<Uint8Array> {
  // Read at the first PDF: it is large, and not every process or thread makes one.
  const { default: PDFDocument } = await import('pdfkit');
  const document = new PDFDocument({
    autoFirstPage: false,
    margin: 0,
    compress: true,
    font: '',
    lang: 'zh-TW',
    displayTitle: true,
    info: { Title: paper.title, Producer: 'Kaili', Creator: 'Kaili', CreationDate: NO_DATE },
  });
  // By name, so that a font is taken in once a document and not once a line.
  for (const weight of WEIGHTS) document.registerFont(weight, sharedFont(weight));
  const bytes = collect(document);
  for (const page of layout(paper)) drawPage(document, page);
  document.end();
  return bytes;
}

function collect(document: PDFKit.PDFDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    document.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });
}

function drawPage(document: PDFKit.PDFDocument, page: Page): void {
  document.addPage({ size: [points(page.width), points(page.height)], margin: 0 });
  for (const mark of page.marks) drawMark(document, mark);
}

function drawMark(document: PDFKit.PDFDocument, mark: Mark): void {
  switch (mark.kind) {
    case 'text':
      document
        .font(mark.weight, points(mark.size))
        .text(mark.text, points(mark.x), points(mark.baseline), {
          lineBreak: false,
          baseline: 'alphabetic',
        });
      return;
    case 'rect':
      rectangle(document, mark.x, mark.y, mark.width, mark.height).fill();
      return;
    case 'bars':
      drawBars(document, mark);
      return;
    case 'qr':
      drawQr(document, mark);
      return;
  }
}

function drawBars(document: PDFKit.PDFDocument, mark: Extract<Mark, { kind: 'bars' }>): void {
  inUnits(document, mark.x, mark.y, mark.narrow, mark.height, () => {
    let x = 0;
    for (const [index, width] of mark.widths.entries()) {
      if (index % 2 === 0) document.rect(x, 0, width, 1);
      x += width;
    }
  });
}

/** One rectangle for each run of dark modules, so that no seam shows between them. */
function drawQr(document: PDFKit.PDFDocument, mark: Extract<Mark, { kind: 'qr' }>): void {
  const { grid, module } = mark;
  inUnits(document, mark.x, mark.y, module, module, () => {
    for (let row = 0; row < grid.size; row += 1) {
      let from = 0;
      while (from < grid.size) {
        let to = from;
        while (to < grid.size && grid.isDark(to, row)) to += 1;
        if (to > from) document.rect(from, row, to - from, 1);
        from = to + 1;
      }
    }
  });
}

/** Draws a code in units of its own, whole numbers: a third of the bytes that millimetres would take. */
function inUnits(
  document: PDFKit.PDFDocument,
  x: number,
  y: number,
  unitX: number,
  unitY: number,
  draw: () => void,
): void {
  document.save();
  document.transform(points(unitX), 0, 0, points(unitY), points(x), points(y));
  draw();
  document.fill().restore();
}

function rectangle(
  document: PDFKit.PDFDocument,
  x: number,
  y: number,
  width: number,
  height: number,
): PDFKit.PDFDocument {
  return document.rect(points(x), points(y), points(width), points(height));
}

function points(millimetres: number): number {
  return millimetres * POINTS_PER_MM;
}

const shared = new Map<Weight, string>();

/**
 * The opened font in the shape that pdfkit takes one in, so that it is read once for all papers: a
 * fontkit font whose `layout` is ours, since shaping rules cost more than all the rest and change nothing.
 */
function sharedFont(weight: Weight): string {
  const known = shared.get(weight);
  if (known !== undefined) return known;
  const { font, glyph }: PaperFont = paperFont(weight);
  const light: unknown = Object.create(font, {
    layout: { value: (text: string) => plainRun(text, glyph) },
  });
  // pdfkit takes an opened font at run time (anything with `layout`); its types know files and bytes.
  const source = light as string;
  shared.set(weight, source);
  return source;
}

function plainRun(text: string, glyph: PaperFont['glyph']) {
  const glyphs = [...text].map((character) => glyph(character.codePointAt(0) ?? 0));
  return {
    glyphs,
    // Made anew for each run: pdfkit scales them in place.
    positions: glyphs.map(({ advanceWidth }) => ({
      xAdvance: advanceWidth,
      yAdvance: 0,
      xOffset: 0,
      yOffset: 0,
    })),
    advanceWidth: glyphs.reduce((sum, { advanceWidth }) => sum + advanceWidth, 0),
  };
}
