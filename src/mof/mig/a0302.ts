/**
 * A0302 RejectInvoiceConfirm 退回發票接收確認: the seller confirms the return of an exchanged invoice (MIG
 * 4.1 A0302). Its date and time are those of the confirmation.
 */
import {
  type ExchangeEvent,
  eventDate,
  eventRemark,
  eventTime,
  invoiceParties,
  type NamedInvoice,
} from './exchange-facts.ts';
import { messageTable, optional, required, type ValueOf } from './message-table.ts';
import { BAN, collapsedText, DATE, INVOICE_NUMBER, TIME } from './types.ts';

export const A0302 = messageTable('A0302', 'RejectInvoiceConfirm', [
  required('RejectInvoiceNumber', '退回發票號碼', INVOICE_NUMBER),
  required('InvoiceDate', '發票日期', DATE),
  required('BuyerId', '買方統一編號', BAN),
  required('SellerId', '賣方統一編號', BAN),
  required('RejectDate', '接收日期', DATE),
  required('RejectTime', '接收時間', TIME),
  optional('Remark', '備註', collapsedText(0, 200)),
]);
export type A0302Value = ValueOf<typeof A0302.rows>;

/** The A0302 of an invoice and the confirmation of its return. */
export function a0302Of(invoice: NamedInvoice, confirmation: ExchangeEvent): A0302Value {
  return {
    RejectInvoiceNumber: invoice.number,
    ...invoiceParties(invoice),
    RejectDate: eventDate(confirmation),
    RejectTime: eventTime(confirmation),
    Remark: eventRemark(confirmation),
  };
}
