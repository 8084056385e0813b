/**
 * B0201 CancelAllowance 作廢折讓證明單（交換）: the seller voids an exchanged allowance (MIG 4.1 B0201). Its
 * table, and how an allowance and the void become its value.
 */
import {
  allowanceParties,
  eventDate,
  eventReason,
  eventRemark,
  eventTime,
  type NamedAllowance,
  type ReasonedEvent,
} from './exchange-facts.ts';
import { ALLOWANCE_BY_SELLER } from './g0401.ts';
import { messageTable, optional, required, type ValueOf } from './message-table.ts';
import { ALLOWANCE_NUMBER, ALLOWANCE_TYPE, BAN, DATE, TIME, text } from './types.ts';

export const B0201 = messageTable('B0201', 'CancelAllowance', [
  required('CancelAllowanceNumber', '作廢折讓證明單號碼', ALLOWANCE_NUMBER),
  required('AllowanceDate', '折讓證明單日期', DATE),
  required('BuyerId', '買方統一編號', BAN),
  required('SellerId', '賣方統一編號', BAN),
  required('CancelDate', '作廢日期', DATE),
  required('CancelTime', '作廢時間', TIME),
  required('AllowanceType', '折讓種類', ALLOWANCE_TYPE),
  required('CancelReason', '作廢原因', text(1, 20)),
  optional('Remark', '備註', text(0, 200)),
]);
export type B0201Value = ValueOf<typeof B0201.rows>;

/** The B0201 of an allowance and its void. */
export function b0201Of(allowance: NamedAllowance, cancellation: ReasonedEvent): B0201Value {
  return {
    CancelAllowanceNumber: allowance.number,
    ...allowanceParties(allowance),
    CancelDate: eventDate(cancellation),
    CancelTime: eventTime(cancellation),
    AllowanceType: ALLOWANCE_BY_SELLER,
    CancelReason: eventReason(cancellation),
    Remark: eventRemark(cancellation),
  };
}
