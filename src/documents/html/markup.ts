/** HTML as text, safely: everything put in is escaped, but for markup that was made here. */

export interface Markup {
  readonly markup: string;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

type Part = string | number | Markup | readonly Markup[];

/** A template whose values are escaped; other markup, and lists of it, go in as they are. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let markup = texts[0] ?? '';
  for (const [index, part] of parts.entries()) {
    markup += partText(part) + (texts[index + 1] ?? '');
  }
  return { markup };
}

function partText(part: Part): string {
  if (typeof part === 'string') return escapeText(part);
  if (typeof part === 'number') return String(part);
  if ('markup' in part) return part.markup;
  return part.map((each) => each.markup).join('');
}

export const NOTHING: Markup = { markup: '' };
