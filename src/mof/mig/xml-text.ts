/**
 * Text inside an XML 1.0 document: which characters it may hold, how they are written and read back.
 * The names of entities are the five that XML itself defines; no document type is ever consulted.
 */

/** XML 1.0 (fifth edition) section 2.2: what is no Char. Lone surrogates are no characters at all. */
const FORBIDDEN = /[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const FORBIDDEN_EVERY = new RegExp(FORBIDDEN.source, 'gu');

/** Texts of characters that are one unit each and need no escape: nearly all, and found out quickly. */
const PLAIN = /^[\t\n -%'-;=?-\ud7ff\ue000-\ufffd]*$/;

/** Whether every character may stand in an XML 1.0 document, escaped or not. */
export function isXmlText(text: string): boolean {
  return PLAIN.test(text) || !FORBIDDEN.test(text);
}

/**
 * The text with a blank for each character that XML 1.0 has no way to write (controls such as U+0008,
 * U+FFFE, halves of a surrogate pair). They show nothing to a reader and an issued invoice can no
 * longer be mended, so a blank is filed rather than the invoice held for ever.
 */
export function withoutForbidden(text: string): string {
  return PLAIN.test(text) ? text : text.replace(FORBIDDEN_EVERY, ' ');
}

/** The text as element content. A carriage return is written out, or readers would make it a line feed. */
export function escapeXml(text: string): string {
  if (PLAIN.test(text)) return text;
  if (FORBIDDEN.test(text)) throw new Error('text holds a character that XML 1.0 cannot carry');
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};
const REFERENCE = /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w+));|&/g;

/** Element content as text; undefined when it names an entity that XML itself does not define. */
export function unescapeXml(content: string): string | undefined {
  let isBroken = false;
  const text = content.replace(REFERENCE, (whole, decimal, hexadecimal, name) => {
    if (name !== undefined && Object.hasOwn(NAMED, name)) return NAMED[name] ?? whole;
    const code = Number.parseInt(decimal ?? hexadecimal ?? '', decimal === undefined ? 16 : 10);
    if (code <= 0x10ffff && isXmlText(String.fromCodePoint(code)))
      return String.fromCodePoint(code);
    isBroken = true;
    return whole;
  });
  return isBroken ? undefined : text;
}
