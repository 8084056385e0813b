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
  CARRIER,
  FOREIGN_CURRENCY,
  INVOICE_HEAD,
  INVOICE_REMARKS,
  invoiceItem,
  PARTIES,
  RELATE_NUMBER_LENGTH_MAX,
  RESERVED,
} from './shared-rows.ts';
import {
  AMOUNT,
  AMOUNT_FROM_ZERO,
  BONDED_AREA,
  DONATE_MARK,
  GROUP_MARK,
  INVOICE_TYPE,
  ITEMS_MAX,
  PRINT_MARK,
  RANDOM_NUMBER,
  TAX_FROM_ZERO,
  TAX_RATE,
  TAX_TYPE,
  text,
  ZERO_TAX_RATE_REASON,
} from './types.ts';
import { withoutForbidden } from './xml-text.ts';

const MAIN = [
  ...INVOICE_HEAD,
  ...PARTIES,
  ...INVOICE_REMARKS,
  required('InvoiceType', '發票類別', INVOICE_TYPE),
  optional('GroupMark', '彙開註記', GROUP_MARK),
  required('DonateMark', '捐贈註記', DONATE_MARK),
  ...CARRIER,
  required('PrintMark', '電子發票證明聯已列印註記', PRINT_MARK),
  optional('NPOBAN', '發票捐贈對象', text(0, 10)),
  optional('RandomNumber', '發票防偽隨機碼', RANDOM_NUMBER),
  optional('BondedAreaConfirm', '買受人簽署適用零稅率註記', BONDED_AREA),
  optional('ZeroTaxRateReason', '零稅率原因', ZERO_TAX_RATE_REASON),
  ...RESERVED,
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
  ...FOREIGN_CURRENCY,
] as const;

export const F0401 = messageTable('F0401', 'Invoice', [
  group('Main', '發票主檔', MAIN),
  group('Details', '發票明細', [list('ProductItem', '商品項目', ITEMS_MAX, invoiceItem(0))]),
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
