/**
 * Which rules beyond the schema hold for which message, in the order in which they are told; and the
 * whole list of them, which `docs/reference/mig.md` explains to the clerk who meets one.
 */
import type { F0401Value } from './f0401.ts';
import { ALLOWANCE_RULES } from './rules/allowance.ts';
import { AMOUNT_RULES } from './rules/amounts.ts';
import { CARRIER_RULES } from './rules/carrier.ts';
import { flatIdentifiers, PARTY_RULES } from './rules/parties.ts';
import type { Rule } from './rules/rule.ts';
import { TAX_RULES } from './rules/tax.ts';

export const F0401_RULES: readonly Rule<F0401Value>[] = [
  ...PARTY_RULES,
  ...CARRIER_RULES,
  ...TAX_RULES,
  ...AMOUNT_RULES,
];
export const G0401_RULES = ALLOWANCE_RULES;
/** F0501, F0701 and G0501 carry no amounts; the state rules they meet are the platform's own. */
export const VOID_RULES = [flatIdentifiers] as const;

/** Rules that `composeMessage` checks against the ledger's record, beyond the value alone. */
export const SOURCE_RULES = {
  'KAILI-09': '訊息之金額須等於帳上之發票或折讓總額。這是系統錯誤，請通知系統管理者。',
  'KAILI-10': '上傳項目與其發票、版本或折讓單不符。這是系統錯誤，請通知系統管理者。',
  'KAILI-11': '訊息檔案不得超過 20 MB。請分成數張開立。',
} as const;
