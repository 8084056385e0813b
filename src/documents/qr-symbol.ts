/**
 * A QR code as modules: byte mode, error level L, a version of the caller's choosing. Drawing it at a
 * size is the renderings' work.
 */
import { correction, generate, mode } from 'lean-qr';

/** The left code is at least version 6 (MOF barcode specification 1.9). */
export const QR_VERSION_MIN = 6;
/** The largest that prints at three dots a module of 203 dpi on a 58 mm roll, two side by side. */
export const QR_VERSION_MAX = 10;
/** Bytes that versions 6 to 10 hold at level L in byte mode (ISO/IEC 18004, table 7). */
export const QR_BYTES_MAX: readonly number[] = [134, 154, 192, 230, 271];

export interface ModuleGrid {
  /** Modules a side, without quiet zone. */
  readonly size: number;
  isDark(column: number, row: number): boolean;
}

/** The code of a text in UTF-8. Throws when the version does not hold it. */
export function qrSymbol(text: string, version: number): ModuleGrid {
  const code = generate(mode.bytes(new TextEncoder().encode(text)), {
    minVersion: version,
    maxVersion: version,
    minCorrectionLevel: correction.L,
    maxCorrectionLevel: correction.L,
  });
  return { size: code.size, isDark: (column, row) => code.get(column, row) };
}
