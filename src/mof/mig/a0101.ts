/**
 * A0101 Invoice 開立發票（交換）: an issued invoice on its way to the buyer, through the Ministry (MIG 4.1
 * A0101). As the F0401 without carrier, print, donation code and random code; its amounts are whole and
 * SalesAmount carries the net sum whatever the tax type.
 */
import type { Seller } from '../../domain/seller.ts';
import { taipeiDateOf } from '../../domain/taipei.ts';
import { given, messageDate, messageTime, sequenceText } from './element-text.ts';
import type { ExchangedInvoice } from './exchange-facts.ts';
import { group, list, messageTable, optional, required, type ValueOf } from './message-table.ts';
import { buyerParty, sellerParty } from './party.ts';
import {
  FOREIGN_CURRENCY,
  INVOICE_HEAD,
  INVOICE_REMARKS,
  invoiceItem,
  PARTIES,
  RELATE_NUMBER_LENGTH_MAX,
  RESERVED,
} from './shared-rows.ts';
import {
  AMOUNT_FROM_ZERO,
  DONATE_MARK,
  GROUP_MARK,
  INVOICE_TYPE,
  ITEMS_MAX,
  TAX_RATE,
  TAX_TYPE,
  WHOLE_FROM_ZERO,
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
  optional('ZeroTaxRateReason', '零稅率原因', ZERO_TAX_RATE_REASON),
  ...RESERVED,
] as const;

const AMOUNTS = [
  required('SalesAmount', '銷售額合計', WHOLE_FROM_ZERO),
  required('TaxType', '課稅別', TAX_TYPE),
  required('TaxRate', '稅率', TAX_RATE),
  required('TaxAmount', '營業稅額', WHOLE_FROM_ZERO),
  required('TotalAmount', '總計', WHOLE_FROM_ZERO),
  optional('DiscountAmount', '扣抵金額', WHOLE_FROM_ZERO),
  optional('OriginalCurrencyAmount', '原幣金額', AMOUNT_FROM_ZERO),
  ...FOREIGN_CURRENCY,
] as const;

export const A0101 = messageTable('A0101', 'Invoice', [
  group('Main', '發票主檔', MAIN),
  group('Details', '發票明細', [list('ProductItem', '商品項目', ITEMS_MAX, invoiceItem(1))]),
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
