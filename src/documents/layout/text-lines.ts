/**
 * Texts cut into lines: between Chinese characters anywhere, within Latin words only where a word is
 * longer than the line. No line begins with a closing mark where another cut is possible.
 */
import { drawable, type PaperFont, paperFont, type Weight } from '../fonts.ts';

/** Characters that belong to the one before them. */
const CLOSING = new Set([...'，。、；：！？）」』〉》】％!?,.;:)]}%']);
const WORD = /[\p{Script=Latin}\p{Nd}_@#&+*/\-.]/u;

/** A text in drawable lines no wider than `width` at a size; at least one line. */
export function textLines(
  text: string,
  width: number,
  size: number,
  weight: Weight,
): readonly string[] {
  const font = paperFont(weight);
  const characters = [...drawable(text, font)];
  const lines: string[] = [];
  let from = 0;
  while (from < characters.length) {
    const end = lineEnd(characters, from, width / size, font);
    lines.push(characters.slice(from, end).join('').trim());
    from = end;
    while (characters[from] === ' ') from += 1;
  }
  return lines.length === 0 ? [''] : lines;
}

/** Index after the last character of the line that begins at `from`. */
function lineEnd(
  characters: readonly string[],
  from: number,
  room: number,
  font: PaperFont,
): number {
  let used = 0;
  let lastCut = from;
  for (let at = from; at < characters.length; at += 1) {
    const character = characters[at] ?? '';
    used += font.widthOf(character);
    if (used > room) return lastCut > from ? lastCut : Math.max(at, from + 1);
    if (mayCutAfter(character, characters[at + 1] ?? '')) lastCut = at + 1;
  }
  return characters.length;
}

function mayCutAfter(character: string, next: string): boolean {
  if (CLOSING.has(next)) return false;
  return !(WORD.test(character) && WORD.test(next));
}
