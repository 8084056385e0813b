/**
 * Sends an E0501 for each range that is allotted for the next period, in the last days of the one before (MIG E0501
 * 4.0, one envelope a range). Each is sent once.
 */
import { join } from 'node:path';
import { dayOf, type Layout, readIfThere, writeWhole } from './layout.ts';
import { type PlatformBook, periodOfDay } from './standpoint.ts';

/** Days before a period in which its numbers are announced. */
const ANNOUNCED_DAYS = 20;
const BOOKLET = 50;
const DAY_MS = 86_400_000;

export async function announceBooks(
  layout: Layout,
  books: () => Promise<readonly PlatformBook[]>,
  nowMs: number,
): Promise<void> {
  const coming = periodOfDay(dayOf(nowMs + ANNOUNCED_DAYS * DAY_MS));
  if (coming === periodOfDay(dayOf(nowMs))) return;
  const mark = join(layout.memory, 'announced', `${coming}.json`);
  if ((await readIfThere(mark)) !== null) return;
  for (const book of await books()) {
    if (book.period !== coming) continue;
    const name = `${book.seller}-${book.track}${position(book.first)}-${coming}.E0501`;
    await writeWhole(layout, join(layout.result('E0501', nowMs), name), e0501Xml(book), nowMs);
  }
  await writeWhole(layout, mark, '', nowMs);
}

function position(value: number): string {
  return String(value).padStart(8, '0');
}

function e0501Xml({ seller, period, track, type, first, last }: PlatformBook): string {
  const body = [
    `<Ban>${seller}</Ban><InvoiceType>${type}</InvoiceType><YearMonth>${period}</YearMonth>`,
    `<InvoiceTrack>${track}</InvoiceTrack><InvoiceBeginNo>${position(first)}</InvoiceBeginNo>`,
    `<InvoiceEndNo>${position(last)}</InvoiceEndNo>`,
    `<InvoiceBooklet>${Math.ceil((last - first + 1) / BOOKLET)}</InvoiceBooklet>`,
  ].join('');
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<InvoiceEnvelope xmlns="urn:GEINV:InvoiceEnvelope:4.0">',
    '<From><PartyId>0000000000</PartyId></From><FromVAC><RoutingId>0000000000</RoutingId></FromVAC>',
    `<To><PartyId>${seller}</PartyId></To><ToVAC><RoutingId>${seller}</RoutingId></ToVAC>`,
    '<InvoicePack messageType="E0501" count="1" version="4.0">',
    `<InvoiceAssignNo xmlns="urn:GEINV:E0501:4.0">${body}</InvoiceAssignNo>`,
    '</InvoicePack></InvoiceEnvelope>',
  ].join('\n');
}
