/** The invoice number 發票號碼: a track 字軌 of two capitals and eight digits. */

declare const numberBrand: unique symbol;
declare const trackBrand: unique symbol;
/** Two capitals and eight digits, `AB12345678`. Unique only together with seller and period. */
export type InvoiceNumber = string & { readonly [numberBrand]: true };
/** Two capitals 字軌. */
export type Track = string & { readonly [trackBrand]: true };

export function parseInvoiceNumber(text: string): InvoiceNumber | undefined {
  return /^[A-Z]{2}\d{8}$/.test(text) ? (text as InvoiceNumber) : undefined;
}

export function parseTrack(text: string): Track | undefined {
  return /^[A-Z]{2}$/.test(text) ? (text as Track) : undefined;
}

/** The number of a track at a position 0–99,999,999. */
export function invoiceNumberAt(track: Track, position: number): InvoiceNumber {
  if (!Number.isInteger(position) || position < 0 || position > 99_999_999) {
    throw new RangeError('an invoice number has eight digits');
  }
  return `${track}${String(position).padStart(8, '0')}` as InvoiceNumber;
}
