/**
 * G0501 CancelAllowance 平台存證作廢折讓證明單: a filed allowance is void 作廢 (MIG 4.1 G0501).
 * Its table, and how a voided allowance of the ledger becomes its value.
 */
import type { AllowanceContent } from '../../domain/allowance.ts';
import { type TaipeiDateTime, taipeiDateOf } from '../../domain/taipei.ts';
import { given, messageDate, messageTime } from './element-text.ts';
import { ALLOWANCE_BY_SELLER } from './g0401.ts';
import { messageTable, optional, required, type ValueOf } from './message-table.ts';
import { buyerIdentifier } from './party.ts';
import { ALLOWANCE_NUMBER, ALLOWANCE_TYPE, BAN, collapsedText, DATE, TIME } from './types.ts';
import { withoutForbidden } from './xml-text.ts';

export const G0501 = messageTable('G0501', 'CancelAllowance', [
  required('CancelAllowanceNumber', '作廢折讓證明單號碼', ALLOWANCE_NUMBER),
  required('AllowanceType', '折讓種類', ALLOWANCE_TYPE),
  required('AllowanceDate', '折讓證明單日期', DATE),
  required('BuyerId', '買方統一編號', BAN),
  required('SellerId', '賣方統一編號', BAN),
  required('CancelDate', '作廢日期', DATE),
  required('CancelTime', '作廢時間', TIME),
  required('CancelReason', '作廢原因', collapsedText(1, 20)),
  optional('Remark', '備註', collapsedText(0, 200)),
]);
export type G0501Value = ValueOf<typeof G0501.rows>;

/** The G0501 of an allowance voided at a time; day, buyer and seller are those of its G0401. */
export function g0501Of(
  content: AllowanceContent,
  voidedAt: TaipeiDateTime,
  reason: string,
  remark = '',
): G0501Value {
  return {
    CancelAllowanceNumber: content.number,
    AllowanceType: ALLOWANCE_BY_SELLER,
    AllowanceDate: messageDate(taipeiDateOf(content.allowedAt)),
    BuyerId: buyerIdentifier({ ubn: content.invoice.buyerUbn }),
    SellerId: content.seller,
    CancelDate: messageDate(taipeiDateOf(voidedAt)),
    CancelTime: messageTime(voidedAt),
    CancelReason: withoutForbidden(reason),
    Remark: given(remark),
  };
}
