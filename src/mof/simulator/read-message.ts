/**
 * How the simulated Ministry reads a message: bytes to a tree, the tree to what names the message. The
 * rules that look at the rest of the tree are in `local-check.ts` (Turnkey) and `judge*.ts` (platform).
 */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { SimulatedMessage } from './layout.ts';

/** Limit of Turnkey's gateway for one file. */
export const MESSAGE_BYTES_MAX = 20 * 1024 * 1024;

/** An envelope of a thousand messages has a tenth of it; a parser's memory grows with every element. */
const TAGS_MAX = 2_000_000;

/** An element's content: text, or elements by name, each a list. */
export type Tree = string | { readonly [name: string]: readonly Tree[] };

export interface ReadMessage {
  readonly kind: SimulatedMessage;
  readonly seller: string;
  /** Invoice or allowance number. */
  readonly number: string;
  /** `yyyyMMdd`: the day by which results name it. */
  readonly date: string;
  readonly tree: Tree;
}

/** Root element, and where number, day and seller stand (MIG 4.1). */
const SHAPES = {
  F0401: ['Invoice', 'Main/InvoiceNumber', 'Main/InvoiceDate', 'Main/Seller/Identifier'],
  F0501: ['CancelInvoice', 'CancelInvoiceNumber', 'CancelDate', 'SellerId'],
  F0701: ['VoidInvoice', 'VoidInvoiceNumber', 'VoidDate', 'SellerId'],
  G0401: ['Allowance', 'Main/AllowanceNumber', 'Main/AllowanceDate', 'Main/Seller/Identifier'],
  G0501: ['CancelAllowance', 'CancelAllowanceNumber', 'CancelDate', 'SellerId'],
  E0401: ['BranchTrack', 'Main/InvoiceTrack', 'Main/YearMonth', 'Main/HeadBan'],
  // Each tax ID reports its own blank numbers: the sender is the branch.
  E0402: ['BranchTrackBlank', 'Main/InvoiceTrack', 'Main/YearMonth', 'Main/BranchBan'],
  A0101: ['Invoice', 'Main/InvoiceNumber', 'Main/InvoiceDate', 'Main/Seller/Identifier'],
  A0102: ['InvoiceConfirm', 'InvoiceNumber', 'ReceiveDate', 'BuyerId'],
  A0201: ['CancelInvoice', 'CancelInvoiceNumber', 'CancelDate', 'SellerId'],
  A0202: ['CancelInvoiceConfirm', 'CancelInvoiceNumber', 'CancelDate', 'BuyerId'],
  A0301: ['RejectInvoice', 'RejectInvoiceNumber', 'RejectDate', 'BuyerId'],
  A0302: ['RejectInvoiceConfirm', 'RejectInvoiceNumber', 'RejectDate', 'SellerId'],
  B0101: ['Allowance', 'Main/AllowanceNumber', 'Main/AllowanceDate', 'Main/Seller/Identifier'],
  B0102: ['AllowanceConfirm', 'AllowanceNumber', 'ReceiveDate', 'BuyerId'],
  B0201: ['CancelAllowance', 'CancelAllowanceNumber', 'CancelDate', 'SellerId'],
  B0202: ['CancelAllowanceConfirm', 'CancelAllowanceNumber', 'CancelDate', 'BuyerId'],
} as const satisfies Record<SimulatedMessage, readonly [string, string, string, string]>;

const INVOICE_NUMBER = /^[A-Z]{2}\d{8}$/;
/** Up to 16 characters; those that XML escapes are not worth a simulated platform's while. */
const ALLOWANCE_NUMBER = /^[^\s<>&]{1,16}$/u;

const PARSER = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  ignoreDeclaration: true,
  isArray: () => true,
});

export interface Document {
  readonly root: string;
  readonly tree: Tree;
}

/** A well-formed document without a document type, or why not. */
export function readDocument(bytes: Uint8Array): Document | string {
  if (bytes.length > MESSAGE_BYTES_MAX) return 'larger than 20 MB';
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return 'not UTF-8';
  }
  if (/<!DOCTYPE/i.test(text)) return 'has a document type';
  if (hasManyTags(text)) return `has more than ${TAGS_MAX} tags`;
  try {
    const validity = XMLValidator.validate(text);
    if (validity !== true) return validity.err.msg;
    const parsed: unknown = PARSER.parse(text);
    const [root] = typeof parsed === 'object' && parsed !== null ? Object.keys(parsed) : [];
    // The parser makes texts and lists only, as `isArray` says for every element.
    const tree = root === undefined ? undefined : at(parsed as Tree, root);
    return root === undefined || tree === undefined ? 'has no root' : { root, tree };
  } catch (error) {
    // The parser's own refusals: depth, reserved names.
    return error instanceof Error ? error.message : 'cannot be parsed';
  }
}

function hasManyTags(text: string): boolean {
  let tags = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
    tags += 1;
    if (tags > TAGS_MAX) return true;
  }
  return false;
}

/** What a message of that kind names, or null where it is another message or names nothing usable. */
export function identify(kind: SimulatedMessage, document: Document): ReadMessage | null {
  const [root, numberPath, datePath, sellerPath] = SHAPES[kind];
  if (document.root !== root) return null;
  const { tree } = document;
  const number = textAt(tree, numberPath);
  const date = textAt(tree, datePath);
  const seller = textAt(tree, sellerPath);
  if (!/^\d{8}$/.test(seller)) return null;
  if (kind === 'E0401' || kind === 'E0402') {
    // Results name it by tax ID, track and type (MOF Turnkey, ProcessResult keys).
    const isOfTrack = /^[A-Z]{2}$/.test(number) && /^\d{5}$/.test(date);
    const named = `${textAt(tree, 'Main/BranchBan')}${number}${textAt(tree, 'Main/InvoiceType')}`;
    return isOfTrack && /^\d{8}[A-Z]{2}0[78]$/.test(named)
      ? { kind, seller, number: named, date, tree }
      : null;
  }
  const isNamed = (/^[AF]/.test(kind) ? INVOICE_NUMBER : ALLOWANCE_NUMBER).test(number);
  if (!isNamed || !/^\d{8}$/.test(date)) return null;
  return { kind, seller, number, date, tree };
}

/** The first element at a path of names, undefined where there is none. */
export function at(tree: Tree, path: string): Tree | undefined {
  let found: Tree | undefined = tree;
  for (const name of path.split('/')) {
    if (found === undefined || typeof found === 'string') return undefined;
    found = Object.hasOwn(found, name) ? found[name]?.[0] : undefined;
  }
  return found;
}

/** The text at a path; '' where there is none. */
export function textAt(tree: Tree, path: string): string {
  const found = at(tree, path);
  return typeof found === 'string' ? found : '';
}

export function isThere(tree: Tree, path: string): boolean {
  return at(tree, path) !== undefined;
}

/** The product items of a message. */
export function itemsOf(tree: Tree): readonly Tree[] {
  const details = at(tree, 'Details');
  if (details === undefined || typeof details === 'string') return [];
  return Object.hasOwn(details, 'ProductItem') ? (details.ProductItem ?? []) : [];
}
