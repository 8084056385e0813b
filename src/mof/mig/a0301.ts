/**
 * A0301 RejectInvoice 退回發票: the buyer returns an exchanged invoice that it has not confirmed (MIG 4.1
 * A0301). Sent by the buyer. Its table, and how an invoice and the return become its value.
 */
import {
  eventDate,
  eventReason,
  eventRemark,
  eventTime,
  invoiceParties,
  type NamedInvoice,
  type ReasonedEvent,
} from './exchange-facts.ts';
import { messageTable, optional, required, type ValueOf } from './message-table.ts';
import { BAN, collapsedText, DATE, INVOICE_NUMBER, TIME, text } from './types.ts';

export const A0301 = messageTable('A0301', 'RejectInvoice', [
  required('RejectInvoiceNumber', '退回發票號碼', INVOICE_NUMBER),
  required('InvoiceDate', '發票日期', DATE),
  required('BuyerId', '買方統一編號', BAN),
  required('SellerId', '賣方統一編號', BAN),
  required('RejectDate', '退回日期', DATE),
  required('RejectTime', '退回時間', TIME),
  required('RejectReason', '退回原因', collapsedText(1, 20)),
  optional('Remark', '備註', collapsedText(0, 200)),
  optional('Reserved1', '保留欄位1', text(0, 20)),
  optional('Reserved2', '保留欄位2', text(0, 100)),
]);
export type A0301Value = ValueOf<typeof A0301.rows>;

/** The A0301 of an invoice and its return. */
export function a0301Of(invoice: NamedInvoice, rejection: ReasonedEvent): A0301Value {
  return {
    RejectInvoiceNumber: invoice.number,
    ...invoiceParties(invoice),
    RejectDate: eventDate(rejection),
    RejectTime: eventTime(rejection),
    RejectReason: eventReason(rejection),
    Remark: eventRemark(rejection),
  };
}
