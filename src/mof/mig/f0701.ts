/**
 * F0701 VoidInvoice 平台存證註銷發票: the stored message of an invoice is annulled 註銷, so that the same
 * number may be filed again (MIG 4.1 F0701). Its table, and how an annulled version becomes its value.
 */
import type { InvoiceContent } from '../../domain/invoice.ts';
import { type TaipeiDateTime, taipeiDateOf } from '../../domain/taipei.ts';
import { messageDate, messageTime } from './element-text.ts';
import { messageTable, optional, required, type ValueOf } from './message-table.ts';
import { buyerIdentifier } from './party.ts';
import { BAN, collapsedText, DATE, INVOICE_NUMBER, TIME, text } from './types.ts';
import { withoutForbidden } from './xml-text.ts';

export const F0701 = messageTable('F0701', 'VoidInvoice', [
  required('VoidInvoiceNumber', '註銷發票號碼', INVOICE_NUMBER),
  required('InvoiceDate', '發票日期', DATE),
  required('BuyerId', '買方統一編號', BAN),
  required('SellerId', '賣方統一編號', BAN),
  required('VoidDate', '註銷日期', DATE),
  required('VoidTime', '註銷時間', TIME),
  required('VoidReason', '註銷原因', collapsedText(1, 20)),
  optional('Remark', '備註', collapsedText(0, 200)),
  optional('Reserved1', '保留欄位1', text(0, 20)),
  optional('Reserved2', '保留欄位2', text(0, 100)),
]);
export type F0701Value = ValueOf<typeof F0701.rows>;

/** The F0701 of the version that is annulled; day, buyer and seller are those of its F0401. */
export function f0701Of(
  content: InvoiceContent,
  annulledAt: TaipeiDateTime,
  reason: string,
): F0701Value {
  return {
    VoidInvoiceNumber: content.number,
    InvoiceDate: messageDate(taipeiDateOf(content.issuedAt)),
    BuyerId: buyerIdentifier(content.buyer),
    SellerId: content.seller,
    VoidDate: messageDate(taipeiDateOf(annulledAt)),
    VoidTime: messageTime(annulledAt),
    VoidReason: withoutForbidden(reason),
  };
}
