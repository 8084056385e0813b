/**
 * B0102 AllowanceConfirm 折讓證明單接收確認: the buyer confirms an exchanged allowance (MIG 4.1 B0102). Sent
 * by the buyer. Its table, and how an allowance and the receipt become its value.
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

export const B0102 = messageTable('B0102', 'AllowanceConfirm', [
  required('AllowanceNumber', '折讓證明單號碼', ALLOWANCE_NUMBER),
  required('AllowanceDate', '折讓證明單日期', DATE),
  required('BuyerId', '買方統一編號', BAN),
  required('SellerId', '賣方統一編號', BAN),
  required('ReceiveDate', '接收日期', DATE),
  required('ReceiveTime', '接收時間', TIME),
  required('AllowanceType', '折讓種類', ALLOWANCE_TYPE),
  optional('Remark', '備註', collapsedText(0, 200)),
]);
export type B0102Value = ValueOf<typeof B0102.rows>;

/** The B0102 of an allowance and its receipt. */
export function b0102Of(allowance: NamedAllowance, receipt: ExchangeEvent): B0102Value {
  return {
    AllowanceNumber: allowance.number,
    ...allowanceParties(allowance),
    ReceiveDate: eventDate(receipt),
    ReceiveTime: eventTime(receipt),
    AllowanceType: ALLOWANCE_BY_SELLER,
    Remark: eventRemark(receipt),
  };
}
