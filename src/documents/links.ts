/**
 * Unguessable addresses of pages: what they show, signed by the house. Nothing is stored for them: whoever
 * changes a letter has no link, and a print link says itself when it ends.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { parseInvoiceNumber } from '../domain/invoice-number.ts';
import { parsePeriod } from '../domain/period.ts';
import { parseUbn } from '../domain/ubn.ts';
import type { PrintStyle } from '../ledger/document-ports.ts';
import type { InvoiceKey } from '../ledger/rows.ts';

export const LINK_PREFIX = '/i/';
/** A print page is there for an hour (ECPay B2C API, InvoicePrint). */
export const PRINT_LINK_MS = 3_600_000;
/** 128 bits. */
const SIGNATURE_BYTES = 16;
const LINK_CHARACTERS_MAX = 300;

export type Link =
  | { readonly kind: 'buyer'; readonly invoice: InvoiceKey }
  | {
      readonly kind: 'print';
      readonly invoice: InvoiceKey;
      readonly version: number;
      readonly style: PrintStyle;
      readonly isOriginal: boolean;
      readonly endsAtMs: number;
    };

/** The path of a link. */
export function linkPath(link: Link, key: Uint8Array): string {
  const { seller, period, number } = link.invoice;
  const parts: (string | number)[] = [link.kind, seller, period, number];
  if (link.kind === 'print') {
    const { style, version, isOriginal, endsAtMs } = link;
    parts.push(version, style.form, flag(style.hasDetails), flag(style.isTwoSided));
    parts.push(flag(isOriginal), endsAtMs);
  }
  const payload = Buffer.from(parts.join(' '), 'utf8').toString('base64url');
  return `${LINK_PREFIX}${payload}.${signature(payload, key)}`;
}

/** What a path shows; null for anything that the house did not sign. */
export function readLink(path: string, key: Uint8Array): Link | null {
  if (!path.startsWith(LINK_PREFIX) || path.length > LINK_CHARACTERS_MAX) return null;
  const [payload = '', signed = '', ...more] = path.slice(LINK_PREFIX.length).split('.');
  const [given, expected] = [Buffer.from(signed), Buffer.from(signature(payload, key))];
  if (more.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return null;
  }
  return parseLink(Buffer.from(payload, 'base64url').toString('utf8').split(' '));
}

function parseLink(parts: readonly string[]): Link | null {
  const [kind, sellerText = '', periodText = '', numberText = '', ...rest] = parts;
  const seller = parseUbn(sellerText);
  const period = parsePeriod(periodText);
  const number = parseInvoiceNumber(numberText);
  if (seller === 'shape' || seller === 'check-digit' || !period || !number) return null;
  const invoice = { seller, period, number };
  if (kind === 'buyer') return { kind, invoice };
  const [version = '', form, details, sides, original, endsAt = ''] = rest;
  if (kind !== 'print' || (form !== 'strip' && form !== 'A4' && form !== 'A5')) return null;
  const style = { form, hasDetails: details === '1', isTwoSided: sides === '1' } as const;
  const isOriginal = original === '1';
  return {
    kind,
    invoice,
    version: Number(version),
    style,
    isOriginal,
    endsAtMs: Number(endsAt),
  };
}

function signature(payload: string, key: Uint8Array): string {
  const digest = createHmac('sha256', key).update(payload).digest();
  return digest.subarray(0, SIGNATURE_BYTES).toString('base64url');
}

function flag(value: boolean): string {
  return value ? '1' : '0';
}
