/**
 * Leaves out commas before a closing bracket, which the vendor's own sample of a void has. Looks at every
 * unit of the text once, whatever it holds: it runs over bodies of callers that nobody knows yet.
 */
const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const BRACKET_END = 0x5d;
const BRACE_END = 0x7d;
const BLANKS: readonly number[] = [0x20, 0x0a, 0x0d, 0x09];

/**
 * The text without its trailing commas; undefined where it has none, or a string that is never closed.
 * `unitAt` is the only way to the text's units, so that a claim can count them.
 */
export function withoutTrailingCommas(
  text: string,
  unitAt = (at: number): number => text.charCodeAt(at),
): string | undefined {
  const kept: string[] = [];
  let keptTo = 0;
  let comma = -1;
  let isInString = false;
  let isEscaped = false;
  for (let at = 0; at < text.length; at += 1) {
    const unit = unitAt(at);
    if (isInString) {
      isInString = isEscaped || unit !== QUOTE;
      isEscaped = !isEscaped && unit === BACKSLASH;
      continue;
    }
    if (BLANKS.includes(unit)) continue;
    if (comma >= 0 && (unit === BRACKET_END || unit === BRACE_END)) {
      kept.push(text.slice(keptTo, comma));
      keptTo = comma + 1;
    }
    comma = unit === COMMA ? at : -1;
    isInString = unit === QUOTE;
  }
  if (isInString || keptTo === 0) return undefined;
  kept.push(text.slice(keptTo));
  return kept.join('');
}
