/**
 * Reads XML that others wrote into Turnkey's folders. It is taken as hostile: UTF-8 only, no document
 * type, no entities but the five of XML itself, bounded size, depth and tag length, well-formed or not
 * at all. Answers a tree of plain values behind three accessors; never throws for bad input.
 */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { type XmlBreach, xmlBreach } from '../xml-guard.ts';

/** MOF's own limit for a file (Turnkey gateway). */
export const XML_BYTES_MAX = 20 * 1024 * 1024;
const NESTED_TAGS_MAX = 32;
/** The largest summary that 20 MB hold has two thirds of it; each element costs the parser memory. */
const ELEMENTS_MAX = 1_000_000;
const BREACHES: Readonly<Record<XmlBreach, string>> = {
  nul: 'holds NUL characters',
  'document-type': 'has a document type',
  'long-tag': 'has an overlong tag',
  'too-many-elements': `has more than ${ELEMENTS_MAX} elements`,
};

declare const elementBrand: unique symbol;
/** An element's content; read it with `child`, `children` and `text`. */
export type XmlElement = { readonly [elementBrand]: true };

export type XmlReading =
  | { readonly ok: true; readonly name: string; readonly root: XmlElement }
  | { readonly ok: false; readonly reason: string };

const PARSER = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: true,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: NESTED_TAGS_MAX,
});

export function readXml(bytes: Uint8Array): XmlReading {
  if (bytes.length > XML_BYTES_MAX) return unreadable('larger than 20 MB');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return unreadable('not UTF-8');
  }
  const breach = xmlBreach(text, ELEMENTS_MAX);
  if (breach !== null) return unreadable(BREACHES[breach]);
  try {
    const validity = XMLValidator.validate(text);
    if (validity !== true) return unreadable(`not well-formed: ${validity.err.msg}`);
    return rootOf(PARSER.parse(text));
  } catch (error) {
    // The parser throws plain errors for what it refuses (depth, reserved names).
    return unreadable(`refused by the parser: ${error instanceof Error ? error.message : ''}`);
  }
}

function rootOf(document: unknown): XmlReading {
  const names = isObject(document) ? Object.keys(document) : [];
  const [name] = names;
  if (names.length !== 1 || name === undefined) return unreadable('has not exactly one root');
  const root = child(document, name);
  if (root === undefined) return unreadable('has an empty root');
  return { ok: true, name, root };
}

function unreadable(reason: string): XmlReading {
  return { ok: false, reason };
}

/** Every child element of that name, in order: none, one or many. */
export function children(element: unknown, name: string): readonly unknown[] {
  if (!isObject(element) || !Object.hasOwn(element, name)) return [];
  const value = element[name];
  return Array.isArray(value) ? value : [value];
}

/** The first child element of that name that has elements of its own. */
export function child(element: unknown, name: string): XmlElement | undefined {
  const found = children(element, name).find(isObject);
  // Branded here and nowhere else: an object that the parser made from an element with children.
  return found as XmlElement | undefined;
}

/** Names of the child elements. */
export function childNames(element: unknown): readonly string[] {
  return isObject(element) ? Object.keys(element) : [];
}

/** The text at a path of first children; '' where there is none. */
export function text(element: unknown, ...path: readonly string[]): string {
  let value: unknown = element;
  for (const name of path) value = children(value, name)[0];
  if (isObject(value)) value = children(value, '#text')[0];
  return typeof value === 'string' ? decodeEntities(value) : '';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const PREDEFINED: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
};
const UNICODE_MAX = 0x10ffff;

function decodeEntities(value: string): string {
  if (!value.includes('&')) return value;
  return value.replace(
    /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(lt|gt|amp|quot|apos));/g,
    decodeEntity,
  );
}

function decodeEntity(
  whole: string,
  decimal: string | undefined,
  hexadecimal: string | undefined,
  name: string | undefined,
): string {
  if (name !== undefined) return PREDEFINED[name] ?? whole;
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
  return code > 0 && code <= UNICODE_MAX ? String.fromCodePoint(code) : whole;
}
