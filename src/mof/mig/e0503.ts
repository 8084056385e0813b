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
  ALLOWANCE_NUMBER,
  ALLOWANCE_TYPE_READ,
  AMOUNT,
  BAN,
  collapsedText,
  DATE,
  INVOICE_NUMBER,
  ITEMS_MAX,
  TAX_TYPE,
  TIME,
  text,
  WHOLE,
} from './types.ts';

const MAIN = [
  required('AllowanceNumber', '折讓證明單號碼', ALLOWANCE_NUMBER),
  required('AllowanceDate', '折讓證明單日期', DATE),
  required('CurrentStatus', '折讓單當下狀態', text(0, 1)),
  required('SellerId', '賣方統一編號', BAN),
  optional('SellerName', '賣方名稱', text(1, 60)),
  required('BuyerId', '買方統一編號', BAN),
  optional('BuyerName', '買方名稱', text(1, 60)),
  required('AllowanceType', '折讓種類', ALLOWANCE_TYPE_READ),
  optional('OriginalInvoiceSellerId', '原發票賣方統一編號', BAN),
  optional('OriginalInvoiceBuyerId', '原發票買方統一編號', BAN),
] as const;

const ITEM = [
  required('OriginalInvoiceDate', '原發票日期', DATE),
  required('OriginalInvoiceNumber', '原發票號碼', INVOICE_NUMBER),
  optional('OriginalSequenceNumber', '原明細排列序號', text(0, 4)),
  required('OriginalDescription', '原品名', text(0, 500)),
  required('Quantity', '數量', AMOUNT),
  optional('Unit', '單位', text(0, 6)),
  required('UnitPrice', '單價', AMOUNT),
  required('Amount', '金額（不含稅）', AMOUNT),
  required('Tax', '營業稅額', WHOLE),
  required('AllowanceSequenceNumber', '折讓證明單明細排列序號', text(1, 4)),
  required('TaxType', '課稅別', TAX_TYPE),
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
