/** B2B printing: InvoicePrint (docs 14993, 24311) and DownloadB2BPdf (docs 53383, 52123). */
import type { WireEndpoint, WireTable } from '../field.ts';
import {
  INVOICE_CATEGORY,
  INVOICE_DATE,
  INVOICE_NUMBER,
  MERCHANT_ID,
  RESULT,
} from './shared-members.ts';

export const B2B_PRINT_REQUEST = {
  MerchantID: MERCHANT_ID,
  InvoiceCategory: INVOICE_CATEGORY,
  InvoiceNo: INVOICE_NUMBER,
  InvoiceDate: INVOICE_DATE,
  /** 1 A4, also when missing; 2 A5. */
  PrintStyle: { kind: 'code', need: 'optional', lengthMax: 1, values: ['1', '2'] },
} as const satisfies WireTable;

/** A link to the invoice's print page. */
export const B2B_INVOICE_PRINT = {
  path: '/B2BInvoice/InvoicePrint',
  request: B2B_PRINT_REQUEST,
  reply: { ...RESULT, InvoiceHtml: { kind: 'text', need: 'required', lengthMax: 1000 } },
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;

/** The invoice as PDF: on success the body is the file, otherwise the reply below. */
export const B2B_DOWNLOAD_PDF = {
  path: '/B2BInvoice/DownloadB2BPdf',
  request: B2B_PRINT_REQUEST,
  reply: { ...RESULT },
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
