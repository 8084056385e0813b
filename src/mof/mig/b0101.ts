/**
 * B0101 Allowance 開立折讓證明單（交換）: an amount given back on an exchanged invoice (MIG 4.1 B0101). As the
 * G0401, but every line's amount is whole dollars.
 */
import type { Buyer } from '../../domain/invoice.ts';
import type { Seller } from '../../domain/seller.ts';
import { taipeiDateOf } from '../../domain/taipei.ts';
import { given, messageDate, sequenceText } from './element-text.ts';
import type { ExchangedAllowance } from './exchange-facts.ts';
import { ALLOWANCE_BY_SELLER } from './g0401.ts';
import { group, list, messageTable, required, type ValueOf } from './message-table.ts';
import { buyerParty, sellerParty } from './party.ts';
import { wholeAmounts } from './rules/money.ts';
import { ALLOWANCE_ITEM_END, ALLOWANCE_MAIN, originalItem } from './shared-rows.ts';
import { ITEMS_MAX, WHOLE, WHOLE_FROM_ZERO } from './types.ts';

import { withoutForbidden } from './xml-text.ts';

const ITEM = [
  ...originalItem(1),
  required('Amount', '金額（不含稅）', WHOLE),
  required('Tax', '營業稅額', WHOLE),
  ...ALLOWANCE_ITEM_END,
] as const;

export const B0101 = messageTable('B0101', 'Allowance', [
  group('Main', '折讓主檔', ALLOWANCE_MAIN),
  group('Details', '折讓明細', [list('ProductItem', '商品項目', ITEMS_MAX, ITEM)]),
  group('Amount', '折讓彙總', [
    required('TaxAmount', '營業稅額合計', WHOLE_FROM_ZERO),
    required('TotalAmount', '金額（不含稅）合計', WHOLE_FROM_ZERO),
  ]),
]);
export type B0101Value = ValueOf<typeof B0101.rows>;

/** The invoice that a line names. */
function originalOf(allowance: ExchangedAllowance, { part }: ExchangedAllowance['lines'][number]) {
  const { number, issuedAt } =
    part === undefined
      ? allowance.invoice
      : (allowance.parts?.[part]?.invoice ?? allowance.invoice);
  return {
    OriginalInvoiceDate: messageDate(taipeiDateOf(issuedAt)),
    OriginalInvoiceNumber: number,
  };
}

/** The lines' amounts in whole dollars, which make the part of each invoice, and the total. */
function wholeNets({ lines, amounts, parts }: ExchangedAllowance): readonly string[] {
  const nets = lines.map(() => '');
  for (const [part, total] of (parts ?? [{ amounts }]).entries()) {
    const own = lines.flatMap((line, index) => ((line.part ?? 0) === part ? [index] : []));
    const whole = wholeAmounts(
      own.flatMap((index) => lines[index]?.net ?? []),
      total.amounts.net,
    );
    own.forEach((index, at) => {
      nets[index] = whole[at] ?? '';
    });
  }
  return nets;
}

/** The B0101 of an allowance; `buyer` is the one of the invoice's A0101 (ECPay B2B mapping 16.3, 16.4). */
export function b0101Of(allowance: ExchangedAllowance, buyer: Buyer, seller: Seller): B0101Value {
  const { lines, amounts } = allowance;
  const nets = wholeNets(allowance);
  return {
    Main: {
      AllowanceNumber: allowance.number,
      AllowanceDate: messageDate(taipeiDateOf(allowance.allowedAt)),
      Seller: sellerParty(seller),
      Buyer: buyerParty(buyer),
      AllowanceType: ALLOWANCE_BY_SELLER,
    },
    Details: {
      ProductItem: lines.map((line, index) => ({
        ...originalOf(allowance, line),
        OriginalSequenceNumber:
          line.originalSequence === null ? undefined : sequenceText(line.originalSequence),
        OriginalDescription: withoutForbidden(line.description),
        Quantity: line.quantity,
        Unit: given(line.unit),
        UnitPrice: line.filedUnitPrice,
        Amount: nets[index] ?? '',
        Tax: String(line.tax),
        AllowanceSequenceNumber: sequenceText(line.sequence),
        TaxType: line.taxClass,
      })),
    },
    Amount: { TaxAmount: String(amounts.tax), TotalAmount: String(amounts.net) },
  };
}
