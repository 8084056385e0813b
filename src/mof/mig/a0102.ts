/**
 * A0102 InvoiceConfirm 發票接收確認: the buyer of an exchanged invoice has received it (MIG 4.1 A0102).
 * Sent by the buyer. Its table, and how an invoice and the receipt become its value.
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
import {
  BAN,
  BONDED_AREA,
  BUYER_REMARK,
  collapsedText,
  DATE,
  INVOICE_NUMBER,
  TIME,
} from './types.ts';

export const A0102 = messageTable('A0102', 'InvoiceConfirm', [
  required('InvoiceNumber', '發票號碼', INVOICE_NUMBER),
  required('InvoiceDate', '發票日期', DATE),
  required('BuyerId', '買方統一編號', BAN),
  required('SellerId', '賣方統一編號', BAN),
  required('ReceiveDate', '接收日期', DATE),
  required('ReceiveTime', '接收時間', TIME),
  optional('BuyerRemark', '買受人註記欄', BUYER_REMARK),
  optional('Remark', '備註', collapsedText(0, 200)),
  optional('BondedAreaConfirm', '買受人簽署適用零稅率註記', BONDED_AREA),
]);
export type A0102Value = ValueOf<typeof A0102.rows>;

/** The A0102 of an invoice and its receipt. */
export function a0102Of(invoice: NamedInvoice, receipt: ExchangeEvent): A0102Value {
  return {
    InvoiceNumber: invoice.number,
    ...invoiceParties(invoice),
    ReceiveDate: eventDate(receipt),
    ReceiveTime: eventTime(receipt),
    Remark: eventRemark(receipt),
  };
}
