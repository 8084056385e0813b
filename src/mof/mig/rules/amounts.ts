/**
 * Rules about the amounts of the F0401: lines add up to the sums, class by class, the sums and the tax
 * to the total, and everything is whole dollars. With them the platform's E0103 holds in both of its
 * readings: a consumer's items add up to the total, a company's to the net sum.
 */
import type { F0401Value } from '../f0401.ts';
import { amountText, areEqual, DOLLAR, isWhole, scaledAmount, scaledSum } from './money.ts';
import { isBusiness } from './parties.ts';
import { type Finding, findRepeated, itemPath, NOTHING, type Rule, unless } from './rule.ts';

const SYSTEM_ERROR = '這是系統錯誤，請通知系統管理者。';
const INVARIANT = 'Kaili rule, docs/reference/mig.md, amounts';

const SUMS = [
  'SalesAmount',
  'FreeTaxSalesAmount',
  'ZeroTaxSalesAmount',
  'TaxAmount',
  'TotalAmount',
] as const;

function salesSum({ Amount }: F0401Value): bigint | undefined {
  return scaledSum([Amount.SalesAmount, Amount.FreeTaxSalesAmount, Amount.ZeroTaxSalesAmount]);
}

function itemSum(value: F0401Value, classes: readonly string[] | null = null): bigint | undefined {
  const items = value.Details.ProductItem.filter(
    (item) => classes === null || classes.includes(item.TaxType),
  );
  return scaledSum(items.map((item) => item.Amount));
}

function shown(value: bigint | undefined): string {
  return value === undefined ? '' : amountText(value);
}

const itemsAddUp: Rule<F0401Value> = {
  id: 'E0103',
  text: `商品金額合計須等於銷售額合計（一般消費者為總計）。${SYSTEM_ERROR}`,
  source: 'Platform code E0103',
  find: (value) => {
    const items = itemSum(value);
    const isConsumer = !isBusiness(value.Main.Buyer.Identifier);
    return [
      ...unless(areEqual(items, salesSum(value)), 'Amount/SalesAmount', shown(items)),
      ...unless(
        !isConsumer || areEqual(items, scaledAmount(value.Amount.TotalAmount)),
        'Amount/TotalAmount',
        shown(items),
      ),
    ];
  },
};

const totalPositive: Rule<F0401Value> = {
  id: 'E0105',
  text: '發票總計不得為 0。請以註銷重開更正內容。',
  source: 'Platform code E0105',
  find: ({ Amount }) =>
    unless(scaledAmount(Amount.TotalAmount) !== 0n, 'Amount/TotalAmount', Amount.TotalAmount),
};

/** Also of the G0401. */
export const quantityNotZero: Rule<{
  readonly Details: { readonly ProductItem: readonly { readonly Quantity: string }[] };
}> = {
  id: 'E0106',
  text: '商品數量不得為 0。請以註銷重開更正內容。',
  source: 'Platform code E0106',
  find: ({ Details }) =>
    Details.ProductItem.flatMap((item, index) =>
      unless(scaledAmount(item.Quantity) !== 0n, itemPath(index, 'Quantity'), item.Quantity),
    ),
};

const sequenceUnique: Rule<F0401Value> = {
  id: 'E0220',
  text: '商品序號不得重複。請以註銷重開更正內容。',
  source: 'Platform code E0220',
  find: ({ Details }) =>
    findRepeated(
      Details.ProductItem.map((item) => item.SequenceNumber),
      'SequenceNumber',
    ),
};

const wholeDollars: Rule<F0401Value> = {
  id: 'GATEWAY-10',
  text: `銷售額、稅額與總計須為整數（新臺幣元）。${SYSTEM_ERROR}`,
  source: 'MIG 4.1, gateway checks of F0401',
  find: ({ Amount }) =>
    SUMS.flatMap((element) =>
      unless(isWhole(scaledAmount(Amount[element])), `Amount/${element}`, Amount[element]),
    ),
};

const sumsMakeTotal: Rule<F0401Value> = {
  id: 'KAILI-01',
  text: `銷售額合計加稅額須等於總計。${SYSTEM_ERROR}`,
  source: INVARIANT,
  find: (value) => {
    const sales = salesSum(value);
    const tax = scaledAmount(value.Amount.TaxAmount);
    const total = sales === undefined || tax === undefined ? undefined : sales + tax;
    return unless(
      areEqual(total, scaledAmount(value.Amount.TotalAmount)),
      'Amount/TotalAmount',
      value.Amount.TotalAmount,
    );
  },
};

const notNegative: Rule<F0401Value> = {
  id: 'KAILI-02',
  text: `銷售額、稅額與總計不得為負數。${SYSTEM_ERROR}`,
  source: INVARIANT,
  find: ({ Amount }) =>
    SUMS.flatMap((element) => {
      const amount = scaledAmount(Amount[element]);
      return unless(amount === undefined || amount >= 0n, `Amount/${element}`, Amount[element]);
    }),
};

const CLASSES = [
  { element: 'SalesAmount', classes: ['1', '4'] },
  { element: 'FreeTaxSalesAmount', classes: ['3'] },
  { element: 'ZeroTaxSalesAmount', classes: ['2'] },
] as const;

const classesAddUp: Rule<F0401Value> = {
  id: 'KAILI-03',
  text: `各課稅別之商品金額合計須等於該課稅別之銷售額。${SYSTEM_ERROR}`,
  source: INVARIANT,
  find: (value) =>
    CLASSES.flatMap(({ element, classes }) =>
      unless(
        areEqual(itemSum(value, classes), scaledAmount(value.Amount[element])),
        `Amount/${element}`,
        value.Amount[element],
      ),
    ),
};

/** What a stated tax may differ from 5 %: in halves of a dollar (ECPay B2B API mapping, amounts). */
const STATED_TAX_HALVES = 5n;

const taxFits: Rule<F0401Value> = {
  id: 'KAILI-04',
  text: `稅額：買方有統一編號之應稅銷售額為其 5%（四捨五入至元；賣方載明者可差 2 元），其餘為 0。${SYSTEM_ERROR}`,
  source: INVARIANT,
  find: (value) => findTax(value, 1n),
};

/** The same where the client stated sales and tax, which may be rounded another way. */
export const statedTaxFits: Rule<F0401Value> = {
  ...taxFits,
  find: (value) => findTax(value, STATED_TAX_HALVES),
};

/** Whether the tax is 5 % of the sales, give or take these halves of a dollar. */
function findTax({ Main, Amount }: F0401Value, halves: bigint): readonly Finding[] {
  const tax = scaledAmount(Amount.TaxAmount);
  const sales = scaledAmount(Amount.SalesAmount);
  if (tax === undefined || sales === undefined) return NOTHING;
  const isApart =
    isBusiness(Main.Buyer.Identifier) && (Amount.TaxType === '1' || Amount.TaxType === '9');
  const expected = isApart ? sales : 0n;
  // |tax - 5 % of sales| in integers: both sides times twenty.
  const difference = tax * 20n - expected;
  const bound = halves * 10n * DOLLAR;
  const isClose = isApart ? difference <= bound && difference >= -bound : tax === 0n;
  return unless(isClose, 'Amount/TaxAmount', Amount.TaxAmount);
}

export const AMOUNT_RULES: readonly Rule<F0401Value>[] = [
  itemsAddUp,
  totalPositive,
  quantityNotZero,
  sequenceUnique,
  wholeDollars,
  sumsMakeTotal,
  notNegative,
  classesAddUp,
  taxFits,
];
