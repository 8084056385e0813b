/**
 * F0401 Invoice 平台存證開立發票: an issued invoice, stored with the Ministry (MIG 4.1 F0401).
 * Its table, and how the ledger's invoice becomes its value (docs/reference/mig.md, F0401).
 * Judging the value is left to the table check and to `rules/`.
 */

import type { InvoiceContent, InvoiceLine } from '../../domain/invoice.ts';
import type { Seller } from '../../domain/seller.ts';
import { taipeiDateOf } from '../../domain/taipei.ts';
import { carrierElements } from './carrier-elements.ts';
import { given, messageDate, messageTime, sequenceText } from './element-text.ts';
import { group, list, messageTable, optional, required, type ValueOf } from './message-table.ts';
import { buyerParty, sellerParty } from './party.ts';
import {
  AMOUNT,
  AMOUNT_FROM_ZERO,
  BONDED_AREA,
  BUYER_REMARK,
  CLEARANCE_MARK,
  CURRENCY,
  DATE,
  DONATE_MARK,
  EXCHANGE_RATE,
  GROUP_MARK,
  INVOICE_NUMBER,
  INVOICE_TYPE,
  ITEMS_MAX,
  PARTY,
  PRINT_MARK,
  RANDOM_NUMBER,
  TAX_FROM_ZERO,
  TAX_RATE,
  TAX_TYPE,
  TIME,
  text,
  ZERO_TAX_RATE_REASON,
} from './types.ts';
import { withoutForbidden } from './xml-text.ts';

/** Longest order number that MIG carries; a longer one is left out, for a cut one is another's. */
export const RELATE_NUMBER_LENGTH_MAX = 20;

const MAIN = [
  required('InvoiceNumber', '發票號碼', INVOICE_NUMBER),
  required('InvoiceDate', '發票日期', DATE),
  required('InvoiceTime', '發票時間', TIME),
  group('Seller', '賣方', PARTY),
  group('Buyer', '買方', PARTY),
  optional('BuyerRemark', '買受人註記欄', BUYER_REMARK),
  optional('MainRemark', '總備註', text(0, 200)),
  optional('CustomsClearanceMark', '通關方式註記', CLEARANCE_MARK),
  optional('Category', '沖帳別', text(0, 2)),
  optional('RelateNumber', '相關號碼', text(0, RELATE_NUMBER_LENGTH_MAX)),
  required('InvoiceType', '發票類別', INVOICE_TYPE),
  optional('GroupMark', '彙開註記', GROUP_MARK),
  required('DonateMark', '捐贈註記', DONATE_MARK),
  optional('CarrierType', '載具類別號碼', text(0, 6)),
  optional('CarrierId1', '載具顯碼', text(0, 400)),
  optional('CarrierId2', '載具隱碼', text(0, 400)),
  required('PrintMark', '電子發票證明聯已列印註記', PRINT_MARK),
  optional('NPOBAN', '發票捐贈對象', text(0, 10)),
  optional('RandomNumber', '發票防偽隨機碼', RANDOM_NUMBER),
  optional('BondedAreaConfirm', '買受人簽署適用零稅率註記', BONDED_AREA),
  optional('ZeroTaxRateReason', '零稅率原因', ZERO_TAX_RATE_REASON),
  optional('Reserved1', '保留欄位1', text(0, 20)),
  optional('Reserved2', '保留欄位2', text(0, 100)),
] as const;

const ITEM = [
  required('Description', '品名', text(0, 500)),
  required('Quantity', '數量', AMOUNT),
  optional('Unit', '單位', text(0, 6)),
  required('UnitPrice', '單價', AMOUNT),
  required('TaxType', '課稅別', TAX_TYPE),
  required('Amount', '金額', AMOUNT),
  required('SequenceNumber', '明細排列序號', text(0, 4)),
  optional('Remark', '單一欄位備註', text(0, 120)),
  optional('RelateNumber', '相關號碼', text(0, 50)),
] as const;

