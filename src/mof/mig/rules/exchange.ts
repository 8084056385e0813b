/**
 * Rules about the A0101: the gateway's checks of exchanged invoices, and amounts that add up (docs/reference/
 * mig.md, amounts). An exchanged invoice cannot be annulled, so a clerk mends one by voiding it and
 * issuing another.
 */
import type { A0101Value } from '../a0101.ts';
import { quantityNotZero } from './amounts.ts';
import { amountText, areEqual, DOLLAR, scaledAmount, scaledSum } from './money.ts';
import { exchangeBuyer, partyIdentifiers, sellerAddress } from './parties.ts';
import { findRepeated, isBlank, NOTHING, type Rule, unless } from './rule.ts';
import { lineClass, RATE_RULES } from './tax.ts';

const GATEWAY = 'MIG 4.1, gateway checks of A0101';
const INVARIANT = 'Kaili rule, docs/reference/mig.md, amounts';
const SYSTEM_ERROR = '這是系統錯誤，請通知系統管理者。';
const MEND = '請作廢後重新開立。';

const invoiceClass: Rule<A0101Value> = {
  id: 'GATEWAY-11',
  text: `交換發票之課稅別不得為 9（混合稅率）。${MEND}`,
  source: GATEWAY,
  find: ({ Amount }) => unless(Amount.TaxType !== '9', 'Amount/TaxType', Amount.TaxType),
};

const zeroRateReason: Rule<A0101Value> = {
  id: 'GATEWAY-09',
  text: '有零稅率銷售額之發票須有零稅率原因（71 至 79）。請在營業人設定填入預設原因後放行。',
  source: GATEWAY,
  find: ({ Main, Amount }) =>
    unless(Amount.TaxType !== '2' || !isBlank(Main.ZeroTaxRateReason), 'Main/ZeroTaxRateReason'),
};

const clearanceMarkMissing: Rule<A0101Value> = {
  id: 'E0228',
  text: `零稅率之交換發票須有通關方式註記（1 非經海關、2 經海關）。${MEND}`,
  source: 'Platform code E0228; MIG 4.1, gateway checks of A0101',
  find: ({ Main, Amount }) =>
    unless(
      Amount.TaxType !== '2' || !isBlank(Main.CustomsClearanceMark),
      'Main/CustomsClearanceMark',
    ),
};

const clearanceMarkSuperfluous: Rule<A0101Value> = {
  id: 'E0112',
  text: `非零稅率之交換發票不得有通關方式註記。${MEND}`,
  source: 'Platform code E0112',
  find: ({ Main, Amount }) =>
    unless(
      Amount.TaxType === '2' || isBlank(Main.CustomsClearanceMark),
      'Main/CustomsClearanceMark',
      Main.CustomsClearanceMark,
    ),
};

const itemsAddUp: Rule<A0101Value> = {
  id: 'E0103',
  text: `交換發票之商品金額合計須等於銷售額合計。${SYSTEM_ERROR}`,
  source: 'Platform code E0103',
  find: ({ Details, Amount }) => {
    const items = scaledSum(Details.ProductItem.map((item) => item.Amount));
    const isEqual = areEqual(items, scaledAmount(Amount.SalesAmount));
    return unless(isEqual, 'Amount/SalesAmount', items === undefined ? '' : amountText(items));
  },
};

const totalPositive: Rule<A0101Value> = {
  id: 'E0105',
  text: `交換發票之總計不得為 0。${MEND}`,
  source: 'Platform code E0105',
  find: ({ Amount }) =>
    unless(scaledAmount(Amount.TotalAmount) !== 0n, 'Amount/TotalAmount', Amount.TotalAmount),
};

const sequenceUnique: Rule<A0101Value> = {
  id: 'E0220',
  text: `交換發票之商品序號不得重複。${MEND}`,
  source: 'Platform code E0220',
  find: ({ Details }) =>
    findRepeated(
      Details.ProductItem.map((item) => item.SequenceNumber),
      'SequenceNumber',
    ),
};

const sumsMakeTotal: Rule<A0101Value> = {
  id: 'KAILI-01',
  text: `銷售額合計加稅額須等於總計。${SYSTEM_ERROR}`,
  source: INVARIANT,
  find: ({ Amount }) => {
    const sum = scaledSum([Amount.SalesAmount, Amount.TaxAmount]);
    const isEqual = areEqual(sum, scaledAmount(Amount.TotalAmount));
    return unless(isEqual, 'Amount/TotalAmount', Amount.TotalAmount);
  },
};

/** A client may round its tax line by line: ECPay takes two dollars' difference (ECPay B2B mapping 16.4). */
const taxFits: Rule<A0101Value> = {
  id: 'KAILI-13',
  text: `交換發票之稅額：應稅為銷售額之 5%（相差至多 2.5 元），其餘為 0。${SYSTEM_ERROR}`,
  source: INVARIANT,
  find: ({ Amount }) => {
    const tax = scaledAmount(Amount.TaxAmount);
    const sales = scaledAmount(Amount.SalesAmount);
    if (tax === undefined || sales === undefined) return NOTHING;
    // |tax - 5 % of sales| <= 2.5 dollars, in integers: both sides times twenty.
    const difference = tax * 20n - sales;
    const isClose = difference <= 50n * DOLLAR && difference >= -50n * DOLLAR;
    return unless(
      Amount.TaxType === '1' ? isClose : tax === 0n,
      'Amount/TaxAmount',
      Amount.TaxAmount,
    );
  },
};

export const EXCHANGE_RULES: readonly Rule<A0101Value>[] = [
  sellerAddress,
  partyIdentifiers,
  exchangeBuyer,
  lineClass,
  invoiceClass,
  zeroRateReason,
  clearanceMarkMissing,
  clearanceMarkSuperfluous,
  ...RATE_RULES,
  itemsAddUp,
  totalPositive,
  quantityNotZero,
  sequenceUnique,
  sumsMakeTotal,
  taxFits,
];
