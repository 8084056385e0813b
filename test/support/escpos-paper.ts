/**
 * A thermal printer on paper of memory: reads ESC/POS as Epson describes it and answers the strips that
 * it would have cut. Any command but those of a raster print is an error.
 */
import assert from 'node:assert/strict';
import type { Bitmap } from '../../src/documents/raster.ts';

export interface PrintedJob {
  /** One for each cut. */
  readonly strips: readonly Bitmap[];
  /** Times that it was asked for its status. */
  readonly statusAsked: number;
  /** Bytes of a command that has not come whole. */
  readonly unfinished: number;
}

export function readEscPos(bytes: Uint8Array): PrintedJob {
  const strips: Bitmap[] = [];
  let rows: Uint8Array[] = [];
  let statusAsked = 0;
  let at = 0;
  const strip = (): void => {
    const stride = rows[0]?.length ?? 0;
    const data = new Uint8Array(Buffer.concat(rows));
    strips.push({ width: stride * 8, height: rows.length, stride, data });
    rows = [];
  };
  while (at < bytes.length) {
    const length = commandLength(bytes, at);
    if (at + length > bytes.length) break;
    const [first = 0, second = 0] = bytes.subarray(at);
    if (first === 0x1d && second === 0x76) {
      const stride = (bytes[at + 4] ?? 0) + 256 * (bytes[at + 5] ?? 0);
      for (let from = at + 8; from < at + length; from += stride) {
        rows.push(bytes.subarray(from, from + stride));
      }
    } else if (first === 0x1d && second === 0x56) strip();
    else if (first === 0x1d) statusAsked += 1;
    else if (second === 0x64) strip();
    at += length;
  }
  if (rows.length > 0) strip();
  return { strips, statusAsked, unfinished: bytes.length - at };
}

function commandLength(bytes: Uint8Array, at: number): number {
  const command = [bytes[at], bytes[at + 1]].map((byte) => (byte ?? 0).toString(16)).join(' ');
  switch (command) {
    case '1b 40':
      return 2;
    case '1b 64':
    case '1d 72':
      return 3;
    case '1d 56':
      return 4;
    case '1d 76': {
      if (at + 8 > bytes.length) return 8;
      const stride = (bytes[at + 4] ?? 0) + 256 * (bytes[at + 5] ?? 0);
      return 8 + stride * ((bytes[at + 6] ?? 0) + 256 * (bytes[at + 7] ?? 0));
    }
    default:
      return assert.fail(`no raster printer's command: ${command} at ${at}`);
  }
}
