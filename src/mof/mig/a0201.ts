/**
 * A0201 CancelInvoice 作廢發票（交換）: the seller voids an exchanged invoice (MIG 4.1 A0201). Its table,
 * and how an invoice and the void become its value. The schema takes an empty reason; Kaili does not.
 */

import { given } from './element-text.ts';
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

export const A0201 = messageTable('A0201', 'CancelInvoice', [
  required('CancelInvoiceNumber', '作廢發票號碼', INVOICE_NUMBER),
  required('InvoiceDate', '發票日期', DATE),
  required('BuyerId', '買方統一編號', BAN),
  required('SellerId', '賣方統一編號', BAN),
  required('CancelDate', '作廢日期', DATE),
  required('CancelTime', '作廢時間', TIME),
  required('CancelReason', '作廢原因', collapsedText(1, 20)),
  optional('ReturnTaxDocumentNumber', '專案作廢核准文號', text(0, 60)),
  optional('Remark', '備註', collapsedText(0, 200)),
  optional('Reserved1', '保留欄位1', text(0, 20)),
  optional('Reserved2', '保留欄位2', text(0, 100)),
]);
export type A0201Value = ValueOf<typeof A0201.rows>;

/** The A0201 of an invoice and its void. `permit`: the tax office's number once the period is filed. */
export function a0201Of(
  invoice: NamedInvoice,
  cancellation: ReasonedEvent,
  permit: string,
): A0201Value {
  return {
    CancelInvoiceNumber: invoice.number,
    ...invoiceParties(invoice),
    CancelDate: eventDate(cancellation),
    CancelTime: eventTime(cancellation),
    CancelReason: eventReason(cancellation),
    ReturnTaxDocumentNumber: given(permit),
    Remark: eventRemark(cancellation),
  };
}
