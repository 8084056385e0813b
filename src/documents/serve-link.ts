/** What the address of a page shows: a print page within its hour, a buyer's page, or that there is none. */

import { whyNotPrintable } from '../domain/print.ts';
import { taipeiDateOf } from '../domain/taipei.ts';
import { parseInvoiceContent } from '../ledger/content.ts';
import type { InvoiceKey, InvoiceRecord } from '../ledger/rows.ts';
import type { DocumentsParts } from './create.ts';
import { describeDonated } from './describe-business.ts';
import { buyerPage, type HtmlPage, missingPage, printPage } from './html/pages.ts';
import { languageOf } from './html/texts.ts';
import { readLink } from './links.ts';
import type { Paper } from './paper.ts';
import { paperOf } from './papers.ts';

export interface PageRequest {
  readonly path: string;
  /** `lang` of the query. */
  readonly language: string | undefined;
  readonly acceptLanguage: string | undefined;
}

export async function serveLink(parts: DocumentsParts, request: PageRequest): Promise<HtmlPage> {
  const language = languageOf(request.language, request.acceptLanguage);
  const link = readLink(request.path, parts.linkKey);
  const record = link === null ? null : await findRecord(parts, link.invoice);
  const seller = link === null ? undefined : parts.accounts.seller(link.invoice.seller);
  if (link === null || record === null || seller === undefined) {
    return missingPage('unknown', language);
  }
  if (link.kind === 'buyer') {
    const { isTest } = parts;
    return buyerPage({ record, seller, isTest, paper: shownPaper(parts, record) }, language);
  }
  // An annulled version is no certificate any more.
  if (parts.clock.now() >= link.endsAtMs || record.row.version !== link.version) {
    return missingPage('expired', language);
  }
  const paper = paperOf({
    content: record.content,
    seller,
    key: parts.keys.keyOf(link.invoice.seller),
    style: link.style,
    isOriginal: link.isOriginal,
    isVoided: record.row.state === 'voided',
    isTest: parts.isTest,
  });
  return paper.ok ? printPage(paper.value, language) : missingPage('unknown', language);
}

/** The invoice of exactly this period: numbers recur in later years. */
async function findRecord(
  { ledger }: DocumentsParts,
  { seller, period, number }: InvoiceKey,
): Promise<InvoiceRecord | null> {
  const [first] = await ledger.reads.findVersions([{ seller, period, number, version: 1 }]);
  if (first === undefined) return null;
  const issuedOn = taipeiDateOf(parseInvoiceContent(first.content).issuedAt);
  return ledger.reads.findInvoice({ by: 'number', seller, number, issuedOn });
}

/**
 * The certificate as a buyer may see it: a reprint where it is the seller's to print, the masked one where
 * it was donated, none where it is on a carrier.
 */
function shownPaper(parts: DocumentsParts, { row, content }: InvoiceRecord): Paper | null {
  const seller = parts.accounts.seller(row.seller);
  if (seller === undefined) return null;
  const standing = { isVoided: row.state === 'voided', isTest: parts.isTest };
  if (content.donationCode !== '') return describeDonated(content, seller, standing);
  if (whyNotPrintable(content, false) !== null) return null;
  const key = parts.keys.keyOf(row.seller);
  const style = { form: 'strip', hasDetails: false, isTwoSided: false } as const;
  const paper = paperOf({ content, seller, key, style, isOriginal: false, ...standing });
  return paper.ok ? paper.value : null;
}
