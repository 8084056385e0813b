/** Texts that can be kept and told on: what XML 1.0 and a text column hold. */

/** Control characters and the two that are none (XML 1.0 section 2.2, Char; MIG messages are XML). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must be found
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/** Whether every character of the text can be written; half a surrogate pair is none. */
export function isWritable(text: string): boolean {
  return !UNWRITABLE.test(text) && text.isWellFormed();
}
