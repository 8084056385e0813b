/**
 * InvoicePrint: a link to an invoice's print page, valid for an hour (ECPay B2C API, InvoicePrint). What may
 * not be printed (donated, on a carrier) is answered as unknown (observed 2026-08, stage). Each call is
 * a print of its own: after the first the page is marked as printed again.
 */
import {
  INVOICE_PRINT,
  INVOICE_PRINT_REPLY,
  INVOICE_PRINT_REQUEST,
} from '#wire/ecpay-b2c/invoice-print.ts';
import { writeMessage } from '#wire/write-message.ts';
import { done, type Outcome, refused } from '../../../domain/fault.ts';
import type { PrintStyle } from '../../../ledger/document-ports.ts';
import type { DialectContext } from '../../dialect.ts';
import { dayOf } from '../dates.ts';
import { type Endpoint, originOf, SUCCESS } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';
import { onWire } from './fields.ts';
import { invoiceNumberOf } from './numbers.ts';

export const invoicePrint: Endpoint = { action: 'InvoicePrint', wire: INVOICE_PRINT, answer };

/** By PrintStyle, from 1. */
const STYLES: readonly Omit<PrintStyle, 'hasDetails'>[] = [
  { form: 'strip', isTwoSided: false },
  { form: 'strip', isTwoSided: true },
  { form: 'strip', isTwoSided: false },
  { form: 'A4', isTwoSided: false },
  { form: 'A5', isTwoSided: false },
];
const WITHOUT_DETAILS = 2;

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(INVOICE_PRINT_REQUEST, call.data);
  if (!isWhole(reading)) return refused(...reading.faults);
  const { InvoiceNo, InvoiceDate, PrintStyle: style = 1, ...more } = reading.members;
  const form = STYLES[style - 1];
  if (form === undefined) throw new Error('the wire table let a bad style pass');
  const link = await context.documents.printLink(originOf(call), {
    number: invoiceNumberOf(InvoiceNo),
    issuedOn: dayOf(InvoiceDate),
    style: { ...form, hasDetails: more.IsShowingDetail !== WITHOUT_DETAILS },
    isReprint: more.IsReprintInvoice === 'Y',
  });
  if (!link.ok) return onWire(link.faults, '');
  const reply = { RtnCode: SUCCESS, RtnMsg: '成功', InvoiceHtml: link.value };
  return done(writeMessage(INVOICE_PRINT_REPLY, reply));
}
