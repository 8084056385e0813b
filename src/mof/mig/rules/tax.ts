/** Rules about tax type, customs mark, zero-rate reason and special tax of the F0401. */
import type { HoldReason } from '../../../domain/invoice.ts';
import type { F0401Value } from '../f0401.ts';
import { scaledAmount } from './money.ts';
import { isBlank, itemPath, NOTHING, type Rule, unless } from './rule.ts';

const GATEWAY = 'MIG 4.1, gateway checks of F0401';
const SPECIAL_RATES: readonly string[] = ['0.02', '0.05', '0.15', '0.25'];
/** 1 % and an exempt invoice of type 08: issued, but the platform's codes speak against them. */
const UNCONFIRMED: HoldReason = 'special-tax-unconfirmed';

/** What the rules about rates look at: the F0401 and the A0101 have it alike. */
interface Taxed {
  readonly Main: { readonly InvoiceType: string };
  readonly Amount: {
    readonly TaxType: string;
    readonly TaxRate: string;
    readonly TaxAmount: string;
  };
}

/** Zero-rated, or mixed with a zero-rated part. */
function hasZeroRatedSales({ Amount }: F0401Value): boolean {
  const part = scaledAmount(Amount.ZeroTaxSalesAmount);
  return Amount.TaxType === '2' || (part !== undefined && part !== 0n);
}

export const lineClass: Rule<{
  readonly Details: { readonly ProductItem: readonly { readonly TaxType: string }[] };
}> = {
  id: 'GATEWAY-08',
  text: '商品之課稅別不得為 9（混合稅率），須逐項註明應稅、零稅率或免稅。請以註銷重開更正內容。',
  source: GATEWAY,
  find: ({ Details }) =>
    Details.ProductItem.flatMap((item, index) =>
      unless(item.TaxType !== '9', itemPath(index, 'TaxType'), item.TaxType),
    ),
};

export const zeroRateReason: Rule<F0401Value> = {
  id: 'GATEWAY-09',
  text: '有零稅率銷售額之發票須有零稅率原因（71 至 79）。請在營業人設定填入預設原因後放行。',
  source: GATEWAY,
  find: (value) =>
    unless(
      !hasZeroRatedSales(value) || !isBlank(value.Main.ZeroTaxRateReason),
      'Main/ZeroTaxRateReason',
    ),
};

export const clearanceMarkMissing: Rule<F0401Value> = {
  id: 'E0228',
  text: '有零稅率銷售額之發票須有通關方式註記（1 非經海關、2 經海關）。請以註銷重開更正內容。',
  source: 'Platform code E0228; MIG 4.1, gateway checks of F0401',
  find: (value) =>
    unless(
      !hasZeroRatedSales(value) || !isBlank(value.Main.CustomsClearanceMark),
      'Main/CustomsClearanceMark',
    ),
};

export const clearanceMarkSuperfluous: Rule<F0401Value> = {
  id: 'E0112',
  text: '無零稅率銷售額之發票不得有通關方式註記。請以註銷重開更正內容。',
  source: 'Platform code E0112',
  find: (value) => {
    const mark = value.Main.CustomsClearanceMark;
    return unless(hasZeroRatedSales(value) || isBlank(mark), 'Main/CustomsClearanceMark', mark);
  },
};

const specialTypeNoTax: Rule<Taxed> = {
  id: 'E0224',
  text: '特種稅額計算（類別 08）之發票稅額須為 0。請以註銷重開更正內容。',
  source: 'Platform code E0224',
  find: ({ Main, Amount }) =>
    unless(
      Main.InvoiceType !== '08' || scaledAmount(Amount.TaxAmount) === 0n,
      'Amount/TaxAmount',
      Amount.TaxAmount,
    ),
};

const specialRate: Rule<Taxed> = {
  id: 'E0225',
  text:
    '特種稅率須為 2%、5%、15% 或 25%。平台代碼未列 1%（再保費）：' +
    '請向財政部或國稅局確認後，由負責人決定放行。',
  source: 'Platform code E0225',
  find: ({ Amount }) => {
    if (Amount.TaxType !== '4' || SPECIAL_RATES.includes(Amount.TaxRate)) return NOTHING;
    const finding = { element: 'Amount/TaxRate', got: Amount.TaxRate };
    return [Amount.TaxRate === '0.01' ? { ...finding, hold: UNCONFIRMED } : finding];
  },
};

const specialTaxable: Rule<Taxed> = {
  id: 'E0226',
  text:
    '特種稅額計算（類別 08）之發票須為應稅（課稅別 4）。免稅者平台可能不收：' +
    '請向財政部或國稅局確認後，由負責人決定放行。',
  source: 'Platform code E0226',
  find: ({ Main, Amount }) => {
    if (Main.InvoiceType !== '08' || Amount.TaxType === '4') return NOTHING;
    const finding = { element: 'Amount/TaxType', got: Amount.TaxType };
    return [Amount.TaxType === '3' ? { ...finding, hold: UNCONFIRMED } : finding];
  },
};

const specialTaxNoTax: Rule<Taxed> = {
  id: 'E0227',
  text: '課稅別 4（特種稅率）之發票稅額須為 0。請以註銷重開更正內容。',
  source: 'Platform code E0227',
  find: ({ Amount }) =>
    unless(
      Amount.TaxType !== '4' || scaledAmount(Amount.TaxAmount) === 0n,
      'Amount/TaxAmount',
      Amount.TaxAmount,
    ),
};

const RATE_BY_TYPE: Readonly<Record<string, string>> = { 1: '0.05', 9: '0.05', 2: '0', 3: '0' };

const rateFits: Rule<Taxed> = {
  id: 'KAILI-05',
  text:
    '稅率須與課稅別相符：應稅與混合 5%，零稅率與免稅 0；課稅別 4 僅用於類別 08。' +
    '這是系統錯誤，請通知系統管理者。',
  source: 'MIG 4.1 F0401, how to fill Amount',
  find: ({ Main, Amount }) => {
    const rate = RATE_BY_TYPE[Amount.TaxType];
    if (rate !== undefined)
      return unless(Amount.TaxRate === rate, 'Amount/TaxRate', Amount.TaxRate);
    return unless(
      Amount.TaxType !== '4' || Main.InvoiceType === '08',
      'Main/InvoiceType',
      Main.InvoiceType,
    );
  },
};

/** Rules about rate and tax that hold in storage and exchange alike. */
export const RATE_RULES: readonly Rule<Taxed>[] = [
  specialTypeNoTax,
  specialRate,
  specialTaxable,
  specialTaxNoTax,
  rateFits,
];

export const TAX_RULES: readonly Rule<F0401Value>[] = [
  lineClass,
  zeroRateReason,
  clearanceMarkMissing,
  clearanceMarkSuperfluous,
  ...RATE_RULES,
];
