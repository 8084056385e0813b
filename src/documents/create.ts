/** Puts the documents together for those who ask for codes and papers of invoices. */
import type { InvoiceContent } from '../domain/invoice.ts';
import type { Ubn } from '../domain/ubn.ts';
import type { Documents } from '../ledger/document-ports.ts';
import type { QrKey } from './qr-key.ts';
import { fitsQr, formQr } from './qr-text.ts';

/** The sellers' QR keys, in memory; null where a seller has none. */
export interface QrKeys {
  keyOf(seller: Ubn): QrKey | null;
}

export function createDocuments(keys: QrKeys): Documents {
  return {
    qrTexts(content: InvoiceContent, form) {
      const key = keys.keyOf(content.seller);
      return key === null || !fitsQr(content) ? null : formQr(content, key, form);
    },
  };
}
