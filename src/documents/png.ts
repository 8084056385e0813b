/** Dots as a PNG of one bit, for people to look at: what a printer got, what a golden shows. */
import { crc32, deflateSync } from 'node:zlib';
import type { Bitmap } from './raster.ts';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const BIT_DEPTH = 1;
const GREYSCALE = 0;
const METRES_PER_MM = 1000;

export function png(bitmap: Bitmap, dotsPerMm: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(bitmap.width, 0);
  header.writeUInt32BE(bitmap.height, 4);
  header.set([BIT_DEPTH, GREYSCALE, 0, 0, 0], 8);
  const size = Buffer.alloc(9);
  const dotsPerMetre = Math.round(dotsPerMm * METRES_PER_MM);
  size.writeUInt32BE(dotsPerMetre, 0);
  size.writeUInt32BE(dotsPerMetre, 4);
  size[8] = 1;
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('pHYs', size),
    chunk('IDAT', deflateSync(scanlines(bitmap), { level: 9 })),
    chunk('IEND', new Uint8Array()),
  ]);
}

/** Each row after its filter, none; a PNG's 1 is white, a printer's is black. */
function scanlines({ height, stride, data }: Bitmap): Uint8Array {
  const rows = new Uint8Array(height * (stride + 1));
  for (let row = 0; row < height; row += 1) {
    for (let at = 0; at < stride; at += 1) {
      rows[row * (stride + 1) + 1 + at] = ~(data[row * stride + at] ?? 0) & 0xff;
    }
  }
  return rows;
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
