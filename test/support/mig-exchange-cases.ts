/**
 * Values of the exchange and number messages and of the downloads, made of Kaili's demo data: what Kaili
 * writes through its own mappings, what it only reads as plain values.
 */
import { parsePeriod } from '../../src/domain/period.ts';
import { A0101, a0101Of } from '../../src/mof/mig/a0101.ts';
import { A0102, a0102Of } from '../../src/mof/mig/a0102.ts';
import { A0201, a0201Of } from '../../src/mof/mig/a0201.ts';
import { A0202, a0202Of } from '../../src/mof/mig/a0202.ts';
import { A0301, a0301Of } from '../../src/mof/mig/a0301.ts';
import { A0302, a0302Of } from '../../src/mof/mig/a0302.ts';
import { B0101, b0101Of } from '../../src/mof/mig/b0101.ts';
import { B0102, b0102Of } from '../../src/mof/mig/b0102.ts';
import { B0201, b0201Of } from '../../src/mof/mig/b0201.ts';
import { B0202, b0202Of } from '../../src/mof/mig/b0202.ts';
import { type ComposedMessage, composeValue } from '../../src/mof/mig/check-message.ts';
import { E0401, e0401Of } from '../../src/mof/mig/e0401.ts';
import { E0402, e0402Of } from '../../src/mof/mig/e0402.ts';
import {
  A0101_RULES,
  B0101_RULES,
  E0401_RULES,
  E0402_RULES,
  VOID_RULES,
} from '../../src/mof/mig/message-rules.ts';
import type { MessageTable, MessageValue } from '../../src/mof/mig/message-table.ts';
import type { Rule } from '../../src/mof/mig/rules/rule.ts';
import { allowanceDraft, draft, SELLER_A, SELLER_B } from './demo.ts';
import { COMPANY, item } from './mig-cases.ts';
import { allowanceOf, contentOf, VOID_REASON, VOIDED_AT } from './mig-sources.ts';

export interface ExchangeCase {
  readonly table: MessageTable;
  readonly value: MessageValue;
  readonly composed: ComposedMessage;
}

function exchangeCase<Value extends MessageValue>(
  table: MessageTable,
  value: Value,
  rules: readonly Rule<Value>[],
): ExchangeCase {
  return { table, value, composed: composeValue(table, value, rules) };
}

/** An invoice between businesses, prices without tax. */
export const EXCHANGED = contentOf(
  draft(1575, {
    buyer: COMPANY,
    sense: 'price-apart',
    lines: [item(1, '10', '100', '1000'), item(2, '1', '500', '500')],
    remark: '月結',
  }),
);
const ZERO_RATED = contentOf(
  draft(1000, {
    buyer: COMPANY,
    taxType: '2',
    clearanceMark: '1',
    zeroTaxRateReason: '72',
    lines: [item(1, '4', '250', '1000')],
  }),
);
const EXEMPT = contentOf(draft(100, { buyer: COMPANY, taxType: '3' }));

export const EXCHANGED_ALLOWANCE = allowanceOf(EXCHANGED, allowanceDraft(105));
function raise(): never {
  throw new Error('the demo allowance has a line');
}

const EVENT = { at: VOIDED_AT, remark: '' };
const REMARKED = { at: VOIDED_AT, remark: '已核對' };
const REASONED = { ...EVENT, reason: VOID_REASON };
const PERIOD = parsePeriod('11512') ?? raise();
const PLACE = {
  head: SELLER_A.ubn,
  branch: SELLER_B.ubn,
  invoiceType: '07',
  period: PERIOD,
  track: 'KA',
} as const;

export const EXCHANGE_CASES: Readonly<Record<string, ExchangeCase>> = {
  a0101: exchangeCase(A0101, a0101Of(EXCHANGED, SELLER_A), A0101_RULES),
  'a0101-zero-rate': exchangeCase(A0101, a0101Of(ZERO_RATED, SELLER_A), A0101_RULES),
  'a0101-exempt': exchangeCase(A0101, a0101Of(EXEMPT, SELLER_A), A0101_RULES),
  a0102: exchangeCase(A0102, a0102Of(EXCHANGED, REMARKED), VOID_RULES),
  a0201: exchangeCase(A0201, a0201Of(EXCHANGED, REASONED, ''), VOID_RULES),
  'a0201-with-permit': exchangeCase(
    A0201,
    a0201Of(EXCHANGED, { ...REASONED, remark: '已報稅' }, '示範字第1150000001號'),
    VOID_RULES,
  ),
  a0202: exchangeCase(A0202, a0202Of(EXCHANGED, EVENT), VOID_RULES),
  a0301: exchangeCase(A0301, a0301Of(EXCHANGED, REASONED), VOID_RULES),
  a0302: exchangeCase(A0302, a0302Of(EXCHANGED, REMARKED), VOID_RULES),
  b0101: exchangeCase(B0101, b0101Of(EXCHANGED_ALLOWANCE, COMPANY, SELLER_A), B0101_RULES),
  b0102: exchangeCase(B0102, b0102Of(EXCHANGED_ALLOWANCE, REMARKED), VOID_RULES),
  b0201: exchangeCase(B0201, b0201Of(EXCHANGED_ALLOWANCE, REASONED), VOID_RULES),
  b0202: exchangeCase(B0202, b0202Of(EXCHANGED_ALLOWANCE, EVENT), VOID_RULES),
  e0401: exchangeCase(
    E0401,
    e0401Of(PLACE, { first: 1000, last: 1999 }, [
      { first: 1000, last: 1249 },
      { first: 1500, last: 1549 },
    ]),
    E0401_RULES,
  ),
  e0402: exchangeCase(
    E0402,
    e0402Of({ ...PLACE, branch: SELLER_A.ubn }, [
      { first: 1000, last: 1000 },
      { first: 1200, last: 1249 },
    ]),
    E0402_RULES,
  ),
};
