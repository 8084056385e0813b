/**
 * B0202 CancelAllowanceConfirm 作廢折讓證明單接收確認: the buyer confirms the void of an exchanged allowance
 * (MIG 4.1 B0202). Sent by the buyer; its date and time are those of the confirmation.
 */
import {
  allowanceParties,
  type ExchangeEvent,
  eventDate,
  eventRemark,
  eventTime,
  type NamedAllowance,
} from './exchange-facts.ts';
import { ALLOWANCE_BY_SELLER } from './g0401.ts';
import { messageTable, optional, required, type ValueOf } from './message-table.ts';
import { ALLOWANCE_NUMBER, ALLOWANCE_TYPE, BAN, collapsedText, DATE, TIME } from './types.ts';

export const B0202 = messageTable('B0202', 'CancelAllowanceConfirm', [
  required('CancelAllowanceNumber', '作廢折讓證明單號碼', ALLOWANCE_NUMBER),
  required('AllowanceDate', '折讓證明單日期', DATE),
  required('BuyerId', '買方統一編號', BAN),
  required('SellerId', '賣方統一編號', BAN),
  required('CancelDate', '接收日期', DATE),
  required('CancelTime', '接收時間', TIME),
  required('AllowanceType', '折讓種類', ALLOWANCE_TYPE),
  optional('Remark', '備註', collapsedText(0, 200)),
]);
export type B0202Value = ValueOf<typeof B0202.rows>;

/** The B0202 of an allowance and the confirmation of its void. */
export function b0202Of(allowance: NamedAllowance, confirmation: ExchangeEvent): B0202Value {
  return {
    CancelAllowanceNumber: allowance.number,
    ...allowanceParties(allowance),
    CancelDate: eventDate(confirmation),
    CancelTime: eventTime(confirmation),
    AllowanceType: ALLOWANCE_BY_SELLER,
    Remark: eventRemark(confirmation),
  };
}
