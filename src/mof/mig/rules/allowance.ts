/** Rules about the amounts of G0401 and B0101: net and tax of the lines add up to the two totals. */
import type { B0101Value } from '../b0101.ts';
import type { G0401Value } from '../g0401.ts';
import { quantityNotZero } from './amounts.ts';
import { amountText, areEqual, isWhole, scaledAmount, scaledSum } from './money.ts';
import { consumerName, exchangeBuyer, partyIdentifiers } from './parties.ts';
import { findRepeated, itemPath, type Rule, unless } from './rule.ts';
import { lineClass } from './tax.ts';

const SYSTEM_ERROR = '這是系統錯誤，請通知系統管理者。';
const INVARIANT = 'Kaili rule, docs/reference/mig.md, amounts';

const itemsAddUp: Rule<G0401Value> = {
  id: 'KAILI-06',
  text: `折讓明細之金額與稅額合計須等於折讓單之金額合計與稅額合計。${SYSTEM_ERROR}`,
  source: INVARIANT,
  find: ({ Details, Amount }) => {
    const net = scaledSum(Details.ProductItem.map((item) => item.Amount));
    const tax = scaledSum(Details.ProductItem.map((item) => item.Tax));
    return [
      ...unless(
        areEqual(net, scaledAmount(Amount.TotalAmount)),
        'Amount/TotalAmount',
        net === undefined ? '' : amountText(net),
      ),
      ...unless(
        areEqual(tax, scaledAmount(Amount.TaxAmount)),
        'Amount/TaxAmount',
        tax === undefined ? '' : amountText(tax),
      ),
    ];
  },
};

const wholeAndPositive: Rule<G0401Value> = {
  id: 'KAILI-07',
  text: `折讓金額合計與稅額合計須為整數（新臺幣元），兩者相加須大於 0。${SYSTEM_ERROR}`,
  source: INVARIANT,
  find: ({ Amount }) => {
    const net = scaledAmount(Amount.TotalAmount);
    const tax = scaledAmount(Amount.TaxAmount);
    const isPositive = net === undefined || tax === undefined || net + tax > 0n;
    return unless(
      isWhole(net) && isWhole(tax) && isPositive,
      'Amount/TotalAmount',
      Amount.TotalAmount,
    );
  },
};

const taxOfTaxableOnly: Rule<G0401Value> = {
  id: 'KAILI-08',
  text: `僅應稅（課稅別 1）之折讓明細可有營業稅額。${SYSTEM_ERROR}`,
  source: 'Kaili rule, docs/reference/mig.md, amounts',
  find: ({ Details }) =>
    Details.ProductItem.flatMap((item, index) =>
      unless(
        item.TaxType === '1' || scaledAmount(item.Tax) === 0n,
        itemPath(index, 'Tax'),
        item.Tax,
      ),
    ),
};

const sequenceUnique: Rule<G0401Value> = {
  id: 'E0220',
  text: '折讓明細序號不得重複。請更正折讓明細。',
  source: 'Platform code E0220',
  find: ({ Details }) =>
    findRepeated(
      Details.ProductItem.map((item) => item.AllowanceSequenceNumber),
      'AllowanceSequenceNumber',
    ),
};

export const ALLOWANCE_RULES: readonly Rule<G0401Value>[] = [
  partyIdentifiers,
  consumerName,
  lineClass,
  quantityNotZero,
  sequenceUnique,
  itemsAddUp,
  wholeAndPositive,
  taxOfTaxableOnly,
];

/** The B0101 has the elements of the G0401, and a business for a buyer. */
export const EXCHANGE_ALLOWANCE_RULES: readonly Rule<B0101Value>[] = [
  ...ALLOWANCE_RULES,
  exchangeBuyer,
];
