/**
 * A laid-out page: marks at places in millimetres from its upper left corner. PDF and raster draw marks
 * and decide nothing; QR codes are in multiples of 0.125 mm, one dot of a 203 dpi printer.
 */
import type { Weight } from '../fonts.ts';
import type { ModuleGrid } from '../qr-symbol.ts';

export type Mark =
  | {
      readonly kind: 'text';
      readonly x: number;
      /** Where the characters stand. */
      readonly baseline: number;
      readonly size: number;
      readonly weight: Weight;
      /** Drawable by the font, on one line. */
      readonly text: string;
    }
  | {
      readonly kind: 'rect';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
    }
  | {
      readonly kind: 'bars';
      readonly x: number;
      readonly y: number;
      readonly height: number;
      /** Width of a narrow bar. */
      readonly narrow: number;
      /** Widths of bars and spaces in turn, a bar first. */
      readonly widths: readonly number[];
    }
  | {
      readonly kind: 'qr';
      readonly x: number;
      readonly y: number;
      /** Width of a module. */
      readonly module: number;
      readonly grid: ModuleGrid;
    };

export interface Page {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
  /** Whether the paper is cut here; a long strip goes over several pages without a cut. */
  readonly isCutAfter: boolean;
}

/** Four thin rectangles around a place. */
export function frame(
  x: number,
  y: number,
  width: number,
  height: number,
  thickness: number,
): readonly Mark[] {
  const rect = (left: number, top: number, wide: number, high: number): Mark => ({
    kind: 'rect',
    x: left,
    y: top,
    width: wide,
    height: high,
  });
  return [
    rect(x, y, width, thickness),
    rect(x, y + height - thickness, width, thickness),
    rect(x, y, thickness, height),
    rect(x + width - thickness, y, thickness, height),
  ];
}
