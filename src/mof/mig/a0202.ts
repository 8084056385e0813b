/**
 * A0202 CancelInvoiceConfirm 作廢發票接收確認: the buyer confirms the void of an exchanged invoice (MIG 4.1
 * A0202). Sent by the buyer; its date and time are those of the confirmation.
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

export const A0202 = messageTable('A0202', 'CancelInvoiceConfirm', [
  required('CancelInvoiceNumber', '作廢發票號碼', INVOICE_NUMBER),
  required('InvoiceDate', '發票日期', DATE),
  required('BuyerId', '買方統一編號', BAN),
  required('SellerId', '賣方統一編號', BAN),
  required('CancelDate', '接收日期', DATE),
  required('CancelTime', '接收時間', TIME),
  optional('Remark', '備註', collapsedText(1, 200)),
]);
export type A0202Value = ValueOf<typeof A0202.rows>;

/** The A0202 of an invoice and the confirmation of its void. */
export function a0202Of(invoice: NamedInvoice, confirmation: ExchangeEvent): A0202Value {
  return {
    CancelInvoiceNumber: invoice.number,
    ...invoiceParties(invoice),
    CancelDate: eventDate(confirmation),
    CancelTime: eventTime(confirmation),
    Remark: eventRemark(confirmation),
  };
}
