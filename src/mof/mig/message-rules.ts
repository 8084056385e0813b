/**
 * Which rules beyond the schema hold for which message, in the order in which they are told; and the
 * whole list of them, which `docs/reference/mig.md` explains to the clerk who meets one.
 */

import type { A0101Value } from './a0101.ts';
import type { F0401Value } from './f0401.ts';
import { ALLOWANCE_RULES, EXCHANGE_ALLOWANCE_RULES } from './rules/allowance.ts';
import { AMOUNT_RULES, statedTaxFits } from './rules/amounts.ts';
import { CARRIER_RULES } from './rules/carrier.ts';
import { EXCHANGE_RULES } from './rules/exchange.ts';
import { BLANK_RULES, BRANCH_RULES } from './rules/number-ranges.ts';
import { flatIdentifiers, PARTY_RULES } from './rules/parties.ts';
import type { Rule } from './rules/rule.ts';
import { TAX_RULES } from './rules/tax.ts';

export const F0401_RULES: readonly Rule<F0401Value>[] = [
  ...PARTY_RULES,
  ...CARRIER_RULES,
  ...TAX_RULES,
  ...AMOUNT_RULES,
];
/** The same for an invoice whose sales and tax the client stated. */
export const F0401_STATED_RULES: readonly Rule<F0401Value>[] = F0401_RULES.map((rule) =>
  rule.id === statedTaxFits.id ? statedTaxFits : rule,
);
export const G0401_RULES = ALLOWANCE_RULES;
export const A0101_RULES: readonly Rule<A0101Value>[] = EXCHANGE_RULES;
export const B0101_RULES = EXCHANGE_ALLOWANCE_RULES;
export const E0401_RULES = BRANCH_RULES;
export const E0402_RULES = BLANK_RULES;
/** The flat messages carry no amounts; the state rules they meet are the platform's own. */
export const VOID_RULES = [flatIdentifiers] as const;

/** Rules that `composeMessage` checks against the ledger's record, beyond the value alone. */
export const SOURCE_RULES = {
  'KAILI-09': '訊息之金額須等於帳上之發票或折讓總額。這是系統錯誤，請通知系統管理者。',
  'KAILI-10': '上傳項目與其發票、版本或折讓單不符。這是系統錯誤，請通知系統管理者。',
  'KAILI-11': '訊息檔案不得超過 20 MB。請分成數張開立。',
} as const;
