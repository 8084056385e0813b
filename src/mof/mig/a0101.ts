/**
 * A0101 Invoice 開立發票（交換）: an issued invoice on its way to the buyer, through the Ministry (MIG 4.1
 * A0101). As the F0401 without carrier, print, donation code and random code; its amounts are whole and
 * SalesAmount carries the net sum whatever the tax type.
 */
import type { Seller } from '../../domain/seller.ts';
import { taipeiDateOf } from '../../domain/taipei.ts';
import { given, messageDate, messageTime, sequenceText } from './element-text.ts';
import type { ExchangedInvoice } from './exchange-facts.ts';
import { RELATE_NUMBER_LENGTH_MAX } from './f0401.ts';
import { group, list, messageTable, optional, required, type ValueOf } from './message-table.ts';
import { buyerParty, sellerParty } from './party.ts';
import {
  AMOUNT_FROM_ZERO,
  BUYER_REMARK,
  CLEARANCE_MARK,
  CURRENCY,
  DATE,
  DONATE_MARK,
  EXCHANGE_INVOICE_ITEM,
  EXCHANGE_RATE,
  GROUP_MARK,
  INVOICE_NUMBER,
  INVOICE_TYPE,
  ITEMS_MAX,
  PARTY,
  TAX_RATE,
  TAX_TYPE,
  TIME,
  text,
  WHOLE_FROM_ZERO,
  ZERO_TAX_RATE_REASON,
} from './types.ts';
import { withoutForbidden } from './xml-text.ts';

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
  optional('ZeroTaxRateReason', '零稅率原因', ZERO_TAX_RATE_REASON),
  optional('Reserved1', '保留欄位1', text(0, 20)),
  optional('Reserved2', '保留欄位2', text(0, 100)),
] as const;

const AMOUNTS = [
  required('SalesAmount', '銷售額合計', WHOLE_FROM_ZERO),
  required('TaxType', '課稅別', TAX_TYPE),
  required('TaxRate', '稅率', TAX_RATE),
  required('TaxAmount', '營業稅額', WHOLE_FROM_ZERO),
  required('TotalAmount', '總計', WHOLE_FROM_ZERO),
  optional('DiscountAmount', '扣抵金額', WHOLE_FROM_ZERO),
  optional('OriginalCurrencyAmount', '原幣金額', AMOUNT_FROM_ZERO),
  optional('ExchangeRate', '匯率', EXCHANGE_RATE),
  optional('Currency', '幣別', CURRENCY),
] as const;

export const A0101 = messageTable('A0101', 'Invoice', [
  group('Main', '發票主檔', MAIN),
  group('Details', '發票明細', [list('ProductItem', '商品項目', ITEMS_MAX, EXCHANGE_INVOICE_ITEM)]),
  group('Amount', '發票彙總', AMOUNTS),
]);
export type A0101Value = ValueOf<typeof A0101.rows>;

function itemOf(
  line: ExchangedInvoice['lines'][number],
): A0101Value['Details']['ProductItem'][number] {
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

/** The A0101 of an invoice (ECPay B2B mapping 16.2, 16.4). */
export function a0101Of(invoice: ExchangedInvoice, seller: Seller): A0101Value {
  const isZeroRated = invoice.taxType === '2';
  const reference = given(invoice.reference);
  const isReferenceShort =
    reference !== undefined && [...reference].length <= RELATE_NUMBER_LENGTH_MAX;
  const { sales, exempt, zeroRated, tax, total, taxRate } = invoice.amounts;
  return {
    Main: {
      InvoiceNumber: invoice.number,
      InvoiceDate: messageDate(taipeiDateOf(invoice.issuedAt)),
      InvoiceTime: messageTime(invoice.issuedAt),
      Seller: sellerParty(seller),
      Buyer: buyerParty(invoice.buyer),
      MainRemark: given(invoice.remark),
      CustomsClearanceMark: isZeroRated ? given(invoice.clearanceMark) : undefined,
      RelateNumber: isReferenceShort ? reference : undefined,
      InvoiceType: invoice.invoiceType,
      DonateMark: '0',
      ZeroTaxRateReason: isZeroRated
        ? given(invoice.zeroTaxRateReason || seller.zeroTaxRateReasonDefault)
        : undefined,
    },
    Details: { ProductItem: invoice.lines.map(itemOf) },
    Amount: {
      SalesAmount: String(sales + exempt + zeroRated),
      TaxType: invoice.taxType,
      TaxRate: taxRate,
      TaxAmount: String(tax),
      TotalAmount: String(total),
    },
  };
}
