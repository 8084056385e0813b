/**
 * InvoicePrint and DownloadB2BPdf: an invoice of the merchant's own on a sheet, as a link or as a file (ECPay
 * B2B API). A purchase is its seller's to print.
 */
import { B2B_DOWNLOAD_PDF, B2B_INVOICE_PRINT, B2B_PRINT_REQUEST } from '#wire/ecpay-b2b/print.ts';
import { writeMessage } from '#wire/write-message.ts';
import { done, fault, type Outcome, refused } from '../../../domain/fault.ts';
import type { PrintRequest } from '../../../ledger/document-ports.ts';
import type { DialectContext } from '../../dialect.ts';
import { invoiceNumberOf } from '../b2c/numbers.ts';
import { dayOf } from '../dates.ts';
import { type Endpoint, originOf, SUCCESS, type WireFile } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';
import { findInvoiceTrade, sideOf } from './find-document.ts';
import { onB2bWire } from './values.ts';

export const invoicePrint: Endpoint = {
  action: 'B2B/InvoicePrint',
  wire: B2B_INVOICE_PRINT,
  answer: answerLink,
};

export const downloadPdf: Endpoint = {
  action: 'B2B/DownloadB2BPdf',
  wire: B2B_DOWNLOAD_PDF,
  answer: () => Promise.reject(new Error('this action answers a file')),
  file: answerPdf,
};

async function answerLink(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const wanted = await wantedOf(call, context);
  if (!wanted.ok) return wanted;
  const link = await context.documents.printLink(originOf(call), wanted.value);
  if (!link.ok) return onB2bWire(link.faults);
  const reply = { RtnCode: SUCCESS, RtnMsg: '成功', InvoiceHtml: link.value };
  return done(writeMessage(B2B_INVOICE_PRINT.reply, reply));
}

async function answerPdf(call: Call, context: DialectContext): Promise<Outcome<WireFile>> {
  if (context.downloadLimit?.admits(call.request.ip) === false) {
    const hint = 'an address may download twice in ten seconds: wait and ask again';
    return refused(fault('DOWNLOADS_TOO_MANY', '', hint));
  }
  const wanted = await wantedOf(call, context);
  if (!wanted.ok) return wanted;
  const pdf = await context.documents.printPdf(originOf(call), wanted.value);
  if (!pdf.ok) return onB2bWire(pdf.faults);
  const { number } = wanted.value;
  return done({ contentType: 'application/pdf', name: `${number}.pdf`, body: pdf.value });
}

async function wantedOf(call: Call, context: DialectContext): Promise<Outcome<PrintRequest>> {
  const reading = readMembers(B2B_PRINT_REQUEST, call.data);
  if (!isWhole(reading)) return refused(...reading.faults);
  const { InvoiceCategory, InvoiceNo, InvoiceDate, PrintStyle } = reading.members;
  const side = sideOf(InvoiceCategory);
  if (side === 'purchase') {
    const hint = 'the seller of an invoice prints it';
    return refused(fault('TRADE_PARTY_WRONG', 'InvoiceCategory', hint));
  }
  const trade = await findInvoiceTrade(call, context, InvoiceNo, InvoiceDate, side);
  if (trade === null) {
    return refused(fault('INVOICE_NOT_FOUND', 'InvoiceNo', 'no such business invoice'));
  }
  return done({
    number: invoiceNumberOf(InvoiceNo),
    issuedOn: dayOf(InvoiceDate),
    style: { form: PrintStyle === '2' ? 'A5' : 'A4', hasDetails: true, isTwoSided: false },
  });
}
