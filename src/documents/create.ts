/**
 * Puts the documents together for dialects and API: codes, links, files, printers' jobs. Whatever is
 * printed is first judged (can the paper be made at all), then recorded, then handed out.
 */
import { done, fault, type Outcome, refused } from '../domain/fault.ts';
import type { InvoiceContent } from '../domain/invoice.ts';
import type { Ubn } from '../domain/ubn.ts';
import type { Documents, PrintRequest, PrintStyle } from '../ledger/document-ports.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Origin } from '../ledger/origin.ts';
import type { Accounts, Clock } from '../ledger/ports.ts';
import type { InvoiceRecord, PrintRow } from '../ledger/rows.ts';
import { linkPath, PRINT_LINK_MS } from './links.ts';
import { machineCodesOf } from './machine-codes.ts';
import type { Paper } from './paper.ts';
import { allowancePaper, paperOf } from './papers.ts';
import { renderPdf } from './pdf.ts';
import type { QrKey } from './qr-key.ts';
import { fitsQr, formQr } from './qr-text.ts';

/** The sellers' QR keys, in memory; null where a seller has none. */
export interface QrKeys {
  keyOf(seller: Ubn): QrKey | null;
}

export interface DocumentsParts {
  readonly ledger: Ledger;
  readonly accounts: Pick<Accounts, 'seller'>;
  readonly keys: QrKeys;
  readonly clock: Clock;
  /** Signs links; a secret of the house. */
  readonly linkKey: Uint8Array;
  /** Base of links, without a trailing slash. */
  readonly publicUrl: () => string;
  /** The sandbox: 測試 on everything. */
  readonly isTest: boolean;
}

export function createDocuments(parts: DocumentsParts): Documents {
  const linked = (path: string) => `${parts.publicUrl()}${path}`;
  return {
    machineCodes(seller, period, numbers) {
      const key = parts.keys.keyOf(seller);
      return key === null ? null : numbers.map((number) => machineCodesOf(key, period, number));
    },
    qrTexts(content: InvoiceContent, form) {
      const key = parts.keys.keyOf(content.seller);
      return key === null || !fitsQr(content) ? null : formQr(content, key, form);
    },
    buyerLink: (invoice) => linked(linkPath({ kind: 'buyer', invoice }, parts.linkKey)),
    async printLink(origin, request) {
      const printed = await print(parts, origin, request, 'page', '');
      if (!printed.ok) return printed;
      const { seller, period, number, version, isOriginal } = printed.value.print;
      const link = {
        kind: 'print',
        invoice: { seller, period, number },
        version,
        style: request.style,
        isOriginal,
        endsAtMs: parts.clock.now() + PRINT_LINK_MS,
      } as const;
      return done(linked(linkPath(link, parts.linkKey)));
    },
    async printPdf(origin, request) {
      const printed = await print(parts, origin, request, 'pdf', '');
      return printed.ok ? done(await renderPdf(printed.value.paper)) : printed;
    },
    async queuePrint(origin, request, printer) {
      const printed = await print(parts, origin, request, 'thermal', printer);
      return printed.ok ? done(printed.value.print) : printed;
    },
    allowancePdf: (seller, number, form) => allowancePdf(parts, seller, number, form),
  };
}

/** Judges, records, and makes the paper as it was recorded. */
async function print(
  parts: DocumentsParts,
  origin: Origin,
  request: PrintRequest,
  medium: PrintRow['medium'],
  printer: string,
): Promise<Outcome<{ readonly print: PrintRow; readonly paper: Paper }>> {
  const { number, issuedOn, style } = request;
  const record = await parts.ledger.reads.findInvoice({
    by: 'number',
    seller: origin.seller,
    number,
    ...(issuedOn === undefined ? {} : { issuedOn }),
  });
  if (record === null) {
    return refused(fault('INVOICE_NOT_FOUND', 'number', 'no invoice of this seller matches'));
  }
  const judged = paperFor(parts, record, style, false);
  if (!judged.ok) return judged;
  const [recorded] = await parts.ledger.recordPrint([
    {
      ...origin,
      period: record.row.period,
      number,
      medium,
      printer,
      hasDetails: style.hasDetails,
      isReprint: request.isReprint ?? false,
      isOnlyFirst: request.isOnlyFirst ?? false,
      hasWon: request.hasWon ?? false,
    },
  ]);
  if (recorded === undefined) throw new Error('recordPrint answered nothing');
  if (!recorded.ok) return recorded;
  const paper = paperFor(parts, record, style, recorded.value.isOriginal);
  return paper.ok ? done({ print: recorded.value, paper: paper.value }) : paper;
}

function paperFor(
  { accounts, keys, isTest }: DocumentsParts,
  { row, content }: InvoiceRecord,
  style: PrintStyle,
  isOriginal: boolean,
): Outcome<Paper> {
  const seller = accounts.seller(row.seller);
  if (seller === undefined) {
    return refused(fault('SELLER_UNKNOWN', 'seller', 'the seller is not set up here'));
  }
  const isVoided = row.state === 'voided';
  const key = keys.keyOf(row.seller);
  return paperOf({ content, seller, key, style, isOriginal, isVoided, isTest });
}

async function allowancePdf(
  { ledger, accounts, isTest }: DocumentsParts,
  seller: Ubn,
  number: string,
  form: 'A4' | 'A5',
): Promise<Outcome<Uint8Array>> {
  const [record] = await ledger.reads.findAllowances({ by: 'allowance', seller, number });
  const owner = accounts.seller(seller);
  if (record === undefined || owner === undefined) {
    return refused(fault('ALLOWANCE_NOT_FOUND', 'number', 'no allowance of this seller matches'));
  }
  const standing = { isVoided: record.row.state === 'voided', isTest };
  return done(await renderPdf(allowancePaper(record.content, owner, form, standing)));
}
