/**
 * G0401 Allowance 平台存證開立折讓證明單: an amount given back on a filed invoice (MIG 4.1 G0401).
 * Its table, and how an allowance of the ledger becomes its value. Amounts are without tax and tax
 * stands beside them, for consumers too.
 */
import {
  type AllowanceContent,
  type AllowanceLine,
  type AllowedInvoice,
  invoiceOfLine,
} from '../../domain/allowance.ts';
import type { Buyer } from '../../domain/invoice.ts';
import type { Seller } from '../../domain/seller.ts';
import { taipeiDateOf } from '../../domain/taipei.ts';
import { given, messageDate, sequenceText } from './element-text.ts';
import { group, list, messageTable, optional, required, type ValueOf } from './message-table.ts';
import { buyerParty, sellerParty } from './party.ts';
import {
  ALLOWANCE_NUMBER,
  ALLOWANCE_TYPE,
  AMOUNT,
  AMOUNT_FROM_ZERO,
  BAN,
  DATE,
  INVOICE_NUMBER,
  ITEMS_MAX,
  LINE_TAX,
  PARTY,
  TAX_FROM_ZERO,
  TAX_TYPE,
  text,
} from './types.ts';
import { withoutForbidden } from './xml-text.ts';

const MAIN = [
  required('AllowanceNumber', '折讓證明單號碼', ALLOWANCE_NUMBER),
  required('AllowanceDate', '折讓證明單日期', DATE),
  group('Seller', '賣方', PARTY),
  group('Buyer', '買方', PARTY),
  required('AllowanceType', '折讓種類', ALLOWANCE_TYPE),
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
  required('Tax', '營業稅額', LINE_TAX),
  required('AllowanceSequenceNumber', '折讓證明單明細排列序號', text(1, 4)),
  required('TaxType', '課稅別', TAX_TYPE),
] as const;

export const G0401 = messageTable('G0401', 'Allowance', [
  group('Main', '折讓主檔', MAIN),
  group('Details', '折讓明細', [list('ProductItem', '商品項目', ITEMS_MAX, ITEM)]),
  group('Amount', '折讓彙總', [
    required('TaxAmount', '營業稅額合計', TAX_FROM_ZERO),
    required('TotalAmount', '金額（不含稅）合計', AMOUNT_FROM_ZERO),
  ]),
]);
export type G0401Value = ValueOf<typeof G0401.rows>;

/** Issued by the seller. */
export const ALLOWANCE_BY_SELLER = '2';

function itemOf(
  line: AllowanceLine,
  invoice: AllowedInvoice,
): G0401Value['Details']['ProductItem'][number] {
  return {
    OriginalInvoiceDate: messageDate(taipeiDateOf(invoice.issuedAt)),
    OriginalInvoiceNumber: invoice.number,
    OriginalSequenceNumber:
      line.originalSequence === null ? undefined : sequenceText(line.originalSequence),
    OriginalDescription: withoutForbidden(line.description),
    Quantity: line.quantity,
    Unit: given(line.unit),
    UnitPrice: line.filedUnitPrice,
    Amount: line.net,
    Tax: String(line.tax),
    AllowanceSequenceNumber: sequenceText(line.sequence),
    TaxType: line.taxClass,
  };
}

/** The G0401 of an allowance; `buyer` is the one of the invoice's F0401. */
export function g0401Of(content: AllowanceContent, buyer: Buyer, seller: Seller): G0401Value {
  return {
    Main: {
      AllowanceNumber: content.number,
      AllowanceDate: messageDate(taipeiDateOf(content.allowedAt)),
      Seller: sellerParty(seller),
      Buyer: buyerParty(buyer),
      AllowanceType: ALLOWANCE_BY_SELLER,
    },
    Details: {
      ProductItem: content.lines.map((line) => itemOf(line, invoiceOfLine(content, line))),
    },
    Amount: {
      TaxAmount: String(content.amounts.tax),
      TotalAmount: String(content.amounts.net),
    },
  };
}
