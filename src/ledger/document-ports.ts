/**
 * What dialects and the API ask of the documents 文件 that are made from the ledger: codes, links, PDF,
 * print jobs. Implemented in `documents/` and put together in `server/`; a dialect sees only this.
 */
import type { InvoiceContent } from '../domain/invoice.ts';

/** The texts of a certificate's two QR codes. */
export interface QrTexts {
  readonly left: string;
  readonly right: string;
}

/** How a provider writes the QR texts that it hands to its clients. */
export interface QrForm {
  /** Items told at most: the first in the left code, the others in the right one. */
  readonly itemsMax: number;
  /** Whether the sales amount is written as 0 where the buyer has no tax ID. */
  readonly isSalesHiddenForConsumers: boolean;
}

export interface Documents {
  /**
   * The QR texts in a provider's form; null where the seller has no QR key, or where the total is above
   * 0xffffffff, which eight hexadecimal digits cannot state.
   */
  qrTexts(content: InvoiceContent, form: QrForm): QrTexts | null;
}
