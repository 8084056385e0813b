/** Parameters that several routes share, read once into domain values. */
import { z } from 'zod';
import { parseTaipeiDate, parseTaipeiDateTime } from '../domain/calendar.ts';
import { parseInvoiceNumber } from '../domain/invoice-number.ts';
import { parsePeriod } from '../domain/period.ts';
import type { TaipeiDateTime } from '../domain/taipei.ts';
import { parseUbn, type Ubn } from '../domain/ubn.ts';

export const PAGE_ITEMS_MAX = 200;
export const PAGE_ITEMS_DEFAULT = 50;
const OFFSET_MAX = 10_000_000;

export const ubnParameter = z
  .string()
  .regex(/^\d{8}$/, 'a tax ID (UBN) has eight digits')
  .transform((text, context): Ubn => {
    const parsed = parseUbn(text);
    if (parsed !== 'shape' && parsed !== 'check-digit') return parsed;
    context.addIssue('the check digit of this tax ID (UBN) is wrong');
    return z.NEVER;
  })
  .describe('Tax ID 統一編號 of the seller');

export const periodParameter = z
  .string()
  .regex(/^\d{3}(02|04|06|08|10|12)$/, 'a period is the ROC year and its even month, e.g. 11512')
  .transform((text, context) => parsePeriod(text) ?? never(context))
  .describe('Period 期別: ROC year and even month, e.g. 11512 for November and December 2026');

export const invoiceNumberParameter = z
  .string()
  .regex(/^[A-Z]{2}\d{8}$/, 'an invoice number is two capitals and eight digits')
  .transform((text, context) => parseInvoiceNumber(text) ?? never(context))
  .describe('Invoice number 發票號碼');

/** A day in Taipei, or an instant with its offset; read as Taipei time. */
export const timeParameter = z
  .string()
  .transform((text, context) => readTime(text) ?? never(context))
  .describe('A day in Taipei (2026-11-21) or an instant (2026-11-21T09:30:00+08:00)');

export const pageParameters = {
  offset: z.coerce.number().int().min(0).max(OFFSET_MAX).default(0).describe('Items to skip'),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(PAGE_ITEMS_MAX)
    .default(PAGE_ITEMS_DEFAULT)
    .describe('Items to answer'),
};

export const flagParameter = z.enum(['true', 'false']).transform((text) => text === 'true');

function never(context: z.core.$RefinementCtx): never {
  context.addIssue('not such a value');
  // Zod's marker for a value that does not exist because an issue was added.
  return z.NEVER;
}

function readTime(text: string): TaipeiDateTime | undefined {
  // A plus sign that was not escaped in the query arrives as a space.
  const mended = text.replace(/ (?=\d\d:?\d\d$)/, '+');
  const day = /^\d{4}-\d\d-\d\d$/.test(mended) ? parseTaipeiDate(mended) : undefined;
  return parseTaipeiDateTime(day === undefined ? mended : `${day} 00:00:00`);
}

/** The instant of an ISO 8601 text that names its offset (`Z`, `+08:00`). */
export function parseInstantMs(text: string): number | undefined {
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
