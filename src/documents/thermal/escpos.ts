/**
 * A strip as ESC/POS: the page's dots in bands, a cut where the paper ends, and at last the question
 * whether all of it was printed (Epson ESC/POS: ESC @, GS v 0, GS V, GS r). Any printer that prints
 * raster images takes it; no font or code of the printer's own is used.
 */
import { layout } from '../layout/layout.ts';
import { STRIP_CONTENT_MM, STRIP_WIDTH_MM } from '../layout/strip.ts';
import type { Paper } from '../paper.ts';
import { type Bitmap, rasterise } from '../raster.ts';

/** Paper width; 58 mm rolls reach 48 mm, 80 mm rolls 72 mm. */
export type RollWidth = 58 | 80;
export type PrinterDpi = 203 | 300;

export interface PrinterShape {
  readonly roll: RollWidth;
  readonly dpi: PrinterDpi;
  readonly hasCutter: boolean;
}

const DOTS_PER_MM: Readonly<Record<PrinterDpi, number>> = { 203: 8, 300: 12 };
const REACH_MM: Readonly<Record<RollWidth, number>> = { 58: STRIP_CONTENT_MM, 80: 72 };
/** Rows of one image command: small printers take in a band while they print the one before. */
const BAND_ROWS = 128;
/** Where there is no cutter: enough to tear off at the edge. */
const TEAR_FEED_LINES = 4;

const INITIALISE = [0x1b, 0x40];
/** Feeds to the cutter and cuts, leaving a point. */
const CUT = [0x1d, 0x56, 0x42, 0x00];
const FEED = [0x1b, 0x64, TEAR_FEED_LINES];
/** Transmit paper sensor status: answered when everything before it was printed. */
export const ASK_STATUS = [0x1d, 0x72, 0x01];

/** Everything to send for one paper. */
export function escPos(paper: Paper, shape: PrinterShape): Uint8Array {
  const scale = DOTS_PER_MM[shape.dpi];
  const parts: Uint8Array[] = [Uint8Array.from(INITIALISE)];
  for (const page of layout(paper)) {
    parts.push(...bands(onRoll(rasterise(page, scale), shape, scale)));
    if (page.isCutAfter) parts.push(Uint8Array.from(shape.hasCutter ? CUT : FEED));
  }
  parts.push(Uint8Array.from(ASK_STATUS));
  return Buffer.concat(parts);
}

/** The strip's printable part in the middle of what the printer reaches. */
function onRoll(page: Bitmap, { roll }: PrinterShape, scale: number): Bitmap {
  const width = REACH_MM[roll] * scale;
  const content = STRIP_CONTENT_MM * scale;
  const from = ((STRIP_WIDTH_MM - STRIP_CONTENT_MM) / 2) * scale;
  const to = (width - content) / 2;
  const stride = width / 8;
  const data = new Uint8Array(stride * page.height);
  for (let row = 0; row < page.height; row += 1) {
    for (let column = 0; column < content; column += 1) {
      const at = from + column;
      const bit = (page.data[row * page.stride + (at >> 3)] ?? 0) & (0x80 >> (at & 7));
      if (bit === 0) continue;
      const put = row * stride + ((to + column) >> 3);
      data[put] = (data[put] ?? 0) | (0x80 >> ((to + column) & 7));
    }
  }
  return { width, height: page.height, stride, data };
}

/** `GS v 0`: bytes a row and rows, low byte first, then the rows. */
function bands({ height, stride, data }: Bitmap): readonly Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let row = 0; row < height; row += BAND_ROWS) {
    const rows = Math.min(BAND_ROWS, height - row);
    const head = [0x1d, 0x76, 0x30, 0, stride & 0xff, stride >> 8, rows & 0xff, rows >> 8];
    parts.push(Uint8Array.from(head), data.subarray(row * stride, (row + rows) * stride));
  }
  return parts;
}