const AMOUNTS = [
  required('SalesAmount', '應稅銷售額合計', AMOUNT_FROM_ZERO),
  required('FreeTaxSalesAmount', '免稅銷售額合計', AMOUNT),
  required('ZeroTaxSalesAmount', '零稅率銷售額合計', AMOUNT),
  required('TaxType', '課稅別', TAX_TYPE),
  required('TaxRate', '稅率', TAX_RATE),
  required('TaxAmount', '營業稅額', TAX_FROM_ZERO),
  required('TotalAmount', '總計', AMOUNT_FROM_ZERO),
  optional('DiscountAmount', '扣抵金額', AMOUNT_FROM_ZERO),
  optional('OriginalCurrencyAmount', '原幣金額', AMOUNT_FROM_ZERO),
  optional('ExchangeRate', '匯率', EXCHANGE_RATE),
  optional('Currency', '幣別', CURRENCY),
] as const;

export const F0401 = messageTable('F0401', 'Invoice', [
  group('Main', '發票主檔', MAIN),
  group('Details', '發票明細', [list('ProductItem', '商品項目', ITEMS_MAX, ITEM)]),
  group('Amount', '發票彙總', AMOUNTS),
]);
export type F0401Value = ValueOf<typeof F0401.rows>;

/** Zero-rated sales, of which alone customs mark and reason may speak (platform E0112). */
function hasZeroRatedSales(content: InvoiceContent): boolean {
  return content.taxType === '2' || (content.taxType === '9' && content.amounts.zeroRated !== 0);
}

function itemOf(line: InvoiceLine): F0401Value['Details']['ProductItem'][number] {
  return {
    Description: withoutForbidden(line.description),
    Quantity: line.quantity,
    Unit: given(line.unit),
    UnitPrice: line.filedUnitPrice,
    TaxType: line.taxClass,
    Amount: line.filedAmount,
    SequenceNumber: sequenceText(line.sequence),
    Remark: given(line.remark),
  };
}

/** The F0401 of one version of an invoice. */
export function f0401Of(content: InvoiceContent, seller: Seller): F0401Value {
  const isZeroRated = hasZeroRatedSales(content);
  const reference = given(content.billingReference || content.reference);
  const isReferenceShort =
    reference !== undefined && [...reference].length <= RELATE_NUMBER_LENGTH_MAX;
  const { amounts } = content;
  return {
    Main: {
      InvoiceNumber: content.number,
      InvoiceDate: messageDate(taipeiDateOf(content.issuedAt)),
      InvoiceTime: messageTime(content.issuedAt),
      Seller: sellerParty(seller),
      Buyer: buyerParty(content.buyer),
      BuyerRemark: content.buyerRemark,
      MainRemark: given(content.remark),
      CustomsClearanceMark: isZeroRated ? given(content.clearanceMark) : undefined,
      RelateNumber: isReferenceShort ? reference : undefined,
      InvoiceType: content.invoiceType,
      DonateMark: content.donationCode === '' ? '0' : '1',
      ...carrierElements(content, seller),
      PrintMark: content.isPrinted ? 'Y' : 'N',
      NPOBAN: given(content.donationCode),
      RandomNumber: given(content.randomNumber),
      BondedAreaConfirm: content.bondedArea,
      ZeroTaxRateReason: isZeroRated
        ? given(content.zeroTaxRateReason || seller.zeroTaxRateReasonDefault)
        : undefined,
    },
    Details: { ProductItem: content.lines.map(itemOf) },
    Amount: {
      SalesAmount: String(amounts.sales),
      FreeTaxSalesAmount: String(amounts.exempt),
      ZeroTaxSalesAmount: String(amounts.zeroRated),
      TaxType: content.taxType,
      TaxRate: amounts.taxRate,
      TaxAmount: String(amounts.tax),
      TotalAmount: String(amounts.total),
    },
  };
}
