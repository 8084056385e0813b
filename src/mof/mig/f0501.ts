/**
 * F0501 CancelInvoice 平台存證作廢發票: an invoice that was filed is void 作廢 (MIG 4.1 F0501).
 * Its table, and how a voided invoice of the ledger becomes its value.
 */
import type { InvoiceContent } from '../../domain/invoice.ts';
import { type TaipeiDateTime, taipeiDateOf } from '../../domain/taipei.ts';
import { given, messageDate, messageTime } from './element-text.ts';
import { messageTable, optional, required, type ValueOf } from './message-table.ts';
import { buyerIdentifier } from './party.ts';
import { BAN, collapsedText, DATE, INVOICE_NUMBER, TIME, text } from './types.ts';
import { withoutForbidden } from './xml-text.ts';

export const F0501 = messageTable('F0501', 'CancelInvoice', [
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
export type F0501Value = ValueOf<typeof F0501.rows>;

/** The F0501 of an invoice voided at a time; day, buyer and seller are those of its F0401. */
export function f0501Of(
  content: InvoiceContent,
  voidedAt: TaipeiDateTime,
  reason: string,
  remark = '',
): F0501Value {
  return {
    CancelInvoiceNumber: content.number,
    InvoiceDate: messageDate(taipeiDateOf(content.issuedAt)),
    BuyerId: buyerIdentifier(content.buyer),
    SellerId: content.seller,
    CancelDate: messageDate(taipeiDateOf(voidedAt)),
    CancelTime: messageTime(voidedAt),
    CancelReason: withoutForbidden(reason),
    Remark: given(remark),
  };
}
