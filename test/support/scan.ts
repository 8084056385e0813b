/**
 * Looking at papers as a scanner does: PDF pages as dots by PDFium, codes read back by ZXing. Neither
 * shares a line with what wrote them.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import type { Bitmap } from '../../src/documents/raster.ts';

/** Grey values, 0 black, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly grey: Uint8Array;
}

const requireHere = createRequire(import.meta.url);
/** The reader's program lies in its package; by itself it would fetch it from the network. */
const wasm = readFileSync(requireHere.resolve('zxing-wasm/reader/zxing_reader.wasm'));
prepareZXingModule({
  overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length) },
});

export interface ScannedCode {
  readonly format: string;
  readonly text: string;
  /** In dots of the picture. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Every Code 39 and QR code of a picture, from top to bottom and left to right. */
export async function scan(picture: Picture): Promise<readonly ScannedCode[]> {
  const { width, height, grey } = picture;
  const data = new Uint8ClampedArray(width * height * 4);
  for (const [at, value] of grey.entries()) data.set([value, value, value, 255], at * 4);
  const image = { width, height, data, colorSpace: 'srgb', pixelFormat: 'rgba-unorm8' } as const;
  const found = await readBarcodes(image, {
    formats: ['QRCode', 'Code39'],
    tryHarder: true,
    tryInvert: false,
    maxNumberOfSymbols: 8,
    textMode: 'Plain',
  });
  return found
    .map(({ format, text, position }) => {
      const xs = Object.values(position).map((point) => point.x);
      const ys = Object.values(position).map((point) => point.y);
      const [x, y] = [Math.min(...xs), Math.min(...ys)];
      return { format, text, x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
    })
    .toSorted((one, other) =>
      Math.abs(one.y - other.y) > height / 50 ? one.y - other.y : one.x - other.x,
    );
}

/** What a certificate's three codes say, whatever else is on the picture. */
export async function scanCertificate(picture: Picture) {
  const codes = await scan(picture);
  const bars = codes.filter(({ format }) => format === 'Code39');
  const qr = codes.filter(({ format }) => format === 'QRCode').toSorted((a, b) => a.x - b.x);
  assert.equal(bars.length, 1, `one bar code, not ${JSON.stringify(codes)}`);
  assert.equal(qr.length, 2, `two QR codes, not ${JSON.stringify(codes)}`);
  return { barcode: bars[0]?.text, left: qr[0]?.text, right: qr[1]?.text, qr, bar: bars[0] };
}

let library: Promise<PDFiumLibrary> | null = null;

export interface PdfPage {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly picture: Picture;
  readonly text: string;
}

/** The pages of a PDF at a resolution. */
export async function pdfPages(bytes: Uint8Array, dpi: number): Promise<readonly PdfPage[]> {
  library ??= PDFiumLibrary.init();
  const document = await (await library).loadDocument(bytes);
  try {
    const pages: PdfPage[] = [];
    for (const page of document.pages()) {
      const size = page.getOriginalSize();
      // Before rendering: this build of PDFium cannot read text afterwards.
      const text = page.getText();
      const { width, height, data } = await page.render({ scale: dpi / 72 });
      const grey = new Uint8Array(width * height);
      // A page is black on white: any channel tells.
      for (let at = 0; at < grey.length; at += 1) grey[at] = data[at * 4] ?? 0;
      pages.push({
        widthMm: (size.originalWidth * 25.4) / 72,
        heightMm: (size.originalHeight * 25.4) / 72,
        picture: { width, height, grey },
        text,
      });
    }
    return pages;
  } finally {
    document.destroy();
  }
}

/** A printer's dots as a picture. */
export function pictureOf({ width, height, stride, data }: Bitmap): Picture {
  const grey = new Uint8Array(width * height);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const bit = (data[row * stride + (column >> 3)] ?? 0) & (0x80 >> (column & 7));
      grey[row * width + column] = bit === 0 ? 255 : 0;
    }
  }
  return { width, height, grey };
}
