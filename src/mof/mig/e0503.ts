/**
 * E0503 InputAllowance 營業人進項存證折讓單檔: an allowance that another seller stored for the company,
 * downloaded by Turnkey (MIG 4.1 E0503). Those of before 2025 may be issued by the buyer (type 1).
 */
import {
  group,
  list,
  messageTable,
  optional,
  optionalGroup,
  required,
  type ValueOf,
} from './message-table.ts';
import {
  ALLOWANCE_HEAD,
  ALLOWANCE_ITEM_END,
  ORIGINAL_PARTIES,
  originalItem,
} from './shared-rows.ts';
import {
  ALLOWANCE_TYPE_READ,
  AMOUNT,
  BAN,
  collapsedText,
  DATE,
  ITEMS_MAX,
  TIME,
  text,
  WHOLE,
} from './types.ts';

const MAIN = [
  ...ALLOWANCE_HEAD,
  required('CurrentStatus', '折讓單當下狀態', text(0, 1)),
  required('SellerId', '賣方統一編號', BAN),
  optional('SellerName', '賣方名稱', text(1, 60)),
  required('BuyerId', '買方統一編號', BAN),
  optional('BuyerName', '買方名稱', text(1, 60)),
  required('AllowanceType', '折讓種類', ALLOWANCE_TYPE_READ),
  ...ORIGINAL_PARTIES,
] as const;

const ITEM = [
  ...originalItem(0),
  required('Amount', '金額（不含稅）', AMOUNT),
  required('Tax', '營業稅額', WHOLE),
  ...ALLOWANCE_ITEM_END,
] as const;

export const E0503 = messageTable('E0503', 'InputAllowance', [
  group('Main', '折讓主檔', MAIN),
  group('Details', '折讓明細', [list('ProductItem', '商品項目', ITEMS_MAX, ITEM)]),
  group('Amount', '折讓彙總', [
    required('TaxAmount', '營業稅額合計', AMOUNT),
    required('TotalAmount', '金額（不含稅）合計', AMOUNT),
  ]),
  optionalGroup('Cancel', '作廢資料', [
    required('CancelDate', '作廢日期', DATE),
    required('CancelTime', '作廢時間', TIME),
    required('CancelReason', '作廢原因', collapsedText(1, 20)),
    optional('CancelRemark', '作廢備註', collapsedText(0, 200)),
  ]),
  optionalGroup('Void', '註銷資料', [
    optional('VoidDate', '註銷日期', DATE),
    optional('VoidTime', '註銷時間', TIME),
    optional('VoidReason', '註銷原因', collapsedText(1, 20)),
    optional('VoidRemark', '註銷備註', text(0, 200)),
  ]),
]);
export type E0503Value = ValueOf<typeof E0503.rows>;
