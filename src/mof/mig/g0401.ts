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
import { group, list, messageTable, required, type ValueOf } from './message-table.ts';
import { buyerParty, sellerParty } from './party.ts';
import { ALLOWANCE_ITEM_END, ALLOWANCE_MAIN, originalItem } from './shared-rows.ts';
import { AMOUNT, AMOUNT_FROM_ZERO, ITEMS_MAX, LINE_TAX, TAX_FROM_ZERO } from './types.ts';

import { withoutForbidden } from './xml-text.ts';

const ITEM = [
  ...originalItem(0),
  required('Amount', '金額（不含稅）', AMOUNT),
  required('Tax', '營業稅額', LINE_TAX),
  ...ALLOWANCE_ITEM_END,
] as const;

export const G0401 = messageTable('G0401', 'Allowance', [
  group('Main', '折讓主檔', ALLOWANCE_MAIN),
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
