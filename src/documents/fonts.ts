/**
 * The font of all papers: Noto Sans TC in two weights, opened once and shared. Text is laid out one
 * character after another, which is all that Chinese, digits and Latin words need; a character that the
 * font lacks is drawn as the geta mark 〓, never left out, and never stops a paper.
 */
import { createRequire } from 'node:module';
import type { Font, Glyph } from 'fontkit';

export type Weight = 'regular' | 'bold';

/** Drawn in place of what the font does not have. */
export const MISSING_MARK = '〓';
/** Joiners and variation selectors choose between shapes that this font has one of. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}+/gu;
const CONTROL = /\p{Cc}+/gu;

export interface PaperFont {
  readonly font: Font;
  /** Above and below the baseline, in parts of the size. */
  readonly ascent: number;
  readonly descent: number;
  /** Glyph of a code point that `drawable` left. */
  glyph(codePoint: number): Glyph;
  has(codePoint: number): boolean;
  /** Width of a drawable text, in parts of the size. */
  widthOf(text: string): number;
}

const FILES: Readonly<Record<Weight, string>> = {
  regular: '@expo-google-fonts/noto-sans-tc/400Regular/NotoSansTC_400Regular.ttf',
  bold: '@expo-google-fonts/noto-sans-tc/700Bold/NotoSansTC_700Bold.ttf',
};

const opened = new Map<Weight, PaperFont>();

/** The font of a weight; opened at the first use, since not every process prints. */
export function paperFont(weight: Weight): PaperFont {
  const known = opened.get(weight);
  if (known !== undefined) return known;
  const font = open(FILES[weight]);
  opened.set(weight, font);
  return font;
}

/** The text with what cannot be drawn replaced, and controls as blanks. */
export function drawable(text: string, font: PaperFont): string {
  const plain = text.replace(CONTROL, ' ').replace(INVISIBLE, '');
  let drawn = '';
  for (const character of plain) {
    drawn += font.has(character.codePointAt(0) ?? 0) ? character : MISSING_MARK;
  }
  return drawn;
}

function open(file: string): PaperFont {
  const require = createRequire(import.meta.url);
  // Read with the first font: it is large, and not every process or thread prints.
  const fontkit: typeof import('fontkit') = require('fontkit');
  const found = fontkit.openSync(require.resolve(file));
  if (!('layout' in found)) throw new Error(`${file} is a collection, not a font`);
  const source: Font = found;
  const glyphs = new Map<number, Glyph>();
  const known = new Set(source.characterSet);
  function glyph(codePoint: number): Glyph {
    const cached = glyphs.get(codePoint);
    if (cached !== undefined) return cached;
    const drawn = source.glyphForCodePoint(codePoint);
    glyphs.set(codePoint, drawn);
    return drawn;
  }
  return {
    font: source,
    ascent: source.ascent / source.unitsPerEm,
    descent: -source.descent / source.unitsPerEm,
    glyph,
    has: (codePoint) => known.has(codePoint),
    widthOf(text) {
      let width = 0;
      for (const character of text) width += glyph(character.codePointAt(0) ?? 0).advanceWidth;
      return width / source.unitsPerEm;
    },
  };
}
