/**
 * Blanks what is no code: comments, and the insides of strings, templates and regular expressions.
 *
 * Every character keeps its place, so a finding in the mask is a finding in the file. It reads formatted
 * TypeScript, not all of the language: a regular expression is told from a division by what stands
 * before it, which holds for code that Biome has formatted.
 */

export interface Mask {
  /** The text with everything that is no code blanked. */
  readonly code: string;
  /** The comments, in order. */
  readonly comments: readonly Span[];
}

export interface Span {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

const BEFORE_REGEX =
  /(?:^|[([{,;:=!&|?+\-*%<>~^}]|\b(?:return|typeof|case|of|in|do|else|void|await|yield))$/;
/** Enough of what stands before a slash to see a keyword whole. */
const LOOK_BACK = 40;

interface Scan {
  readonly text: string;
  readonly out: string[];
  readonly comments: Span[];
}

/** The masked text of a file and its comments. */
export function mask(text: string): Mask {
  const scan: Scan = { text, out: text.split(''), comments: [] };
  let at = text.startsWith('#!') ? lineEnd(text, 0) : 0;
  blank(scan, 0, at);
  /** Depth of braces inside each open `${`. */
  const templates: number[] = [];
  while (at < text.length) {
    const end = literalEnd(scan, at);
    if (end > at) {
      at = end;
      continue;
    }
    const character = text[at];
    if (character === '`') {
      at = templateText(scan, at + 1, templates);
      continue;
    }
    const depth = templates.at(-1);
    if (depth !== undefined && (character === '{' || character === '}')) {
      if (character === '}' && depth === 0) {
        templates.pop();
        at = templateText(scan, at + 1, templates);
        continue;
      }
      templates[templates.length - 1] = character === '{' ? depth + 1 : depth - 1;
    }
    at += 1;
  }
  return { code: scan.out.join(''), comments: scan.comments };
}

/** Blanks the comment, string or regular expression that starts here; answers where it ends. */
function literalEnd(scan: Scan, at: number): number {
  const { text } = scan;
  const character = text[at];
  if (character === "'" || character === '"') {
    const end = quotedEnd(text, at, character);
    blank(scan, at + 1, end - 1);
    return end;
  }
  if (character !== '/') return at;
  const next = text[at + 1];
  if (next === '/' || next === '*') {
    const close = next === '/' ? lineEnd(text, at) : text.indexOf('*/', at + 2) + 2;
    const end = close < at + 2 ? text.length : close;
    scan.comments.push({ start: at, end });
    blank(scan, at, end);
    return end;
  }
  const before = scan.out
    .slice(Math.max(0, at - LOOK_BACK), at)
    .join('')
    .trimEnd();
  if (!BEFORE_REGEX.test(before)) return at;
  const end = regexEnd(text, at);
  blank(scan, at + 1, end - 1);
  return end;
}

/** Blanks template text up to the closing backtick or the next `${`. */
function templateText(scan: Scan, from: number, templates: number[]): number {
  const { text } = scan;
  let at = from;
  while (at < text.length && text[at] !== '`') {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '$' && text[at + 1] === '{') {
      blank(scan, from, at);
      templates.push(0);
      return at + 2;
    }
    at += 1;
  }
  blank(scan, from, at);
  return at + 1;
}

function quotedEnd(text: string, at: number, quote: string): number {
  let end = at + 1;
  while (end < text.length && text[end] !== quote && text[end] !== '\n') {
    end += text[end] === '\\' ? 2 : 1;
  }
  return Math.min(end + 1, text.length);
}

function regexEnd(text: string, at: number): number {
  let end = at + 1;
  let isInClass = false;
  while (end < text.length && text[end] !== '\n' && (isInClass || text[end] !== '/')) {
    if (text[end] === '\\') end += 1;
    else if (text[end] === '[') isInClass = true;
    else if (text[end] === ']') isInClass = false;
    end += 1;
  }
  return Math.min(end + 1, text.length);
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

function blank(scan: Scan, start: number, end: number): void {
  for (let at = start; at < end; at += 1) if (scan.out[at] !== '\n') scan.out[at] = ' ';
}
