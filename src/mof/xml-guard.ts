/**
 * What a file from outside must not be before any parser sees it: a bomb of entities, of elements, of one endless
 * tag. Small enough files are cheap to look through; a parser's memory grows with every element.
 */

/** No tag of the Ministry's files is longer: a namespace, a schema's place, nothing else. */
const TAG_CHARACTERS_MAX = 4096;

export type XmlBreach = 'nul' | 'document-type' | 'long-tag' | 'too-many-elements';

/** What forbids to parse the text, or null. */
export function xmlBreach(text: string, elementsMax: number): XmlBreach | null {
  if (text.includes('\0')) return 'nul';
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return 'document-type';
  let elements = 0;
  for (let open = text.indexOf('<'); open >= 0; open = text.indexOf('<', open + 1)) {
    const isComment = text.startsWith('<!--', open);
    const close = text.indexOf(isComment ? '-->' : '>', open);
    if (close < 0 || (!isComment && close - open > TAG_CHARACTERS_MAX)) return 'long-tag';
    if (text[open + 1] !== '/' && ++elements > elementsMax) return 'too-many-elements';
    open = close;
  }
  return null;
}
