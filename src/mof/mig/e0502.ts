/**
 * E0502 InputInvoice 營業人進項存證發票檔: a purchase invoice that another seller stored for the company,
 * downloaded by Turnkey (MIG 4.1 E0502), with what became of it since.
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
  CARRIER,
  FOREIGN_CURRENCY,
  INVOICE_HEAD,
  INVOICE_REMARKS,
  invoiceItem,
  RESERVED,
} from './shared-rows.ts';
import {
  AMOUNT,
  BAN,
  BONDED_AREA,
  collapsedText,
  DATE,
  DONATE_MARK,
  GROUP_MARK,
  INVOICE_TYPE,
  ITEMS_MAX,
  PRINT_MARK,
  TAX_RATE,
  TAX_TYPE,
  TIME,
  text,
  WHOLE,
  ZERO_TAX_RATE_REASON,
} from './types.ts';

const MAIN = [
  ...INVOICE_HEAD,
  required('CurrentStatus', '發票當下狀態', text(0, 1)),
  required('SellerId', '賣方統一編號', BAN),
  optional('SellerName', '賣方名稱', text(1, 60)),
  required('BuyerId', '買方統一編號', BAN),
  optional('BuyerName', '買方名稱', text(1, 60)),
  ...INVOICE_REMARKS,
  optional('InvoiceType', '發票類別', INVOICE_TYPE),
  optional('GroupMark', '彙開註記', GROUP_MARK),
  optional('DonateMark', '捐贈註記', DONATE_MARK),
  ...CARRIER,
  optional('PrintMark', '電子發票證明聯已列印註記', PRINT_MARK),
  optional('NPOBAN', '發票捐贈對象', text(0, 10)),
  optional('RandomNumber', '發票防偽隨機碼', text(4, 4, /^\d{4}$/)),
  optional('BondedAreaConfirm', '買受人簽署適用零稅率註記', BONDED_AREA),
  optional('ZeroTaxRateReason', '零稅率原因', ZERO_TAX_RATE_REASON),
  ...RESERVED,
] as const;

const AMOUNTS = [
  required('SalesAmount', '應稅銷售額合計', AMOUNT),
  required('FreeTaxSalesAmount', '免稅銷售額合計', AMOUNT),
  required('ZeroTaxSalesAmount', '零稅率銷售額合計', AMOUNT),
  required('TaxType', '課稅別', TAX_TYPE),
  required('TaxRate', '稅率', TAX_RATE),
  required('TaxAmount', '營業稅額', WHOLE),
  required('TotalAmount', '總計', AMOUNT),
  optional('DiscountAmount', '扣抵金額', AMOUNT),
  optional('OriginalCurrencyAmount', '原幣金額', AMOUNT),
  ...FOREIGN_CURRENCY,
] as const;

export const E0502 = messageTable('E0502', 'InputInvoice', [
  group('Main', '發票主檔', MAIN),
  optionalGroup('Details', '發票明細', [
    list('ProductItem', '商品項目', ITEMS_MAX, invoiceItem(0)),
  ]),
  optionalGroup('Amount', '發票彙總', AMOUNTS),
  optionalGroup('Cancel', '作廢資料', [
    required('CancelDate', '作廢日期', DATE),
    required('CancelTime', '作廢時間', TIME),
    required('CancelReason', '作廢原因', collapsedText(1, 20)),
    optional('ReturnTaxDocumentNumber', '專案作廢核准文號', text(0, 60)),
    optional('CancelRemark', '作廢備註', collapsedText(0, 200)),
    ...RESERVED,
  ]),
  optionalGroup('Reject', '退回資料', [
    optional('RejectDate', '退回日期', DATE),
    optional('RejectTime', '退回時間', TIME),
    optional('RejectReason', '退回原因', collapsedText(1, 20)),
    optional('RejectRemark', '退回備註', collapsedText(0, 200)),
    ...RESERVED,
  ]),
  optionalGroup('Void', '註銷資料', [
    optional('VoidDate', '註銷日期', DATE),
    optional('VoidTime', '註銷時間', TIME),
    optional('VoidReason', '註銷原因', collapsedText(1, 20)),
    optional('VoidRemark', '註銷備註', text(0, 200)),
    ...RESERVED,
  ]),
]);
export type E0502Value = ValueOf<typeof E0502.rows>;
